"use client";

import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { errorSentence } from "@/components/ui/error-sentence";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { submitPlan } from "@/lib/valuation/actions";
import type { PlanInputs } from "@/lib/valuation/schema/optimization";
import { PLAN_SENTENCES } from "./plan-words";

type LimitsFormProps = { ventureId: string; version: number; inputs: PlanInputs; currency: string };

/** What the plan has to keep within: hours, money, how many things; and what a point of readiness is taken to be worth. */
export function LimitsForm({ ventureId, version, inputs, currency }: LimitsFormProps) {
  const [text, setText] = useState({
    ...{ hoursPerMonth: `${inputs.hoursPerMonth}`, hourCost: inputs.hourCost, budget: inputs.budget ?? "" },
    ...{ atMost: `${inputs.atMost}`, worthPerPoint: inputs.worthPerPoint, reason: "" },
  });
  const { busy, refusal, problemAt, run, dialog } = useChange();
  const fields = [
    { key: "hoursPerMonth", label: "Hours of work a month" },
    { key: "hourCost", label: `Cost of an hour, ${currency}` },
    { key: "budget", label: `Budget, ${currency}`, hint: "Hours included; empty: no limit" },
    { key: "atMost", label: "Steps at most", hint: "1 to 12" },
    { key: "worthPerPoint", label: "Worth of a point of readiness", hint: "Of the equity value; an assumption" },
    { key: "reason", label: "Why", hint: "Kept with the version", required: true },
  ] as const;

  async function submit(event: FormEvent) {
    event.preventDefault();
    const { reason, budget, hoursPerMonth, atMost, ...rest } = text;
    const next: PlanInputs = {
      ...{ ...inputs, ...rest, budget: budget.trim() || null },
      ...{ hoursPerMonth: Number(hoursPerMonth), atMost: Number(atMost) },
    };
    const kept = await run(() => submitPlan({ ventureId, version, reason, inputs: next }), "The plan is kept.");
    if (kept) setText({ ...text, reason: "" });
  }
  return (
    <form onSubmit={submit} className="grid gap-3" aria-label="Limits of the plan">
      <p role="alert" className="font-medium text-critical-text empty:sr-only">
        {refusal ? errorSentence(refusal, PLAN_SENTENCES) : null}
      </p>
      <div className="grid grid-cols-1 items-start gap-3 sm:grid-cols-3">
        {fields.map(({ key, label, ...more }) => (
          <Field
            key={key}
            label={label}
            {...more}
            error={problemAt(key === "reason" ? key : `inputs.${key}`) ?? undefined}
          >
            {(control) => (
              <TextInput
                {...control}
                value={text[key]}
                onChange={(event) => setText({ ...text, [key]: event.target.value })}
              />
            )}
          </Field>
        ))}
      </div>
      <div>
        <Button type="submit" variant="primary" busy={busy}>
          Keep as version {version + 1}
        </Button>
      </div>
      {dialog}
    </form>
  );
}
