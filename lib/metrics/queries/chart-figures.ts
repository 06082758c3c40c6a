import "server-only";
import type { Tx } from "@/lib/db";
import { askedView } from "@/lib/figures/rules";
import { SHARED_DATA } from "@/lib/figures/schema";
import { monthOf } from "../rules/measure";
import type { ChartSeries } from "../rules/performance";
import { monthEnd } from "../rules/periods";
import { mrrPointFigure, storedPointFigure } from "../rules/point-figures";
import type { VentureFacts } from "../rules/venture-facts";
import { gridRates, loadBillingGrid } from "./billing-grid";
import { booksOfRecord, loadResolvedSeries } from "./series";
import { subscriptionOverview } from "./subscriptions";

// What the charts of a venture draw; the other series are for computing.
const CHARTED = ["revenue", "valuation", "exit_readiness", "cash", "customers"] as const;

type Venture = { id: string; currency: string };

/** The charts' points as figures that nobody has opened yet: each month of a line leads to the rows behind it. */
export async function withChartFigures(
  tx: Tx,
  venture: Venture,
  series: readonly ChartSeries[],
  today: string,
): Promise<ChartSeries[]> {
  const stored = await loadResolvedSeries(tx, venture, CHARTED, today);
  const versions = await tx.datasetVersion.findMany({ where: { ventureId: { in: [venture.id, SHARED_DATA] } } });
  const facts: VentureFacts = {
    ...{ venture: { id: venture.id, currency: venture.currency }, today, financeThrough: null, invoices: null },
    ...{ series: stored, versions: new Map(versions.map((row) => [row.dataset, row.version])) },
    billing: { facts: null, reason: "no-data" },
  };
  const mrr = await mrrAtOwnRates(tx, venture, series);
  return series.map((one) => {
    if (one.key === "mrr") return mrrFigures(facts, mrr ?? one);
    const periods = new Map(stored.get(one.key)?.points.map(({ period }) => [monthOf(period.to), period]));
    const points = one.points.map((point) => {
      const period = periods.get(point.month);
      if (!period || point.value === null) return point;
      const args = { venture: venture.id, metric: one.key, ...period };
      return { ...point, figure: askedView(storedPointFigure(facts, one.key, period), { of: "stored", args }) };
    });
    return { ...one, points };
  });
}

/** The line of MRR with each month at the rates of its own end, as its figure counts; null where no rate is needed. */
async function mrrAtOwnRates(tx: Tx, venture: Venture, series: readonly ChartSeries[]): Promise<ChartSeries | null> {
  const line = series.find(({ key }) => key === "mrr");
  const { currencies } = await subscriptionOverview(tx, venture.id);
  if (!line || currencies.every((currency) => currency === venture.currency)) return null;
  const bookOfRecord = (await booksOfRecord(tx, venture.id)).get("subscriptions") ?? null;
  const days = line.points.map(({ month }) => monthEnd(`${month}-01`));
  const rates = await gridRates(tx, venture, currencies, days);
  const grid = await loadBillingGrid(tx, { ventureId: venture.id, bookOfRecord, ...rates }, days, 1);
  const points = line.points.map(({ month }) => {
    const known = grid.get(monthEnd(`${month}-01`));
    return { month, value: known ? known.annualNow.div(12).toSignificantDigits(30).toFixed() : null };
  });
  return { ...line, points };
}

function mrrFigures(facts: VentureFacts, series: ChartSeries): ChartSeries {
  const points = series.points.map((point) => {
    if (point.value === null) return point;
    const day = monthEnd(`${point.month}-01`);
    const ask = { of: "billing", args: { venture: facts.venture.id, day } };
    return { ...point, figure: askedView(mrrPointFigure(facts, day, point.value), ask) };
  });
  return { ...series, points };
}
