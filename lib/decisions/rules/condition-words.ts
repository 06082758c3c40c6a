import { REASON_SENTENCES } from "@/lib/figures/schema";
import type { Condition } from "../schema";
import { conditionName } from "../schema/conditions";
import { type CheckedCondition, conditionUnit } from "./conditions";

/** How values and days are written; formatting is not a rule's. */
export type Written = {
  figure: (figure: { value: string | null; unit: string; reason: string | null }) => string;
  day: (day: string) => string;
};

/** "Cash runway at least 12 months until 31 December 2026" */
export function conditionSentence(
  { metric, comparator, threshold, until }: Condition,
  currency: string,
  written: Written,
): string {
  const limit = written.figure({ value: threshold, unit: conditionUnit(metric, currency), reason: null });
  return `${conditionName(metric)} ${comparator.replace("-", " ")} ${limit} until ${written.day(until)}`;
}

/** Whether it holds, and why not where its value is unknown. */
export function lookWords(look: Pick<CheckedCondition, "holds" | "value" | "reason"> | null): string {
  if (!look) return "not looked at yet";
  if (look.holds) return "holds";
  if (look.value !== null) return "does not hold";
  return `unknown, so it does not hold: ${(look.reason && REASON_SENTENCES[look.reason]) || "it could not be computed from the facts as they are."}`;
}

/** What failed, each with what it is now: "Cash runway at least 9 mo until 30 Nov 2026: it is 8.2 mo." */
export function failedConditions(checked: readonly CheckedCondition[], currency: string, written: Written): string {
  const lines = checked.flatMap((condition) => {
    if (condition.holds) return [];
    const { metric, value } = condition;
    const is =
      value === null
        ? lookWords(condition)
        : `it is ${written.figure({ value, unit: conditionUnit(metric, currency), reason: null })}`;
    return [`${conditionSentence(condition, currency, written)}: ${is}`];
  });
  return lines.map((line) => (line.endsWith(".") ? line : `${line}.`)).join(" ");
}
