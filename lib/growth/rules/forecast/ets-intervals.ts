import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import { mean, quantile } from "../anomalies/robust";
import { seededRandom } from "../simulate";
import { type EtsModel, type EtsPass, isLinear, pointForecast, type Running, step } from "./ets-model";

/** Both ends for each step ahead. Null where no width can be told. */
export type Interval = { level: number; lower: (number | null)[]; upper: (number | null)[] };
export type IntervalMethod = "closed-form" | "bootstrap" | "none";

/** Paths of a simulation; the standard error of an 80 % end is about 2 % of σ. */
export const PATHS = 5_000;

/** What one error of size 1 adds to the values 0, 1, 2 … steps later: 1, then α + β(φ + … + φ^j) + γ in its season. */
function responses({ form, smoothing }: EtsModel, horizon: number): number[] {
  const { alpha, beta, gamma, phi } = smoothing;
  let damping = 0;
  return Array.from({ length: horizon }, (_, index) => {
    if (index === 0) return 1;
    damping += form.damped ? phi ** index : 1;
    const trend = form.trend === "N" ? 0 : beta * damping;
    return alpha + trend + (form.season !== "N" && index % form.period === 0 ? gamma : 0);
  });
}

/** Var(h) ÷ σ² of linear forms: Σ of squared responses (Hyndman et al. 2008, table 6.1, class 1). */
export function varianceFactors(model: EtsModel, horizon: number): number[] {
  let factor = 0;
  return responses(model, horizon).map((response) => {
    factor += response ** 2;
    return factor;
  });
}

/** The same for the sum of the values 1…h: each error stays in every value after it. */
export function cumulatedFactors(model: EtsModel, horizon: number): number[] {
  let [held, factor] = [0, 0];
  return responses(model, horizon).map((response) => {
    held += response;
    factor += held ** 2;
    return factor;
  });
}

/** Point ± z σ √factor for each level. */
export function normalIntervals(
  points: readonly number[],
  factors: readonly number[],
  sigma: number,
  levels: readonly number[],
): Interval[] {
  return levels.map((level) => {
    const z = normalQuantile((1 + level) / 2, 0, 1);
    const reach = factors.map((factor) => z * sigma * Math.sqrt(factor));
    return {
      level,
      lower: points.map((point, h) => point - (reach[h] ?? 0)),
      upper: points.map((point, h) => point + (reach[h] ?? 0)),
    };
  });
}

/** Residuals that are drawn from: centred, and as wide as σ with its degrees of freedom. */
function drawable(errors: Float64Array, estimated: number): Float64Array {
  const centre = mean([...errors]);
  const widen = Math.sqrt(errors.length / Math.max(1, errors.length - estimated));
  return errors.map((error) => (error - centre) * widen);
}

/**
 * Draws residuals with replacement, each blurred by a normal kernel (Silverman's width) and drawn back to the same
 * variance: a few dozen residuals alone give ends that jump from step to step.
 */
function smoothedDraws(errors: Float64Array, random: () => number): () => number {
  const width = 1.06 * errors.length ** -0.2;
  const sigma = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length);
  const back = 1 / Math.sqrt(1 + width * width);
  return () => {
    const error = errors[Math.floor(random() * errors.length)] ?? 0;
    const normal = Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
    return (error + width * sigma * normal) * back;
  };
}

type Drawn = { horizon: number; seed: string; paths?: number };

/** `PATHS` futures, unless said otherwise, from residuals drawn with replacement: values by step ahead, each sorted. */
function futures(model: EtsModel, last: Running, errors: Float64Array, { horizon, seed, paths = PATHS }: Drawn) {
  const draw = smoothedDraws(errors, seededRandom(seed));
  const byStep = Array.from({ length: horizon }, () => new Float64Array(paths));
  for (let path = 0; path < paths; path++) {
    const state: Running = { ...last, seasonal: Float64Array.from(last.seasonal) };
    for (const values of byStep) {
      values[path] = step(model.form, model.smoothing, state, draw());
    }
  }
  return byStep.map((values) => values.filter(Number.isFinite).sort());
}

/**
 * Intervals of a fitted model. Linear with additive errors: the closed form under normal errors; any other: quantiles of
 * a bootstrap of the residuals. The same seed gives the same intervals.
 */
export function etsIntervals(
  model: EtsModel,
  { pass, last, estimated }: { pass: EtsPass; last: Running; estimated: number },
  { horizon, levels, ...drawn }: Drawn & { levels: readonly number[] },
): { method: IntervalMethod; intervals: Interval[] } {
  const sigma = sigmaOf(pass, estimated);
  if (sigma === null) return { method: "none", intervals: unknownIntervals(horizon, levels) };
  const points = pointForecast(model.form, model.smoothing.phi, last, horizon);
  if (isLinear(model.form)) {
    return {
      method: "closed-form",
      intervals: normalIntervals(points, varianceFactors(model, horizon), sigma, levels),
    };
  }
  const paths = futures(model, last, drawable(pass.errors, estimated), { horizon, ...drawn });
  // Never without the point itself, which is not the median of a skewed future.
  const ends = (probability: number, outer: (a: number, b: number) => number) =>
    paths.map((values, h) => (values.length === 0 ? null : outer(quantile(values, probability), points[h] ?? 0)));
  const between = (level: number): Interval => ({
    ...{ level, lower: ends((1 - level) / 2, Math.min), upper: ends((1 + level) / 2, Math.max) },
  });
  return { method: "bootstrap", intervals: levels.map(between) };
}

/** √(Σe² ÷ (n − estimated)); null where nothing is left to estimate it from. */
export function sigmaOf({ sumSquares, errors }: EtsPass, estimated: number): number | null {
  const freedom = errors.length - estimated;
  return freedom > 0 ? Math.sqrt(sumSquares / freedom) : null;
}

export function unknownIntervals(horizon: number, levels: readonly number[]): Interval[] {
  const nothing = (): null[] => new Array<null>(horizon).fill(null);
  return levels.map((level) => ({ level, lower: nothing(), upper: nothing() }));
}
