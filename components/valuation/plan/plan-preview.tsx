"use client";

import { useDeferredValue, useMemo } from "react";
import { formatMoney, plural } from "@/lib/format";
import { hasRound, type OptimizationPlan, OUT_WORDS, optimizationPlan } from "@/lib/valuation/rules/optimization/plan";
import { readPlanFacts, type StoredPlanFacts } from "@/lib/valuation/rules/optimization/plan-facts";
import { type PlanInputs, planInputsSchema } from "@/lib/valuation/schema/optimization";

type PlanPreviewProps = {
  kept: PlanInputs;
  /** As it is being typed; what cannot be read is not tried. */
  next: PlanInputs;
  lever: string;
  facts: StoredPlanFacts;
  period: number;
  currency: string;
};

type Line = { name: string; text: string };

function linesOf({ lines, total, cost, sequence }: OptimizationPlan, lever: string, currency: string): Line[] {
  const line = lines.find((one) => one.lever === lever);
  const money = (value: Parameters<typeof formatMoney>[0] | undefined) => formatMoney(value ?? null, currency);
  const place = line?.place ? `step ${line.place.number}` : line?.outReason ? `out: ${OUT_WORDS[line.outReason]}` : "–";
  return [
    { name: "Worth alone", text: money(line?.effect.value) },
    { name: "Its cost", text: money(line?.cost.value) },
    { name: "In the plan", text: place },
    { name: "Gained by the plan", text: money(total.value) },
    { name: "Cost of the plan", text: money(cost.value) },
    { name: "Steps", text: plural(sequence.placed.length, "step") },
  ];
}

/** What the plan would come to with this estimate: computed here by the same rules, and not kept. */
export function PlanPreview({ kept, next, lever, facts, period, currency }: PlanPreviewProps) {
  const typed = useDeferredValue(JSON.stringify(next));
  const [read, before] = useMemo(() => {
    const told = readPlanFacts(facts);
    return [told, linesOf(optimizationPlan(kept, told, period), lever, currency)] as const;
  }, [facts, kept, period, lever, currency]);
  const lines = useMemo(() => {
    const inputs = planInputsSchema.safeParse(JSON.parse(typed));
    if (!inputs.success || hasRound(inputs.data)) return [];
    return linesOf(optimizationPlan(inputs.data, read, period), lever, currency);
  }, [typed, read, period, lever, currency]);
  const was = new Map(before.map(({ name, text }) => [name, text]));
  return (
    <div className="border-l-3 border-edge bg-wash px-3 py-2" aria-live="polite">
      <p className="text-sm font-medium">Preview, not kept</p>
      {lines.length > 0 ? (
        <dl className="grid gap-1 text-sm">
          {lines.map(({ name, text }) => (
            <div key={name} className="flex flex-wrap justify-between gap-x-3">
              <dt className="text-muted">{name}</dt>
              <dd>
                {text}
                {was.get(name) === text ? null : <span className="text-muted"> (was {was.get(name)})</span>}
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <p className="text-sm text-muted">Mend what cannot be read, and the effect stands here.</p>
      )}
    </div>
  );
}
