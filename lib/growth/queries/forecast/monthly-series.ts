import "server-only";
import type { Tx } from "@/lib/db";
import { askedView } from "@/lib/figures/rules";
import { type Figure, type FigureSource, type FigureView, SHARED_DATA } from "@/lib/figures/schema";
import { gridRates, loadBillingGrid } from "@/lib/metrics/queries/billing-grid";
import type { VentureRow } from "@/lib/metrics/queries/performance";
import { booksOfRecord, loadResolvedSeries } from "@/lib/metrics/queries/series";
import { type SubscriptionOverview, subscriptionOverview } from "@/lib/metrics/queries/subscriptions";
import { plainBillingFigure } from "@/lib/metrics/rules/billing-figures";
import { monthOf } from "@/lib/metrics/rules/measure";
import {
  dayText,
  lastCompleteMonthEnd,
  monthEnd,
  monthEndAfter,
  monthStart,
  monthsOf,
} from "@/lib/metrics/rules/periods";
import { storedPointFigure } from "@/lib/metrics/rules/point-figures";
import { datasetSource, type VentureFacts } from "@/lib/metrics/rules/venture-facts";
import type { Basis } from "@/lib/metrics/schema";
import type { MonthValue } from "../../rules/forecast/monthly-values";
import type { ForecastMetric } from "../../schema/venture-forecast";

/** Six years: more teaches a forecast of a venture little. */
const MOST_MONTHS = 72;
const STORED_NAMES: Readonly<Record<ForecastMetric, string>> = {
  ...{ revenue: "revenue", mrr: "recurring_revenue", customers: "customers", new_customers: "new_customers" },
  ...{ cash: "cash", net_burn: "net_burn", users: "users" },
};
const FROM_SUBSCRIPTIONS: readonly ForecastMetric[] = ["mrr", "customers"];

/** A month of a series as the figure that it is anywhere else; `ask` makes it again when it is opened. */
export type MonthFigure = MonthValue & { view: FigureView };
export type MonthlySeries = {
  metric: ForecastMetric;
  points: MonthFigure[];
  plan: MonthFigure[];
  source: FigureSource;
};

type Sold = { overview: SubscriptionOverview; bookOfRecord: string | null };
/** What all series of a venture are read from, once. */
export type MonthlyFacts = { facts: VentureFacts; sold: Sold; names: ReadonlySet<ForecastMetric> };

export async function loadMonthlyFacts(tx: Tx, venture: VentureRow, today: string): Promise<MonthlyFacts> {
  const until = lastCompleteMonthEnd(today);
  const stored = Object.values(STORED_NAMES);
  const [versions, series, overview, books] = await Promise.all([
    tx.datasetVersion.findMany({ where: { ventureId: { in: [venture.id, SHARED_DATA] } } }),
    loadResolvedSeries(tx, venture, stored, until),
    subscriptionOverview(tx, venture.id),
    booksOfRecord(tx, venture.id),
  ]);
  const facts: VentureFacts = {
    ...{ venture: { id: venture.id, currency: venture.currency }, today: until, financeThrough: null, series },
    versions: new Map(versions.map((row) => [row.dataset, row.version])),
    ...{ billing: { facts: null, reason: "no-data" }, invoices: null },
  };
  const named = (Object.keys(STORED_NAMES) as ForecastMetric[]).filter(
    (metric) => series.has(STORED_NAMES[metric]) || (overview.rows > 0 && FROM_SUBSCRIPTIONS.includes(metric)),
  );
  return { facts, sold: { overview, bookOfRecord: books.get("subscriptions") ?? null }, names: new Set(named) };
}

const toMonth = (figure: Figure, month: string, ask: FigureView["ask"]): MonthFigure => {
  // A stock stands for its own month only: an older value that fills in for it is a gap here.
  const known = figure.value !== null && monthOf(figure.asOf) === month;
  const view = ask ? askedView(figure, ask) : { ...figure, revision: 0 };
  if (!known) return { month, value: null, reason: figure.reason ?? "no-data", view };
  return { month, value: Number(figure.value), reason: null, view };
};

