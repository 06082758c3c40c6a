/** A month of a venture's series ("2026-10"): its value, or why there is none. */
export type MonthValue = { month: string; value: number | null; reason: string | null };

export type Usable =
  | { ok: true; months: string[]; values: number[] /** Months before a gap, which are not used. */; leftOut: number }
  | {
      ok: false;
      reason: "no-data" | "no-burn" | "months-missing" | "too-few-months" | "not-computable";
      months: string[];
    };

export const LEAST_MONTHS = 7;
export const SEASON_MONTHS = 12;
/** After a gap the months must carry a season by themselves. */
const LEAST_AFTER_GAP = 2 * SEASON_MONTHS;

/**
 * What a forecast may be made from: every month known up to the newest. Behind a gap the series begins anew, if what
 * follows is two years or more; otherwise there is no forecast, since a gap is no value and nothing is filled in.
 */
export function usableMonths(points: readonly MonthValue[]): Usable {
  const first = points.findIndex(({ value }) => value !== null);
  const last = points.findLastIndex(({ value }) => value !== null);
  if (first < 0) return { ok: false, reason: "no-data", months: [] };
  const span = points.slice(first, last + 1);
  const missing = span.filter(({ value }) => value === null).map(({ month }) => month);
  const gap = span.findLastIndex(({ value }) => value === null);
  const run = span.slice(gap + 1);
  if (gap >= 0 && run.length < LEAST_AFTER_GAP) return { ok: false, reason: "months-missing", months: missing };
  if (run.length < LEAST_MONTHS) return { ok: false, reason: "too-few-months", months: [] };
  return {
    ok: true,
    months: run.map(({ month }) => month),
    values: run.flatMap(({ value }) => value ?? []),
    leftOut: span.length - run.length,
  };
}

/** Values per season: a year from two years of months on, else none. */
export const seasonOf = (months: number): number => (months >= 2 * SEASON_MONTHS ? SEASON_MONTHS : 1);

/**
 * Cash as it would stand in each month had no money been raised or paid back: today's level and, backwards, what was
 * burnt. Only the months to the newest of which both are known; a forecast of cash is one of this.
 */
export function cashWithoutFinancing(cash: readonly MonthValue[], burn: readonly MonthValue[]): Usable {
  const burnt = new Map(burn.map(({ month, value }) => [month, value]));
  const last = cash.findLast(({ month, value }) => value !== null && (burnt.get(month) ?? null) !== null);
  if (!last) return { ok: false, reason: cash.some(({ value }) => value !== null) ? "no-burn" : "no-data", months: [] };
  const usable = usableMonths(burn.filter(({ month }) => month <= last.month));
  if (!usable.ok) return usable;
  let level = last.value ?? 0;
  const values = usable.values.map(() => 0);
  for (let t = values.length - 1; t >= 0; t--) {
    values[t] = level;
    level += usable.values[t] ?? 0;
  }
  return { ...usable, values };
}
