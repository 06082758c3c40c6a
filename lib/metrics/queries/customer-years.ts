import "server-only";
import type { Tx } from "@/lib/db";
import { Exact } from "@/lib/money";
import { paidTerms, type Scope } from "./subscriptions";

export type CustomerYearRow = {
  customer: string;
  segment: string | null;
  channel: string | null;
  /** 12 × MRR at the end of the first and of the last day. */
  annualBefore: Exact;
  annualNow: Exact;
};

type Row = { customer: string; segment: string | null; channel: string | null; before: string; now: string };

/** What each customer paid at the ends of two days, with what is known about it; customers who never paid are left out. */
export async function listCustomerYears(tx: Tx, scope: Scope, before: string, now: string): Promise<CustomerYearRow[]> {
  const rows = await tx.$queryRaw<Row[]>`
    WITH ${paidTerms(scope)},
    per AS (
      SELECT customer,
        coalesce(sum(annual) FILTER (WHERE s <= ${before}::date AND (e IS NULL OR e > ${before}::date)), 0) AS before,
        coalesce(sum(annual) FILTER (WHERE s <= ${now}::date AND (e IS NULL OR e > ${now}::date)), 0) AS now
      FROM term GROUP BY customer),
    about AS (
      SELECT DISTINCT ON ("externalId") "externalId" COLLATE "C" AS customer, "segment", "channel" FROM "customer"
      WHERE "ventureId" = ${scope.ventureId}::uuid AND "supersededAt" IS NULL ORDER BY "externalId", "asOf" DESC, "sourceId")
    SELECT per.customer, about."segment", about."channel", per.before::text, per.now::text
    FROM per LEFT JOIN about USING (customer) WHERE per.before > 0 OR per.now > 0 ORDER BY per.customer`;
  return rows.map(({ customer, segment, channel, before: then, now: today }) => ({
    ...{ customer, segment, channel },
    annualBefore: new Exact(then),
    annualNow: new Exact(today),
  }));
}

export type PlanPriceRow = { customer: string; plan: string; annualPerUnit: Exact; units: Exact };

/** What each customer pays per unit and year on its plan at the end of a day; free terms and terms without a plan are left out. */
export async function listPlanPrices(tx: Tx, scope: Scope, day: string): Promise<PlanPriceRow[]> {
  const rows = await tx.$queryRaw<{ customer: string; plan: string; per_unit: string; units: string }[]>`
    WITH ${paidTerms(scope)}
    SELECT "customerExternalId" AS customer, "plan", "quantity"::text AS units,
      ("amountMinor" * "factor" * CASE "interval" WHEN 'month' THEN 12 WHEN 'quarter' THEN 4 ELSE 1 END)::text AS per_unit
    FROM current JOIN factor USING ("currency")
    WHERE "plan" IS NOT NULL AND "amountMinor" > 0 AND "quantity" > 0 AND "startOn" <= ${day}::date
      AND ("endOn" IS NULL OR "endOn" > ${day}::date)
    ORDER BY "plan", "customerExternalId", "externalId"`;
  return rows.map((row) => ({
    ...{ customer: row.customer, plan: row.plan },
    annualPerUnit: new Exact(row.per_unit),
    units: new Exact(row.units),
  }));
}
