"use client";

import { useDeferredValue, useMemo } from "react";
import { PreviewBox, type PreviewLine } from "@/components/ui/preview-box";
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

function linesOf({ lines, total, cost, sequence }: OptimizationPlan, lever: string, currency: string): PreviewLine[] {
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
  return <PreviewBox before={before} lines={lines} />;
}
