import { Exact } from "@/lib/money";
import type { Condition } from "../schema";
import { endOfDay } from "./verdict";

/** Newest stored value per metric, exact decimal as text; null when there is none. */
export type MetricValues = Readonly<Record<string, string | null>>;

export type CheckedCondition = Condition & { value: string | null; holds: boolean };

/** A value that is not known does not fulfil a condition. */
export function checkConditions(conditions: readonly Condition[], values: MetricValues): CheckedCondition[] {
  return conditions.map((condition) => {
    const value = values[condition.metric] ?? null;
    const { comparator, threshold } = condition;
    const exact = value === null ? null : new Exact(value);
    const holds = exact !== null && (comparator === "at-least" ? exact.gte(threshold) : exact.lte(threshold));
    return { ...condition, value, holds };
  });
}

export function conditionsUntil(conditions: readonly Condition[]): Date | null {
  const ends = conditions.map((condition) => endOfDay(condition.until).getTime());
  return ends.length === 0 ? null : new Date(Math.min(...ends));
}
