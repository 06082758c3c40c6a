import { makeFigure } from "@/lib/figures/rules";
import type { Figure, FigureSource, Unit } from "@/lib/figures/schema";
import { findMetric } from "@/lib/metrics/schema";
import type { BenchmarkRow } from "../levers/lever-flows";

const METHOD = "growth.benchmark.median@1";

export const isPeerMethod = (method: string): boolean => method === METHOD;

export type PeerQuestion = {
  ventureId: string;
  metric: string;
  unit: Unit;
  /** The venture's yearly recurring revenue, which says how large the companies compared are; plain units. */
  yearly: string;
  day: string;
};

/** What the middle one of comparable companies reaches: dated, with how many were asked. */
export function peerFigure(question: PeerQuestion, row: BenchmarkRow, sources: FigureSource[]): Figure {
  const { ventureId, metric, unit, yearly, day } = question;
  const name = findMetric(metric)?.name ?? metric.replaceAll("_", " ");
  const range = `the middle half from ${row.p25.toFixed()} to ${row.p75.toFixed()}`;
  return makeFigure({
    label: `${name}, median of ${row.sampleSize} companies`,
    value: row.p50.toFixed(),
    unit,
    asOf: row.asOf,
    method: METHOD,
    formula: `Median of ${row.sampleSize} companies of the same business model and size, ${range}; ${row.source}, ${row.asOf}`,
    inputs: {
      venture: { value: ventureId },
      metric: { value: metric },
      unit: { value: unit },
      yearly: { value: yearly, label: "yearly recurring revenue that sets the size" },
      day: { value: day },
    },
    sources,
  });
}
