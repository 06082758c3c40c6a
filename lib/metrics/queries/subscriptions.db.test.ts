import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { db } from "@/lib/db";
import { Exact } from "@/lib/money";
import { annualAt, annualBefore, movementBridge, mrrMovements, type SubscriptionTerm } from "../rules/movements";
import { grossRevenueRetention, logoRetention, netRevenueRetention } from "../rules/retention";
import { makeVenture, type Sold, sell } from "../test-support/facts";
import { customerBase, customerCohorts, listMovements, type Scope, sumMovements } from "./subscriptions";

const date = fc
  .tuple(fc.integer({ min: 2023, max: 2026 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([year, month, day]) => `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`);

const rows = fc
  .array(
    fc.record({
      customer: fc.constantFrom("a", "B", "ä", "z-9", "c"),
      dates: fc.tuple(date, fc.option(date)),
      minor: fc.integer({ min: 0, max: 100_000 }),
      interval: fc.constantFrom("month" as const, "quarter" as const, "year" as const),
      quantity: fc.constantFrom(0, 1, 2.5, 3),
    }),
    { maxLength: 24 },
  )
  .map((list) =>
    list.map(({ customer, dates: [one, other], minor, interval, quantity }, index): Sold => {
      const [start, end] = other && other < one ? [other, one] : [one, other];
      return { id: `s${index}`, customer, start, end, minor, interval, quantity };
    }),
  );

const terms = (list: readonly Sold[]): SubscriptionTerm[] =>
  list.map((row) => ({
    customer: row.customer,
    subscription: row.id,
    start: row.start,
    end: row.end ?? null,
    amount: new Exact(row.minor).div(100),
    interval: row.interval ?? "month",
    quantity: new Exact(row.quantity ?? 1),
  }));

const scope = (ventureId: string): Scope => ({ ventureId, factors: new Map([["EUR", "0.01"]]), bookOfRecord: null });

const pair = (from: string, to: string): [string, string] => [from, to];
const windows = fc.tuple(date, date).map(([one, other]) => (one < other ? pair(one, other) : pair(other, one)));

describe("in the database as by the rules, on random subscriptions", () => {
  test("movements one by one, their sums and the bridge are equal", async () => {
    await fc.assert(
      fc.asyncProperty(rows, windows, async (list, [from, to]) => {
        const ventureId = await makeVenture();
        await sell(ventureId, list);
        const stored = await listMovements(db, scope(ventureId), from, to);
        const pure = mrrMovements(terms(list), from, to);
        const text = (row: { month: string; customer: string; type: string; annual: Exact }) =>
          `${row.month} ${row.customer} ${row.type} ${row.annual.toFixed()}`;
        expect(stored.map(text)).toEqual(pure.map(text));
        const sums = await sumMovements(db, scope(ventureId), from, to);
        const start = annualBefore(terms(list), from);
        expect(movementBridge(start, sums)).toEqual(movementBridge(start, pure));
      }),
      { numRuns: 40 },
    );
  });

  test("customers and retention between two days are equal", async () => {
    await fc.assert(
      fc.asyncProperty(rows, windows, async (list, [before, now]) => {
        const ventureId = await makeVenture();
        await sell(ventureId, list);
        const base = await customerBase(db, scope(ventureId), before, now);
        const customers = [...new Set(list.map((row) => row.customer))].map((id) => {
          const own = terms(list.filter((row) => row.customer === id));
          return { id, before: annualAt(own, before), now: annualAt(own, now) };
        });
        expect(base.annualNow.toFixed()).toBe(annualAt(terms(list), now).toFixed());
        const net = netRevenueRetention(customers).value;
        const gross = grossRevenueRetention(customers).value;
        const logo = logoRetention(customers).value;
        if (net === null || gross === null || logo === null) {
          expect(base.customersBefore).toBe(0);
          return;
        }
        expect(base.annualOfOpening.div(base.annualBefore).toFixed()).toBe(net.toFixed());
        expect(base.annualKept.div(base.annualBefore).toFixed()).toBe(gross.toFixed());
        expect(new Exact(base.customersKept).div(base.customersBefore).toFixed()).toBe(logo.toFixed());
      }),
      { numRuns: 40 },
    );
  });
});

test("a subscription that two sources hold counts once, from the book of record", async () => {
  const ventureId = await makeVenture();
  await sell(ventureId, [{ id: "s", customer: "a", start: "2026-01-01", minor: 10_000 }], "Stripe");
  await sell(ventureId, [{ id: "s", customer: "a", start: "2026-01-01", minor: 12_000 }], "Ledger");
  const ledger = await db.dataSource.findFirstOrThrow({ where: { ventureId, name: "Ledger" } });
  const believed = { ...scope(ventureId), bookOfRecord: ledger.id };
  const base = await customerBase(db, believed, "2025-12-31", "2026-06-30");
  expect(base.annualNow.toFixed()).toBe("1440");
  expect(base.rowsNow).toBe(1);
});

test("cohorts end at the last known month, and a paid day in a month is enough", async () => {
  const ventureId = await makeVenture();
  await sell(ventureId, [
    { id: "1", customer: "a", start: "2026-01-15", minor: 1_000 },
    { id: "2", customer: "b", start: "2026-01-20", end: "2026-03-02", minor: 500 },
    { id: "3", customer: "c", start: "2026-01-25", end: "2026-03-01", minor: 200 },
    { id: "4", customer: "c", start: "2026-04-05", minor: 200 },
    { id: "5", customer: "d", start: "2026-03-05", minor: 700 },
  ]);
  const cohorts = await customerCohorts(db, scope(ventureId), "2025-01-01", "2026-04-30");
  expect(cohorts).toEqual([
    {
      month: "2026-01",
      size: 3,
      cells: [
        { offset: 0, active: 3, mrr: "17.00" },
        { offset: 1, active: 3, mrr: "17.00" },
        { offset: 2, active: 2, mrr: "10.00" },
        { offset: 3, active: 2, mrr: "12.00" },
      ],
    },
    {
      month: "2026-03",
      size: 1,
      cells: [
        { offset: 0, active: 1, mrr: "7.00" },
        { offset: 1, active: 1, mrr: "7.00" },
      ],
    },
  ]);
});
