import { scaleLinear, scaleTime } from "d3-scale";
import { area, line } from "d3-shape";
import type { FigureView } from "@/lib/figures/schema";
import type { Threshold, Tick } from "./axes";
import { extentOf, type Frame, pixel, plotBottom, plotRight } from "./frame";

export type TrendPoint = {
  /** "2026-11-01" */
  day: string;
  /** Null is unknown: a gap, not a zero. */
  value: number | null;
  /** The value as text, for the reader and the table. */
  text: string;
  /** The value as a figure: Enter or a click on the chart opens its proof. */
  figure?: FigureView | null;
};
export type TrendSeries = { name: string; points: readonly TrendPoint[]; dashed?: boolean };
export type TrendRange = { day: string; low: number; high: number };

type TrendInput = {
  frame: Frame;
  series: readonly TrendSeries[];
  thresholds: readonly Threshold[];
  range: readonly TrendRange[];
  /** A narrower range drawn within it. */
  inner?: readonly TrendRange[];
  formatTick: (value: number) => string;
  formatDay: (day: string) => string;
};

const moment = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** Where everything of a trend chart goes; null when no value is known. */
export function trendMarks({ frame, series, thresholds, range, inner = [], formatTick, formatDay }: TrendInput) {
  const values = series.flatMap((one) => one.points.map((point) => point.value));
  if (values.every((value) => value === null)) return null;
  const extent = extentOf(values, [...range.flatMap((r) => [r.low, r.high]), ...nearby(values, thresholds)]);
  const days = [...new Set(series.flatMap((one) => one.points.map((point) => point.day)))].sort();
  const [first, last] = [days[0], days.at(-1)];
  if (!extent || !first || !last) return null;
  const x = scaleTime([moment(first), moment(last)], [frame.left + 4, plotRight(frame)]);
  const y = scaleLinear(extent, [plotBottom(frame), frame.top]);
  const inside = (value: number) => value >= extent[0] && value <= extent[1];
  const draw = line<TrendPoint>()
    .defined((point) => point.value !== null)
    .x((point) => pixel(x(moment(point.day))))
    .y((point) => pixel(y(point.value ?? 0)))
    .digits(2);
  const band = area<TrendRange>()
    .x((r) => pixel(x(moment(r.day))))
    .y0((r) => pixel(y(r.low)))
    .y1((r) => pixel(y(r.high)))
    .digits(2);
  const ends = series.map((one) => endOf(one, x, y));
  const labels = labelHeights(ends);
  return {
    lines: series.map((one, index) => ({
      lone: lonePoints(one, x, y),
      name: one.name,
      dashed: one.dashed ?? false,
      path: draw([...one.points]) ?? "",
      end: ends[index] ?? null,
      labelY: labels[index] ?? 0,
    })),
    bandPath: range.length > 1 ? band([...range]) : null,
    innerPath: inner.length > 1 ? band([...inner]) : null,
    valueTicks: y.ticks(3).map((value): Tick => ({ at: y(value), text: formatTick(value) })),
    dayTicks: dayTicks(days).map((day): Tick => ({ at: x(moment(day)), text: formatDay(day) })),
    thresholds: thresholds
      .filter(({ value }) => inside(value))
      .map(({ value, label }) => ({ value, at: y(value), text: label })),
    stops: days.map((day) => stopAt(day, series, formatDay, pixel(x(moment(day))), y)),
  };
}

type Y = (value: number) => number;

/** A known month between two unknown ones has no line to be on: it is drawn as a dot. */
function lonePoints({ points }: TrendSeries, x: (at: Date) => number, y: Y): { x: number; y: number }[] {
  return points.flatMap(({ day, value }, index) => {
    const alone = (points[index - 1]?.value ?? null) === null && (points[index + 1]?.value ?? null) === null;
    return value !== null && alone ? [{ x: pixel(x(moment(day))), y: pixel(y(value)) }] : [];
  });
}

function endOf(series: TrendSeries, x: (at: Date) => number, y: Y) {
  const known = series.points.findLast((point) => point.value !== null);
  return known?.value == null ? null : { x: pixel(x(moment(known.day))), y: pixel(y(known.value)), text: known.text };
}

const LABEL_HEIGHT = 14;
const LABEL_WIDTH = 70;

/** Where the names at the lines' ends stand, so that none covers another: in their order, moved down as little as needed. */
export function labelHeights(ends: readonly ({ x: number; y: number } | null)[]): (number | null)[] {
  const placed: { x: number; y: number }[] = [];
  const heights: (number | null)[] = ends.map(() => null);
  const order = ends.flatMap((end, index) => (end ? [{ ...end, index }] : [])).sort((a, b) => a.y - b.y);
  for (const { x, y, index } of order) {
    const near = placed.filter((other) => Math.abs(other.x - x) < LABEL_WIDTH).map((other) => other.y + LABEL_HEIGHT);
    const height = Math.max(y, ...near);
    placed.push({ x, y: height });
    heights[index] = height;
  }
  return heights;
}

function stopAt(day: string, series: readonly TrendSeries[], formatDay: (day: string) => string, x: number, y: Y) {
  const here = series.map((one) => ({ name: one.name, point: one.points.find((point) => point.day === day) }));
  const said = here.map(
    ({ name, point }) => `${series.length > 1 ? `${name} ` : ""}${point?.value == null ? "unknown" : point.text}`,
  );
  const ys = here.flatMap(({ point }) => (point?.value == null ? [] : [pixel(y(point.value))]));
  const figures = here.flatMap(({ point }) => point?.figure ?? []);
  return { x, ys, text: `${formatDay(day)}: ${said.join(", ")}`, figures };
}

/** A threshold belongs in the picture when the line comes near it; a far one would only flatten the line. */
function nearby(values: readonly (number | null)[], thresholds: readonly Threshold[]): number[] {
  const extent = extentOf(values);
  if (!extent) return [];
  const reach = (extent[1] - extent[0]) * 0.6;
  return thresholds.map((mark) => mark.value).filter((value) => value > extent[0] - reach && value < extent[1] + reach);
}

/** First, last, and at most two between. */
function dayTicks(days: readonly string[]): string[] {
  const last = days.length - 1;
  const wanted = last < 6 ? [0, last] : [0, Math.round(last / 3), Math.round((2 * last) / 3), last];
  return [...new Set(wanted)].flatMap((index) => days[index] ?? []);
}
