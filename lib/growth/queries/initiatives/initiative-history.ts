import "server-only";
import { Prisma, type Tx } from "@/lib/db";
import type { FigureSource } from "@/lib/figures/schema";
import { loadRates } from "@/lib/metrics/queries/fx";
import { booksOfRecord, loadResolvedSeries } from "@/lib/metrics/queries/series";
import { factorsOn, paidTerms, type Scope, subscriptionOverview } from "@/lib/metrics/queries/subscriptions";
import { loadActualTrend } from "@/lib/metrics/queries/trends";
import { lastCompleteMonthEnd, monthEndAfter, monthsOf, monthsUntil } from "@/lib/metrics/rules/periods";
import { flowOver, type ResolvedPoint, stockOn } from "@/lib/metrics/rules/series";
import { findMetric, type MetricDefinition } from "@/lib/metrics/schema";
import { Exact } from "@/lib/money";
import type { MonthValue } from "../../rules/initiatives/effect";
import type { InitiativeMeasure } from "../../rules/initiatives/initiative-measure";

export type VentureRow = { id: string; currency: string };

/** A measure by month, oldest first, to the last month that is known on the day; and the facts that it was read from. */
export type MeasureHistory = { months: MonthValue[]; sources: FigureSource[] };

const MONTHS = 48;
const NOTHING: MeasureHistory = { months: [], sources: [] };

/** Per customer and month end: 12 × MRR then and a year before, summed as the metrics of retention are. */
export type BaseMonth = {
  month: string;
  before: Exact;
  kept: Exact;
  ofOpening: Exact;
  grown: Exact;
  now: Exact;
  customersBefore: number;
  customersKept: number;
  customersNow: number;
  topThree: Exact;
};

type BaseRow = Record<"before" | "kept" | "of_opening" | "grown" | "now" | "top_three", string> &
  Record<"customers_before" | "customers_kept" | "customers_now", bigint> & { day: Date };

/** The months that end on these days, in one pass over the paid terms; a group of customers where one is named. */
export async function listBaseMonths(
  tx: Tx,
  scope: Scope,
  days: readonly string[],
  group: InitiativeMeasure["group"],
): Promise<BaseMonth[]> {
  if (days.length === 0) return [];
  const ends = Prisma.join(days.map((day) => Prisma.sql`(${day}::date, ${monthEndAfter(day, -12)}::date)`));
  const column = group?.dimension === "channel" ? Prisma.sql`"channel"` : Prisma.sql`"segment"`;
  const member = group
    ? Prisma.sql`WHERE customer IN (
        SELECT "externalId" COLLATE "C" FROM "customer"
        WHERE "ventureId" = ${scope.ventureId}::uuid AND "supersededAt" IS NULL AND ${column} = ${group.name})`
    : Prisma.empty;
  const rows = await tx.$queryRaw<BaseRow[]>`
    WITH ${paidTerms(scope)}, ends(day, earlier) AS (VALUES ${ends}),
    per AS (
      SELECT day, customer,
        coalesce(sum(annual) FILTER (WHERE s <= earlier AND (e IS NULL OR e > earlier)), 0) AS before,
        coalesce(sum(annual) FILTER (WHERE s <= day AND (e IS NULL OR e > day)), 0) AS now
      FROM ends CROSS JOIN term ${member} GROUP BY day, customer),
    ranked AS (SELECT *, row_number() OVER (PARTITION BY day ORDER BY now DESC, customer) AS place FROM per)
    SELECT day, sum(before)::text AS before, sum(least(before, now))::text AS kept,
      coalesce(sum(now) FILTER (WHERE before > 0), 0)::text AS of_opening,
      coalesce(sum(now - before) FILTER (WHERE before > 0 AND now > before), 0)::text AS grown,
      sum(now)::text AS now, coalesce(sum(now) FILTER (WHERE place <= 3), 0)::text AS top_three,
      count(*) FILTER (WHERE before > 0) AS customers_before,
      count(*) FILTER (WHERE before > 0 AND now > 0) AS customers_kept,
      count(*) FILTER (WHERE now > 0) AS customers_now
    FROM ranked GROUP BY day ORDER BY day`;
  return rows.map((row) => ({
    month: row.day.toISOString().slice(0, 7),
    ...{ before: new Exact(row.before), kept: new Exact(row.kept), ofOpening: new Exact(row.of_opening) },
    ...{ grown: new Exact(row.grown), now: new Exact(row.now), topThree: new Exact(row.top_three) },
    customersBefore: Number(row.customers_before),
    customersKept: Number(row.customers_kept),
    customersNow: Number(row.customers_now),
  }));
}

