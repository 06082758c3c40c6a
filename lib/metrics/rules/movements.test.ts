import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Exact } from "@/lib/money";
import { annualAt, annualBefore, movementBridge, mrrMovements, type SubscriptionTerm } from "./movements";
import { grossRevenueRetention, netRevenueRetention } from "./retention";
import { endMrr, movementGrossRetention } from "./revenue-bridge";

const term = (
  customer: string,
  start: string,
  end: string | null,
  amount: number | string,
  more: Partial<Pick<SubscriptionTerm, "interval" | "subscription">> & { quantity?: number } = {},
): SubscriptionTerm => ({
  customer,
  subscription: more.subscription ?? `${customer}:${start}`,
  start,
  end,
  amount: new Exact(amount),
  interval: more.interval ?? "month",
  quantity: new Exact(more.quantity ?? 1),
});

const shown = (terms: SubscriptionTerm[], from = "2024-01-01", to = "2024-12-31") =>
  mrrMovements(terms, from, to).map(
    ({ month, customer, type, annual }) => `${month} ${customer} ${type} ${annual.div(12)}`,
  );

describe("movements are of customers, per calendar month", () => {
  test.each<[string, SubscriptionTerm[], string[]]>([
    ["a first subscription is new", [term("a", "2024-03-15", null, 10)], ["2024-03 a new 10"]],
    [
      "the end is the first day not paid: churn falls in its month",
      [term("a", "2023-03-01", "2024-04-01", 10)],
      ["2024-04 a churn -10"],
    ],
    [
      "cancelling one of two subscriptions is a contraction",
      [term("a", "2023-01-01", "2024-05-10", 10), term("a", "2023-02-01", null, 5)],
      ["2024-05 a contraction -10"],
    ],
    [
      "moving from one plan to another without a gap is one net movement",
      [term("a", "2023-01-01", "2024-05-10", 10), term("a", "2024-05-10", null, 25)],
      ["2024-05 a expansion 15"],
    ],
    [
      "the same price on another interval is no movement",
      [
        term("a", "2023-01-01", "2024-05-10", "33.10", { interval: "quarter" }),
        term("a", "2024-05-10", null, "132.40", { interval: "year" }),
      ],
      [],
    ],
    [
      "three thirds are a whole: no movement out of rounding",
      [
        ...["x", "y", "z"].map((plan) =>
          term("a", "2023-01-01", "2024-05-10", 100, { interval: "quarter", subscription: plan }),
        ),
        term("a", "2024-05-10", null, 100),
      ],
      [],
    ],
    [
      "who paid before the window comes back as a reactivation",
      [term("a", "2022-01-01", "2022-06-01", 10), term("a", "2024-02-01", null, 10)],
      ["2024-02 a reactivation 10"],
    ],
    [
      "a free trial is not a customer: its conversion is new",
      [term("a", "2023-12-01", "2024-01-10", 0), term("a", "2024-02-01", null, 10)],
      ["2024-02 a new 10"],
    ],
    [
      "leaving and coming back in one month nets",
      [term("a", "2023-01-01", "2024-05-03", 10), term("a", "2024-05-20", null, 10)],
      [],
    ],
    [
      "won, lost and won again over months",
      [term("a", "2024-01-05", "2024-02-05", 10), term("a", "2024-04-01", null, 20)],
      ["2024-01 a new 10", "2024-02 a churn -10", "2024-04 a reactivation 20"],
    ],
    ["quantity counts", [term("a", "2024-01-05", null, "9.99", { quantity: 3 })], ["2024-01 a new 29.97"]],
    ["never paid: ends on the day it starts", [term("a", "2024-01-05", "2024-01-05", 10)], []],
  ])("%s", (_name, terms, expected) => {
    expect(shown(terms)).toEqual(expected);
  });

  test("from and to are both inside the window", () => {
    const terms = [term("a", "2024-02-10", "2024-02-20", 10)];
    expect(shown(terms, "2024-02-10", "2024-02-19")).toEqual(["2024-02 a new 10"]);
    expect(shown(terms, "2024-02-11", "2024-02-19")).toEqual([]);
    expect(shown(terms, "2024-02-11", "2024-02-20")).toEqual(["2024-02 a churn -10"]);
    expect(shown(terms, "2024-02-20", "2024-02-20")).toEqual(["2024-02 a churn -10"]);
  });
});

