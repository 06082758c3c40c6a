import "server-only";
import { Prisma, type Tx } from "@/lib/db";
import { Exact, minorDigits } from "@/lib/money";
import { monthIndex } from "../rules/measure";
import type { MovementType } from "../rules/movements";
import { dayText } from "../rules/periods";
import type { CohortRow } from "../rules/point-figures";
import type { Rates } from "./fx";

export type SubscriptionOverview = {
  rows: number;
  currencies: string[];
  /** The newest moment that the facts speak about. */
  asOf: string | null;
  firstStart: string | null;
  /** Subscriptions that two sources hold with different content. */
  contradictions: number;
};

/** What the subscriptions of a venture are like, before anything is computed from them. */
export async function subscriptionOverview(tx: Tx, ventureId: string): Promise<SubscriptionOverview> {
  const [row] = await tx.$queryRaw<
    { rows: bigint; currencies: string[] | null; asOf: Date | null; first: Date | null; contradictions: bigint }[]
  >`
    WITH current AS (SELECT * FROM "subscription" WHERE "ventureId" = ${ventureId}::uuid AND "supersededAt" IS NULL)
    SELECT count(*) AS rows, array_agg(DISTINCT "currency") AS currencies, max("asOf") AS "asOf", min("startOn") AS first,
      (SELECT count(*) FROM (
        SELECT 1 FROM current GROUP BY "externalId" HAVING count(DISTINCT "sourceId") > 1 AND count(DISTINCT (
          "customerExternalId", "startOn", "endOn", "amountMinor", "currency", "interval", "quantity")) > 1
      ) AS contradicting) AS contradictions
    FROM current`;
  return {
    rows: Number(row?.rows ?? 0),
    currencies: row?.currencies ?? [],
    asOf: row?.asOf?.toISOString().slice(0, 10) ?? null,
    firstStart: row?.first ? dayText(row.first) : null,
    contradictions: Number(row?.contradictions ?? 0),
  };
}

export type Scope = {
  ventureId: string;
  /** Plain units of the venture's currency for one minor unit of each currency, as decimal text. */
  factors: ReadonlyMap<string, string>;
  bookOfRecord: string | null;
};

/** Factors at the rates of one day, or null where a rate is missing: changes of the rate are then no movements. */
export function factorsOn(rates: Rates, currencies: readonly string[], day: string): Map<string, string> | null {
  const factors = new Map<string, string>();
  for (const currency of currencies) {
    const rate = rates.rate(currency, day);
    if (!rate) return null;
    factors.set(currency, rate.div(new Exact(10).pow(minorDigits(currency))).toFixed());
  }
  return factors;
}

// The same definitions as rules/movements.ts, as sets: paid terms with 12 × MRR in the venture's currency. A
// subscription that two sources hold counts once, from the book of record or else the latest statement.
export function paidTerms({ ventureId, factors, bookOfRecord }: Scope): Prisma.Sql {
  const rows = [...factors].map(([currency, factor]) => Prisma.sql`(${currency}::text, ${factor}::numeric)`);
  const values = rows.length > 0 ? Prisma.join(rows) : Prisma.sql`(''::text, 0::numeric)`;
  return Prisma.sql`
    factor("currency", "factor") AS (VALUES ${values}),
    current AS (
      SELECT DISTINCT ON ("externalId") * FROM "subscription"
      WHERE "ventureId" = ${ventureId}::uuid AND "supersededAt" IS NULL
      ORDER BY "externalId", ("sourceId" = ${bookOfRecord}::uuid) DESC NULLS LAST, "asOf" DESC, "sourceId"),
    term AS (
      SELECT "customerExternalId" COLLATE "C" AS customer, "startOn" AS s, "endOn" AS e,
        "amountMinor" * "quantity" * "factor" * CASE "interval" WHEN 'month' THEN 12 WHEN 'quarter' THEN 4 ELSE 1 END AS annual
      FROM current JOIN factor USING ("currency")
      WHERE "amountMinor" > 0 AND "quantity" > 0 AND "endOn" IS DISTINCT FROM "startOn")`;
}

