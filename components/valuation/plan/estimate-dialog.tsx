"use client";

import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { errorSentence } from "@/components/ui/error-sentence";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { submitPlan } from "@/lib/valuation/actions";
import type { StoredPlanFacts } from "@/lib/valuation/rules/optimization/plan-facts";
import type { Estimate, PlanInputs } from "@/lib/valuation/schema/optimization";
import { PlanPreview } from "./plan-preview";
import { PLAN_SENTENCES } from "./plan-words";

export type LeverChoice = { lever: string; label: string };
type EstimateDialogProps = {
  ventureId: string;
  version: number;
  inputs: PlanInputs;
  estimate: Estimate;
  label: string;
  step: string;
  /** The house's own hours, where a person has said none. */
  hours: number | null;
  currency: string;
  levers: readonly LeverChoice[];
  /** What the plan follows from, and its months. */
  facts: StoredPlanFacts | null;
  period: number;
};

const NUMBERS = [
  { key: "size", label: "How many steps", hint: "Empty: of a criterion all that are left" },
  { key: "hours", label: "Hours of work", hint: "Empty: of a criterion the house's estimate" },
  { key: "cost", label: "Money beside the hours", hint: undefined },
  { key: "months", label: "Months until it shows", hint: "After the work is done" },
] as const;

/** What somebody says about one lever: how far, for how much, and after what. Kept as the next version of the plan. */
export function EstimateDialog(props: EstimateDialogProps) {
  const { ventureId, version, inputs, estimate, label, step, hours, currency, levers, facts, period } = props;
  const [open, setOpen] = useState(false);
  const [text, setText] = useState({
    ...{ size: estimate.size ?? "", hours: `${estimate.hours ?? ""}`, cost: estimate.cost },
    months: `${estimate.months}`,
  });
  const [after, setAfter] = useState(estimate.after ?? "");
  const [out, setOut] = useState(estimate.out);
  const [reason, setReason] = useState("");
  const { busy, refusal, problemAt, run, dialog } = useChange();
  const others = inputs.estimates.filter(({ lever }) => lever !== estimate.lever);
  const whole = (value: string) => (value.trim() === "" ? null : Number(value));

  const changed: Estimate = {
    ...{ lever: estimate.lever, size: text.size.trim() || null, hours: whole(text.hours), after: after || null, out },
    ...{ cost: text.cost.trim() || "0", months: whole(text.months) ?? 0 },
  };
  const next = { ...inputs, estimates: [...others, changed] };

  async function submit(event: FormEvent) {
    event.preventDefault();
    const kept = await run(() => submitPlan({ ventureId, version, reason, inputs: next }), "The plan is kept.");
    if (kept) setOpen(false);
  }
  const problem = (key: string) => problemAt(`inputs.estimates.${others.length}.${key}`) ?? undefined;
  return (
    <>
      <Dialog
        title={label}
        description={`One step is ${step}.`}
        open={open}
        onOpenChange={setOpen}
        trigger={
          <Button variant="bare">
            Estimate<span className="sr-only"> {label}</span>
          </Button>
        }
      >
        <form onSubmit={submit} className="grid gap-3">
          {refusal ? (
            <Notice level="critical" word="not kept">
              {errorSentence(refusal, PLAN_SENTENCES)}
            </Notice>
          ) : null}
          <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
            {NUMBERS.map(({ key, label: name, hint }) => (
              <Field
                key={key}
                label={key === "cost" ? `${name}, ${currency}` : name}
                hint={key === "hours" && hours !== null && text.hours === "" ? `Empty: ${hours}, estimated` : hint}
                error={problem(key)}
              >
                {(control) => (
                  <TextInput
                    {...control}
                    inputMode="decimal"
                    value={text[key]}
                    onChange={(event) => setText({ ...text, [key]: event.target.value })}
                  />
                )}
              </Field>
            ))}
          </div>
          <Field label="Work comes after">
            {(control) => (
              <Select
                {...control}
                placeholder="Nothing"
                options={levers
                  .filter(({ lever }) => lever !== estimate.lever)
                  .map((one) => ({ value: one.lever, label: one.label }))}
                value={after}
                onChange={(event) => setAfter(event.target.value)}
              />
            )}
          </Field>
          <Checkbox label="Leave it out of the plan" checked={out} onChange={(event) => setOut(event.target.checked)} />
          {open && facts ? (
            <PlanPreview kept={inputs} next={next} lever={estimate.lever} {...{ facts, period, currency }} />
          ) : null}
          <Field label="Why" hint="Kept with the version" required error={problemAt("reason") ?? undefined}>
            {(control) => (
              <TextInput
                {...control}
                minLength={3}
                maxLength={300}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </Field>
          <div>
            <Button type="submit" variant="primary" busy={busy}>
              Keep as version {version + 1}
            </Button>
          </div>
        </form>
      </Dialog>
      {dialog}
    </>
  );
}
