"use client";

import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { setAssumptions } from "@/lib/deals/actions";
import type { Assumptions } from "@/lib/deals/schema/deal";
import { Exact } from "@/lib/money";
import { DealProblem } from "./deal-problem";
import { DayField } from "./fact-fields";
import { readPercent } from "./term-text";

type AssumptionsFormProps = { ventureId: string; version: number; assumptions: Assumptions };

/** At what rate, and on which day, money that comes later is weighed: the same for every offer. */
export function AssumptionsForm({ ventureId, version, assumptions }: AssumptionsFormProps) {
  const [rate, setRate] = useState(new Exact(assumptions.discountRatio).times(100).toFixed());
  const [valuedOn, setValuedOn] = useState<string | null>(assumptions.valuedOn);
  const { busy, refusal, problemAt, run, dialog } = useChange();
  async function submit(event: FormEvent) {
    event.preventDefault();
    const next = { discountRatio: readPercent(rate) ?? rate, valuedOn: valuedOn ?? assumptions.valuedOn };
    await run(() => setAssumptions({ ventureId, version, assumptions: next }), "All offers are weighed anew.");
  }
  return (
    <form onSubmit={submit} className="grid gap-3" aria-label="How offers are weighed">
      <DealProblem code={refusal} />
      <div className="flex flex-wrap items-end gap-3">
        <Field label="Discount rate a year (%)" error={problemAt("assumptions.discountRatio")}>
          {(control) => (
            <TextInput {...control} numeric value={rate} onChange={(event) => setRate(event.target.value)} />
          )}
        </Field>
        <DayField label="Valued on" value={valuedOn} error={problemAt("assumptions.valuedOn")} onChange={setValuedOn} />
        <Button type="submit" busy={busy}>
          Weigh anew
        </Button>
      </div>
      {dialog}
    </form>
  );
}
