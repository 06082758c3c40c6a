import "server-only";
import { Prisma, type Tx } from "@/lib/db";
import { Exact, minorDigits } from "@/lib/money";
import { dayText, type Period } from "../rules/periods";
import type { InvoicedBy } from "../rules/point-figures";
import type { UsedRate } from "../rules/used-rates";
import { loadRates } from "./fx";

export type Concentration = {
  top: Exact;
  total: Exact;
  rows: number;
  /** Invoices that two sources hold with different content. */
  contradictions: number;
  missingRate: boolean;
  rates: UsedRate[];
  /** Customers of the top, largest first, by their external id. */
  customers: string[];
};

type Scope = { ventureId: string; currency: string; bookOfRecord: string | null };

// An invoice that two sources hold counts once, from the book of record or else the latest statement; then voids drop
// out, so that one which the believed source has voided does not come back from the other.
const currentInvoices = ({ ventureId, bookOfRecord }: Scope, { from, to }: Period) => Prisma.sql`
  held AS (
    SELECT * FROM "invoice" WHERE "ventureId" = ${ventureId}::uuid AND "supersededAt" IS NULL
      AND "issuedOn" BETWEEN ${from}::date AND ${to}::date),
  chosen AS (
    SELECT DISTINCT ON ("externalId") * FROM held
    ORDER BY "externalId", ("sourceId" = ${bookOfRecord}::uuid) DESC NULLS LAST, "asOf" DESC, "sourceId"),
  current AS (SELECT * FROM chosen WHERE "status" <> 'void')`;

/** Plain units of the venture's currency for a minor unit, for each currency and day that was invoiced. */
async function factors(tx: Tx, scope: Scope, period: Period) {
  const days = await tx.$queryRaw<{ currency: string; day: Date }[]>`
    WITH ${currentInvoices(scope, period)} SELECT DISTINCT "currency", "issuedOn" AS day FROM current`;
  const rates = await loadRates(
    tx,
    scope.currency,
    days.map((row) => row.currency),
    period.from,
    period.to,
  );
  const rows = days.map(({ currency, day }) => {
    const rate = rates.rate(currency, dayText(day));
    return { currency, day: dayText(day), factor: rate?.div(new Exact(10).pow(minorDigits(currency))).toFixed() };
  });
  const used = days.flatMap(({ currency, day }) => rates.used(currency, dayText(day)) ?? []);
  return { rows, used, missingRate: rows.some((row) => row.factor === undefined) };
}

type Row = { top: string; total: string; rows: bigint; contradictions: bigint; customers: string[] | null };

/** Invoiced in a period by customer, converted at the rate of each invoice's day, and the three largest of them. */
export async function invoiceConcentration(tx: Tx, scope: Scope, period: Period): Promise<Concentration> {
  const { rows: known, used, missingRate } = await factors(tx, scope, period);
  const [row] = await tx.$queryRaw<Row[]>`
    WITH ${currentInvoices(scope, period)},
    factor AS (
      SELECT * FROM unnest(${known.map((f) => f.currency)}::text[], ${known.map((f) => f.day)}::date[],
        ${known.map((f) => f.factor ?? null)}::numeric[]) AS f("currency", "issuedOn", "factor")),
    per AS (
      SELECT "customerExternalId" COLLATE "C" AS customer, sum("amountMinor" * "factor") AS amount
      FROM current JOIN factor USING ("currency", "issuedOn") GROUP BY 1),
    top AS (SELECT customer, amount FROM per WHERE amount > 0 ORDER BY amount DESC, customer LIMIT 3)
    SELECT coalesce((SELECT sum(amount) FROM top), 0)::text AS top,
      coalesce((SELECT sum(amount) FROM per), 0)::text AS total,
      (SELECT count(*) FROM current) AS rows,
      (SELECT array_agg(customer ORDER BY amount DESC, customer) FROM top) AS customers,
      (SELECT count(*) FROM (
        SELECT 1 FROM held GROUP BY "externalId" HAVING count(DISTINCT "sourceId") > 1 AND count(DISTINCT (
          "customerExternalId", "issuedOn", "amountMinor", "currency", "status" = 'void')) > 1) AS contradicting) AS contradictions`;
  return {
    top: new Exact(row?.top ?? 0),
    total: new Exact(row?.total ?? 0),
    rows: Number(row?.rows ?? 0),
    contradictions: Number(row?.contradictions ?? 0),
    missingRate,
    rates: used,
    customers: row?.customers ?? [],
  };
}

type InvoicedRow = { customer: string; amount: string; rows: bigint; total: string; total_rows: bigint };

/** What was invoiced to each customer of a period, largest first, or to one of them; null where a rate is missing. */
export async function listInvoicedBy(
  tx: Tx,
  scope: Scope,
  period: Period,
  { customer = null, limit = 10 }: { customer?: string | null; limit?: number } = {},
): Promise<{ rows: InvoicedBy[] } | null> {
  const { rows: known, missingRate } = await factors(tx, scope, period);
  if (missingRate) return null;
  const rows = await tx.$queryRaw<InvoicedRow[]>`
    WITH ${currentInvoices(scope, period)},
    factor AS (
      SELECT * FROM unnest(${known.map((f) => f.currency)}::text[], ${known.map((f) => f.day)}::date[],
        ${known.map((f) => f.factor ?? null)}::numeric[]) AS f("currency", "issuedOn", "factor")),
    per AS (
      SELECT "customerExternalId" COLLATE "C" AS customer, sum("amountMinor" * "factor") AS amount, count(*) AS rows
      FROM current JOIN factor USING ("currency", "issuedOn") GROUP BY 1)
    SELECT customer, amount::text, rows, (SELECT sum(amount) FROM per)::text AS total,
      (SELECT sum(rows) FROM per)::bigint AS total_rows
    FROM per WHERE ${customer}::text IS NULL OR customer = ${customer} ORDER BY per.amount DESC, customer LIMIT ${limit}`;
  return {
    rows: rows.map((row) => ({
      ...{ customer: row.customer, amount: new Exact(row.amount), rows: Number(row.rows) },
      ...{ total: new Exact(row.total), totalRows: Number(row.total_rows) },
    })),
  };
}
