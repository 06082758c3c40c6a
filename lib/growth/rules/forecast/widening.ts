import type { Interval } from "./ets-intervals";
import type { Forecaster } from "./rolling-origin";

/** How far what came lay from a past forecast, in half-widths of the interval on that side: above 1 is outside. */
export type Reach = { origin: number; ahead: number; byLevel: ReadonlyMap<number, number> };

/** One factor for the steps up to `until` (null: all that follow), and on how many comparisons of those steps it rests. */
export type WideningBand = { until: number | null; factor: number; comparisons: number };
export type Held = { held: number; of: number };

export type Widening = {
  intervals: Interval[];
  bands: { level: number; bands: WideningBand[] }[];
  /** At later origins, with the factors that were known there: how often each held. */
  coverage: { level: number; widened: Held; model: Held }[];
  origins: number;
  comparisons: number;
};

// Errors of a model that carries a trend on grow faster with distance than its intervals do: near and far steps apart.
const BANDS: readonly (number | null)[] = [3, 6, 12, null];
const MOST_ORIGINS = 12;
const LEAST_ORIGINS = 6;
const LEAST_COMPARISONS = 6;

const bandOf = (ahead: number): number => BANDS.findIndex((until) => until === null || ahead <= until);

function originsBetween(least: number, length: number): number[] {
  const available = Math.max(0, length - least);
  const count = Math.min(MOST_ORIGINS, available);
  return Array.from({ length: count }, (_, i) => least + Math.floor((i * available) / count));
}

function reachOf(actual: number, point: number, low: number | null, high: number | null): number | null {
  const [away, width] = actual >= point ? [actual - point, (high ?? 0) - point] : [point - actual, point - (low ?? 0)];
  return low === null || high === null || width <= 0 ? null : away / width;
}

/** What came at past origins against what would have been said there, seeing only what was known. */
export function pastReaches(
  series: readonly number[],
  forecaster: Forecaster,
  { least, horizon }: { least: number; horizon: number },
): Reach[] {
  return originsBetween(least, series.length).flatMap((origin) => {
    const actual = series.slice(origin, origin + horizon);
    const predicted = forecaster(series.slice(0, origin), actual.length);
    if (!predicted) return [];
    return actual.flatMap((value, h) => {
      const found = predicted.intervals.flatMap(({ level, lower, upper }) => {
        const reach = reachOf(value, predicted.forecast[h] ?? 0, lower[h] ?? null, upper[h] ?? null);
        return reach === null ? [] : [[level, reach] as const];
      });
      return found.length === 0 ? [] : [{ origin, ahead: h + 1, byLevel: new Map(found) }];
    });
  });
}

/** The smallest of the values that covers `level` of them and one to come: the ⌈(n + 1) level⌉-th, or else the largest. */
export function conformalQuantile(values: readonly number[], level: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length, Math.ceil((sorted.length + 1) * level)) - 1] ?? 1;
}

/**
 * By how much the interval of a level must be multiplied, so that at past origins it would have held that part: one
 * factor for each band of steps, never below 1 and never smaller further ahead. A band without enough takes the one before.
 */
export function wideningBands(reaches: readonly Reach[], level: number): WideningBand[] {
  let factor = 1;
  return BANDS.map((until, band) => {
    const inside = reaches.flatMap(({ ahead, byLevel }) => (bandOf(ahead) === band ? (byLevel.get(level) ?? []) : []));
    if (inside.length >= LEAST_COMPARISONS) factor = Math.max(factor, conformalQuantile(inside, level));
    return { until, factor, comparisons: inside.length };
  });
}

const originsIn = (reaches: readonly Reach[]): number => new Set(reaches.map(({ origin }) => origin)).size;

/** How the widening would have done: at each origin by the factors of what had come until then. */
function coverageOf(reaches: readonly Reach[], level: number): { widened: Held; model: Held } {
  const [widened, model] = [
    { held: 0, of: 0 },
    { held: 0, of: 0 },
  ];
  for (const origin of new Set(reaches.map((reach) => reach.origin))) {
    const known = reaches.filter((past) => past.origin + past.ahead <= origin);
    if (originsIn(known) < LEAST_ORIGINS) continue;
    const bands = wideningBands(known, level);
    for (const { ahead, byLevel } of reaches.filter((reach) => reach.origin === origin)) {
      const reach = byLevel.get(level);
      if (reach === undefined) continue;
      for (const tally of [widened, model]) tally.of += 1;
      if (reach <= 1) model.held += 1;
      if (reach <= (bands[bandOf(ahead)]?.factor ?? 1)) widened.held += 1;
    }
  }
  return { widened, model };
}

function widen(
  { level, lower, upper }: Interval,
  forecast: readonly number[],
  bands: readonly WideningBand[],
): Interval {
  const away = (end: number | null, h: number): number | null => {
    const point = forecast[h] ?? 0;
    return end === null ? null : point + (end - point) * (bands[bandOf(h + 1)]?.factor ?? 1);
  };
  return { level, lower: lower.map(away), upper: upper.map(away) };
}

/**
 * Intervals as wide as past errors say (split conformal with the model's half-width as the scale, by steps ahead). Null
 * where there are too few origins to say. Ref: Papadopoulos et al. 2002; Lei et al. 2018; errors of one series depend on
 * each other, so nothing is guaranteed and the coverage at later origins is measured.
 */
export function widening(
  { forecast, intervals }: { forecast: readonly number[]; intervals: readonly Interval[] },
  reaches: readonly Reach[],
): Widening | null {
  const origins = originsIn(reaches);
  if (origins < LEAST_ORIGINS) return null;
  const bands = intervals.map(({ level }) => ({ level, bands: wideningBands(reaches, level) }));
  return {
    intervals: intervals.map((interval, index) => widen(interval, forecast, bands[index]?.bands ?? [])),
    bands,
    coverage: intervals.map(({ level }) => ({ level, ...coverageOf(reaches, level) })),
    ...{ origins, comparisons: reaches.length },
  };
}
