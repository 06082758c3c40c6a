"use client";

import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { RadioGroup } from "@/components/ui/radio-group";
import { TextInput } from "@/components/ui/text-input";
import { submitConvertibleTerms } from "@/lib/cap-table/actions";
import type { ConvertibleView } from "@/lib/cap-table/rules/view";
import { CONVERTIBLE_KINDS, ON_EXIT } from "@/lib/cap-table/schema";
import { percentText, ratioText } from "./percent-text";
import { capTableSentence } from "./sentences";

const EXIT = [
  { value: "better", label: "Money back or conversion, whichever is more" },
  { value: "repaid", label: "Money back only", hint: "it converts in a financing, not at an exit" },
];
const KINDS = [
  { value: "safe", label: "SAFE" },
  { value: "note", label: "Note" },
];

type Problem = (path: string) => string | null;

/** The terms of one SAFE or note, as the instrument says them, for the split of proceeds at an exit. */
export function ConvertibleForm({ ventureId, convertible }: { ventureId: string; convertible: ConvertibleView }) {
  const { id: securityId, label, instrument, terms } = convertible;
  const { busy, refusal, problemAt, run, dialog } = useChange();
  const [kind, setKind] = useState<string>(terms?.kind ?? (instrument === "SAFE" ? "safe" : "note"));

  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "").trim() || null;
    const note = kind === "note";
    const answer = {
      ...{ ventureId, securityId, kind: CONVERTIBLE_KINDS.find((known) => known === kind) ?? "safe" },
      valuationCap: text("valuationCap"),
      discountRatio: ratioText(text("discount")),
      mostFavoured: form.get("mostFavoured") === "on",
      interestRatio: note ? ratioText(text("interest")) : null,
      interestFrom: note ? text("interestFrom") : null,
      maturesOn: note ? text("maturesOn") : null,
      premiumRatio: note ? text("premiumRatio") : null,
      onExit: ON_EXIT.find((known) => known === form.get("onExit")) ?? "better",
      evidence: text("evidence") ?? "",
    };
    void run(() => submitConvertibleTerms(answer), `The terms of ${label} are kept.`);
  }

  return (
    <form onSubmit={send} aria-label={`Terms of ${label}`} className="grid gap-4" noValidate>
      <RadioGroup name="kind" legend="It is a" options={KINDS} value={kind} onChange={setKind} inline />
      <TermFields convertible={convertible} note={kind === "note"} problemAt={problemAt} />
      <RadioGroup
        name="onExit"
        legend="At an exit the holder gets"
        options={EXIT}
        defaultValue={terms?.onExit ?? "better"}
      />
      <Field label="Where it is written" required error={problemAt("evidence")}>
        {(control) => <TextInput {...control} name="evidence" maxLength={500} defaultValue={terms?.evidence} />}
      </Field>
      <p role="alert" className="font-medium text-critical-text empty:hidden">
        {refusal ? (problemAt("kind") ?? capTableSentence(refusal)) : null}
      </p>
      <div>
        <Button type="submit" variant="primary" busy={busy}>
          Keep the terms
        </Button>
      </div>
      {dialog}
    </form>
  );
}

function TermFields({
  convertible,
  note,
  problemAt,
}: {
  convertible: ConvertibleView;
  note: boolean;
  problemAt: Problem;
}) {
  const { terms, currency, issuedOn } = convertible;
  const text = (name: string, label: string, value: string | null | undefined, hint?: string, of = name) => (
    <Field label={label} hint={hint} error={problemAt(of)} className="content-start">
      {(control) => <TextInput {...control} numeric name={name} defaultValue={value ?? ""} />}
    </Field>
  );
  const date = (name: string, label: string, value: string | null | undefined, hint?: string) => (
    <Field label={label} hint={hint} error={problemAt(name)} className="content-start">
      {(control) => <TextInput {...control} type="date" name={name} defaultValue={value ?? ""} />}
    </Field>
  );
  const discount = percentText(terms?.discountRatio);
  const interest = percentText(terms?.interestRatio);
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-3">
        {text("valuationCap", `Valuation cap${currency ? `, ${currency}` : ""}`, terms?.valuationCap, "Empty: no cap.")}
        {text("discount", "Discount, %", discount, "Beside a cap it counts in financings only.", "discountRatio")}
        {note ? text("interest", "Interest, % a year", interest, "Simple, actual days ÷ 365.", "interestRatio") : null}
        {note ? date("interestFrom", "Interest from", terms?.interestFrom, `Empty: from ${issuedOn}.`) : null}
        {note ? date("maturesOn", "Matures on", terms?.maturesOn) : null}
        {note ? text("premiumRatio", "Premium, × principal", terms?.premiumRatio, "On a change of control.") : null}
      </div>
      <Checkbox
        name="mostFavoured"
        defaultChecked={terms?.mostFavoured}
        label="Most favoured nation"
        hint="Its holder may take the better terms of a later one. Where that was done, enter those terms here."
      />
    </>
  );
}
