import { Exact } from "@/lib/money";
import type { Grain } from "../schema";
import { byText, known, type Measure, sum, unknown } from "./measure";
import { coveredPeriod, daysBetween, type Period } from "./periods";
import type { UsedRate } from "./used-rates";

/** A stored value, current, in the venture's currency (`value` null: no rate to convert it). */
export type SeriesPoint = {
  id: string;
  periodStart: string;
  grain: Grain;
  value: Exact | null;
  sourceId: string;
  source: string;
  asOf: string;
  /** The exchange rate in `value`, where it was converted. */
  rate?: UsedRate | null;
};

export type ResolvedPoint = {
  period: Period;
  value: Measure;
  /** The points of this period, one per source. */
  points: readonly SeriesPoint[];
  /** Do the sources disagree beyond the tolerance? */
  disagree: boolean;
};

/** Relative to the larger value: rounding and late bookings, not another number. */
export const CONTRADICTION_TOLERANCE = "0.005";

/** Do values of one metric and period say different things? More than 0.5 % of the largest apart. */
export function contradicts(values: readonly Exact[]): boolean {
  if (values.length < 2) return false;
  const largest = Exact.max(...values.map((value) => value.abs()));
  return Exact.max(...values)
    .minus(Exact.min(...values))
    .gt(largest.times(CONTRADICTION_TOLERANCE));
}

const latestFirst = (a: SeriesPoint, b: SeriesPoint) => byText(b.asOf, a.asOf) || byText(a.source, b.source);

function resolvePoint(points: readonly SeriesPoint[], bookOfRecord: string | null): ResolvedPoint {
  const [first] = points;
  const period = coveredPeriod(first?.periodStart ?? "", first?.grain ?? "month");
  const values = points.flatMap((point) => (point.value ? [point.value] : []));
  const disagree = contradicts(values);
  const believed = points.find((point) => point.sourceId === bookOfRecord);
  const chosen = believed ?? (disagree ? null : [...points].sort(latestFirst)[0]);
  if (!chosen) return { period, value: unknown("contradiction"), points, disagree };
  return { period, value: chosen.value ? known(chosen.value) : unknown("missing-fx-rate"), points, disagree };
}

/**
 * One value per period from all sources: the book of record where it has the period; else the latest statement if the
 * sources agree; else unknown with reason "contradiction". Sources are never averaged or merged.
 */
export function resolveSeries(points: readonly SeriesPoint[], bookOfRecord: string | null): ResolvedPoint[] {
  const periods = Map.groupBy(points, (point) => `${point.periodStart}/${point.grain}`);
  return [...periods.values()]
    .map((group) => resolvePoint(group, bookOfRecord))
    .sort((a, b) => byText(a.period.to, b.period.to) || byText(a.period.from, b.period.from));
}

const length = ({ from, to }: Period): number => daysBetween(from, to) + 1;

/** A flow over a period: its points must cover every day once, from one grain; else it is unknown. */
export function flowOver(series: readonly ResolvedPoint[], period: Period): Measure {
  const inside = series.filter((point) => point.period.from >= period.from && point.period.to <= period.to);
  if (inside.length === 0) return unknown("no-data");
  const lengths = Map.groupBy(inside, (point) => point.points[0]?.grain ?? "month");
  const whole = [...lengths.values()].find(
    (points) => points.reduce((days, point) => days + length(point.period), 0) === length(period),
  );
  if (!whole) return unknown("incomplete-period");
  const values: Exact[] = [];
  for (const { value } of whole) {
    if (value.value === null) return value;
    values.push(value.value);
  }
  return known(sum(values));
}

const LONGEST_SILENCE = 100;

/** A stock on a day: the last point that ends on or before it, unless that was more than 100 days earlier. */
export function stockOn(series: readonly ResolvedPoint[], day: string): { value: Measure; on: string | null } {
  const last = series.filter((point) => point.period.to <= day).at(-1);
  if (!last) return { value: unknown("no-data"), on: null };
  if (daysBetween(last.period.to, day) > LONGEST_SILENCE) return { value: unknown("no-recent-data"), on: null };
  return { value: last.value, on: last.period.to };
}
