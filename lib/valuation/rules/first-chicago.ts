import { type FieldProblem, ok, type Result, refuse } from "@/lib/errors";
import { sum } from "@/lib/metrics/rules/measure";
import { Exact } from "@/lib/money";
import type { FirstChicagoInput } from "../schema/methods";
import { discountFactor } from "./dcf";

type Scenario = FirstChicagoInput["scenarios"][number];
export type WeighedScenario = { name: string; probability: Exact; presentValue: Exact; contribution: Exact };
export type FirstChicago = { value: Exact; scenarios: readonly WeighedScenario[] };

/** Thirds written with ten digits still count as a whole. */
const TOLERANCE = new Exact("1e-9");

function problemsOf(one: Scenario, path: string): FieldProblem[] {
  if ((one.value === undefined) === (one.exitValue === undefined))
    return [{ path, expected: "either value (today) or exitValue" }];
  if (one.value !== undefined)
    return one.years === undefined && one.rate === undefined
      ? []
      : [{ path: `${path}.exitValue`, expected: "exitValue instead of value where years and rate discount it" }];
  const missing = (["years", "rate"] as const).filter((name) => one[name] === undefined);
  return missing.map((name) => ({ path: `${path}.${name}`, expected: `${name}, to discount exitValue` }));
}

const presentValueOf = ({ value, exitValue, years, rate }: Scenario): Exact =>
  value ?? (exitValue ?? new Exact(0)).times(discountFactor(rate ?? new Exact(0), years ?? new Exact(0)));

/** Σ probability × present value; refuses probabilities that do not sum to 1. Source: methods c. */
export function firstChicago({ scenarios }: FirstChicagoInput): Result<FirstChicago, "CONTRADICTION"> {
  const problems = scenarios.flatMap((one, index) => problemsOf(one, `scenarios[${index}]`));
  if (problems.length > 0) return refuse("CONTRADICTION", problems);
  const all = sum(scenarios.map(({ probability }) => probability));
  if (all.minus(1).abs().gt(TOLERANCE))
    return refuse("CONTRADICTION", [
      { path: "scenarios", expected: `probabilities that sum to 1; these sum to ${all.toSignificantDigits(12)}` },
    ]);
  const weighed = scenarios.map((one) => {
    const presentValue = presentValueOf(one);
    const { name, probability } = one;
    return { name, probability, presentValue, contribution: presentValue.times(probability) };
  });
  return ok({ value: sum(weighed.map(({ contribution }) => contribution)), scenarios: weighed });
}

export const FIRST_CHICAGO_CONVENTIONS: Readonly<Record<string, string>> = {
  value: "Σ probability × present value",
  discounting: "exitValue ÷ (1 + rate)^years; a value is of today and is not discounted",
  failure: "carried by the probabilities; the rates should not be raised for it a second time",
  probabilities: "must sum to 1 within 1e-9",
};
