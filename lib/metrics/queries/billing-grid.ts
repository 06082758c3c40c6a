import "server-only";
import { Prisma, type Tx } from "@/lib/db";
import { Exact } from "@/lib/money";
import { monthOf } from "../rules/measure";
import { movementBridge } from "../rules/movements";
import { dayText, monthEndAfter, monthStart, monthsUntil } from "../rules/periods";
import type { UsedRate } from "../rules/used-rates";
import type { BillingFacts } from "../rules/venture-facts";
import { loadRates } from "./fx";
import { factorsOn, type MonthMovement, type Scope, sumMovements } from "./subscriptions";

export type GridScope = Omit<Scope, "factors"> & {
  /** By the end of a window: the factors of that day. */
  factors: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** And the stored rates that they were made from. */
  rates: ReadonlyMap<string, readonly UsedRate[]>;
};

type Billed = { id: string; currency: string };

/** Each window at the rates of its own last day, as a figure of that day counts; a day without a rate is left out. */
export async function gridRates(
  tx: Tx,
  { currency }: Billed,
  currencies: readonly string[],
  days: readonly string[],
): Promise<Pick<GridScope, "factors" | "rates">> {
  if (currencies.length === 0) return { factors: new Map(), rates: new Map() };
  const rates = await loadRates(tx, currency, currencies, days[0] ?? "", days.at(-1) ?? "");
  const known = days.flatMap((day) => {
    const factors = factorsOn(rates, currencies, day);
    return factors ? [{ day, factors, used: currencies.flatMap((one) => rates.used(one, day) ?? []) }] : [];
  });
  return {
    factors: new Map(known.map(({ day, factors }) => [day, factors])),
    rates: new Map(known.map(({ day, used }) => [day, used])),
  };
}

type Row = { day: Date } & Record<"before" | "now" | "kept" | "of_opening", string> &
  Record<"customers_before" | "customers_kept" | "customers_now" | "rows_before" | "rows_now", bigint>;

const NOBODY: Omit<Row, "day"> = {
  ...{ before: "0", now: "0", kept: "0", of_opening: "0" },
  ...{ customers_before: 0n, customers_kept: 0n, customers_now: 0n, rows_before: 0n, rows_now: 0n },
};

function windowRows({ factors }: GridScope, months: number): Prisma.Sql {
  const rows = [...factors].flatMap(([day, byCurrency]) =>
    [...byCurrency].map(
      ([currency, factor]) =>
        Prisma.sql`(${day}::date, ${monthEndAfter(day, -months)}::date, ${currency}::text, ${factor}::numeric)`,
    ),
  );
  return Prisma.join(rows);
}

/** `customerBase` for many windows in one pass over the subscriptions. */
async function customerBases(tx: Tx, scope: GridScope, months: number): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    WITH win("day", "opening", "currency", "factor") AS (VALUES ${windowRows(scope, months)}),
    current AS (
      SELECT DISTINCT ON ("externalId") * FROM "subscription"
      WHERE "ventureId" = ${scope.ventureId}::uuid AND "supersededAt" IS NULL
      ORDER BY "externalId", ("sourceId" = ${scope.bookOfRecord}::uuid) DESC NULLS LAST, "asOf" DESC, "sourceId"),
    term AS (
      SELECT "customerExternalId" COLLATE "C" AS customer, "startOn" AS s, "endOn" AS e, "currency",
        "amountMinor" * "quantity" * CASE "interval" WHEN 'month' THEN 12 WHEN 'quarter' THEN 4 ELSE 1 END AS minor
      FROM current WHERE "amountMinor" > 0 AND "quantity" > 0 AND "endOn" IS DISTINCT FROM "startOn"),
    held AS (
      SELECT win."day", customer, minor * "factor" AS annual, s <= "opening" AND (e IS NULL OR e > "opening") AS then,
        s <= win."day" AND (e IS NULL OR e > win."day") AS today
      FROM win JOIN term USING ("currency") WHERE s <= win."day" AND (e IS NULL OR e > "opening")),
    per AS (
      SELECT "day", customer, coalesce(sum(annual) FILTER (WHERE held.then), 0) AS before,
        coalesce(sum(annual) FILTER (WHERE held.today), 0) AS now,
        count(*) FILTER (WHERE held.then) AS rows_before, count(*) FILTER (WHERE held.today) AS rows_now
      FROM held GROUP BY 1, 2)
    SELECT "day", sum(before)::text AS before, sum(now)::text AS now, sum(least(before, now))::text AS kept,
      coalesce(sum(now) FILTER (WHERE before > 0), 0)::text AS of_opening,
      count(*) FILTER (WHERE before > 0) AS customers_before,
      count(*) FILTER (WHERE before > 0 AND now > 0) AS customers_kept, count(*) FILTER (WHERE now > 0) AS customers_now,
      sum(rows_before)::bigint AS rows_before, sum(rows_now)::bigint AS rows_now
    FROM per GROUP BY "day" ORDER BY "day"`;
}

type Movements = (day: string) => readonly MonthMovement[];

/** The movements of each window at its own rates: one pass where the rates never change, else one for each window. */
async function movementsOf(tx: Tx, scope: GridScope, days: readonly string[], months: number): Promise<Movements> {
  const { factors, rates, ...rest } = scope;
  const [first, last] = [days[0], days.at(-1)];
  const one = last && factors.get(last);
  if (first && one && [...rates.values()].every((used) => used.length === 0)) {
    const all = await sumMovements(tx, { ...rest, factors: one }, monthStart(monthEndAfter(first, 1 - months)), last);
    return (day) => {
      const window = monthsUntil(day, months);
      return all.filter(({ month }) => month >= monthOf(window.from) && month <= monthOf(day));
    };
  }
  const byDay = new Map<string, MonthMovement[]>();
  for (const [day, own] of factors) {
    byDay.set(day, await sumMovements(tx, { ...rest, factors: own }, monthsUntil(day, months).from, day));
  }
  return (day) => byDay.get(day) ?? [];
}

/**
 * What `loadBilling` says for each of these month ends, in two passes over the subscriptions instead of three for each
 * where the venture bills in its own currency. Changes of a rate are no movements: each window is counted at the rates
 * of its last day.
 */
export async function loadBillingGrid(
  tx: Tx,
  scope: GridScope,
  days: readonly string[],
  months: number,
): Promise<Map<string, BillingFacts>> {
  if (scope.factors.size === 0) return new Map();
  const movements = await movementsOf(tx, scope, days, months);
  const rows = new Map((await customerBases(tx, scope, months)).map((row) => [dayText(row.day), row]));
  const begun = [...rows.keys()].sort()[0];
  // After the first sale a day without a row is one on which nobody pays any more.
  const known = [...scope.factors.keys()].filter((day) => begun !== undefined && day >= begun);
  return new Map(
    known.map((day) => {
      const row = rows.get(day) ?? NOBODY;
      const window = monthsUntil(day, months);
      const inside = movements(day);
      const facts: BillingFacts = {
        window,
        openingDay: monthEndAfter(day, -months),
        bridge: movementBridge(new Exact(row.before), inside),
        movements: inside,
        annualNow: new Exact(row.now),
        annualKept: new Exact(row.kept),
        annualOfOpening: new Exact(row.of_opening),
        customersBefore: Number(row.customers_before),
        customersKept: Number(row.customers_kept),
        customersNow: Number(row.customers_now),
        rowsBefore: Number(row.rows_before),
        rowsNow: Number(row.rows_now),
        topThree: [],
        rates: scope.rates.get(day) ?? [],
      };
      return [day, facts];
    }),
  );
}
