import "server-only";
import { fromDate, toCalendarDate } from "@internationalized/date";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { SHARED_DATA } from "@/lib/figures/schema";
import { monthIndex } from "../rules/measure";
import { movementBridge } from "../rules/movements";
import { type ChartSeries, type Computed, chartSeries, sparkline, ventureFigures } from "../rules/performance";
import { lastCompleteMonthEnd, monthEndAfter, monthStart, monthsUntil } from "../rules/periods";
import type { CohortRow } from "../rules/point-figures";
import { endMrr } from "../rules/revenue-bridge";
import type { BillingFacts, ConcentrationFacts, MetricSeries, VentureFacts } from "../rules/venture-facts";
import { withChartFigures } from "./chart-figures";
import { loadRates } from "./fx";
import { impliedContradictions } from "./implied";
import { invoiceConcentration } from "./invoices";
import { booksOfRecord, loadResolvedSeries } from "./series";
import {
  customerBase,
  customerCohorts,
  factorsOn,
  type Scope,
  type SubscriptionOverview,
  subscriptionOverview,
  sumMovements,
} from "./subscriptions";

export type VentureRow = { id: string; slug: string; name: string; currency: string; timeZone: string };

export const FACT_METRICS = [
  ...["revenue", "recurring_revenue", "gross_margin", "cost_of_revenue", "sales_and_marketing", "ebitda", "net_burn"],
  ...["cash", "customers", "new_customers", "users", "key_people", "key_people_left", "valuation", "exit_readiness"],
  ...["operating_expenses", "headcount"],
] as const;

const ACCOUNTS = ["revenue", "recurring_revenue", "cost_of_revenue", "net_burn", "cash", "ebitda", "users"];

/** The last month end that revenue reaches; without revenue, that any account does. */
function accountsEnd(series: ReadonlyMap<string, MetricSeries>, today: string): string | null {
  const until = lastCompleteMonthEnd(today);
  const endOf = (metric: string) => {
    const last = series.get(metric)?.points.findLast((point) => point.period.to <= until)?.period.to;
    return last ? lastCompleteMonthEnd(last) : null;
  };
  const ends = ACCOUNTS.flatMap((metric) => endOf(metric) ?? []);
  return endOf("revenue") ?? ends.sort().at(-1) ?? null;
}

// Books close later than billing: figures over both end where both are known, unless one has fallen far behind.
const CLOSE_MONTHS = 3;

type Ends = { finance: string | null; billing: string };

function aligned(finance: string | null, billing: string): Ends {
  if (!finance || Math.abs(monthIndex(finance) - monthIndex(billing)) > CLOSE_MONTHS) return { finance, billing };
  const end = finance < billing ? finance : billing;
  return { finance: end, billing: end };
}

/** Where the accounts and the subscriptions end, for one who looks on `today`. */
export function endsOn(series: ReadonlyMap<string, MetricSeries>, overview: SubscriptionOverview, today: string): Ends {
  const known = overview.asOf && overview.asOf < today ? overview.asOf : today;
  const finance = accountsEnd(series, today);
  const ends = aligned(finance, lastCompleteMonthEnd(known));
  return overview.rows === 0 ? { finance, billing: ends.billing } : ends;
}

export async function loadBilling(tx: Tx, scope: Scope, through: string, months: number): Promise<BillingFacts> {
  const window = monthsUntil(through, months);
  const openingDay = monthEndAfter(through, -months);
  const movements = await sumMovements(tx, scope, window.from, window.to);
  const { annualBefore, ...base } = await customerBase(tx, scope, openingDay, window.to);
  const bridge = movementBridge(annualBefore, movements);
  // The conservation law of methods.md, section d: what was there and what changed is what is there.
  if (!endMrr(bridge).eq(base.annualNow))
    throw new AppError("INTERNAL", { cause: new Error("The MRR bridge is open") });
  return { window, openingDay, bridge, movements, ...base };
}

type Billing = { billing: VentureFacts["billing"]; cohorts: CohortRow[] };