function storedMonths(
  facts: VentureFacts,
  metric: ForecastMetric,
  months: readonly string[],
  basis: Basis,
): MonthFigure[] {
  const name = STORED_NAMES[metric];
  const venture = facts.venture.id;
  return months.map((first) => {
    const period = { from: first, to: monthEnd(first) };
    const figure = storedPointFigure(facts, name, period);
    return toMonth(figure, monthOf(first), { of: "stored", args: { venture, metric: name, ...period, basis } });
  });
}

function spanOf(first: string | undefined, last: string): string[] {
  if (!first || first > last) return [];
  const earliest = monthStart(monthEndAfter(last, 1 - MOST_MONTHS));
  return monthsOf({ from: first > earliest ? monthStart(first) : earliest, to: last });
}

async function storedSeries(tx: Tx, venture: VentureRow, facts: VentureFacts, metric: ForecastMetric) {
  const name = STORED_NAMES[metric];
  const known = facts.series.get(name)?.points ?? [];
  const months = spanOf(known[0]?.period.from, facts.today);
  const horizon = monthEndAfter(facts.today, 24);
  const planned = await loadResolvedSeries(tx, venture, [name], horizon, "plan");
  const plan = spanOf(planned.get(name)?.points[0]?.period.from, horizon);
  const [from, to] = [months[0] ?? facts.today, facts.today];
  return {
    points: storedMonths(facts, metric, months, "actual"),
    plan: storedMonths({ ...facts, series: planned, basis: "plan" }, metric, plan, "plan").filter(
      ({ value }) => value !== null,
    ),
    source: datasetSource(facts, `metric:${name}`, known.length, { metric: name, basis: "actual", from, to }),
  };
}

/** MRR and customers at the ends of months, from the subscriptions in one pass; months without a rate stay unknown. */
async function billedMonths(tx: Tx, venture: VentureRow, { facts, sold }: MonthlyFacts, metric: "mrr" | "customers") {
  const { overview, bookOfRecord } = sold;
  const first = await tx.subscription.aggregate({
    where: { ventureId: venture.id, supersededAt: null, amountMinor: { gt: 0 } },
    _min: { startOn: true },
  });
  const until = lastCompleteMonthEnd(overview.asOf && overview.asOf < facts.today ? overview.asOf : facts.today);
  const begun = first._min.startOn;
  const days = spanOf(begun ? dayText(begun) : undefined, until).map(monthEnd);
  const [earliest, last] = [days[0], days.at(-1)];
  if (!earliest || !last) return [];
  const rates = await gridRates(tx, venture, overview.currencies, days);
  const contradicted = overview.contradictions > 0 && !bookOfRecord;
  const scope = { ventureId: venture.id, bookOfRecord, ...rates };
  const grid = contradicted ? new Map() : await loadBillingGrid(tx, scope, days, 12);
  return days.map((day) => {
    const known = grid.get(day);
    const reason = contradicted ? "contradiction" : rates.factors.has(day) ? "no-data" : "missing-fx-rate";
    const billing = known ? { facts: known } : { facts: null, reason };
    const figure = plainBillingFigure({ ...facts, today: day, series: new Map(), billing }, metric);
    return toMonth(figure, monthOf(day), { of: "billing", args: { venture: venture.id, day } });
  });
}

/** Months that have not been reported yet are late, not missing: the series ends with the newest that says anything. */
const reported = (points: readonly MonthFigure[]): MonthFigure[] =>
  points.slice(0, points.findLastIndex(({ value, reason }) => value !== null || reason !== "no-data") + 1);

/** A metric month by month as it is known, with its plan; what is missing in between is there, without a value. */
export async function loadMonthlySeries(
  tx: Tx,
  venture: VentureRow,
  monthly: MonthlyFacts,
  metric: ForecastMetric,
): Promise<MonthlySeries> {
  const { facts, sold } = monthly;
  const stored = await storedSeries(tx, venture, facts, metric);
  if (sold.overview.rows === 0 || (metric !== "mrr" && metric !== "customers")) {
    return { metric, ...stored, points: reported(stored.points) };
  }
  const points = reported(await billedMonths(tx, venture, monthly, metric));
  const last = points.at(-1)?.view.asOf ?? facts.today;
  const source = datasetSource(facts, "subscriptions", sold.overview.rows, { paidOn: last });
  return { metric, points, plan: stored.plan, source };
}