export type MonthMovement = { month: string; type: MovementType; customers: number; annual: Exact };
type MovementRow = { month: string; type: MovementType; customers: bigint; annual: string };

// Per customer and month: what changed, and what stood after it.
export const stepsOf = (scope: Scope, from: string, to: string): Prisma.Sql => Prisma.sql`
  ${paidTerms(scope)},
  event AS (
    SELECT customer, s AS on_day, annual AS change FROM term WHERE s <= ${to}::date
    UNION ALL SELECT customer, e, -annual FROM term WHERE e <= ${to}::date),
  step AS (
    SELECT customer, CASE WHEN on_day < ${from}::date THEN 'before' ELSE to_char(on_day, 'YYYY-MM') END AS month,
      sum(change) AS change
    FROM event GROUP BY 1, 2),
  running AS (
    SELECT customer, month, change, sum(change) OVER (
      PARTITION BY customer ORDER BY month = 'before' DESC, month) AS now
    FROM step),
  first AS (SELECT customer, min(s) AS s FROM term GROUP BY customer),
  movement AS (
    SELECT month, customer, change, CASE
      WHEN now = change AND (first.s < ${from}::date OR to_char(first.s, 'YYYY-MM') < month) THEN 'reactivation'
      WHEN now = change THEN 'new'
      WHEN now = 0 THEN 'churn'
      WHEN change > 0 THEN 'expansion'
      ELSE 'contraction' END AS type
    FROM running JOIN first USING (customer) WHERE month <> 'before' AND change <> 0)`;

/** Movements of a window, summed by month and kind; set-based, equal to `mrrMovements` of the same terms. */
export async function sumMovements(tx: Tx, scope: Scope, from: string, to: string): Promise<MonthMovement[]> {
  const rows = await tx.$queryRaw<MovementRow[]>`
    WITH ${stepsOf(scope, from, to)}
    SELECT month, type, count(*) AS customers, sum(change)::text AS annual FROM movement GROUP BY 1, 2 ORDER BY 1, 2`;
  return rows.map((row) => ({ ...row, customers: Number(row.customers), annual: new Exact(row.annual) }));
}

/** The movements one by one, for proofs and tests. */
export async function listMovements(tx: Tx, scope: Scope, from: string, to: string) {
  const rows = await tx.$queryRaw<{ month: string; customer: string; type: MovementType; annual: string }[]>`
    WITH ${stepsOf(scope, from, to)}
    SELECT month, customer, type, change::text AS annual FROM movement ORDER BY 1, 2`;
  return rows.map((row) => ({ ...row, annual: new Exact(row.annual) }));
}

export type CustomerBase = {
  /** 12 × MRR of all, at the end of the first and the last day. */
  annualBefore: Exact;
  annualNow: Exact;
  /** Of those who paid at the end of the first day. */
  annualKept: Exact;
  annualOfOpening: Exact;
  customersBefore: number;
  customersKept: number;
  customersNow: number;
  /** Subscriptions paid at the end of each of the two days. */
  rowsBefore: number;
  rowsNow: number;
  topThree: { customer: string; annual: Exact }[];
};

type BaseRow = Record<"before" | "now" | "kept" | "of_opening", string> &
  Record<"customers_before" | "customers_kept" | "customers_now" | "rows_before" | "rows_now", bigint>;

