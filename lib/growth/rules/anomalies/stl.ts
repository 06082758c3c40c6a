import { type Loess, loess, loessAt } from "./loess";
import { mean, median } from "./robust";

export type StlSettings = {
  period: number;
  seasonal: Loess;
  trend: Loess;
  lowPass: Loess;
  inner: number;
  outer: number;
  /** The seasonal part is the same in every cycle: averaged by position at the end. */
  periodic: boolean;
};
export type StlParts = { trend: number[]; seasonal: number[]; remainder: number[]; weights: number[] };

/** Each position of the cycle smoothed by itself and extended by one value at both ends: n + 2 × period values. */
function cycleSubseries(detrended: Float64Array, settings: StlSettings, robust: Float64Array | null): Float64Array {
  const { period, seasonal } = settings;
  const n = detrended.length;
  const extended = new Float64Array(n + 2 * period);
  for (let position = 0; position < period; position++) {
    const count = Math.floor((n - position - 1) / period) + 1;
    const pick = (from: Float64Array) =>
      Float64Array.from({ length: count }, (_, i) => from[i * period + position] ?? 0);
    const values = pick(detrended);
    const weights = robust && pick(robust);
    const smooth = loess(values, seasonal, weights);
    const scratch = new Float64Array(count + 2);
    const first = loessAt(values, seasonal, 0, [1, Math.min(seasonal.window, count)], weights, scratch);
    const tail: [number, number] = [Math.max(1, count - seasonal.window + 1), count];
    const last = loessAt(values, seasonal, count + 1, tail, weights, scratch);
    const all = [first ?? smooth[0] ?? 0, ...smooth, last ?? smooth[count - 1] ?? 0];
    for (const [i, value] of all.entries()) extended[i * period + position] = value;
  }
  return extended;
}

function movingAverage(values: Float64Array, length: number): Float64Array {
  const averages = new Float64Array(values.length - length + 1);
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i] ?? 0;
    if (i >= length) sum -= values[i - length] ?? 0;
    if (i >= length - 1) averages[i - length + 1] = sum / length;
  }
  return averages;
}

/** What of the cycle-subseries is no season: averages over a cycle, a cycle and three, then loess. Length n. */
function lowPassed(extended: Float64Array, { period, lowPass }: StlSettings): Float64Array {
  const averaged = movingAverage(movingAverage(movingAverage(extended, period), period), 3);
  return loess(averaged, lowPass, null);
}

type Working = { trend: Float64Array; seasonal: Float64Array };

function innerLoop(series: Float64Array, settings: StlSettings, start: Working, robust: Float64Array | null): Working {
  let { trend, seasonal } = start;
  for (let pass = 0; pass < settings.inner; pass++) {
    const extended = cycleSubseries(
      series.map((value, t) => value - (trend[t] ?? 0)),
      settings,
      robust,
    );
    const low = lowPassed(extended, settings);
    seasonal = series.map((_, t) => (extended[settings.period + t] ?? 0) - (low[t] ?? 0));
    trend = loess(
      series.map((value, t) => value - (seasonal[t] ?? 0)),
      settings.trend,
      robust,
    );
  }
  return { trend, seasonal };
}

/** Bisquare of the remainder over six times its median size. */
function robustnessWeights(series: Float64Array, { trend, seasonal }: Working): Float64Array {
  const sizes = series.map((value, t) => Math.abs(value - (trend[t] ?? 0) - (seasonal[t] ?? 0)));
  const limit = 6 * median([...sizes]);
  return sizes.map((size) => {
    if (size <= 0.001 * limit) return 1;
    return size <= 0.999 * limit ? (1 - (size / limit) ** 2) ** 2 : 0;
  });
}

function averagedByPosition(seasonal: Float64Array, period: number): Float64Array {
  const means = Array.from({ length: period }, (_, position) =>
    mean([...seasonal.filter((_value, t) => t % period === position)]),
  );
  return seasonal.map((_, t) => means[t % period] ?? 0);
}

/**
 * Seasonal-trend decomposition by loess (Cleveland, Cleveland, McRae and Terpenning 1990): inner loops between season and
 * trend, outer loops that give outliers less weight. The series has at least two cycles. `given` weights count until the
 * first outer loop.
 */
export function stl(values: readonly number[], settings: StlSettings, given: Float64Array | null = null): StlParts {
  const series = Float64Array.from(values);
  let working: Working = { trend: new Float64Array(series.length), seasonal: new Float64Array(series.length) };
  let weights = given;
  for (let pass = 0; pass <= settings.outer; pass++) {
    if (pass > 0) weights = robustnessWeights(series, working);
    working = innerLoop(series, settings, working, weights);
  }
  const seasonal = settings.periodic ? averagedByPosition(working.seasonal, settings.period) : working.seasonal;
  return {
    trend: [...working.trend],
    seasonal: [...seasonal],
    remainder: values.map((value, t) => value - (working.trend[t] ?? 0) - (seasonal[t] ?? 0)),
    weights: weights ? [...weights] : values.map(() => 1),
  };
}

const oddAtLeast = (value: number): number => 2 * Math.ceil((value - 1) / 2) + 1;

type Three = { seasonal?: number | undefined; trend?: number | undefined; lowPass?: number | undefined };
export type StlChoices = {
  period: number;
  robust?: boolean | undefined;
  windows?: (Omit<Three, "seasonal"> & { seasonal?: number | "periodic" | undefined }) | undefined;
  degrees?: Three | undefined;
  jumps?: Three | undefined;
  iterations?: { inner?: number | undefined; outer?: number | undefined } | undefined;
};

const DEFAULT_SEASONAL_WINDOW = 7;

/**
 * Completes the choices: seasonal window 7, trend the smallest odd ≥ 1.5 × period ÷ (1 − 1.5 ÷ seasonal), low pass the
 * smallest odd > period, degrees and jumps 1, five inner passes, or two inner and fifteen outer when robust. Even windows
 * become the next odd ones.
 */
export function stlSettings(length: number, choices: StlChoices): StlSettings {
  const { period, robust = false, windows = {}, degrees = {}, jumps = {}, iterations = {} } = choices;
  const periodic = windows.seasonal === "periodic";
  const given = windows.seasonal === "periodic" ? 10 * length + 1 : (windows.seasonal ?? DEFAULT_SEASONAL_WINDOW);
  const seasonal = oddAtLeast(given);
  const trend = oddAtLeast(windows.trend ?? (1.5 * period) / (1 - 1.5 / seasonal));
  const lowPass = oddAtLeast(windows.lowPass ?? period + 1);
  return {
    period,
    seasonal: { window: seasonal, degree: degrees.seasonal ?? (periodic ? 0 : 1), jump: jumps.seasonal ?? 1 },
    trend: { window: trend, degree: degrees.trend ?? 1, jump: jumps.trend ?? 1 },
    lowPass: { window: lowPass, degree: degrees.lowPass ?? 1, jump: jumps.lowPass ?? 1 },
    inner: iterations.inner ?? (robust ? 2 : 5),
    outer: iterations.outer ?? (robust ? 15 : 0),
    periodic,
  };
}
