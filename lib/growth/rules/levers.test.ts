import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Exact } from "@/lib/money";
import { type CustomerYear, findLevers, type LeverFacts, type PlanPrice } from "./levers";

const customers = (
  count: number,
  segment: string,
  before: number,
  now: number,
  channel: string | null = null,
): CustomerYear[] =>
  Array.from({ length: count }, (_, i) => ({
    id: `${segment}-${channel}-${i}`,
    segment,
    channel,
    before: new Exact(before),
    now: new Exact(now),
  }));

const facts = (more: Partial<LeverFacts>): LeverFacts => ({
  customers: [],
  prices: [],
  grossMarginRatio: new Exact("0.8"),
  costPerHead: new Exact(1_000),
  ...more,
});

describe("retention gap", () => {
  const base = facts({ customers: [...customers(10, "large", 100, 100), ...customers(10, "small", 100, 80)] });

  test("half of the gap on today's revenue, phased over a year", () => {
    const lever = findLevers(base).find((found) => found.id === "retention-gap:small");
    // Revenue of the segment now 800 a month; gap 20 points; 800 × 0.2 × 6 months = 960.
    expect(lever?.effect).toEqual({ low: new Exact(240), central: new Exact(480), high: new Exact(720) });
    // Six person-months at 1,000; over two years 3 × 480 × 0.8 gross margin = 1,152.
    expect(lever?.cost).toEqual(new Exact(6_000));
    expect(lever?.roi).toEqual(new Exact("0.192"));
    expect(lever?.measure).toMatchObject({ value: new Exact("0.8"), against: new Exact(1) });
  });

  test("the best segment has no gap", () => {
    expect(findLevers(base).map((lever) => lever.id)).not.toContain("retention-gap:large");
  });

  test("four customers are too few to tell", () => {
    const few = facts({ customers: [...customers(10, "large", 100, 100), ...customers(4, "small", 100, 20)] });
    expect(findLevers(few).filter((lever) => lever.kind === "retention-gap")).toEqual([]);
  });
});

test("prices below nine tenths of the plan's median are brought up to it", () => {
  const price = (customer: string, perUnit: number): PlanPrice => ({
    customer,
    plan: "team",
    perUnit: new Exact(perUnit),
    units: new Exact(2),
  });
  const prices = [price("a", 100), price("b", 100), price("c", 100), price("d", 60), price("e", 95)];
  const [lever] = findLevers(facts({ prices }));
  // Median 100, fair 90: only d, 30 × 2 units × 6 months = 360, half of it.
  expect(lever).toMatchObject({ id: "price-dispersion:team", customers: 1 });
  expect(lever?.effect.central).toEqual(new Exact(180));
});

test("without a cost per head there is no cost and no return, and the lever stands last", () => {
  const unknown = findLevers(
    facts({ costPerHead: null, customers: [...customers(6, "a", 100, 100), ...customers(6, "b", 100, 50)] }),
  );
  expect(unknown[0]).toMatchObject({ cost: null, roi: null });
});

test("a channel is judged on the revenue it brought new", () => {
  const found = findLevers(
    facts({
      customers: [
        ...customers(6, "s", 100, 100, "partner"),
        ...customers(6, "s", 100, 40, "paid"),
        { id: "new", segment: "s", channel: "paid", before: new Exact(0), now: new Exact(500) },
      ],
    }),
  );
  const lever = found.find((candidate) => candidate.id === "channel-mix:paid");
  // New revenue 500 × gap 0.6 × 6 = 1,800, half of it.
  expect(lever?.effect.central).toEqual(new Exact(900));
});

test("three customers above 30 % are a risk worth what the venture usually loses", () => {
  const crowd = customers(20, "s", 10, 9);
  const big = customers(3, "big", 100, 90).map((customer) => ({ ...customer, segment: null }));
  const lever = findLevers(facts({ customers: [...crowd, ...big] })).find((found) => found.kind === "concentration");
  // Top three 270 of 450; retention 0.9; 270 × 0.1 × 6 = 162, half of it.
  expect(lever?.effect.central).toEqual(new Exact(81));
});

test("the answer does not depend on the order of the customers, and ranges are ordered", () => {
  const customer = fc.record({
    id: fc.uuid(),
    segment: fc.constantFrom("a", "b", "c"),
    channel: fc.constantFrom("x", "y"),
    before: fc.nat({ max: 500 }).map((n) => new Exact(n)),
    now: fc.nat({ max: 500 }).map((n) => new Exact(n)),
  });
  fc.assert(
    fc.property(fc.array(customer, { maxLength: 40 }), (list) => {
      const found = findLevers(facts({ customers: list }));
      const reversed = findLevers(facts({ customers: [...list].reverse() }));
      expect(reversed.map((lever) => [lever.id, lever.effect.central.toFixed(6)])).toEqual(
        found.map((lever) => [lever.id, lever.effect.central.toFixed(6)]),
      );
      for (const { effect } of found)
        expect(effect.low.lte(effect.central) && effect.central.lte(effect.high)).toBe(true);
      const returns = found.map((lever) => lever.roi?.toNumber() ?? Number.NEGATIVE_INFINITY);
      expect(returns).toEqual([...returns].sort((a, b) => b - a));
    }),
  );
});
