import type { Unit } from "@/lib/figures/schema";
import { Exact } from "@/lib/money";

const TYPED = /^[+-]?\d{1,26}(\.\d{1,8})?$/;

/** What a person types for a threshold: percent where the metric is a fraction, otherwise the plain number. */
export function thresholdOf(typed: string, unit: Unit): string | null {
  const plain = typed.trim().replace("−", "-").replace(/\s*%$/, "");
  if (!TYPED.test(plain)) return null;
  return unit === "ratio" ? new Exact(plain).div(100).toFixed() : new Exact(plain).toFixed();
}

const WORDS: Readonly<Record<string, string>> = {
  ratio: "in percent",
  months: "in months",
  score: "in points",
  count: "as a number",
  multiple: "as a multiple, such as 1.5",
};

/** How the field tells what it expects. */
export const thresholdHint = (unit: Unit): string => WORDS[unit] ?? `in ${unit}, in full`;
