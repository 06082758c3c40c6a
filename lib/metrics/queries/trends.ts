import "server-only";
import type { Tx } from "@/lib/db";
import type { Figure } from "@/lib/figures/schema";
import { plainBillingFigure } from "../rules/billing-figures";
import { onBasis, ventureFigure } from "../rules/performance";
import { figureKey } from "../rules/performance-table";
import { monthEndAfter } from "../rules/periods";
import type { VentureFacts } from "../rules/venture-facts";
import { gridRates, loadBillingGrid } from "./billing-grid";
import { endsOn, FACT_METRICS, loadAccounts, loadVentureBase, type VentureBase, type VentureRow } from "./performance";
import { loadResolvedSeries } from "./series";

/** `alone`: of the subscriptions only, where accounts of that month are missing. */
export type TrendPoint = { day: string; figure: Figure | null; alone?: boolean };
export type Trend = { actual: TrendPoint[]; plan: TrendPoint[]; forecast: TrendPoint[] };

/** Months to come that a plan or a forecast is drawn for. */
const AHEAD = 12;

/** `span`: the length of all windows; without one each measure has its own. */
type Asked = { key: string; span?: number; through: string; months: number };

const A_YEAR = 12;

async function gridOf(
  tx: Tx,
  venture: VentureRow,
  { books, overview }: VentureBase,
  days: readonly string[],
  span: number,
): Promise<Map<string, VentureFacts["billing"]>> {
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
export async function loadActualTrend(tx: Tx, venture: VentureRow, asked: Asked): Promise<TrendPoint[]> {
  const base = await loadVentureBase(tx, venture);
  return actualOf(tx, venture, asked, base, await loadAccounts(tx, venture, asked.through, base));
}

async function actualOf(
  tx: Tx,
  venture: VentureRow,
  { key, span, through, months }: Asked,
  base: VentureBase,
  facts: VentureFacts,
): Promise<TrendPoint[]> {
  const days = Array.from({ length: months }, (_, index) => monthEndAfter(through, index - months + 1));
  const grid = await gridOf(tx, venture, base, days, span ?? A_YEAR);
  const at = (day: string): VentureFacts | null => {
    const ends = endsOn(facts.series, base.overview, day);
    const billing = base.overview.rows === 0 || ends.billing === day;
    if (!billing && ends.finance !== day) return null;
    const known = billing ? grid.get(day) : undefined;
    return {
      ...{ ...facts, ...(span ? { span } : {}), today: day, financeThrough: ends.finance },
      billing: known ?? { facts: null, reason: "no-data" },
    };
  };
  // Where a month of the accounts is missing, the subscriptions still say what was paid at its end.
  const alone = (day: string): TrendPoint | null => {
    const billing = grid.get(day);
    if ((key !== "mrr" && key !== "customers") || !billing?.facts || day > (base.overview.asOf ?? "")) return null;
    return { day, figure: plainBillingFigure({ ...facts, today: day, billing }, key), alone: true };
  };
  return days.map((day) => {
    const known = at(day);
    return (known ? null : alone(day)) ?? { day, figure: read(known, key, span) };
  });
}

const read = (facts: VentureFacts | null, key: string, span: number | undefined): Figure | null =>
  facts && ventureFigure(facts, figureKey(key, span ?? A_YEAR));

/** The same with what was planned and what forecasts that were given say, as far as a year ahead. */
export async function loadTrend(tx: Tx, venture: VentureRow, asked: Asked): Promise<Trend> {
  const { key, span, through, months } = asked;
  const base = await loadVentureBase(tx, venture);
  const facts = await loadAccounts(tx, venture, through, base);
  const days = Array.from({ length: months + AHEAD }, (_, index) => monthEndAfter(through, index - months + 1));
  const stored = async (basis: "plan" | "forecast"): Promise<TrendPoint[]> => {
    const series = await loadResolvedSeries(tx, venture, FACT_METRICS, monthEndAfter(through, AHEAD), basis);
    if (series.size === 0) return [];
    const then = { ...facts, ...(span ? { span } : {}) };
    return days
      .map((day) => ({ day, facts: onBasis({ ...then, today: day, financeThrough: day }, basis, series) }))
      .map((one) => ({ day: one.day, figure: read(one.facts, key, span) }))
      .filter(({ figure }) => figure?.value != null);
  };
  return {
    actual: await actualOf(tx, venture, asked, base, facts),
    plan: await stored("plan"),
    forecast: await stored("forecast"),
  };
}