/** Customers and MRR at the ends of two days, per customer (cohort method). */
export async function customerBase(tx: Tx, scope: Scope, before: string, now: string): Promise<CustomerBase> {
  const perCustomer = Prisma.sql`
    ${paidTerms(scope)},
    held AS (
      SELECT customer, annual, s <= ${before}::date AND (e IS NULL OR e > ${before}::date) AS then,
        s <= ${now}::date AND (e IS NULL OR e > ${now}::date) AS today
      FROM term),
    per AS (
      SELECT customer, coalesce(sum(annual) FILTER (WHERE held.then), 0) AS before,
        coalesce(sum(annual) FILTER (WHERE held.today), 0) AS now,
        count(*) FILTER (WHERE held.then) AS rows_before, count(*) FILTER (WHERE held.today) AS rows_now
      FROM held GROUP BY customer)`;
  const [row] = await tx.$queryRaw<BaseRow[]>`
    WITH ${perCustomer}
    SELECT coalesce(sum(before), 0)::text AS before, coalesce(sum(now), 0)::text AS now,
      coalesce(sum(least(before, now)), 0)::text AS kept,
      coalesce(sum(now) FILTER (WHERE before > 0), 0)::text AS of_opening,
      count(*) FILTER (WHERE before > 0) AS customers_before,
      count(*) FILTER (WHERE before > 0 AND now > 0) AS customers_kept,
      count(*) FILTER (WHERE now > 0) AS customers_now,
      coalesce(sum(rows_before), 0)::bigint AS rows_before, coalesce(sum(rows_now), 0)::bigint AS rows_now
    FROM per`;
  const top = await tx.$queryRaw<{ customer: string; annual: string }[]>`
    WITH ${perCustomer}
    SELECT customer, now::text AS annual FROM per WHERE now > 0 ORDER BY per.now DESC, customer LIMIT 3`;
  return {
    annualBefore: new Exact(row?.before ?? 0),
    annualNow: new Exact(row?.now ?? 0),
    annualKept: new Exact(row?.kept ?? 0),
    annualOfOpening: new Exact(row?.of_opening ?? 0),
    customersBefore: Number(row?.customers_before ?? 0),
    customersKept: Number(row?.customers_kept ?? 0),
    customersNow: Number(row?.customers_now ?? 0),
    rowsBefore: Number(row?.rows_before ?? 0),
    rowsNow: Number(row?.rows_now ?? 0),
    topThree: top.map(({ customer, annual }) => ({ customer, annual: new Exact(annual) })),
  };
}

/**
 * Customers by month of their first payment and months since, active with any paid day in the month; MRR is what they
 * pay at the month's end or, if they leave within it, nothing. Months after `until` are not there yet and not shown.
 */
export async function customerCohorts(tx: Tx, scope: Scope, since: string, until: string): Promise<CohortRow[]> {
  const rows = await tx.$queryRaw<{ cohort: string; month_offset: number; active: bigint; mrr: string }[]>`
    WITH ${paidTerms(scope)},
    first AS (
      SELECT customer, date_trunc('month', min(s))::date AS cohort FROM term GROUP BY customer
      HAVING min(s) >= ${since}::date AND min(s) <= ${until}::date),
    lived AS (
      SELECT first.cohort, term.customer, m::date AS month,
        sum(CASE WHEN e IS NULL OR e >= m + interval '1 month' THEN annual ELSE 0 END) AS annual
      FROM term JOIN first USING (customer),
        generate_series(date_trunc('month', s), least(coalesce(e - 1, ${until}::date), ${until}::date), interval '1 month') AS m
      GROUP BY 1, 2, 3)
    SELECT to_char(cohort, 'YYYY-MM') AS cohort,
      ((extract(year FROM month) - extract(year FROM cohort)) * 12 + extract(month FROM month) - extract(month FROM cohort))::int
        AS month_offset,
      count(*) AS active, (sum(annual) / 12)::text AS mrr
    FROM lived GROUP BY 1, 2 ORDER BY 1, 2`;
  return [...Map.groupBy(rows, (row) => row.cohort)].map(([month, cells]) => {
    const size = Number(cells.find((cell) => cell.month_offset === 0)?.active ?? 0);
    const months = monthIndex(until) - monthIndex(month);
    const byOffset = new Map(cells.map((cell) => [cell.month_offset, cell]));
    const line = Array.from({ length: months + 1 }, (_, offset) => {
      const cell = byOffset.get(offset);
      return {
        offset,
        active: Number(cell?.active ?? 0),
        mrr: new Exact(cell?.mrr ?? 0).toDecimalPlaces(2).toFixed(2),
      };
    });
    return { month, size, cells: line };
  });
}
