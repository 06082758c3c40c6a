import { normalAbove, normalUpperQuantile, tAbove, tUpperQuantile } from "./distributions";

export type Alternative = "two-sided" | "greater" | "less";
export type Interval = [low: number | null, high: number | null];
type Tested = { interval: Interval; pValue: number };

const around = (estimate: number, width: number, alternative: Alternative): Interval => [
  alternative === "less" ? null : estimate - width,
  alternative === "greater" ? null : estimate + width,
];

const sidedP = (statistic: number, alternative: Alternative, above: (x: number) => number): number =>
  alternative === "two-sided"
    ? Math.min(1, 2 * above(Math.abs(statistic)))
    : above(alternative === "greater" ? statistic : -statistic);

/** Welch's t test and interval at a horizon that was fixed in advance. */
export function fixedTest(
  estimate: number,
  standardError: number,
  degrees: number,
  alpha: number,
  alternative: Alternative,
): Tested {
  const critical = tUpperQuantile(alternative === "two-sided" ? alpha / 2 : alpha, degrees);
  return {
    interval: around(estimate, critical * standardError, alternative),
    pValue: sidedP(estimate / standardError, alternative, (x) => tAbove(x, degrees)),
  };
}

/** p of a z statistic. */
export const zPValue = (statistic: number, alternative: Alternative): number =>
  sidedP(statistic, alternative, normalAbove);

/** Critical value of the fixed z test. */
export const zCritical = (alpha: number, alternative: Alternative): number =>
  normalUpperQuantile(alternative === "two-sided" ? alpha / 2 : alpha);

/** ρ² that makes the confidence sequence narrowest at `tuningN` units (Waudby-Smith et al., arXiv 2103.06476, eq. 161). */
export function mixtureRho2(alpha: number, tuningN: number, alternative: Alternative): number {
  const spent = -2 * Math.log(alternative === "two-sided" ? alpha : 2 * alpha);
  return (spent + Math.log(spent + 1)) / tuningN;
}

/**
 * Half width of the asymptotic confidence sequence at n units, in standard errors: two-sided eq. 9, one-sided eq. 134.
 * The paper's σ√… ÷ n over the standard error σ ÷ √n.
 */
export function sequenceCritical(n: number, alpha: number, tuningN: number, alternative: Alternative): number {
  const spread = n * mixtureRho2(alpha, tuningN, alternative);
  const root = Math.sqrt(spread + 1);
  const evidence = alternative === "two-sided" ? Math.log(root / alpha) : Math.log1p(root / (2 * alpha));
  return Math.sqrt((2 * (spread + 1) * evidence) / spread);
}

/**
 * Always-valid p: 1 ÷ e, at most 1. Two-sided by eq. 155; one-sided the smallest α (at the same ρ) whose bound by
 * eq. 134 still excludes 0.
 */
function sequencePValue(
  statistic: number,
  n: number,
  alpha: number,
  tuningN: number,
  alternative: Alternative,
): number {
  const spread = n * mixtureRho2(alpha, tuningN, alternative);
  const evidence = (statistic * statistic * spread) / (2 * (spread + 1));
  const root = Math.sqrt(spread + 1);
  if (alternative === "two-sided") return Math.min(1, Math.exp(Math.log(root) - evidence));
  if (alternative === "greater" ? statistic <= 0 : statistic >= 0) return 1;
  return Math.min(1, root / (2 * Math.expm1(evidence)));
}

export function sequentialTest(
  estimate: number,
  standardError: number,
  n: number,
  { alpha, tuningN, alternative }: { alpha: number; tuningN: number; alternative: Alternative },
): Tested {
  const width = sequenceCritical(n, alpha, tuningN, alternative) * standardError;
  return {
    interval: around(estimate, width, alternative),
    pValue: sequencePValue(estimate / standardError, n, alpha, tuningN, alternative),
  };
}
