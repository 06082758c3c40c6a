import Fraction from "fraction.js";
import { TICKS_PER_YEAR, ticksBetween } from "@/lib/distribution/rules/day-count";
import { rational } from "@/lib/distribution/rules/exact";
import { exactOf } from "@/lib/distribution/rules/rates";
import { type FieldProblem, ok, type Result, refuse } from "@/lib/errors";
import { Exact } from "@/lib/money";
import type { AccrueInput } from "../schema/computing";

const PERIODS: Readonly<Record<Exclude<AccrueInput["compounding"], "simple">, number>> = {
  annual: 1,
  "semi-annual": 2,
  quarterly: 4,
  monthly: 12,
  daily: 365,
};

function spanProblems({ from, to, years }: AccrueInput): FieldProblem[] {
  if (years !== undefined) {
    const other = from === undefined ? (to === undefined ? null : "to") : "from";
    return other ? [{ path: other, expected: "either years, or from and to" }] : [];
  }
  if (from === undefined) return [{ path: to === undefined ? "years" : "from", expected: "years, or from and to" }];
  if (to === undefined) return [{ path: "to", expected: "the day to which it accrues" }];
  return to < from ? [{ path: "to", expected: `a day not before ${from}` }] : [];
}

function problemsOf(input: AccrueInput): FieldProblem[] {
  const problems = spanProblems(input);
  const { kind, declared, endFee, changeOfControlMultiple } = input;
  if (kind === "interest" && declared !== undefined)
    problems.push({ path: "declared", expected: "nothing: interest accrues without being declared" });
  if (kind === "dividend" && endFee !== undefined)
    problems.push({ path: "endFee", expected: "nothing: a dividend has no end fee" });
  if (kind === "dividend" && changeOfControlMultiple !== undefined)
    problems.push({ path: "changeOfControlMultiple", expected: "nothing: it is a term of loans and notes" });
  return problems;
}

const yearsOf = ({ years, from, to, dayCount }: AccrueInput): Fraction =>
  years === undefined
    ? new Fraction(BigInt(ticksBetween(dayCount, from ?? "", to ?? "")), BigInt(TICKS_PER_YEAR[dayCount]))
    : rational(years);

/**
 * What has accrued on a base, not rounded, and the claim with it. Simple: base × rate × years; compound: base ×
 * ((1 + rate ÷ m)^(m × years) − 1), parts of a period by the exponent. The claim is base × change-of-control multiple +
 * accrued + end fee. Source: methods a4, a6.
 */
export function accrue(input: AccrueInput): Result<{ accrued: Exact; claim: Exact }, "CONTRADICTION"> {
  const problems = problemsOf(input);
  if (problems.length > 0) return refuse("CONTRADICTION", problems);
  const [base, rate, years] = [rational(input.base), rational(input.rate), yearsOf(input)];
  const claimed = (accrued: Exact) =>
    accrued
      .plus(exactOf(base.mul(rational(input.changeOfControlMultiple ?? 1))))
      .plus(exactOf(rational(input.endFee ?? 0)));
  if (input.declared === false) return ok({ accrued: new Exact(0), claim: claimed(new Exact(0)) });
  if (input.compounding === "simple") {
    const accrued = exactOf(base.mul(rate).mul(years));
    return ok({ accrued, claim: claimed(accrued) });
  }
  const periods = PERIODS[input.compounding];
  const growth = exactOf(rate).div(periods).plus(1).pow(exactOf(years).times(periods));
  const accrued = growth.minus(1).times(exactOf(base));
  return ok({ accrued, claim: claimed(accrued) });
}