const ratio = (part: Exact, whole: Exact): number | null => (whole.isZero() ? null : part.div(whole).toNumber());

/** How each metric of subscriptions follows from a month; the definitions are those of the dictionary. */
const FROM_BASE: Readonly<Record<string, (base: BaseMonth) => number | null>> = {
  gross_revenue_retention: ({ kept, before }) => ratio(kept, before),
  net_revenue_retention: ({ ofOpening, before }) => ratio(ofOpening, before),
  expansion: ({ grown, before }) => ratio(grown, before),
  logo_churn: ({ customersBefore, customersKept }) =>
    customersBefore === 0 ? null : (customersBefore - customersKept) / customersBefore,
  mrr: ({ now }) => now.div(12).toNumber(),
  arr: ({ now }) => now.toNumber(),
  arpa: ({ now, customersNow }) => (customersNow === 0 ? null : now.div(12).div(customersNow).toNumber()),
  customers: ({ customersNow }) => customersNow,
  customer_concentration: ({ topThree, now }) => ratio(topThree, now),
};

export type Billing = { scope: Scope; through: string; first: string; rows: number } | { reason: string };

/** The subscriptions of a venture as far as they are known on a day, or why they cannot be read. */
export async function billingScope(tx: Tx, venture: VentureRow, today: string): Promise<Billing> {
  const overview = await subscriptionOverview(tx, venture.id);
  const book = (await booksOfRecord(tx, venture.id)).get("subscriptions") ?? null;
  if (overview.rows === 0 || overview.firstStart === null) return { reason: "no-data" };
  if (overview.contradictions > 0 && !book) return { reason: "contradiction" };
  const known = overview.asOf && overview.asOf < today ? overview.asOf : today;
  const through = lastCompleteMonthEnd(known);
  const rates = await loadRates(tx, venture.currency, overview.currencies, through, through);
  const factors = factorsOn(rates, overview.currencies, through);
  if (!factors) return { reason: "missing-fx-rate" };
  const scope = { ventureId: venture.id, factors, bookOfRecord: book };
  return { scope, through, first: overview.firstStart, rows: overview.rows };
}

const monthEnds = (through: string): string[] =>
  monthsOf(monthsUntil(through, MONTHS)).map((_first, index) => monthEndAfter(through, index + 1 - MONTHS));

async function versionsOf(tx: Tx, ventureId: string): Promise<Map<string, number>> {
  const rows = await tx.datasetVersion.findMany({ where: { ventureId } });
  return new Map(rows.map(({ dataset, version }) => [dataset, version]));
}

async function subscriptionHistory(
  tx: Tx,
  venture: VentureRow,
  { key, group }: InitiativeMeasure,
  today: string,
): Promise<MeasureHistory> {
  const billing = await billingScope(tx, venture, today);
  const of = FROM_BASE[key];
  if ("reason" in billing || !of) return NOTHING;
  const { scope, through, first, rows } = billing;
  const bases = await listBaseMonths(tx, scope, monthEnds(through), group);
  const versions = await versionsOf(tx, venture.id);
  const source = (dataset: string, count: number, filter: Record<string, unknown>): FigureSource => ({
    ...{ kind: "dataset", ventureId: venture.id, dataset, version: versions.get(dataset) ?? 0, rows: count, filter },
  });
  const from = monthEndAfter(through, -12);
  const sources = [source("subscriptions", rows, { paidOnEither: [from, through] })];
  const months = bases
    .filter(({ month }) => month >= first.slice(0, 7))
    .map((base) => ({ month: base.month, value: of(base) }));
  return { months, sources: group ? [source("customers", 0, {}), ...sources] : sources };
}

const periodOf = (monthEnd: string) => ({ from: `${monthEnd.slice(0, 7)}-01`, to: monthEnd });

function storedMonth(points: readonly ResolvedPoint[], kind: "flow" | "stock", end: string): MonthValue {
  const month = end.slice(0, 7);
  if (kind === "flow") {
    const { value, ...rest } = flowOver(points, periodOf(end));
    return { month, value: value?.toNumber() ?? null, ...rest };
  }
  const { value, on } = stockOn(points, end);
  if (!on?.startsWith(month)) return { month, value: null, reason: "incomplete-period" };
  return { month, value: value.value?.toNumber() ?? null, ...("reason" in value ? { reason: value.reason } : {}) };
}

