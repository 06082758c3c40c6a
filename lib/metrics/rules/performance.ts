import type { Figure, FigureView } from "@/lib/figures/schema";
import { Exact } from "@/lib/money";
import { type BillingFigures, billingFigures, plainBillingFigure } from "./billing-figures";
import { COMPUTED_METRICS } from "./computed-metrics";
import { accountsFigures, financeEnd, financeFigures, growthFigures, runwayFigures } from "./finance-figures";
import { impliedWarning } from "./implied";
import { type Level, levelOf } from "./levels";

import { monthOf, plain } from "./measure";
import { monthEndAfter, monthsOf, monthsUntil } from "./periods";
import { type CohortRow, cohortFigure } from "./point-figures";
import { stockOn } from "./series";
import { STORED_METRICS } from "./stored-metrics";
import { keyOfMethod, type MetricSeries, type VentureFacts } from "./venture-facts";

/** The headline measures, in the order in which a person reads them. */
export const MEASURE_KEYS = [
  ...["growth_rate", "valuation", "valuation_change", "exit_readiness", "cash_runway", "customer_concentration"],
  ...["team_retention", "mrr", "arr", "customers", "arpa", "net_revenue_retention", "gross_revenue_retention"],
  ...["logo_churn", "quick_ratio", "gross_margin_ratio", "monthly_net_burn", "cash", "burn_multiple", "magic_number"],
  ...["rule_of_40", "cac", "cac_payback", "ltv", "ltv_to_cac"],
] as const;

export type MeasureRow = { key: string; figure: Figure; level: Level | null };
export type Gap = { key: string; label: string; reason: string; requires: readonly string[] };
export type ChartSeries = {
  key: string;
  label: string;
  unit: string;
  /** `figure` where the point of a screen opens to its proof. */
  points: { month: string; value: string | null; figure?: FigureView }[];
};

export const figuresByKey = (figures: readonly Figure[]): Map<string, Figure> =>
  new Map(figures.map((figure) => [keyOfMethod(figure.method), figure]));

/** How much of each cohort is left at its last known month. */
const cohortFigures = (facts: VentureFacts, cohorts: readonly CohortRow[]): Figure[] =>
  cohorts.flatMap((cohort) => cohortFigure(facts, cohort, cohort.cells.length - 1) ?? []);

export type Computed = { figures: Figure[]; measures: MeasureRow[]; gaps: Gap[]; warnings: string[] };

/** The same venture as planned or forecast: values that were stored so, compared with what really was a year before. */
export const onBasis = (
  facts: VentureFacts,
  basis: NonNullable<VentureFacts["basis"]>,
  series: ReadonlyMap<string, MetricSeries>,
): VentureFacts => ({
  ...facts,
  ...{ basis, series, actual: facts, invoices: null },
  billing: { facts: null, reason: "no-data" },
});

const definitions = new Map(COMPUTED_METRICS.map((metric) => [metric.key, metric]));

/** All figures of a venture from its facts: pure, so that the same facts give the same numbers. */
export function ventureFigures(facts: VentureFacts, cohorts: readonly CohortRow[]): Computed {
  const billing = billingFigures(facts);
  const figures = dedupe([
    ...billing.inputs,
    ...orderedBilling(billing.figures),
    ...financeFigures(facts, billing.figures),
    ...cohortFigures(facts, cohorts),
  ]);
  const byKey = figuresByKey(figures);
  const measures = MEASURE_KEYS.flatMap((key) => {
    const figure = byKey.get(key);
    return figure ? [{ key, figure, level: levelOf(key, figure.value, figure.reason) }] : [];
  });
  const gaps = measures.flatMap(({ key, figure }) =>
    figure.value === null && figure.reason !== "not-burning"
      ? [
          {
            key,
            label: figure.label,
            reason: figure.reason ?? "unknown",
            requires: definitions.get(key)?.requires ?? [`metric:${key}`],
          },
        ]
      : [],
  );
  return { figures, measures, gaps, warnings: warningsOf(facts) };
}

/** One measure as `ventureFigures` has it, and as little else as it needs: for a series of many days. */
export function ventureFigure(facts: VentureFacts, key: string): Figure | null {
  if (key === "mrr" || key === "customers") return plainBillingFigure(facts, key);
  const accounts = accountsFigures(facts, key);
  const found = accounts && figuresByKey(Object.values(accounts)).get(key);
  if (found) return found;
  const billing = billingFigures(facts);
  const billed = figuresByKey([...billing.inputs, ...Object.values(billing.figures)]).get(key);
  return billed ?? figuresByKey(financeFigures(facts, billing.figures)).get(key) ?? null;
}

