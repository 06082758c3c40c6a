import { makeFigure } from "@/lib/figures/rules";
import type { Figure, FigureInput, FigureSource, Unit } from "@/lib/figures/schema";
import type { Exact } from "@/lib/money";
import type { Basis } from "../schema";
import type { ImpliedContradiction } from "./implied";
import { type Measure, unknown } from "./measure";
import type { MovementType } from "./movements";
import type { Period } from "./periods";
import type { Bridge } from "./revenue-bridge";
import { flowOver, type ResolvedPoint, stockOn } from "./series";
import { rateSources, type UsedRate } from "./used-rates";

/** The windows that a person can choose, in months. */
export const SPANS = [1, 3, 12] as const;
export type Span = (typeof SPANS)[number];

export const monthsText = (months: number): string => (months === 1 ? "1 month" : `${months} months`);

export type MonthMovement = { month: string; type: MovementType; customers: number; annual: Exact };

export type MetricSeries = { points: readonly ResolvedPoint[]; rows: number; book: string | null };

/** Sums over the subscriptions of a window of 12 months, or of the span asked for; `annual` figures are 12 × MRR. */
export type BillingFacts = {
  window: Period;
  /** The end of this day is the opening. */
  openingDay: string;
  bridge: Bridge;
  movements: readonly MonthMovement[];
  annualNow: Exact;
  annualKept: Exact;
  annualOfOpening: Exact;
  customersBefore: number;
  customersKept: number;
  customersNow: number;
  rowsBefore: number;
  rowsNow: number;
  topThree: readonly { customer: string; annual: Exact }[];
  /** Exchange rates in the sums. */
  rates?: readonly UsedRate[];
};

export type ConcentrationFacts = { top: Exact; total: Exact; rows: number; period: Period; reason: string | null } & {
  rates?: readonly UsedRate[];
};

/** Everything that the figures of a venture are computed from, read at one moment. */
export type VentureFacts = {
  venture: { id: string; currency: string };
  today: string;
  /** The last month end that the accounts speak about, null without any. */
  financeThrough: string | null;
  series: ReadonlyMap<string, MetricSeries>;
  versions: ReadonlyMap<string, number>;
  billing: { facts: BillingFacts } | { facts: null; reason: string };
  invoices: ConcentrationFacts | null;
  /** Where reported MRR or customers and the subscriptions say different things. */
  implied?: readonly ImpliedContradiction[];
  /** All windows are this long where a person chose a length; otherwise each measure has its own. */
  span?: number;
  /** Values of a plan or a forecast; absent: actual. `actual` is what they are compared with a year before. */
  basis?: Exclude<Basis, "actual">;
  actual?: VentureFacts;
};

export type Draft = {
  key: string;
  label: string;
  unit: Unit;
  measure: Measure;
  formula: string;
  asOf: string;
  inputs: Record<string, FigureInput>;
  sources?: FigureSource[];
};

const METHOD = "metrics.venture.";

export const isVentureMethod = (method: string): boolean => method.startsWith(METHOD);
export const keyOfMethod = (method: string): string => method.slice(METHOD.length).replace(/@\d+$/, "");

export function drawFigure(facts: Pick<VentureFacts, "venture">, draft: Draft): Figure {
  const { key, measure, inputs, sources = [], ...rest } = draft;
  return makeFigure({
    ...rest,
    value: measure.value === null ? null : measure.value.toSignificantDigits(30).toFixed(),
    ...(measure.value === null ? { reason: measure.reason } : {}),
    method: `${METHOD}${key}@1`,
    inputs: { venture: { value: facts.venture.id }, ...inputs },
    sources,
  });
}

export const inputOf = (figure: Figure): FigureInput => ({ figure: figure.id, label: figure.label });

export function datasetSource(
  facts: Pick<VentureFacts, "venture" | "versions">,
  dataset: string,
  rows: number,
  filter: Record<string, unknown>,
): FigureSource {
  const version = facts.versions.get(dataset) ?? 0;
  return { kind: "dataset", ventureId: facts.venture.id, dataset, version, rows, filter };
}

/** How a contradiction inside the period is shown in the formula; empty where sources agree. */
function precedence(series: MetricSeries | undefined, points: readonly ResolvedPoint[]): string {
  const disagreeing = points.filter((point) => point.disagree).length;
  if (disagreeing === 0) return "";
  const believed = series?.book ? `${series.book} is the book of record` : "no book of record is set";
  return `; sources disagree on ${disagreeing} of ${points.length} periods, ${believed}`;
}

type Stored = { key: string; metric: string; label: string; unit: Unit };

const BASIS_LABEL = { plan: ", planned", forecast: ", forecast" } as const;

// Actual values carry no basis among their inputs: their ids are older than the others.
const basisOf = ({ basis }: VentureFacts) => ({
  inputs: (basis ? { basis: { value: basis } } : {}) as Record<string, FigureInput>,
  label: basis ? BASIS_LABEL[basis] : "",
  filter: basis ?? "actual",
});

/** A flow of a stored metric over a period, as a figure. */
export function flowFigure(facts: VentureFacts, { key, metric, label, unit }: Stored, period: Period): Figure {
  const series = facts.series.get(metric);
  const points = (series?.points ?? []).filter((p) => p.period.from >= period.from && p.period.to <= period.to);
  const basis = basisOf(facts);
  return drawFigure(facts, {
    ...{ key, label: label + basis.label, unit },
    measure: series ? flowOver(series.points, period) : unknown("no-data"),
    formula: `Σ ${metric} from ${period.from} to ${period.to}${precedence(series, points)}`,
    asOf: period.to,
    inputs: { metric: { value: metric }, from: { value: period.from }, to: { value: period.to }, ...basis.inputs },
    sources: [
      datasetSource(facts, `metric:${metric}`, countRows(points), { metric, basis: basis.filter, ...period }),
      ...ratesOf(facts, points),
    ],
  });
}

/** A stock of a stored metric on a day, as a figure. */
export function stockFigure(facts: VentureFacts, { key, metric, label, unit }: Stored, day: string): Figure {
  const series = facts.series.get(metric);
  const { value, on } = series ? stockOn(series.points, day) : { value: unknown("no-data"), on: null };
  const points = (series?.points ?? []).filter((point) => point.period.to === on);
  const period = points[0]?.period ?? { from: day, to: day };
  const basis = basisOf(facts);
  return drawFigure(facts, {
    ...{ key, label: label + basis.label, unit },
    measure: value,
    formula: `${metric} at the end of ${on ?? day}${precedence(series, points)}`,
    asOf: on ?? day,
    inputs: { metric: { value: metric }, day: { value: day }, ...basis.inputs },
    sources: [
      datasetSource(facts, `metric:${metric}`, countRows(points), { metric, basis: basis.filter, ...period }),
      ...ratesOf(facts, points),
    ],
  });
}

const ratesOf = (facts: VentureFacts, points: readonly ResolvedPoint[]): FigureSource[] =>
  rateSources(
    points.flatMap((point) => point.points.flatMap(({ rate }) => rate ?? [])),
    facts.versions,
  );

const countRows = (points: readonly ResolvedPoint[]): number =>
  points.reduce((rows, point) => rows + point.points.length, 0);
