import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";

/** An interval that was stated, and what came. */
export type PastInterval = { level: number; low: number; high: number; actual: number };
/** A yes-or-no call that was stated as a probability from 0 to 1, and whether it came true. */
export type PastCall = { probability: number; happened: boolean };

export type Calibration = {
  /** By level: how many of the past intervals held what came. Coverage is null without any. */
  intervals: { level: number; held: number; of: number; coverage: number | null }[];
  /** 0 is perfect, 0.25 is a coin, 1 is always wrong. */
  brier: { score: number | null; of: number };
};

/** Mean squared distance between probability and outcome (Brier 1950); null without calls. */
export function brierScore(calls: readonly PastCall[]): number | null {
  if (calls.length === 0) return null;
  const squared = calls.map(({ probability, happened }) => (probability - Number(happened)) ** 2);
  return squared.reduce((sum, one) => sum + one, 0) / calls.length;
}

/** How past forecasts did: coverage by level, ends included, and the Brier score of the calls. Sample sizes beside both. */
export function calibrationOf(
  intervals: readonly PastInterval[],
  calls: readonly PastCall[],
  levels: readonly number[],
): Calibration {
  return {
    intervals: levels.map((level) => {
      const stated = intervals.filter((one) => one.level === level);
      const held = stated.filter(({ low, high, actual }) => low <= actual && actual <= high).length;
      return { level, held, of: stated.length, coverage: stated.length === 0 ? null : held / stated.length };
    }),
    brier: { score: brierScore(calls), of: calls.length },
  };
}

/**
 * Probability of ending above `threshold` under a normal distribution about `point` that is as wide as the interval of
 * this level. Null where the interval has no width.
 */
export function chanceAbove(
  threshold: number,
  { point, low, high, level }: { point: number; low: number; high: number; level: number },
): number | null {
  const sigma = (high - low) / (2 * normalQuantile((1 + level) / 2, 0, 1));
  return sigma > 0 ? 1 - normalCdf(threshold, point, sigma) : null;
}
