/** Makes the median absolute deviation an estimate of σ under a normal distribution. */
export const MAD_TO_SIGMA = 1.4826;
/** The same for the mean absolute deviation: √(π ÷ 2). */
const MEAN_DEVIATION_TO_SIGMA = Math.sqrt(Math.PI / 2);

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Between order statistics linearly (Hyndman and Fan's type 7); `sorted` ascends and is not empty. */
export function quantile(sorted: ArrayLike<number>, probability: number): number {
  const at = (sorted.length - 1) * probability;
  const below = sorted[Math.floor(at)] ?? 0;
  const above = sorted[Math.ceil(at)] ?? below;
  return below + (at - Math.floor(at)) * (above - below);
}

export const median = (values: readonly number[]): number =>
  quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  );

export type RobustScale = {
  center: number;
  /** What a score is divided by; zero only where every value is the same. */
  scale: number;
  basis: "median-absolute-deviation" | "mean-absolute-deviation" | "none";
};

/**
 * Median and 1.4826 × median absolute deviation. Where more than half of the values are equal that is zero: then the
 * mean absolute deviation × 1.2533.
 */
export function robustScale(values: readonly number[]): RobustScale {
  const center = median(values);
  const deviations = values.map((value) => Math.abs(value - center));
  const mad = median(deviations);
  if (mad > 0) return { center, scale: MAD_TO_SIGMA * mad, basis: "median-absolute-deviation" };
  const average = mean(deviations);
  if (average > 0) return { center, scale: MEAN_DEVIATION_TO_SIGMA * average, basis: "mean-absolute-deviation" };
  return { center, scale: 0, basis: "none" };
}
