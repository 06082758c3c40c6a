import "server-only";
import type { Tx } from "@/lib/db";
import type { Figure } from "@/lib/figures/schema";
import { onBasis, ventureFigures } from "../rules/performance";
import { pickFigure } from "../rules/performance-table";
import { monthEndAfter } from "../rules/periods";
import type { VentureFacts } from "../rules/venture-facts";
import { gridRates, loadBillingGrid } from "./billing-grid";
import { endsOn, FACT_METRICS, loadVentureFacts, type VentureRow } from "./performance";
import { booksOfRecord, loadResolvedSeries } from "./series";
import { type SubscriptionOverview, subscriptionOverview } from "./subscriptions";

export type TrendPoint = { day: string; figure: Figure | null };
export type Trend = { actual: TrendPoint[]; plan: TrendPoint[]; forecast: TrendPoint[] };

/** Months to come that a plan or a forecast is drawn for. */
const AHEAD = 12;

/** `span`: the length of all windows; without one each measure has its own. */
type Asked = { key: string; span?: number; through: string; months: number };

const A_YEAR = 12;

async function gridOf(
  tx: Tx,
  venture: VentureRow,
  overview: SubscriptionOverview,
  days: readonly string[],
  span: number,
): Promise<Map<string, VentureFacts["billing"]>> {
  const books = await booksOfRecord(tx, venture.id);
  const bookOfRecord = books.get("subscriptions") ?? null;
  if (overview.contradictions > 0 && !bookOfRecord) return unknownOn(days, "contradiction");
  const rates = await gridRates(tx, venture, overview.currencies, days);
  const grid = await loadBillingGrid(tx, { ventureId: venture.id, bookOfRecord, ...rates }, days, span);
  return new Map([
    ...unknownOn(
      days.filter((day) => !rates.factors.has(day)),
      "missing-fx-rate",
    ),
    ...[...grid].map(([day, facts]) => [day, { facts }] as const),
  ]);
}

const unknownOn = (days: readonly string[], reason: string): Map<string, VentureFacts["billing"]> =>
  new Map(days.map((day) => [day, { facts: null, reason }]));

/**
 * One measure at the ends of the last months, each point the figure that the venture's whole computation gives for that
 * day: the same id, the same value. Months which the facts do not reach are null.
 */
export async function loadTrend(tx: Tx, venture: VentureRow, { key, span, through, months }: Asked): Promise<Trend> {
  const days = Array.from({ length: months }, (_, index) => monthEndAfter(through, index - months + 1));
  const [{ facts }, overview] = await Promise.all([
    loadVentureFacts(tx, venture, through, span),
    subscriptionOverview(tx, venture.id),
  ]);
  const grid = await gridOf(tx, venture, overview, days, span ?? A_YEAR);
  const at = (day: string): VentureFacts | null => {
    const ends = endsOn(facts.series, overview, day);
    const billing = overview.rows === 0 || ends.billing === day;
    if (!billing && ends.finance !== day) return null;
    const known = billing ? grid.get(day) : undefined;
    return {
      ...{ ...facts, today: day, financeThrough: ends.finance, invoices: null },
      billing: known ?? { facts: null, reason: "no-data" },
    };
  };
  const read = (of: VentureFacts | null): Figure | null =>
    of && pickFigure(ventureFigures(of, []).figures, key, span ?? A_YEAR);
  const ahead = [...days, ...Array.from({ length: AHEAD }, (_, index) => monthEndAfter(through, index + 1))];
  const stored = async (basis: "plan" | "forecast"): Promise<TrendPoint[]> => {
    const series = await loadResolvedSeries(tx, venture, FACT_METRICS, monthEndAfter(through, AHEAD), basis);
    if (series.size === 0) return [];
    return ahead
      .map((day) => ({ day, figure: read(onBasis({ ...facts, today: day, financeThrough: day }, basis, series)) }))
      .filter(({ figure }) => figure?.value != null);
  };
  return {
    actual: days.map((day) => ({ day, figure: read(at(day)) })),
    plan: await stored("plan"),
    forecast: await stored("forecast"),
  };
}
