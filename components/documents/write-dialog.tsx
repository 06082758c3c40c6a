"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, type FieldControl } from "@/components/ui/field";
import { Select, type SelectOption } from "@/components/ui/select";
import { writeDocument } from "@/lib/documents/actions";
import type { DocumentsPage } from "@/lib/documents/queries/documents";
import { DOCUMENT_KINDS, KIND_NAMES, kindOfDocument } from "@/lib/documents/schema";
import { DocumentProblem } from "./document-problem";

type Values = { kind: string; deal: string; offer: string; about: string };
type Subject = { label: string; options: readonly { id: string; name: string }[] };

/** What beside the offer a document is about: a holder, or a tranche. */
function subjectOf(kind: string, holders: Subject["options"], tranches: DocumentsPage["tranches"]): Subject | null {
  if (kind === "distribution-notice") return { label: "Holder", options: holders };
  if (kind !== "release-letter") return null;
  return { label: "Tranche", options: tranches.map(({ id, label }) => ({ id, name: label })) };
}

/** Chooses what is written, to whom and from which terms. */
export function WriteDialog({ page }: { page: DocumentsPage }) {
  const { venture, deals, tranches } = page;
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [values, setValues] = useState<Values>({ kind: "loi", offer: "", about: "", deal: deals[0]?.id ?? "" });
  const { busy, refusal, problems, run, dialog } = useChange();
  const offers = deals.find(({ id }) => id === values.deal)?.offers ?? [];
  const offer = offers.find(({ offerId, version }) => `${offerId}:${version}` === values.offer) ?? null;
  const subject = subjectOf(values.kind, offer?.holders ?? [], tranches);
  async function submit(event: FormEvent) {
    event.preventDefault();
    const from = offer && { offerId: offer.offerId, version: offer.version };
    const input = { dealId: values.deal, kind: kindOfDocument(values.kind), offer: from };
    const about = subject && values.about ? values.about : null;
    const done = await run(() => writeDocument({ ...input, about }), "It is written.");
    if (!done) return;
    setOpen(false);
    router.push(`/ventures/${venture.slug}/deal/documents/${done.value.documentId}`);
  }
  return (
    <Dialog
      title="Write a document"
      description="From the newest template and what is stored now. What is missing is marked."
      trigger={<Button variant="primary">Write</Button>}
      open={open}
      onOpenChange={setOpen}
    >
      <form onSubmit={submit} className="grid grid-cols-1 gap-3">
        <Choices
          {...{ values, deals, subject }}
          offers={offers.map(({ offerId, version, label }) => ({ value: `${offerId}:${version}`, label }))}
          set={(more) => setValues((before) => ({ ...before, ...more }))}
        />
        <DocumentProblem code={refusal} problems={problems} />
        <div>
          <Button type="submit" variant="primary" busy={busy}>
            Write it
          </Button>
        </div>
      </form>
      {dialog}
    </Dialog>
  );
}

type ChoicesProps = {
  values: Values;
  deals: DocumentsPage["deals"];
  offers: readonly SelectOption[];
  subject: Subject | null;
  set: (more: Partial<Values>) => void;
};

/** What is chosen first decides what can be chosen after it. */
function Choices({ values, deals, offers, subject, set }: ChoicesProps) {
  const named = (all: Subject["options"]) => all.map(({ id, name }) => ({ value: id, label: name }));
  const select =
    (name: keyof Values, options: readonly SelectOption[], none: string | undefined, reset: Partial<Values>) =>
    (control: FieldControl) => (
      <Select
        {...control}
        {...(none === undefined ? {} : { placeholder: none })}
        options={options}
        value={values[name]}
        onChange={(event) => set({ ...reset, [name]: event.target.value })}
      />
    );
  const kinds = DOCUMENT_KINDS.map((value) => ({ value, label: KIND_NAMES[value] }));
  const bidders = deals.map(({ id, bidder }) => ({ value: id, label: bidder }));
  return (
    <>
      <Field label="Document">{select("kind", kinds, undefined, { about: "" })}</Field>
      <Field label="Bidder">{select("deal", bidders, undefined, { offer: "", about: "" })}</Field>
      <Field label="Terms" hint="Clauses stand in the document where these terms have them.">
        {select("offer", offers, "No offer", { about: "" })}
      </Field>
      {subject ? (
        <Field label={subject.label}>{select("about", named(subject.options), "Nobody named", {})}</Field>
      ) : null}
    </>
  );
}