async function storedHistory(
  tx: Tx,
  venture: VentureRow,
  { key }: InitiativeMeasure,
  kind: "flow" | "stock",
  today: string,
): Promise<MeasureHistory> {
  const series = (await loadResolvedSeries(tx, venture, [key], today)).get(key);
  const first = series?.points[0]?.period.from;
  const last = series?.points.filter(({ period }) => period.to <= lastCompleteMonthEnd(today)).at(-1)?.period.to;
  if (!series || !first || !last) return NOTHING;
  const ends = monthEnds(lastCompleteMonthEnd(last)).filter((end) => end.slice(0, 7) >= first.slice(0, 7));
  const version = (await versionsOf(tx, venture.id)).get(`metric:${key}`) ?? 0;
  const filter = { metric: key, basis: "actual", from: ends[0] ? periodOf(ends[0]).from : first, to: last };
  const dataset = `metric:${key}`;
  return {
    months: ends.map((end) => storedMonth(series.points, kind, end)),
    sources: [{ kind: "dataset", ventureId: venture.id, dataset, version, rows: series.rows, filter }],
  };
}

/** Any other measure that is computed, such as the CAC payback: at each month end the figure of that day, by its own window. */
async function computedHistory(
  tx: Tx,
  { id }: VentureRow,
  metric: MetricDefinition,
  today: string,
): Promise<MeasureHistory> {
  const venture = await tx.venture.findUniqueOrThrow({ where: { id } });
  const through = lastCompleteMonthEnd(today);
  const actual = await loadActualTrend(tx, venture, { key: metric.key, through, months: MONTHS });
  const first = actual.findIndex(({ figure }) => figure?.value != null);
  const last = actual.findLastIndex(({ figure }) => figure?.value != null);
  if (first < 0) return NOTHING;
  const versions = await versionsOf(tx, id);
  const shown = actual.slice(first, last + 1);
  const filter = { from: shown[0]?.day ?? through, to: shown.at(-1)?.day ?? through };
  return {
    months: shown.map(({ day, figure }) => ({
      month: day.slice(0, 7),
      value: figure?.value == null ? null : Number(figure.value),
      ...(figure?.value == null ? { reason: figure?.reason ?? "no-data" } : {}),
    })),
    sources: (metric.requires ?? []).map((dataset) => ({
      ...{ kind: "dataset", ventureId: id, dataset, version: versions.get(dataset) ?? 0, rows: 0, filter },
    })),
  };
}

/** Growth against the same three months a year before, at each month end of a flow. */
function growthMonths(months: readonly MonthValue[]): MonthValue[] {
  const sumOf = (rows: readonly MonthValue[]) =>
    rows.length === 3 && rows.every(({ value }) => value !== null)
      ? rows.reduce((sum, { value }) => sum + (value ?? 0), 0)
      : null;
  return months.slice(14).map(({ month }, index) => {
    const [now, before] = [sumOf(months.slice(index + 12, index + 15)), sumOf(months.slice(index, index + 3))];
    const value = now === null || before === null || before <= 0 ? null : now / before - 1;
    return { month, value, ...(value === null ? { reason: "incomplete-period" } : {}) };
  });
}

/** A measure of a venture by month as it is known on a day; empty where it is not kept by month. */
export async function loadMeasureHistory(
  tx: Tx,
  venture: VentureRow,
  measure: InitiativeMeasure,
  today: string,
): Promise<MeasureHistory> {
  const metric = findMetric(measure.key);
  if (metric?.origin === "stored") {
    const stored = await storedHistory(tx, venture, measure, metric.kind, today);
    // Some ventures report their customers, others have them in their subscriptions.
    if (stored.months.length > 0 || !FROM_BASE[measure.key]) return stored;
  }
  if (FROM_BASE[measure.key]) return subscriptionHistory(tx, venture, measure, today);
  if (measure.key === "growth_rate") {
    const revenue = await storedHistory(tx, venture, { ...measure, key: "revenue" }, "flow", today);
    return { ...revenue, months: growthMonths(revenue.months) };
  }
  return measure.group || !metric ? NOTHING : computedHistory(tx, venture, metric, today);
}
