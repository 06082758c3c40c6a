"use client";

import { type FormEvent, useDeferredValue, useMemo, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { recordOffer, reviseOffer } from "@/lib/deals/actions";
import type { OfferVersionView } from "@/lib/deals/queries/offers";
import { type OfferContext, offerProceeds, prepareOffers } from "@/lib/deals/rules/proceeds";
import { blankTerms, type OfferKind, type OfferTerms } from "@/lib/deals/schema/terms";
import { REASON_SENTENCES } from "@/lib/figures/schema";
import { DealProblem } from "./deal-problem";
import { DayField } from "./fact-fields";
import { offerKey, offerLabel } from "./offer-comparison";
import { OfferEffect } from "./offer-effect";
import { TermFields } from "./term-fields";
import { readTerms, typedOf } from "./term-text";

type OfferEditorProps = {
  offers: readonly OfferVersionView[];
  deals: readonly { id: string; bidder: string }[];
  context: OfferContext | null;
  reason: string;
  currency: string;
  today: string;
  mayEdit: boolean;
};

const NEW = "new:";

/** Terms to try and to keep: an offer's newest version, or a new one of a bidder. */
export function OfferEditor({ offers, deals, ...rest }: OfferEditorProps) {
  const newest = offers.filter((one) => one.newest);
  const [chosen, setChosen] = useState(newest[0] ? offerKey(newest[0]) : `${NEW}${deals[0]?.id ?? ""}`);
  const base = newest.find((one) => offerKey(one) === chosen) ?? null;
  const dealId = base?.dealId ?? chosen.slice(NEW.length);
  return (
    <div className="grid gap-4 *:min-w-0">
      <div>
        <Field label="Terms of">
          {(control) => (
            <Select
              {...control}
              options={[
                ...newest.map((one) => ({ value: offerKey(one), label: offerLabel(one) })),
                ...deals.map(({ id, bidder }) => ({ value: `${NEW}${id}`, label: `A new offer of ${bidder}` })),
              ]}
              value={chosen}
              onChange={(event) => setChosen(event.target.value)}
            />
          )}
        </Field>
      </div>
      <Editor key={chosen} base={base} dealId={dealId} {...rest} />
    </div>
  );
}

type EditorProps = Omit<OfferEditorProps, "offers" | "deals"> & { base: OfferVersionView | null; dealId: string };

function Editor({ base, dealId, context, reason, currency, today, mayEdit }: EditorProps) {
  const first = useMemo(() => typedOf(base?.terms ?? blankTerms(currency)), [base, currency]);
  const [typed, setTyped] = useState(first);
  const read = useMemo(() => readTerms(typed), [typed]);
  const terms = useDeferredValue(read.terms);
  const prepared = useMemo(() => context && prepareOffers(context), [context]);
  const kept = useMemo(() => (prepared && base ? offerProceeds(base.terms, prepared) : null), [prepared, base]);
  return (
    <div className="grid items-start gap-x-8 gap-y-4 lg:grid-cols-2 *:min-w-0">
      <div className="grid gap-4">
        <TermFields typed={typed} onChange={setTyped} wrong={read.wrong ?? []} />
        {mayEdit ? <KeepForm {...{ base, dealId, today }} terms={read.terms} onReset={() => setTyped(first)} /> : null}
      </div>
      <div className="lg:sticky lg:top-4">
        {prepared ? (
          <OfferEffect prepared={prepared} kept={kept} terms={terms} />
        ) : (
          <Notice level="warning" word="holders unknown">
            {REASON_SENTENCES[reason] ?? "What reaches the holders cannot be computed."}
          </Notice>
        )}
      </div>
    </div>
  );
}

type KeepFormProps = {
  base: OfferVersionView | null;
  dealId: string;
  terms: OfferTerms | null;
  today: string;
  onReset: () => void;
};

/** Keeps the terms: as the next version of the offer, as a new offer, or as our counter to it. */
function KeepForm({ base, dealId, terms, today, onReset }: KeepFormProps) {
  const [as, setAs] = useState<"version" | OfferKind>(base ? "version" : "bid");
  const [title, setTitle] = useState(base ? `Counter to ${base.title}`.slice(0, 120) : "Indication of interest");
  const [dated, setDated] = useState<string | null>(today);
  const [source, setSource] = useState("");
  const [note, setNote] = useState("");
  const { busy, refusal, problems, problemAt, run, dialog } = useChange();
  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!terms) return;
    const said = { terms, dated: dated ?? today, source, note };
    const call = () =>
      as === "version" && base
        ? reviseOffer({ offerId: base.offerId, version: base.version, ...said })
        : recordOffer({ dealId, kind: as === "counter" ? "counter" : "bid", title, ...said });
    await run<unknown>(call, "The terms are kept, with their figures.");
  }
  const options = [
    ...(base ? [{ value: "version", label: `Version ${base.version + 1} of ${base.title}` }] : []),
    { value: "bid", label: "A new offer of the bidder" },
    { value: "counter", label: "Our counter, as a draft" },
  ];
  return (
    <form onSubmit={submit} className="grid gap-3" aria-label="Keep the terms">
      <DealProblem code={refusal} problems={problems} />
      <div className="grid items-end gap-3 sm:grid-cols-2">
        <Field label="Keep as">
          {(control) => (
            <Select
              {...control}
              options={options}
              value={as}
              onChange={({ target: { value } }) => setAs(value === "version" || value === "counter" ? value : "bid")}
            />
          )}
        </Field>
        {as === "version" ? null : (
          <Field label="Name" required error={problemAt("title")}>
            {(control) => <TextInput {...control} value={title} onChange={(event) => setTitle(event.target.value)} />}
          </Field>
        )}
        <DayField label="Said on" value={dated} error={problemAt("dated")} onChange={setDated} />
        <Field label="Where it is written" required error={problemAt("source")}>
          {(control) => <TextInput {...control} value={source} onChange={(event) => setSource(event.target.value)} />}
        </Field>
        <Field label="Note">
          {(control) => <TextInput {...control} value={note} onChange={(event) => setNote(event.target.value)} />}
        </Field>
      </div>
      <div className="flex flex-wrap gap-3">
        <Button type="submit" variant="primary" busy={busy} disabled={!terms}>
          Keep the terms
        </Button>
        <Button onClick={onReset}>Back to what is kept</Button>
      </div>
      {dialog}
    </form>
  );
}
