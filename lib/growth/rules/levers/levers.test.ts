import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Exact } from "@/lib/money";
import type { BenchmarkRow } from "./lever-flows";
import type { PlanPrice } from "./lever-gaps";
import type { CustomerYear } from "./lever-rates";
import { excludesOf, findLevers, type LeverFacts, needsOf } from "./levers";

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
  ...{ seed: "test", customers: [], prices: [], cohorts: [], funnel: null, benchmarks: [], spentByChannel: null },
  ...{ grossMarginRatio: new Exact("0.8"), costPerHead: new Exact(1_000) },
  ...more,
});

const found = (more: Partial<LeverFacts>, id: string) =>
  findLevers(facts(more)).levers.find((lever) => lever.id === id);
const missing = (more: Partial<LeverFacts>) =>
  Object.fromEntries(findLevers(facts(more)).missing.map(({ kind, reason }) => [kind, reason]));

describe("retention gap", () => {
  const base = { customers: [...customers(10, "large", 100, 100), ...customers(10, "small", 100, 80)] };

  test("the gap on today's revenue, drawn", () => {
    const lever = found(base, "retention-gap:small");
    // Revenue of the segment now 800 a month; gap 20 points: 160 a month once it is closed.
    expect(lever?.monthly.toNumber()).toBe(160);
    expect(lever).toMatchObject({ value: new Exact("0.8"), against: new Exact(1), customers: 10 });
    // All shrank alike and none left: only the floor of n of n, √(11 ÷ (12² · 13)) of each, against 0.2.
    expect(lever?.relativeError).toBeCloseTo((Math.SQRT2 * Math.sqrt(11 / (144 * 13))) / 0.2, 6);
    // Work most likely 6 person-months at 1,000; the median of triangular(0.8, 1, 1.6) is 1.6 − √(½ · 0.8 · 0.6).
    expect(Number(lever?.outcome.cost?.p50) / 6_000).toBeCloseTo(1.6 - Math.sqrt(0.24), 2);
    const { p10, p50, p90 } = lever?.outcome.effect ?? { p10: 0, p50: 0, p90: 0 };
    expect(p10 > 0 && p10 < p50 && p50 < p90).toBe(true);
    // Never more than the whole gap at once with a gap of three standard errors more.
    expect(p90).toBeLessThan(160 * 6 * (1 + 3 * (lever?.relativeError ?? 0)));
  });

  test("the best segment has no gap, and four customers are too few to tell", () => {
    expect(found(base, "retention-gap:large")).toBeUndefined();
    const few = { customers: [...customers(10, "large", 100, 100), ...customers(4, "small", 100, 20)] };
    expect(found(few, "retention-gap:small")).toBeUndefined();
    expect(missing(few)["retention-gap"]).toBe("no-segments");
  });

  test("a gap below its own standard error is noise", () => {
    const noisy = [
      ...customers(4, "small", 100, 100),
      ...customers(1, "small", 100, 80),
      ...customers(5, "large", 100, 100),
    ];
    expect(found({ customers: noisy }, "retention-gap:small")).toBeUndefined();
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
  const lever = found({ prices }, "price-dispersion:team");
  // Median 100, fair 90: only d, 30 × 2 units = 60 a month.
  expect(lever).toMatchObject({ customers: 1, confidence: "low", confidenceReason: "few-customers" });
  expect(lever?.monthly.toNumber()).toBe(60);
  const paying = customers(5, "s", 100, 200);
  expect(found({ prices, customers: paying }, "price-dispersion:team")?.target?.toNumber()).toBe((1_000 + 60) / 5);
});

test("without a cost per head there is no cost and no return, and the lever stands last", () => {
  const base = [...customers(6, "a", 100, 100), ...customers(6, "b", 100, 50)];
  const unknown = findLevers(facts({ costPerHead: null, customers: base })).levers;
  expect(unknown[0]?.outcome).toMatchObject({ cost: null, roi: null, net: null });
  const free = findLevers(facts({ costPerHead: new Exact(0), customers: base })).levers;
  expect(free[0]?.outcome.roi).toBeNull();
});

test("a channel is judged on the revenue it brought new", () => {
  const newcomer = { id: "new", segment: "s", channel: "paid", before: new Exact(0), now: new Exact(500) };
  const list = [...customers(6, "s", 100, 100, "partner"), ...customers(6, "s", 100, 40, "paid"), newcomer];
  // New revenue 500 × gap 0.6.
  expect(found({ customers: list }, "channel-mix:paid")?.monthly.toNumber()).toBe(300);
});

test("three customers above 30 % are a risk worth what the venture usually loses", () => {
  const big = customers(3, "big", 100, 90).map((customer) => ({ ...customer, segment: null }));
  const lever = found({ customers: [...customers(20, "s", 10, 9), ...big] }, "concentration");
  // Top three 270 of 450; retention 0.9: 27 a month.
  expect(lever?.monthly.toNumber()).toBeCloseTo(27, 9);
});

describe("benchmarks", () => {
  const benchmark = (metric: string, p50: string, sampleSize = 100): BenchmarkRow => ({
    ...{ metric, sampleSize, source: "Survey", asOf: "2026-06-30", p25: new Exact(p50).minus("0.05") },
    ...{ p50: new Exact(p50), p75: new Exact(p50).plus("0.05") },
  });
  const list = [...customers(36, "a", 100, 80), ...customers(4, "a", 100, 0)];

  test("what retention explains is not counted again as expansion", () => {
    const rows = [benchmark("gross_revenue_retention", "0.9"), benchmark("net_revenue_retention", "1.0")];
    // Retention 0.72 of 4,000: gap 0.18 on 2,880 a month; net gap 0.28, of which 0.18 explained.
    expect(found({ customers: list, benchmarks: rows }, "benchmark-retention")?.monthly.toNumber()).toBeCloseTo(
      518.4,
      6,
    );
    expect(found({ customers: list, benchmarks: rows }, "benchmark-expansion")?.monthly.toNumber()).toBeCloseTo(288, 6);
  });

  test("no benchmark, no claim; a small one, less confidence", () => {
    expect(missing({ customers: list })["benchmark-retention"]).toBe("no-benchmark");
    expect(missing({ customers: list, benchmarks: null })["benchmark-retention"]).toBe("no-size");
    const lever = found(
      { customers: list, benchmarks: [benchmark("gross_revenue_retention", "0.9", 12)] },
      "benchmark-retention",
    );
    expect(lever).toMatchObject({ confidence: "medium", confidenceReason: "small-benchmark" });
  });
});

test("later cohorts that leave sooner are a lever on what they pay now", () => {
  const cohort = (month: string, active: number) => ({ month, size: 50, cells: [{ offset: 6, active }] });
  const cohorts = [cohort("2024-12", 45), cohort("2025-03", 45), cohort("2025-12", 35), cohort("2026-03", 35)];
  const list = customers(20, "s", 0, 100);
  // 90 % against 70 % kept; 2,000 a month of newcomers.
  expect(found({ customers: list, cohorts }, "cohort-decay")?.monthly.toNumber()).toBeCloseTo(400, 9);
  // A fifth of the 20 who were won in the year would be customers besides the 20 of today.
  expect(found({ customers: list, cohorts }, "cohort-decay")?.target?.toNumber()).toBeCloseTo(24, 9);
  expect(missing({ customers: list, cohorts: cohorts.slice(0, 1) })["cohort-decay"]).toBe("no-cohorts");
});

test("the step of the funnel that fell most, as customers more for a year", () => {
  const exact = (n: number) => new Exact(n);
  const step = (from: string, to: string, now: [number, number], before: [number, number]) => ({
    ...{ from, to, now: { entered: exact(now[0]), passed: exact(now[1]) } },
    before: { entered: exact(before[0]), passed: exact(before[1]) },
  });
  const funnel = [
    step("visitors", "leads", [30_000, 1_500], [30_000, 1_530]),
    step("leads", "trials", [1_500, 300], [1_530, 459]),
    step("trials", "new_customers", [300, 60], [459, 92]),
  ];
  const lever = found({ customers: customers(20, "s", 0, 100), funnel }, "funnel-drop");
  // 30 % to 20 %: half as many again of 20 customers a month, 100 each, over 12 months.
  expect(lever?.monthly.toNumber()).toBeCloseTo(20 * 0.5 * 100 * 12, 6);
  expect(lever?.step).toEqual({ from: "leads", to: "trials" });
  // 20 a month at the old rate of that step are 30: the target is in new customers per month, not in the rate.
  expect(lever?.target?.toNumber()).toBeCloseTo(30, 9);
  expect(missing({ customers: customers(20, "s", 0, 100) })["funnel-drop"]).toBe("no-funnel");
});

describe("payback by channel", () => {
  const list = [...customers(10, "s", 0, 200, "partner"), ...customers(10, "s", 0, 100, "paid")];
  const spent = (partner: number, paid: number) =>
    new Map([
      ["partner", new Exact(partner)],
      ["paid", new Exact(paid)],
    ]);

  test("months to earn back what the channel cost, and what its money would win through the best one", () => {
    const lever = found({ customers: list, spentByChannel: spent(16_000, 16_000) }, "channel-payback:paid");
    // 1,600 each ÷ (100 × 0.8) = 20 months against 10; the same 16,000 wins 10 customers at 200 instead of 100.
    expect(lever).toMatchObject({ value: new Exact(20), against: new Exact(10), confidence: "low" });
    expect(lever?.monthly.toNumber()).toBe(1_000);
    expect(lever?.target?.toNumber()).toBe(3_000 + 1_000);
    // Only the numbers won are uncertain: √10 × 200 and √10 × 100 against 1,000.
    expect(lever?.relativeError).toBeCloseTo(Math.hypot(200, 100) * Math.sqrt(10) * 1e-3, 9);
  });

  test("a channel is not assumed to more than double", () => {
    const lever = found({ customers: list, spentByChannel: spent(1_600, 16_000) }, "channel-payback:paid");
    // A hundred customers for the money at the partners' cost; ten count.
    expect(lever?.monthly.toNumber()).toBe(1_000);
  });

  test("its room is given out once, to the slowest first", () => {
    const three = [...list, ...customers(10, "s", 0, 150, "events")];
    const costs = new Map([...spent(16_000, 32_000), ["events", new Exact(30_000)]]);
    const { levers } = findLevers(facts({ customers: three, spentByChannel: costs }));
    const moved = levers.filter(({ kind }) => kind === "channel-payback").map(({ subject }) => subject);
    // The money of the paid channel takes all of the partners' room; events has nowhere better to go.
    expect(moved).toEqual(["paid"]);
  });

  test.each([
    ["no-channel-cost", { spentByChannel: null }],
    ["no-channels", { spentByChannel: new Map() }],
    ["no-margin", { grossMarginRatio: new Exact("-0.1") }],
    ["no-channels", { customers: customers(10, "s", 0, 200, "partner") }],
  ])("unknown, because %s", (reason, more) => {
    const given = { customers: list, spentByChannel: spent(1, 1), ...more };
    expect(missing(given)["channel-payback"]).toBe(reason);
  });
});

test("one customer, zero churn and revenue below zero claim nothing", () => {
  expect(findLevers(facts({ customers: customers(1, "s", 100, 100) })).levers).toEqual([]);
  const steady = [...customers(10, "a", 100, 100), ...customers(10, "b", 100, 100)];
  expect(findLevers(facts({ customers: steady })).levers).toEqual([]);
  const refunds = [...customers(10, "a", 100, -50), ...customers(10, "b", 100, 100)];
  for (const lever of findLevers(facts({ customers: refunds })).levers) expect(lever.monthly.gt(0)).toBe(true);
});

test("selling more waits for staying, and the same revenue is counted once", () => {
  const grown = (count: number, segment: string, before: number, now: number) =>
    customers(count, segment, before, now, "c");
  const list = [...grown(15, "large", 100, 140), ...grown(10, "small", 100, 100), ...grown(5, "small", 100, 0)];
  const benchmarks: BenchmarkRow[] = ["0.9", "0.95", "0.97"].slice(1, 2).map((p50) => ({
    ...{ metric: "gross_revenue_retention", sampleSize: 50, source: "Survey", asOf: "2026-06-30" },
    ...{ p25: new Exact("0.9"), p50: new Exact(p50), p75: new Exact("0.99") },
  }));
  const { levers } = findLevers(facts({ customers: list, benchmarks }));
  const by = (id: string) => {
    const lever = levers.find((one) => one.id === id);
    if (!lever) throw new Error(`${id} was not found`);
    return lever;
  };
  expect(needsOf(by("expansion-gap:small"), levers)).toEqual(["retention-gap:small"]);
  expect(needsOf(by("retention-gap:small"), levers)).toEqual([]);
  expect(excludesOf(by("benchmark-retention"), levers)).toContain("retention-gap:small");
});

const SPENT = new Map(["x", "y"].map((channel, index) => [channel, new Exact(9_000 * (index + 1))]));

test("the answer does not depend on the order of the customers, and the same seed gives the same numbers", () => {
  const customer = fc.record({
    id: fc.uuid(),
    segment: fc.constantFrom("a", "b", "c", null),
    channel: fc.constantFrom("x", "y"),
    before: fc.nat({ max: 500 }).map((n) => new Exact(n)),
    now: fc.nat({ max: 500 }).map((n) => new Exact(n)),
  });
  fc.assert(
    fc.property(fc.array(customer, { maxLength: 40 }), (list) => {
      const { levers } = findLevers(facts({ customers: list, spentByChannel: SPENT }));
      const reversed = findLevers(facts({ customers: [...list].reverse(), spentByChannel: SPENT })).levers;
      const shown = (all: typeof levers) => all.map(({ id, outcome }) => [id, outcome.effect.p50.toPrecision(9)]);
      expect(shown(reversed)).toEqual(shown(levers));
      for (const { outcome } of levers) {
        expect(outcome.effect.p10 <= outcome.effect.p50 && outcome.effect.p50 <= outcome.effect.p90).toBe(true);
        expect(Object.values(outcome.effect).every(Number.isFinite)).toBe(true);
      }
      const returns = levers.map((lever) => lever.outcome.roi?.p50 ?? Number.NEGATIVE_INFINITY);
      expect(returns).toEqual([...returns].sort((a, b) => b - a));
    }),
    { numRuns: 60 },
  );
});
