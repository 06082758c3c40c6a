import { ok, type Result } from "@/lib/errors";
import { contradicts } from "@/lib/metrics/rules/measure";
import type { ProportionTestInput, Sample } from "../schema";
import { binomialAbove, binomialAt, binomialBelow, chiSquaredAbove } from "./distributions";
import { type Alternative, zPValue } from "./frequentist";

export type RateTest = {
  statistic: number | null;
  degreesOfFreedom: number | null;
  pValue: number | null;
  reasons: Record<string, string>;
};

export const TEST_CONVENTIONS = {
  exact:
    "binomial against null, Fisher's hypergeometric for two samples; two-sided sums the outcomes no more likely than the observed; the statistic is the successes of the first sample",
  z: "one sample: variance p(1 − p) of the sample; two: pooled; first minus second; no continuity correction",
  "chi-squared":
    "one sample: variance under null; more: pooled, samples − 1 degrees of freedom; no continuity correction; one-sided by the signed root where there is one degree of freedom",
} as const;

const none = (reason: string): RateTest => ({
  ...{ statistic: null, degreesOfFreedom: null, pValue: null },
  reasons: { statistic: reason, degreesOfFreedom: reason, pValue: reason },
});

// Probabilities that differ in their last digits only count as equal (as R's binom.test does).
const TIE = 1 + 1e-7;

/** Sum over the outcomes of a unimodal distribution that are no more likely than `observed`: both tails, from outside in. */
function noMoreLikely(at: (k: number) => number, low: number, high: number, observed: number): number {
  const limit = at(observed) * TIE;
  let total = 0;
  for (let k = low; k <= high && at(k) <= limit; k += 1) total += at(k);
  for (let k = high; k >= low && at(k) <= limit; k -= 1) total += at(k);
  return Math.min(1, total);
}

/** Two-sided binomial test; the far tail is found by bisection on the falling side, both tails are beta integrals. */
function exactTwoSided({ successes, n }: Sample, p: number): number {
  const at = (k: number) => binomialAt(k, n, p);
  const limit = at(successes) * TIE;
  const mode = Math.floor((n + 1) * p);
  const search = (from: number, to: number, fits: (k: number) => boolean): number => {
    let [bad, good] = [from, to];
    while (Math.abs(good - bad) > 1) {
      const middle = Math.trunc((bad + good) / 2);
      if (fits(middle)) good = middle;
      else bad = middle;
    }
    return good;
  };
  if (at(mode) <= limit) return 1;
  const low = search(mode, -1, (k) => k < 0 || at(k) <= limit);
  const high = search(mode, n + 1, (k) => k > n || at(k) <= limit);
  return Math.min(1, binomialBelow(low, n, p) + binomialAbove(high, n, p));
}

function exactOne(sample: Sample, p: number, alternative: Alternative): RateTest {
  const { successes, n } = sample;
  const pValue = {
    "two-sided": () =>
      p === 0 ? Number(successes === 0) : p === 1 ? Number(successes === n) : exactTwoSided(sample, p),
    greater: () => binomialAbove(successes, n, p),
    less: () => binomialBelow(successes, n, p),
  }[alternative]();
  return { statistic: successes, degreesOfFreedom: null, pValue, reasons: { degreesOfFreedom: "exact" } };
}

/** Fisher's exact test on the successes of the first sample, both margins fixed. */
function exactTwo(a: Sample, b: Sample, alternative: Alternative): RateTest {
  const total = a.successes + b.successes;
  const [low, high] = [Math.max(0, total - b.n), Math.min(a.n, total)];
  // Weights by their ratio from one outcome to the next, from the mode outwards, so that none overflows.
  const logs = [0];
  for (let k = low; k < high; k += 1)
    logs.push((logs.at(-1) ?? 0) + Math.log(((total - k) * (a.n - k)) / ((k + 1) * (b.n - total + k + 1))));
  const peak = logs.reduce((most, log) => Math.max(most, log), Number.NEGATIVE_INFINITY);
  const weights = logs.map((log) => Math.exp(log - peak));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const at = (k: number) => (weights[k - low] ?? 0) / sum;
  const range = (from: number, to: number) => {
    let mass = 0;
    for (let k = from; k <= to; k += 1) mass += at(k);
    return Math.min(1, mass);
  };
  const pValue = {
    "two-sided": () => noMoreLikely(at, low, high, a.successes),
    greater: () => range(a.successes, high),
    less: () => range(low, a.successes),
  }[alternative]();
  return { statistic: a.successes, degreesOfFreedom: null, pValue, reasons: { degreesOfFreedom: "exact" } };
}

