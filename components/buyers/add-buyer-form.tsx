"use client";

import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { addBuyer } from "@/lib/buyers/actions";
import { BUYER_KINDS, type BuyerKind } from "@/lib/buyers/schema";
import { BuyerProblem } from "./buyer-problem";
import { KIND_LABELS } from "./buyer-words";

type AddBuyerFormProps = { ventureId: string; today: string; currency: string };

const blank = {
  name: "",
  country: "",
  website: "",
  sectors: "",
  cash: "",
  debt: "",
  ebitda: "",
  deals: "",
  source: "",
};
type Text = typeof blank;
const TEXTS: readonly { key: keyof Text; label: string; hint?: string; required?: boolean }[] = [
  { key: "name", label: "Name", required: true },
  { key: "country", label: "Country", hint: "Two letters, such as DE" },
  { key: "website", label: "Website", hint: "https://…" },
  { key: "sectors", label: "Sectors", hint: "Separated by semicolons" },
  { key: "cash", label: "Cash", hint: "For a fund: not drawn yet" },
  { key: "debt", label: "Debt" },
  { key: "ebitda", label: "EBITDA" },
  { key: "deals", label: "Acquisitions in 36 months" },
  { key: "source", label: "Where this is from", required: true },
];

/** A buyer by hand, with the facts from which capacity and appetite are scored. */
export function AddBuyerForm({ ventureId, today, currency }: AddBuyerFormProps) {
  const [text, setText] = useState(blank);
  const [kind, setKind] = useState<BuyerKind>("strategic");
  const [unit, setUnit] = useState(currency);
  const [asOf, setAsOf] = useState(today);
  const { busy, refusal, problemAt, run, dialog } = useChange();
  const orNull = (value: string) => value.trim() || null;
  async function submit(event: FormEvent) {
    event.preventDefault();
    const facts = {
      ...{
        kind,
        asOf,
        source: text.source,
        currency: orNull(unit.toUpperCase()),
        country: orNull(text.country.toUpperCase()),
      },
      ...{
        website: orNull(text.website),
        cash: orNull(text.cash),
        debt: orNull(text.debt),
        ebitda: orNull(text.ebitda),
      },
      sectors: text.sectors
        .split(";")
        .map((sector) => sector.trim())
        .filter(Boolean),
      deals36m: text.deals.trim() === "" ? null : Number(text.deals),
    };
    if (await run(() => addBuyer({ ventureId, name: text.name, facts }), "The buyer is on the list.")) setText(blank);
  }
  const problemOf = (key: keyof Text) =>
    problemAt(key === "name" ? "name" : `facts.${key === "deals" ? "deals36m" : key}`);
  return (
    <form onSubmit={submit} className="grid gap-3">
      <BuyerProblem code={refusal} />
      <div className="grid grid-cols-1 items-end gap-3 sm:grid-cols-3">
        {TEXTS.map(({ key, label, hint, required }) => (
          <Field key={key} label={label} hint={hint} error={problemOf(key)} {...(required ? { required } : {})}>
            {(control) => (
              <TextInput
                {...control}
                value={text[key]}
                onChange={(event) => setText({ ...text, [key]: event.target.value })}
              />
            )}
          </Field>
        ))}
        <Field label="Kind">
          {(control) => (
            <Select
              {...control}
              options={BUYER_KINDS.map((value) => ({ value, label: KIND_LABELS[value] }))}
              value={kind}
              onChange={(event) => setKind(BUYER_KINDS.find((one) => one === event.target.value) ?? "strategic")}
            />
          )}
        </Field>
        <Field label="Currency" error={problemAt("facts.currency")}>
          {(control) => <TextInput {...control} value={unit} onChange={(event) => setUnit(event.target.value)} />}
        </Field>
        <Field label="As of" required error={problemAt("facts.asOf")}>
          {(control) => (
            <TextInput
              {...control}
              type="date"
              max={today}
              value={asOf}
              onChange={(event) => setAsOf(event.target.value)}
            />
          )}
        </Field>
      </div>
      <div>
        <Button type="submit" variant="primary" busy={busy}>
          Add the buyer
        </Button>
      </div>
      {dialog}
    </form>
  );
}
