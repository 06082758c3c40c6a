import type { ConditionLook } from "@/lib/decisions/queries/conditions";
import { conditionUnit } from "@/lib/decisions/rules/conditions";
import type { Condition } from "@/lib/decisions/schema";
import { REASON_SENTENCES } from "@/lib/figures/schema";
import { formatDay, formatFigure } from "@/lib/format";
import { findMetric } from "@/lib/metrics/schema";

/** "Cash runway at least 12 months by 31 December 2026" */
export function conditionWords({ metric, comparator, threshold, until }: Condition, currency: string): string {
  const limit = formatFigure({ value: threshold, unit: conditionUnit(metric, currency), reason: null });
  return `${findMetric(metric)?.name ?? metric} ${comparator.replace("-", " ")} ${limit} by ${formatDay(until)}`;
}

/** Whether it holds, and why not where its value is unknown. */
export function lookWords(look: Pick<ConditionLook, "holds" | "value" | "reason"> | null): string {
  if (!look) return "not looked at yet";
  if (look.holds) return "holds";
  if (look.value !== null) return "does not hold";
  return `unknown, so it does not hold: ${(look.reason && REASON_SENTENCES[look.reason]) || "it could not be computed from the facts as they are."}`;
}
