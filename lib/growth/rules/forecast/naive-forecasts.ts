import { type Interval, normalIntervals, unknownIntervals } from "./ets-intervals";

export type BenchmarkName = "naive" | "seasonal-naive" | "drift";
export type Benchmark = {
  name: BenchmarkName;
  forecast: number[];
  fitted: (number | null)[];
  intervals: Interval[];
  sigma: number | null;
};

type Ahead = { horizon: number; levels: readonly number[] };

/** Root of Σe² ÷ (count − estimated) over the one-step errors that there are. */
function residualSigma(series: readonly number[], fitted: readonly (number | null)[], estimated: number) {
  const errors = series.flatMap((value, t) => {
    const expected = fitted[t] ?? null;
    return expected === null ? [] : [value - expected];
  });
  const freedom = errors.length - estimated;
  return freedom > 0 ? Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / freedom) : null;
}

function withIntervals(
  benchmark: Pick<Benchmark, "name" | "forecast" | "fitted">,
  series: readonly number[],
  factors: readonly number[],
  { levels }: Ahead,
): Benchmark {
  const sigma = residualSigma(series, benchmark.fitted, benchmark.name === "drift" ? 1 : 0);
  const known = sigma !== null && sigma > 0;
  const intervals = known
    ? normalIntervals(benchmark.forecast, factors, sigma, levels)
    : unknownIntervals(benchmark.forecast.length, levels);
  return { ...benchmark, intervals, sigma };
}

const steps = <T>(horizon: number, of: (h: number) => T): T[] => Array.from({ length: horizon }, (_, i) => of(i + 1));

/** The last value goes on; its variance grows with the step (Hyndman and Athanasopoulos, table 5.2). */
export function naive(series: readonly number[], ahead: Ahead): Benchmark {
  const last = series.at(-1) ?? 0;
  const fitted = series.map((_, t) => (t === 0 ? null : (series[t - 1] ?? null)));
  const forecast = steps(ahead.horizon, () => last);
  return withIntervals(
    { name: "naive", forecast, fitted },
    series,
    steps(ahead.horizon, (h) => h),
    ahead,
  );
}

/** The value of the same season a cycle ago; needs one full cycle. */
export function seasonalNaive(series: readonly number[], period: number, ahead: Ahead): Benchmark {
  const n = series.length;
  const forecast = steps(ahead.horizon, (h) => series[n - period + ((h - 1) % period)] ?? 0);
  const fitted = series.map((_, t) => (t < period ? null : (series[t - period] ?? null)));
  const factors = steps(ahead.horizon, (h) => Math.floor((h - 1) / period) + 1);
  return withIntervals({ name: "seasonal-naive", forecast, fitted }, series, factors, ahead);
}

/** The line from the first to the last value goes on. */
export function drift(series: readonly number[], ahead: Ahead): Benchmark {
  const n = series.length;
  const last = series.at(-1) ?? 0;
  const slope = n < 2 ? 0 : (last - (series[0] ?? 0)) / (n - 1);
  const forecast = steps(ahead.horizon, (h) => last + slope * h);
  const fitted = series.map((_, t) => (t === 0 ? null : (series[t - 1] ?? 0) + slope));
  const factors = steps(ahead.horizon, (h) => h * (1 + h / Math.max(1, n - 1)));
  return withIntervals({ name: "drift", forecast, fitted }, series, factors, ahead);
}