function orderedBilling(figures: BillingFigures): Figure[] {
  const { mrr, customers, ...rest } = figures;
  return [mrr, customers, ...Object.values(rest)];
}

const dedupe = (figures: readonly Figure[]): Figure[] => [
  ...new Map(figures.map((figure) => [figure.id, figure])).values(),
];

function warningsOf(facts: VentureFacts): string[] {
  const warnings: string[] = [];
  for (const [metric, series] of facts.series) {
    const disagreeing = series.points.filter((point) => point.disagree).length;
    if (disagreeing === 0) continue;
    const used = series.book ? `${series.book} is used, as the book of record` : "what is built on them is unknown";
    warnings.push(`Sources disagree on ${disagreeing} values of ${metric}: ${used}`);
  }
  if (!facts.billing.facts && facts.billing.reason === "contradiction") {
    warnings.push(
      "Sources disagree on subscriptions: what is built on them is unknown until one is the book of record",
    );
  }
  return [...warnings, ...(facts.implied ?? []).map(impliedWarning)];
}

const numeric = (figure: Figure | undefined): number | null => (figure?.value ? plain(new Exact(figure.value)) : null);

/** The last 12 months of a measure, oldest first; a month without a value is null. */
export function sparkline(facts: VentureFacts, key: string): (number | null)[] {
  const through = financeEnd(facts);
  const ends = monthsOf(monthsUntil(through, 12)).map((_, index) => monthEndAfter(through, index - 11));
  if (key === "growth_rate") return ends.map((end) => numeric(growthFigures(facts, end).growth_rate));
  if (key === "cash_runway") return ends.map((end) => numeric(runwayFigures(facts, end).cash_runway));
  if (key === "mrr") return mrrSeries(facts).map((point) => (point.value === null ? null : Number(point.value)));
  const stock = { valuation: "valuation", exit_readiness: "exit_readiness", cash: "cash" }[key];
  const series = stock ? facts.series.get(stock) : undefined;
  if (!series) return [];
  return ends.map((end) => {
    const { value } = stockOn(series.points, end);
    return value.value === null ? null : plain(value.value);
  });
}

/** MRR at the end of each of the last 12 months, from the opening and the movements. */
export function mrrSeries(facts: VentureFacts): { month: string; value: string | null }[] {
  const billing = facts.billing.facts;
  if (!billing) return [];
  let annual = billing.bridge.startMrr;
  return monthsOf(billing.window).map((day) => {
    const month = monthOf(day);
    for (const row of billing.movements) if (row.month === month) annual = annual.plus(row.annual);
    return { month, value: annual.div(12).toSignificantDigits(30).toFixed() };
  });
}

const storedMetrics = new Map(STORED_METRICS.map((metric) => [metric.key, metric]));

/** Stored values by month, for charts; a month on which sources disagree without a book of record is a gap. */
export function chartSeries(facts: VentureFacts): ChartSeries[] {
  const unit = facts.venture.currency;
  const stored = [...facts.series].map(([key, series]) => ({
    key,
    label: storedMetrics.get(key)?.name ?? key,
    unit: storedMetrics.get(key)?.unit === "money" ? unit : (storedMetrics.get(key)?.unit ?? unit),
    points: series.points.map((point) => ({
      month: monthOf(point.period.to),
      value: point.value.value === null ? null : point.value.value.toFixed(),
    })),
  }));
  const mrr = mrrSeries(facts);
  return mrr.length === 0 ? stored : [{ key: "mrr", label: "MRR", unit, points: mrr }, ...stored];
}

export const PERFORMANCE_CONVENTIONS = {
  months: "complete calendar months; accounts and subscriptions end in the same month where both are known",
  growth: "revenue of 3 months against the same 3 months a year before; users where no revenue is reported",
  retention: "cohort method over 12 months, per customer",
  currency:
    "the venture's; others at the stored rate of the day; movements at one rate, so that rates are no movements",
  sources: "where sources disagree the book of record is used; without one the figure is unknown",
  margin: "rule of 40 with the EBITDA margin of 12 months",
};
