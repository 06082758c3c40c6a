import { drawn, type Range, rangeOf, seededRandom } from "../simulate";

/** At least ten thousand, so that the median is known to about one part in a hundred. */
export const DRAWS = 10_000;

/** What is not known about a lever, as distributions; shown in words wherever a range is shown. */
export const ASSUMED = {
  /** The part of the gap that is closed. */
  closure: { low: 0, mode: 0.5, high: 1 },
  /** The work against what was assumed: overruns are likelier than the reverse. */
  effort: { low: 0.8, mode: 1, high: 1.6 },
} as const;

export const DISTRIBUTIONS: Readonly<Record<string, string>> = {
  gap: "The gap: normal around the measured one, with its sampling error, never below zero",
  closure: "The part of it that is closed: triangular from none to all, most likely half",
  delay: "The start of the effect: triangular from now to the time to effect, most likely half of it",
  effort: "The work: triangular from a fifth less to three fifths more than assumed, most likely as assumed",
};

/**
 * Months' worth of the full monthly effect that fall within `horizon` months: nothing before `delay`, then won evenly
 * over twelve months, then kept. Six for a year without delay, eighteen for two.
 */
export function accruedMonths(delay: number, horizon: number): number {
  const running = horizon - delay;
  if (running <= 0) return 0;
  return running <= 12 ? (running * running) / 24 : 6 + (running - 12);
}

/** The part of the full monthly effect that is there in the middle of a month, counted from 0. */
export const wonBy = (month: number, delay: number): number => Math.min(1, Math.max(0, month + 0.5 - delay) / 12);

function curveOf(fulls: Float64Array, delays: Float64Array): number[] {
  return Array.from({ length: 24 }, (_, month) => {
    let sum = 0;
    for (let index = 0; index < fulls.length; index++) sum += (fulls[index] ?? 0) * wonBy(month, delays[index] ?? 0);
    return sum / fulls.length;
  });
}

export type LeverOdds = {
  readonly seed: string;
  readonly draws: number;
  /** Revenue per month once the whole gap is closed, in plain units. */
  readonly monthly: number;
  /** Standard error of the gap ÷ the gap. */
  readonly relativeError: number;
  readonly monthsToEffect: number;
  /** Person-months. */
  readonly effort: number;
  /** Per person-month; null where unknown. */
  readonly costPerHead: number | null;
  readonly grossMargin: number | null;
};

export type LeverOutcome = {
  /** Additional revenue of the next twelve months. */
  readonly effect: Range;
  readonly cost: Range | null;
  /** Gross margin of 24 months ÷ cost. */
  readonly roi: Range | null;
  /** Gross margin of 24 months − cost. */
  readonly net: Range | null;
  /** Draw by draw, so that levers can be put together. */
  readonly effects: Float64Array;
  /** Revenue per month once it is won in full, and the months until it starts, draw by draw. */
  readonly fulls: Float64Array;
  readonly delays: Float64Array;
  /** Mean additional revenue of each of the next 24 months. */
  readonly curve: readonly number[];
};

/** The outcome of one lever over `draws` worlds; the same seed gives the same numbers. */
export function simulateLever(odds: LeverOdds): LeverOutcome {
  const { draws, monthly, relativeError, monthsToEffect, costPerHead, grossMargin } = odds;
  const random = seededRandom(odds.seed);
  const gap = drawn({ kind: "normal", mean: 1, deviation: relativeError, least: 0 }, draws, random);
  const closure = drawn({ kind: "triangular", ...ASSUMED.closure }, draws, random);
  const timing = { low: 0, mode: monthsToEffect / 2, high: monthsToEffect };
  const delay = drawn({ kind: "triangular", ...timing }, draws, random);
  const effort = drawn({ kind: "triangular", ...ASSUMED.effort }, draws, random);
  const [effects, margin, spent] = [new Float64Array(draws), new Float64Array(draws), new Float64Array(draws)];
  const fulls = gap.map((value, index) => monthly * value * (closure[index] ?? 0));
  const rate = odds.effort * (costPerHead ?? 0);
  for (let index = 0; index < draws; index++) {
    const full = fulls[index] ?? 0;
    effects[index] = full * accruedMonths(delay[index] ?? 0, 12);
    margin[index] = full * accruedMonths(delay[index] ?? 0, 24) * (grossMargin ?? 0);
    spent[index] = (effort[index] ?? 0) * rate;
  }
  const cost = costPerHead === null ? null : rangeOf(spent);
  const known = cost !== null && cost.p50 > 0 && grossMargin !== null;
  return {
    ...{ effect: rangeOf(effects), cost, effects, fulls, delays: delay, curve: curveOf(fulls, delay) },
    roi: known ? rangeOf(margin.map((value, index) => value / (spent[index] ?? 1))) : null,
    net: known ? rangeOf(margin.map((value, index) => value - (spent[index] ?? 0))) : null,
  };
}