/** The last month of cohorts is read for proofs and reports; a table of measures has none. */
type Reading = { base?: VentureBase; cohorts?: boolean };

export async function billingOf(
  tx: Tx,
  venture: VentureRow,
  overview: SubscriptionOverview,
  bookOfRecord: string | null,
  through: string,
  months: number,
  withCohorts = true,
): Promise<Billing> {
  const without = (reason: string): Billing => ({ billing: { facts: null, reason }, cohorts: [] });
  if (overview.rows === 0) return without("no-data");
  if (overview.contradictions > 0 && !bookOfRecord) return without("contradiction");
  const rates = await loadRates(tx, venture.currency, overview.currencies, through, through);
  const factors = factorsOn(rates, overview.currencies, through);
  if (!factors) return without("missing-fx-rate");
  const scope = { ventureId: venture.id, factors, bookOfRecord };
  const used = overview.currencies.flatMap((currency) => rates.used(currency, through) ?? []);
  const facts = { ...(await loadBilling(tx, scope, through, months)), rates: used };
  const since = monthStart(monthEndAfter(through, -23));
  const cohorts = withCohorts ? await customerCohorts(tx, scope, since, through) : [];
  return { billing: { facts }, cohorts };
}

async function invoicesOf(
  tx: Tx,
  venture: VentureRow,
  bookOfRecord: string | null,
  through: string,
  months: number,
): Promise<ConcentrationFacts | null> {
  const period = monthsUntil(through, months);
  const scope = { ventureId: venture.id, currency: venture.currency, bookOfRecord };
  const { top, total, rows, contradictions, missingRate, rates } = await invoiceConcentration(tx, scope, period);
  if (rows === 0) return null;
  const reason = missingRate ? "missing-fx-rate" : contradictions > 0 && !bookOfRecord ? "contradiction" : null;
  return { top, total, rows, period, reason, rates };
}

/** What is the same on every day that is looked at: read once where several are. */
export type VentureBase = {
  versions: ReadonlyMap<string, number>;
  books: ReadonlyMap<string, string>;
  overview: SubscriptionOverview;
};

export async function loadVentureBase(tx: Tx, venture: VentureRow): Promise<VentureBase> {
  const rows = await tx.datasetVersion.findMany({ where: { ventureId: { in: [venture.id, SHARED_DATA] } } });
  const books = await booksOfRecord(tx, venture.id);
  const overview = await subscriptionOverview(tx, venture.id);
  return { versions: new Map(rows.map((row) => [row.dataset, row.version])), books, overview };
}

/** The accounts and what contradicts them; of subscriptions and invoices nothing is read yet. */
export async function loadAccounts(
  tx: Tx,
  venture: VentureRow,
  today: string,
  { versions, books, overview }: VentureBase,
): Promise<VentureFacts> {
  const series = await loadResolvedSeries(tx, venture, FACT_METRICS, today);
  const bookOfRecord = books.get("subscriptions") ?? null;
  return {
    ...{ venture: { id: venture.id, currency: venture.currency }, today, series, versions },
    financeThrough: endsOn(series, overview, today).finance,
    ...{ billing: { facts: null, reason: "no-data" }, invoices: null },
    implied: await impliedContradictions(tx, { venture, series, overview, bookOfRecord, today }),
  };
}

/** Reads everything at one moment of the database, so that an import in between cannot mix old and new. */
export async function loadVentureFacts(tx: Tx, venture: VentureRow, today: string, span?: number, reading?: Reading) {
  const months = span ?? 12;
  const base = reading?.base ?? (await loadVentureBase(tx, venture));
  const { books, overview } = base;
  const accounts = await loadAccounts(tx, venture, today, base);
  const ends = endsOn(accounts.series, overview, today);
  const book = books.get("subscriptions") ?? null;
  const billed = await billingOf(tx, venture, overview, book, ends.billing, months, reading?.cohorts);
  const through = overview.rows === 0 ? (ends.finance ?? lastCompleteMonthEnd(today)) : ends.billing;
  const facts: VentureFacts = {
    ...accounts,
    billing: billed.billing,
    invoices: await invoicesOf(tx, venture, books.get("invoices") ?? null, through, months),
    ...(span ? { span } : {}),
  };
  return { facts, cohorts: billed.cohorts };
}

