import { mean } from "../anomalies/robust";
import type { Interval } from "./ets-intervals";
import { naive, seasonalNaive } from "./naive-forecasts";

export type Predicted = { forecast: readonly number[]; intervals: readonly Interval[] };
/** Forecasts `horizon` steps from what was known at an origin; null where the method cannot. */
export type Forecaster = (known: readonly number[], horizon: number) => Predicted | null;

export type Accuracy = {
  /** Mean absolute error ÷ that of the (seasonal) naive forecast inside the values known at each origin. */
  mase: number | null;
  /** Part of the actual values inside the interval, by level ("0.8"). */
  coverage: Record<string, number | null>;
  /** Mean absolute error ÷ that of the benchmark at the same origins and steps: below 1 is better than it. */
  versusNaive: { naive: number | null; seasonalNaive: number | null };
  meanAbsoluteError: number | null;
  origins: number;
  /** Comparisons of a forecast with what came. */
  points: number;
  reasons: Record<string, string>;
};

const MOST_ORIGINS = 12;

/** At most twelve origins, evenly spaced, so that every step of the horizon is tried where the series allows. */
export function originsOf(length: number, least: number, horizon: number): number[] {
  const first = Math.max(least, length - Math.max(horizon, MOST_ORIGINS));
  const available = length - first;
  if (available < 1) return [];
  const count = Math.min(MOST_ORIGINS, available);
  return Array.from({ length: count }, (_, i) => first + Math.floor((i * available) / count));
}

/** Mean size of the change over a season (or a step, where the series is shorter than two seasons). */
function naiveScale(known: readonly number[], period: number): number {
  const lag = known.length > period ? period : 1;
  return mean(known.slice(lag).map((value, t) => Math.abs(value - (known[t] ?? 0))));
}

type Tally = {
  errors: number[];
  scaled: number[];
  naive: number[];
  seasonal: number[];
  inside: Map<number, boolean[]>;
};

function compare(tally: Tally, predicted: Predicted, actual: readonly number[], scale: number): void {
  for (const [h, value] of actual.entries()) {
    const error = Math.abs(value - (predicted.forecast[h] ?? 0));
    tally.errors.push(error);
    tally.scaled.push(error / scale);
    for (const { level, lower, upper } of predicted.intervals) {
      const [low, high] = [lower[h] ?? null, upper[h] ?? null];
      if (low === null || high === null) continue;
      const list = tally.inside.get(level) ?? [];
      list.push(low <= value && value <= high);
      tally.inside.set(level, list);
    }
  }
}

const absoluteErrors = (forecast: readonly number[], actual: readonly number[]): number[] =>
  actual.map((value, h) => Math.abs(value - (forecast[h] ?? 0)));

const ratio = (errors: readonly number[], benchmark: readonly number[]): number | null => {
  const below = benchmark.length === 0 ? 0 : mean(benchmark);
  return below > 0 ? mean(errors) / below : null;
};

/** How the method would have done: at each origin it sees only what was known then. */
export function rollingOrigin(
  series: readonly number[],
  forecaster: Forecaster,
  { period, horizon, levels, least }: { period: number; horizon: number; levels: readonly number[]; least: number },
): Accuracy {
  const tally: Tally = { errors: [], scaled: [], naive: [], seasonal: [], inside: new Map() };
  let origins = 0;
  for (const origin of originsOf(series.length, least, horizon)) {
    const known = series.slice(0, origin);
    const actual = series.slice(origin, origin + horizon);
    const predicted = forecaster(known, actual.length);
    if (!predicted) continue;
    origins++;
    compare(tally, predicted, actual, naiveScale(known, period));
    const ahead = { horizon: actual.length, levels: [] };
    tally.naive.push(...absoluteErrors(naive(known, ahead).forecast, actual));
    if (period > 1 && origin >= period) {
      tally.seasonal.push(...absoluteErrors(seasonalNaive(known, period, ahead).forecast, actual));
    }
  }
  return summary(tally, origins, period, levels);
}

function summary(tally: Tally, origins: number, period: number, levels: readonly number[]): Accuracy {
  const points = tally.errors.length;
  const reasons: Record<string, string> = {};
  const known = <T>(name: string, value: T | null, reason: string): T | null => {
    if (value === null) reasons[name] = points === 0 ? "too-few-values" : reason;
    return value;
  };
  const scaled = points > 0 && tally.scaled.every(Number.isFinite) ? mean(tally.scaled) : null;
  // Only where every origin had a season behind it are both means over the same comparisons.
  const comparable = tally.seasonal.length === points ? tally.errors : [];
  const coverage = levels.map((level) => {
    const inside = tally.inside.get(level) ?? [];
    const share = inside.length === 0 ? null : inside.filter(Boolean).length / inside.length;
    return [String(level), known(`coverage.${level}`, share, "no-intervals")] as const;
  });
  return {
    mase: known("mase", scaled, "zero-denominator"),
    coverage: Object.fromEntries(coverage),
    versusNaive: {
      naive: known("versusNaive.naive", points === 0 ? null : ratio(tally.errors, tally.naive), "zero-denominator"),
      seasonalNaive: known(
        "versusNaive.seasonalNaive",
        points === 0 || comparable.length === 0 ? null : ratio(comparable, tally.seasonal),
        period === 1 ? "no-season" : comparable.length === 0 ? "shorter-than-a-season" : "zero-denominator",
      ),
    },
    meanAbsoluteError: known("meanAbsoluteError", points === 0 ? null : mean(tally.errors), "too-few-values"),
    ...{ origins, points, reasons },
  };
}
