import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HORIZONS, START_ASSUMPTIONS, type TimingAssumptions, timingAssumptionsSchema } from "../schema/timing";
import { marketScore } from "./drivers";
import { exitTiming, type TimingFacts } from "./exit-timing";
import { chooseSeries } from "./series-choice";
import { timingVerdict } from "./verdict";
import { valueOfWaiting, type WaitingInputs } from "./waiting";

const monthly = (of: (index: number) => number) =>
  Array.from({ length: 131 }, (_, index) => ({
    day: `${2016 + Math.floor(index / 12)}-${`${(index % 12) + 1}`.padStart(2, "0")}-01`,
    value: of(index),
  }));
const AS_OF = "2026-11-22";
const series = (key: string, of: (index: number) => number) => ({ key, points: monthly(of) });
const rising = (index: number) => 4 + index / 50 + (index % 3) / 100;
const stated = (value: number) => ({ value, reason: null });

const FACTS: TimingFacts = {
  asOf: AS_OF,
  series: {
    ...{ multiple: series("m", rising), yield: series("y", (index) => 6 - index / 50) },
    ...{ volatility: series("v", (index) => 30 - index / 10), spread: null },
    ...{ ipos: series("i", (index) => 10 + index), deals: series("d", (index) => 50 + index) },
  },
  ...{ valuation: stated(60_000_000), revenue: stated(10_000_000), growth: stated(0.25) },
  ...{ readiness: stated(92), readinessTarget: 90, runway: stated(18) },
};

