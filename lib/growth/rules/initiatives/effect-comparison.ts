import type { CannotTell, CounterfactualMonth, EffectWindow, Tried } from "./effect";

export type ComparedVenture = { id: string; before: readonly number[]; after: readonly number[] };

/** With fewer, a placebo interval says next to nothing: n of them give at most n ÷ (n + 1). */
export const LEAST_VENTURES = 4;
const CONFIDENCE = 0.95;
/** Rounding of binary numbers is no trend. */
const TIE = 1e-12;

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
const refused = (reason: CannotTell): Tried => ({ method: "difference-in-differences", estimate: null, reason });

/** Change from before to after of one, less the mean change of the others. */
function difference(one: ComparedVenture, others: readonly ComparedVenture[]): number {
  const change = ({ before, after }: ComparedVenture) => mean(after) - mean(before);
  return change(one) - mean(others.map(change));
}

/** Slope per month of a series by least squares. */
export function slopeOf(series: readonly number[]): number {
  const center = (series.length - 1) / 2;
  const spread = series.reduce((sum, _value, index) => sum + (index - center) ** 2, 0);
  return spread === 0 ? 0 : series.reduce((sum, value, index) => sum + (index - center) * value, 0) / spread;
}

/** How fast one drifts away from the mean of the others before the start. */
function driftBefore(one: ComparedVenture, others: readonly ComparedVenture[]): number {
  return slopeOf(one.before.map((value, index) => value - mean(others.map(({ before }) => before[index] ?? 0))));
}

const without = (all: readonly ComparedVenture[], one: ComparedVenture) => all.filter((other) => other !== one);

/** The k-th smallest size of the placebo effects that covers the level, or the largest where there are too few. */
function placeboBound(placebos: readonly number[]): { bound: number; confidence: number } {
  const sizes = placebos.map(Math.abs).sort((a, b) => a - b);
  const rank = Math.ceil((sizes.length + 1) * CONFIDENCE);
  if (rank > sizes.length) return { bound: sizes.at(-1) ?? 0, confidence: sizes.length / (sizes.length + 1) };
  return { bound: sizes[rank - 1] ?? 0, confidence: CONFIDENCE };
}

const isPositive = ({ before, after }: ComparedVenture): boolean => [...before, ...after].every((value) => value > 0);
const logged = ({ id, before, after }: ComparedVenture): ComparedVenture => ({
  ...{ id, before: before.map(Math.log), after: after.map(Math.log) },
});

/**
 * Difference in differences against other ventures' same metric, in the metric's own unit per month. Amounts and counts
 * are compared as logarithms, so that ventures of different size and currency stand side by side; ratios as they are.
 * Checked first: before the start it must not have drifted away from the others faster than each of them did from the
 * rest (a t-test of the slope would refuse nearly everything, because months resemble the months before them).
 * The interval is by placebo (Abadie, Diamond and Hainmueller 2010): each other venture is treated as if it had started
 * then, and the effect is surrounded by the size that the given share of placebo effects stays within.
 */
export function differenceInDifferences(
  window: EffectWindow,
  others: readonly ComparedVenture[],
  scale: "relative" | "absolute",
): Tried {
  const own: ComparedVenture = { id: "", before: window.before, after: window.after };
  const fitting = others.filter(
    ({ before, after }) => before.length === own.before.length && after.length === own.after.length,
  );
  const usable = scale === "relative" ? fitting.filter(isPositive) : fitting;
  if (scale === "relative" && !isPositive(own)) return refused("not-positive");
  if (usable.length < LEAST_VENTURES) return refused("too-few-ventures");
  const treated = scale === "relative" ? logged(own) : own;
  const controls = scale === "relative" ? usable.map(logged) : usable;
  const drift = Math.abs(driftBefore(treated, controls));
  if (controls.every((one) => drift > Math.abs(driftBefore(one, without(controls, one))) + TIE)) {
    return refused("trends-differed-before");
  }
  const effect = difference(treated, controls);
  const placebos = controls.map((one) => difference(one, without(controls, one)));
  const { bound, confidence } = placeboBound(placebos);
  return inUnits(window, { effect, bound, confidence, ventures: controls.length }, scale);
}

type Found = { effect: number; bound: number; confidence: number; ventures: number };

/** An effect e on logarithms means that the value would have been actual ÷ exp(e). */
function inUnits(window: EffectWindow, found: Found, scale: "relative" | "absolute"): Tried {
  const { effect, bound, confidence, ventures } = found;
  const minus = (actual: number, by: number) => (scale === "relative" ? actual / Math.exp(by) : actual - by);
  const rows: CounterfactualMonth[] = window.after.map((actual, index) => ({
    ...{ month: window.months[index] ?? "", actual, expected: minus(actual, effect) },
    low: minus(actual, effect + bound),
    high: minus(actual, effect - bound),
  }));
  return {
    method: "difference-in-differences",
    estimate: {
      method: "difference-in-differences",
      estimate: mean(rows.map(({ actual, expected }) => actual - expected)),
      low: mean(rows.map(({ actual, high }) => actual - high)),
      high: mean(rows.map(({ actual, low }) => actual - low)),
      ...{ confidence, months: window.after.length, counterfactual: rows },
      basis: `${ventures} other ventures over the same months${scale === "relative" ? ", relative changes" : ""}`,
    },
    reason: null,
  };
}
