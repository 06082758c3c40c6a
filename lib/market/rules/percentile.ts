import { addDays, daysBetween } from "@/lib/metrics/rules/periods";
import type { SeriesPoint } from "../schema/series";

export const HISTORY_YEARS = 10;
/** A value a year ago may be this many days older than a year. */
const YEAR_SLACK_DAYS = 45;

/** The same day so many years before; 29 February becomes the 28th. */
export function yearsBefore(day: string, years: number): string {
  const year = `${Number(day.slice(0, 4)) - years}`.padStart(4, "0");
  const rest = day.slice(4);
  return rest === "-02-29" ? `${year}-02-28` : `${year}${rest}`;
}

/** Of ten years up to a day, that day included; `points` are sorted by day. */
export function historyOf(points: readonly SeriesPoint[], asOf: string): SeriesPoint[] {
  const after = yearsBefore(asOf, HISTORY_YEARS);
  return points.filter(({ day }) => day > after && day <= asOf);
}

/**
 * Percentile rank, 0 to 100, of a value among values that hold it: 100 × (how many lie below + half of those equal to
 * it) ÷ how many. A series that never changed has its value at 50; the highest of 120 is at 99.6.
 */
export function percentileRank(values: readonly number[], value: number): number {
  const below = values.filter((other) => other < value).length;
  const equal = values.filter((other) => other === value).length;
  return (100 * (below + equal / 2)) / values.length;
}

/** What each value is above the one of a year before it; where nothing was known within 45 days of then, there is none. */
export function changesOverAYear(points: readonly SeriesPoint[]): SeriesPoint[] {
  const changes: SeriesPoint[] = [];
  let at = -1;
  for (const { day, value } of points) {
    const then = yearsBefore(day, 1);
    while ((points[at + 1]?.day ?? "9999") <= then) at += 1;
    const before = points[at];
    if (before && before.day >= addDays(then, -YEAR_SLACK_DAYS)) changes.push({ day, value: value - before.value });
  }
  return changes;
}

export type Standing =
  | { percentile: number; latest: SeriesPoint; points: number; reason: null }
  | { percentile: null; latest: SeriesPoint | null; points: number; reason: string };

export type HistoryTerms = { leastPoints: number; staleAfterDays: number };

/** Where the newest value stands in its own ten years; unknown of too few values, or of one that is too old. */
export function standingOf(
  points: readonly SeriesPoint[],
  asOf: string,
  { leastPoints, staleAfterDays }: HistoryTerms,
): Standing {
  const history = historyOf(points, asOf);
  const latest = history.at(-1) ?? null;
  const unknown = (reason: string): Standing => ({ percentile: null, latest, points: history.length, reason });
  if (!latest) return unknown("no-data");
  if (history.length < leastPoints) return unknown("too-few-values");
  if (daysBetween(latest.day, asOf) > staleAfterDays) return unknown("no-recent-data");
  const values = history.map(({ value }) => value);
  return { percentile: percentileRank(values, latest.value), latest, points: history.length, reason: null };
}

export type DriftAndVolatility = { drift: number; volatility: number; points: number };

/**
 * Yearly drift and volatility of the logarithm: a random walk with drift seen at uneven days. Drift = ln(last ÷ first) ÷
 * years; volatility² = Σ (Δln − drift × Δt)² ÷ Δt ÷ (n − 1) over the n steps. Null of fewer than `least` values or one
 * that is not above zero.
 */
export function driftAndVolatility(points: readonly SeriesPoint[], least: number): DriftAndVolatility | null {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < Math.max(3, least) || points.some(({ value }) => value <= 0)) return null;
  const years = (from: string, to: string) => daysBetween(from, to) / 365.25;
  const drift = Math.log(last.value / first.value) / years(first.day, last.day);
  let squares = 0;
  for (let index = 1; index < points.length; index += 1) {
    const [before, now] = [points[index - 1] as SeriesPoint, points[index] as SeriesPoint];
    const passed = years(before.day, now.day);
    squares += (Math.log(now.value / before.value) - drift * passed) ** 2 / passed;
  }
  return { drift, volatility: Math.sqrt(squares / (points.length - 2)), points: points.length };
}