const zAnswer = (difference: number, variance: number, alternative: Alternative): RateTest => {
  if (variance <= 0) return none("zero-variance");
  const statistic = difference / Math.sqrt(variance);
  return {
    ...{ statistic, degreesOfFreedom: null },
    pValue: zPValue(statistic, alternative),
    reasons: { degreesOfFreedom: "normal" },
  };
};

const pooledRate = (samples: readonly Sample[]): number =>
  samples.reduce((all, { successes }) => all + successes, 0) / samples.reduce((all, { n }) => all + n, 0);

function pooledDifference(a: Sample, b: Sample): { difference: number; variance: number } {
  const p = pooledRate([a, b]);
  return { difference: a.successes / a.n - b.successes / b.n, variance: p * (1 - p) * (1 / a.n + 1 / b.n) };
}

function chiSquared(samples: readonly Sample[], against: number | undefined, alternative: Alternative): RateTest {
  const p = against ?? pooledRate(samples);
  if (p === 0 || p === 1) return none("zero-variance");
  const statistic = samples.reduce((sum, { successes, n }) => sum + (successes - n * p) ** 2 / (n * p * (1 - p)), 0);
  const degreesOfFreedom = against === undefined ? samples.length - 1 : 1;
  const [first, second] = samples;
  const compared = against ?? (second ? second.successes / second.n : 0);
  const sign = first && first.successes / first.n >= compared ? 1 : -1;
  const pValue =
    alternative === "two-sided"
      ? chiSquaredAbove(statistic, degreesOfFreedom)
      : zPValue(sign * Math.sqrt(statistic), alternative);
  return { statistic, degreesOfFreedom, pValue, reasons: {} };
}

const MOST_OUTCOMES = 2_000_000;
const fisherOutcomes = (samples: readonly Sample[]): number =>
  Math.min(
    ...samples.map(({ n }) => n),
    samples.reduce((all, { successes }) => all + successes, 0),
  );

/** Contradictions between the number of samples, the null and the method. */
function misfit({ samples, null: against, method, alternative }: ProportionTestInput): [string, string] | null {
  if (samples.length === 1 && against === undefined) return ["null", "the rate that one sample is tested against"];
  if (samples.length > 1 && against !== undefined)
    return ["null", "nothing: more samples are tested against each other"];
  if (samples.length > 2 && method !== "chi-squared") return ["method", "chi-squared, for more than two samples"];
  if (samples.length === 2 && method === "exact" && fisherOutcomes(samples) > MOST_OUTCOMES)
    return ["method", "z or chi-squared, for samples of this size"];
  if (samples.length > 2 && alternative !== "two-sided") return ["alternative", "two-sided, for more than two samples"];
  return null;
}

/** One sample against a null, or samples against each other. */
export function proportionTest(input: ProportionTestInput): Result<RateTest, "CONTRADICTION"> {
  const problem = misfit(input);
  if (problem) return contradicts(...problem);
  const { samples, null: against, method, alternative } = input;
  const [first, second] = samples;
  if (!first || samples.some(({ n }) => n === 0)) return ok(none("zero-denominator"));
  if (method === "chi-squared") return ok(chiSquared(samples, against, alternative));
  if (second) {
    if (method === "exact") return ok(exactTwo(first, second, alternative));
    const { difference, variance } = pooledDifference(first, second);
    return ok(zAnswer(difference, variance, alternative));
  }
  const p = first.successes / first.n;
  return ok(
    method === "exact"
      ? exactOne(first, against ?? 0, alternative)
      : zAnswer(p - (against ?? 0), (p * (1 - p)) / first.n, alternative),
  );
}