const date = fc
  .tuple(fc.integer({ min: 2022, max: 2024 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([year, month, day]) => `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`);

const subscriptions = fc
  .array(
    fc.record({
      customer: fc.constantFrom("a", "b", "c", "d"),
      dates: fc.tuple(date, fc.option(date)),
      cents: fc.integer({ min: 0, max: 100_000 }),
      interval: fc.constantFrom("month" as const, "quarter" as const, "year" as const),
      quantity: fc.integer({ min: 0, max: 4 }),
    }),
    { maxLength: 14 },
  )
  .map((rows) =>
    rows.map(({ customer, dates: [one, other], cents, interval, quantity }, index) => {
      const [start, end] = other && other < one ? [other, one] : [one, other];
      const amount = new Exact(cents).div(100).toString();
      return term(customer, start, end, amount, { interval, quantity, subscription: `s${index}` });
    }),
  );

const pair = (from: string, to: string): [string, string] => [from, to];
const windows = fc.tuple(date, date).map(([one, other]) => (one <= other ? pair(one, other) : pair(other, one)));

describe("laws", () => {
  test("start plus movements is the end, exactly", () => {
    fc.assert(
      fc.property(subscriptions, windows, (terms, [from, to]) => {
        const bridge = movementBridge(annualBefore(terms, from), mrrMovements(terms, from, to));
        expect(endMrr(bridge).toFixed()).toBe(annualAt(terms, to).toFixed());
      }),
    );
  });

  test("two windows side by side are the whole, in sum", () => {
    fc.assert(
      fc.property(subscriptions, (terms) => {
        const total = (from: string, to: string) =>
          mrrMovements(terms, from, to).reduce((all, row) => all.plus(row.annual), new Exact(0));
        const parts = total("2022-07-01", "2023-03-31").plus(total("2023-04-01", "2024-08-31"));
        expect(parts.toFixed()).toBe(total("2022-07-01", "2024-08-31").toFixed());
      }),
    );
  });

  test("the order of the rows does not matter", () => {
    const shuffled = subscriptions.chain((terms) =>
      fc.tuple(fc.constant(terms), fc.shuffledSubarray(terms, { minLength: terms.length })),
    );
    fc.assert(
      fc.property(shuffled, windows, ([terms, other], [from, to]) => {
        expect(shown(other, from, to)).toEqual(shown(terms, from, to));
      }),
    );
  });

  test("a customer is new at most once, and only comes back after leaving", () => {
    fc.assert(
      fc.property(subscriptions, (terms) => {
        for (const customer of ["a", "b", "c", "d"]) {
          const types = mrrMovements(terms, "2022-01-01", "2024-12-31")
            .filter((row) => row.customer === customer)
            .map((row) => row.type);
          expect(types.filter((type) => type === "new").length).toBeLessThanOrEqual(1);
          expect(types.indexOf("new")).toBeLessThanOrEqual(0);
        }
      }),
    );
  });

  test("gross retention is within 0 and 1 and at most the net retention", () => {
    const mrr = fc.integer({ min: 0, max: 10_000 }).map((cents) => new Exact(cents).div(100));
    const customers = fc.array(fc.record({ id: fc.uuid(), before: mrr, now: mrr }));
    fc.assert(
      fc.property(customers, (list) => {
        const gross = grossRevenueRetention(list).value;
        const net = netRevenueRetention(list).value;
        if (gross === null || net === null) {
          expect(gross).toBe(net);
          return;
        }
        expect(gross.gte(0) && gross.lte(1) && gross.lte(net)).toBe(true);
      }),
    );
  });

  test("movement retention never leaves 0 to 1: it is unknown where losses exceed the opening", () => {
    fc.assert(
      fc.property(subscriptions, windows, (terms, [from, to]) => {
        const bridge = movementBridge(annualBefore(terms, from), mrrMovements(terms, from, to));
        const gross = movementGrossRetention(bridge);
        expect(gross.value === null || (gross.value.gte(0) && gross.value.lte(1))).toBe(true);
      }),
    );
  });
});