/** One read of the database as it is at one moment. */
export const atOneMoment = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  db.$transaction(work, { isolationLevel: "RepeatableRead", timeout: 60_000, maxWait: 20_000 });

/** The day that it is at the venture. */
export const todayOf = (venture: { timeZone: string }, now: Date): string =>
  toCalendarDate(fromDate(now, venture.timeZone)).toString();

export type TopCustomer = { externalId: string; name: string };

export type VenturePerformance = Computed & {
  venture: { id: string; slug: string; name: string; currency: string };
  asOf: string;
  /** The last month end that the accounts and the subscriptions reach. */
  financeThrough: string | null;
  billingThrough: string | null;
  series: ChartSeries[];
  /** By month and kind; `amount` is the change of MRR, losses below zero. */
  movements: { month: string; type: string; customers: number; amount: string }[];
  cohorts: CohortRow[];
  /** Names as imported: data, never instruction. */
  topCustomers: TopCustomer[];
  sparks: Record<string, (number | null)[]>;
};

export const SPARK_KEYS = ["growth_rate", "valuation", "exit_readiness", "cash_runway", "mrr", "cash"] as const;

async function namesOf(tx: Tx, ventureId: string, ids: readonly string[]): Promise<TopCustomer[]> {
  const rows = await tx.customer.findMany({
    where: { ventureId, supersededAt: null, externalId: { in: [...ids] } },
    select: { externalId: true, name: true },
  });
  const names = new Map(rows.map((row) => [row.externalId, row.name]));
  return ids.map((externalId) => ({ externalId, name: names.get(externalId) ?? externalId }));
}

/** Computes all figures of a venture; `tx` sees one moment. */
export async function computePerformance(
  tx: Tx,
  ventureId: string,
  asOf: string | null,
  now: Date,
): Promise<VenturePerformance> {
  const venture = await tx.venture.findUnique({ where: { id: ventureId } });
  if (!venture) throw new AppError("NOT_FOUND");
  const today = asOf ?? todayOf(venture, now);
  const { facts, cohorts } = await loadVentureFacts(tx, venture, today);
  const billing = facts.billing.facts;
  const { id, slug, name, currency } = venture;
  return {
    ...ventureFigures(facts, cohorts),
    venture: { id, slug, name, currency },
    asOf: today,
    financeThrough: facts.financeThrough,
    billingThrough: billing?.window.to ?? null,
    series: chartSeries(facts),
    movements: (billing?.movements ?? []).map((row) => ({
      ...{ month: row.month, type: row.type, customers: row.customers },
      amount: row.annual.div(12).toSignificantDigits(30).toFixed(),
    })),
    cohorts,
    topCustomers: await namesOf(tx, id, billing?.topThree.map((row) => row.customer) ?? []),
    sparks: Object.fromEntries(SPARK_KEYS.map((key) => [key, sparkline(facts, key)])),
  };
}

/** The venture's figures as of a day (today in its own time zone), computed now from stored facts. */
export async function getVenturePerformance(
  actor: Actor,
  ventureId: string,
  asOf?: string,
): Promise<VenturePerformance> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  return atOneMoment(async (tx) => {
    const performance = await computePerformance(tx, ventureId, asOf ?? null, clock.now());
    const series = await withChartFigures(tx, performance.venture, performance.series, performance.asOf);
    return { ...performance, series };
  });
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The same for a venture named by its slug or id; null where there is none that the actor may see. */
export async function findVenturePerformance(
  actor: Actor,
  slugOrId: string,
  asOf: string | null,
  now: Date,
): Promise<VenturePerformance | null> {
  const where = UUID.test(slugOrId) ? { id: slugOrId } : { slug: slugOrId };
  const venture = await db.venture.findUnique({ where, select: { id: true } });
  if (!venture || !maySeeVenture(actor, venture.id)) return null;
  return atOneMoment((tx) => computePerformance(tx, venture.id, asOf, now));
}