describe("market score", () => {
  test("the best of ten years for every driver is nearly +1, and a missing driver is left out and counted", () => {
    const found = marketScore(FACTS.series, START_ASSUMPTIONS, AS_OF);
    const by = Object.fromEntries(found.lines.map((line) => [line.key, line]));
    // 119 of 120 lie on the other side of the newest value: (119 + 0.5) ÷ 120.
    expect(by.multiple?.percentile).toBeCloseTo(99.583, 2);
    expect(by.yield?.percentile).toBeCloseTo(0.417, 2);
    expect(by.yield?.direction).toBeCloseTo(0.99167, 4);
    expect(by.spread).toMatchObject({ percentile: null, reason: "no-series" });
    expect(found.coverage).toBeCloseTo(0.9, 9);
    // The yield falls evenly: its yearly changes are alike but for rounding, so only that driver is not at its end.
    expect(found.score).toBeGreaterThan(0.7);
  });

  test("under half of the weight there is no score", () => {
    const few = { ...FACTS.series, multiple: null, deals: null, ipos: null };
    expect(marketScore(few, START_ASSUMPTIONS, AS_OF)).toMatchObject({ score: null, reason: "coverage-below-half" });
    const none = { multiple: null, yield: null, volatility: null, spread: null, ipos: null, deals: null };
    expect(marketScore(none, START_ASSUMPTIONS, AS_OF)).toMatchObject({ score: null, coverage: 0 });
  });

  test("lies between −1 and +1 whatever the weights", () => {
    const weight = fc.integer({ min: 0, max: 100 }).map(String);
    const weights = fc.record({
      ...{ multiple: weight, yield: weight, yieldChange: weight, volatility: weight },
      ...{ spread: weight, ipos: weight, deals: weight },
    });
    fc.assert(
      fc.property(weights, (given) => {
        const { score } = marketScore(FACTS.series, { ...START_ASSUMPTIONS, weights: given }, AS_OF);
        expect(score === null || Math.abs(score) <= 1).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});

const SURE: WaitingInputs = {
  ...{ value: 60, revenue: 10, growth: 0.2, growthDeviation: 0, drift: 0, volatility: 0 },
  ...{ dilution: 0, failure: 0, recovery: 0, discountRate: 0.2 },
};
const byMonths = (inputs: WaitingInputs, draws = 4_000) =>
  new Map(valueOfWaiting(inputs, draws, "test").ranges.map((range) => [range.months, range]));

describe("value of waiting", () => {
  test("growth at the discount rate is worth the same, at the multiple of today", () => {
    for (const range of byMonths(SURE).values()) {
      expect([range.p10, range.p50, range.p90, range.mean].every((value) => Math.abs(value - 60) < 1e-9)).toBe(true);
      expect(range.breakEven).toBeCloseTo(6, 9);
    }
  });

  // By hand: 10 × 1.1² × 6 × 0.9² ÷ 1.2² = 40.8375; the multiple that makes it 60: 60 × 1.2² ÷ 0.9² ÷ 12.1 = 8.8154.
  test("growth, dilution and discount by hand, and the multiple that breaks even", () => {
    const range = byMonths({ ...SURE, growth: 0.1, dilution: 0.1 }).get(24);
    expect(range?.p50).toBeCloseTo(40.8375, 4);
    expect(range?.breakEven).toBeCloseTo(8.8154, 4);
    expect(range?.beats).toBe(0);
  });

  // Lognormal: median M·e^(drift·T), mean M·e^(drift·T + σ²T ÷ 2); P(ln > 0) of N(0.1, 0.3) a year is Φ(1 ÷ 3) = 0.6306.
  test("a walking multiple has the median, mean and chance of its lognormal", () => {
    const range = byMonths({ ...SURE, growth: 0, discountRate: 0, drift: 0.1, volatility: 0.3 }, 40_000).get(12);
    expect(range?.p50).toBeCloseTo(60 * Math.exp(0.1), 0);
    expect(range?.mean).toBeCloseTo(60 * Math.exp(0.1 + 0.045), 0);
    expect(range?.beats).toBeCloseTo(0.6306, 2);
    expect(range?.p10).toBeCloseTo(60 * Math.exp(0.1 - 1.2816 * 0.3), 0);
  });

  test("failing costs its chance, less what is left", () => {
    const range = byMonths({ ...SURE, growth: 0, discountRate: 0, failure: 0.2, recovery: 0.5 }, 40_000).get(12);
    expect(range?.mean).toBeCloseTo(60 * (0.8 + 0.2 * 0.5), 0);
    expect(range?.breakEven).toBeCloseTo((60 - 0.2 * 30) / (0.8 * 10), 6);
  });

  test("the same seed gives the same numbers, and a break-even multiple is worth selling today on average", () => {
    const inputs = { ...SURE, growth: 0.3, growthDeviation: 0.2, drift: -0.05, volatility: 0.35, failure: 0.05 };
    expect(valueOfWaiting(inputs, 2_000, "a")).toEqual(valueOfWaiting(inputs, 2_000, "a"));
    const even = byMonths({ ...inputs, drift: 0, volatility: 0 }, 40_000).get(24)?.breakEven ?? 0;
    const again = byMonths({ ...inputs, drift: Math.log(even / 6) / 2, volatility: 0 }, 40_000).get(24);
    expect(again?.mean).toBeCloseTo(60, 0);
  });
});

describe("verdict", () => {
  const TERMS = { openFrom: 0.2, waitingFrom: 0.6, leastRunway: 12 };
  const inputs = { score: 0.3, readiness: 92, readinessTarget: 90, runway: 18, waiting: 0.4 };
  const of = (change: Partial<typeof inputs>) => timingVerdict({ ...inputs, ...change }, TERMS).verdict;

  test.each([
    { change: {}, verdict: "execute" },
    { change: { score: -0.3 }, verdict: "hold" },
    { change: { waiting: 0.7 }, verdict: "hold" },
    { change: { waiting: 0.7, runway: 8 }, verdict: "execute" },
    { change: { readiness: 80 }, verdict: "prepare" },
    { change: { readiness: 80, waiting: 0.7, score: 0 }, verdict: "hold" },
    { change: { readiness: 80, waiting: 0.7, score: 0, runway: 8 }, verdict: "prepare" },
    { change: { runway: Number.POSITIVE_INFINITY }, verdict: "execute" },
    // The bounds belong to the better side: at its target a venture is ready, at 0.6 waiting pays.
    { change: { readiness: 90 }, verdict: "execute" },
    { change: { waiting: 0.6 }, verdict: "hold" },
    { change: { score: -0.2 }, verdict: "hold" },
  ])("$change: $verdict", ({ change, verdict }) => {
    expect(of(change)).toBe(verdict);
  });

  test("each change that it names does change it, nearest first", () => {
    const { flips, verdict } = timingVerdict(inputs, TERMS);
    expect(flips.map(({ input, verdict: then }) => [input, then])).toEqual([
      ["readiness", "prepare"],
      ["waiting", "hold"],
      ["score", "hold"],
    ]);
    for (const { input, threshold, direction, verdict: then } of flips) {
      const beyond = threshold + (direction === "up" ? 1e-6 : -1e-6);
      expect(of({ [input]: beyond })).toBe(then);
      expect(then).not.toBe(verdict);
    }
  });

  test("without one of its inputs there is none, and it is named", () => {
    const found = timingVerdict({ ...inputs, readiness: null, runway: null }, TERMS);
    expect(found).toMatchObject({ verdict: null, missing: ["readiness", "runway"], market: "open", flips: [] });
  });
});

describe("exit timing", () => {
  test("everything known: a score, three horizons and a verdict", () => {
    const { market, waiting, verdict, resolved } = exitTiming(FACTS, START_ASSUMPTIONS);
    expect(market.score).toBeGreaterThan(0.5);
    expect(waiting?.ranges.map(({ months }) => months)).toEqual([...HORIZONS]);
    expect(waiting?.multiple).toBe(6);
    expect(resolved.drift.value).toBeGreaterThan(0);
    expect(verdict.verdict).not.toBeNull();
  });

  test.each([
    { change: { valuation: { value: null, reason: "no-data" } }, reason: "no-data" },
    { change: { revenue: stated(0) }, reason: "no-revenue" },
    { change: { valuation: stated(0) }, reason: "no-sale-value" },
    { change: { series: { ...FACTS.series, multiple: null } }, reason: "no-series" },
  ] as { change: Partial<TimingFacts>; reason: string }[])("without $change no value of waiting: $reason", (one) => {
    const found = exitTiming({ ...FACTS, ...one.change }, START_ASSUMPTIONS);
    expect([found.waiting, found.waitingReason]).toEqual([null, one.reason]);
    expect(found.verdict).toMatchObject({ verdict: null });
  });

  test("drift and volatility that were put in stand for those of a series that is missing", () => {
    const waiting = { ...START_ASSUMPTIONS.waiting, drift: "0", volatility: "0.3" };
    const put: TimingAssumptions = { ...START_ASSUMPTIONS, waiting };
    expect(exitTiming({ ...FACTS, series: { ...FACTS.series, multiple: null } }, put).waiting).not.toBeNull();
  });

  test("a runway without end is no reason to sell", () => {
    const found = exitTiming({ ...FACTS, runway: { value: null, reason: "not-burning" } }, START_ASSUMPTIONS);
    expect(found.verdict).toMatchObject({ short: false, missing: [] });
  });
});

test("the house's assumptions are allowed, and odd ones are not", () => {
  expect(timingAssumptionsSchema.safeParse(START_ASSUMPTIONS).success).toBe(true);
  const withWaiting = (change: Partial<TimingAssumptions["waiting"]>) =>
    timingAssumptionsSchema.safeParse({ ...START_ASSUMPTIONS, waiting: { ...START_ASSUMPTIONS.waiting, ...change } });
  for (const change of [{ failure: "1" }, { drift: "x" }, { discountRate: "" }, { growthDeviation: "-0.1" }])
    expect(withWaiting(change).success).toBe(false);
});

describe("choice of series", () => {
  const option = (key: string, kind: string, sector: string | null, points = 100) => ({
    ...{ key, kind, label: key, sector, points },
  });
  const OPTIONS = [
    option("saas-median", "multiple", "saas", 90),
    option("saas-cap-weighted", "multiple", "saas", 120),
    option("robots", "multiple", "Industrial robotics", 40),
    option("shops", "multiple", "commerce", 500),
    option("us-10y", "yield", null, 300),
    option("empty", "ipos", null, 0),
  ];
  const venture = { sector: "industrial robotics", businessModel: "saas" };

  test("the very sector comes first, then the business model held longest; never another sector", () => {
    expect(chooseSeries(OPTIONS, START_ASSUMPTIONS.series, venture)).toMatchObject({
      ...{ multiple: "robots", yield: "us-10y", ipos: null },
    });
    expect(chooseSeries(OPTIONS, START_ASSUMPTIONS.series, { ...venture, sector: "x" }).multiple).toBe(
      "saas-cap-weighted",
    );
    const other = { sector: "x", businessModel: "services" };
    expect(chooseSeries(OPTIONS, START_ASSUMPTIONS.series, other).multiple).toBeNull();
    const chosen = { ...START_ASSUMPTIONS.series, multiple: "saas-median" };
    expect(chooseSeries(OPTIONS, chosen, venture).multiple).toBe("saas-median");
  });
});
