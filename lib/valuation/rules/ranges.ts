import { known, type Measure, unknown } from "@/lib/metrics/rules/measure";
import { Exact } from "@/lib/money";
import type { FootballFieldInput, TornadoInput } from "../schema/methods";

export type ValueRange = { low: Exact; high: Exact };
export type FootballField = {
  /** What all methods have in common; null where they do not meet. */
  overlap: ValueRange | null;
  low: Measure;
  high: Measure;
  reason: "no-overlap" | "no-ranges" | null;
  leftOut: readonly string[];
};

/** The ranges of several methods: from the lowest low to the highest high, and their intersection. Source: methods c. */
export function footballField({ ranges }: FootballFieldInput): FootballField {
  const full = ranges.flatMap(({ low, high }) => (low && high ? [{ low, high }] : []));
  const leftOut = ranges.filter(({ low, high }) => !low || !high).map(({ method }) => method);
  if (full.length === 0) {
    const none = unknown("no-ranges");
    return { overlap: null, low: none, high: none, reason: "no-ranges", leftOut };
  }
  const [lows, highs] = [full.map(({ low }) => low), full.map(({ high }) => high)];
  const overlap = { low: Exact.max(...lows), high: Exact.min(...highs) };
  const meets = overlap.low.lte(overlap.high);
  return {
    overlap: meets ? overlap : null,
    low: known(Exact.min(...lows)),
    high: known(Exact.max(...highs)),
    reason: meets ? null : "no-overlap",
    leftOut,
  };
}

export const FOOTBALL_FIELD_CONVENTIONS: Readonly<Record<string, string>> = {
  overlap: "intersection: from the highest low to the lowest high, ends included; never an average of ranges",
  span: "low and high are the lowest low and the highest high",
};

export type TornadoRow = { name: string; deltas: readonly Exact[]; swing: Exact };

/** Change of the result with each driver alone; swing is the width of the bar, the base included. Source: methods c. */
export function tornado({ base, drivers }: TornadoInput): TornadoRow[] {
  const rows = drivers.map(({ name, values }) => {
    const deltas = values.map((value) => value.minus(base));
    return { name, deltas, swing: Exact.max(0, ...deltas).minus(Exact.min(0, ...deltas)) };
  });
  return rows.sort((a, b) => b.swing.comparedTo(a.swing));
}

export const TORNADO_CONVENTIONS: Readonly<Record<string, string>> = {
  values: "the result with this driver changed and all others as they are",
  deltas: "value − base, in the order given",
  swing: "largest − smallest of the deltas and 0",
  ranking: "by swing; equal ones in the order given",
};
