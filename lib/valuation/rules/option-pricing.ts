import { engineSchedule } from "@/lib/distribution/rules/breakpoints";
import { approximate } from "@/lib/distribution/rules/exact";
import { positionOf } from "@/lib/distribution/rules/positions";
import { readEngine } from "@/lib/distribution/rules/waterfall";
import { type FieldProblem, ok, type Result, refuse } from "@/lib/errors";
import { normalBelow } from "@/lib/experiments/rules/distributions";
import type { OptionPricingInput } from "../schema/option-pricing";

export type Market = { volatility: number; years: number; riskFree: number; dividendYield: number };

type Split = { call: number; below: number };

/** The asset's value today cut at the strike: what lies above it (the call) and what lies below, each without cancellation. */
function splitAt(asset: number, strike: number, market: Market): Split {
  const { volatility, years, riskFree, dividendYield } = market;
  const forward = asset * Math.exp(-dividendYield * years);
  const owed = strike * Math.exp(-riskFree * years);
  const deviation = volatility * Math.sqrt(years);
  if (deviation === 0 || owed === 0 || forward === 0) {
    return { call: Math.max(forward - owed, 0), below: Math.min(forward, owed) };
  }
  const d1 = Math.log(forward / owed) / deviation + deviation / 2;
  const d2 = d1 - deviation;
  return {
    call: forward * normalBelow(d1) - owed * normalBelow(d2),
    below: forward * normalBelow(-d1) + owed * normalBelow(d2),
  };
}

/** Black–Scholes value of a European call on `asset` struck at `strike`; rates continuous, with a yield of the asset. */
export const callValue = (asset: number, strike: number, market: Market): number => splitAt(asset, strike, market).call;

type Slope = { from: number; to: number | null; shares: readonly number[] };
export type Tranche = Slope & { value: number };

/** A tranche is what lies between two breakpoints: the call on its start less the call on its end. Source: methods a8. */
function tranchesAt(equity: number, slopes: readonly Slope[], market: Market): Tranche[] {
  return slopes.map((slope) => {
    const start = splitAt(equity, slope.from, market);
    const end = slope.to === null ? { call: 0, below: Number.POSITIVE_INFINITY } : splitAt(equity, slope.to, market);
    // The same difference from above and from below; the smaller pair keeps its digits.
    const value = start.call < end.below ? start.call - end.call : end.below - start.below;
    return { ...slope, value: Math.max(0, value) };
  });
}

const classValue = (tranches: readonly Tranche[], index: number): number =>
  tranches.reduce((total, { value, shares }) => total + value * (shares[index] ?? 0), 0);

const LARGEST = 1e30;
const STEPS = 400;

/** The smallest equity at which the rising value reaches the target, or why there is none. */
function solved(valueAt: (equity: number) => number, target: number): number | "price-out-of-reach" | "not-unique" {
  let high = Math.max(target, 1);
  while (valueAt(high) < target) {
    high *= 2;
    if (high > LARGEST) return "price-out-of-reach";
  }
  let low = 0;
  for (let step = 0; step < STEPS; step += 1) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (valueAt(middle) < target) low = middle;
    else high = middle;
  }
  // A flat stretch (no volatility, a preference that is just covered) has this value over a range of equity.
  return valueAt(high * (1 + 1e-6)) === valueAt(high) && valueAt(high) === target ? "not-unique" : high;
}

export type OptionPricing = {
  equityValue: number | null;
  reason: string | null;
  tranches: readonly Tranche[];
  classes: readonly { id: string; value: number | null; perShare: number | null; reason: string | null }[];
};

function soughtIndex({ classes, solveFor }: OptionPricingInput, shares: readonly number[]): FieldProblem | number {
  const index = classes.findIndex(({ id }) => id === solveFor?.class);
  const path = "solveFor.class";
  if (index < 0) return { path, expected: "the id of one of the classes" };
  return (shares[index] ?? 0) > 0 ? index : { path, expected: "a class that has shares" };
}

export type OptionModel = { counts: readonly number[]; slopes: readonly Slope[] };

/** What does not depend on the market: shares of each class, and the breakpoints between which they share. */
export function optionModel(classes: OptionPricingInput["classes"]): Result<OptionModel, "CONTRADICTION"> {
  const engine = readEngine(classes, undefined);
  if (!engine.ok) return engine;
  const slopes = engineSchedule(engine.value).slopes.map(({ from, to, shares }) => ({
    ...{ from: approximate(from), to: to && approximate(to) },
    shares: shares.map(approximate),
  }));
  return ok({ counts: classes.map((given) => approximate(positionOf(given).shares)), slopes });
}

/**
 * Value of each class today as calls on the value of all of them (currency units), or the value of all at which one
 * class is worth its price. Fair value, never proceeds. Source: methods a8, AICPA guide.
 */
export function optionPricing(
  input: OptionPricingInput,
  model = optionModel(input.classes),
): Result<OptionPricing, "CONTRADICTION"> {
  if (!model.ok) return model;
  const { counts, slopes } = model.value;
  let equity: number | string = input.equityValue ?? 0;
  if (input.solveFor) {
    const index = soughtIndex(input, counts);
    if (typeof index !== "number") return refuse("CONTRADICTION", [index]);
    const target = input.solveFor.pricePerShare * (counts[index] ?? 0);
    equity = solved((at) => classValue(tranchesAt(at, slopes, input), index), target);
  }
  const known = typeof equity === "number";
  const tranches = typeof equity === "number" ? tranchesAt(equity, slopes, input) : [];
  const classes = input.classes.map(({ id }, index) => {
    if (typeof equity === "string") return { id, value: null, perShare: null, reason: equity };
    const value = classValue(tranches, index);
    const count = counts[index] ?? 0;
    return { id, value, perShare: count > 0 ? value / count : null, reason: count > 0 ? null : "no-shares" };
  });
  return ok({ equityValue: known ? Number(equity) : null, reason: known ? null : String(equity), tranches, classes });
}

export function optionPricingConventions({ classes, dividendYield }: OptionPricingInput): Record<string, string> {
  return {
    meaning: "fair value today, not what an exit would pay",
    model: "Black–Scholes calls on the value of all classes, struck at the breakpoints of the waterfall",
    rates: "continuous; volatility and rates per year",
    ...(dividendYield !== 0 && {
      dividendYield: "leaves the classes: their values add up to equity × e^(−yield × years)",
    }),
    ...(classes.some(({ kind }) => kind === "debt" || kind === "note") && {
      equityValue: "the value of all classes, debt and notes included",
    }),
    perShare: "per share as converted, per option and per warrant",
    solveFor: "the smallest value at which the class is worth its price; null where none, or a range of them, does",
  };
}
