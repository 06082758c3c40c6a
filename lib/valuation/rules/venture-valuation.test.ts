import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shareClassSchema } from "@/lib/distribution/schema";
import { Exact } from "@/lib/money";
import { sampleInputs } from "../test-support/inputs";
import { centralValues, dcfCentral, methodValues } from "./venture-methods";
import { middleOfTerminals, simulateVenture } from "./venture-simulation";
import { ventureValuation } from "./venture-valuation";

const CLASSES = [
  { id: "a", kind: "preferred", shares: 200_000, invested: 400_000, participation: "none" },
  { id: "c", kind: "common", shares: 700_000 },
  { id: "o", kind: "option", shares: 100_000, strike: 1 },
].map((one) => shareClassSchema.parse(one));
const comparables = [1, 1.5, 2, 2.5].map((multiple, index) => ({
  ...{ id: `${index}`, kind: "trading" as const, name: `peer ${index}`, metric: "Revenue, last 12 months" },
  ...{ multiple: String(multiple), date: "2026-10-31", source: "Exchange", excluded: null },
}));
const context = { asOf: "2026-11-22", comparables, classes: CLASSES, classesReason: null };
const value = () => ventureValuation(sampleInputs(), context);

test("the central estimate is the median of the methods used, the range what they have in common", () => {
  const { methods, central, field } = value();
  const [dcf, trading] = ["dcf", "trading"].map((key) => methods.find((one) => one.key === key));
  const middle = dcf?.central.value?.plus(trading?.central.value ?? 0).div(2);
  expect(central.central.value?.toFixed(6)).toBe(middle?.toFixed(6));
  expect(trading).toMatchObject({ low: { value: new Exact(1_375_000) }, high: { value: new Exact(2_125_000) } });
  expect(field.overlap?.low.toNumber()).toBe(Math.max(1_375_000, dcf?.low.value?.toNumber() ?? 0));
});

test("the central values alone are those of the methods with their ranges", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 1, max: 9 }),
      fc.boolean(),
      (growth, years, used) => {
        const { methods } = sampleInputs();
        methods.dcf = { ...methods.dcf, growth: String(growth / 100), used };
        methods.ventureCapital = { ...methods.ventureCapital, years: String(years), used: !used };
        const netDebt = new Exact(250_000);
        const whole = methodValues(methods, netDebt, context).filter((one) => one.used);
        const alone = centralValues(methods, netDebt, context);
        expect(alone.map(({ value }) => value?.toFixed())).toEqual(
          whole.map(({ central }) => central.value?.toFixed()),
        );
      },
    ),
    { numRuns: 40 },
  );
});

test("without a common part the range is the whole span, and says so", () => {
  const inputs = sampleInputs();
  inputs.methods.trading.metric = "90000000";
  const { field, central } = ventureValuation(inputs, context);
  expect([field.overlap, field.reason]).toEqual([null, "no-overlap"]);
  expect(central.high.value?.gt(100_000_000)).toBe(true);
});

test("the bridge hands every unit on: preferred, common, options net of strike at the result price", () => {
  const { bridge } = value();
  const all = bridge.equityValue.value;
  expect(bridge.preferred.value?.plus(bridge.common.value ?? 0).eq(all ?? 0)).toBe(true);
  const price = bridge.perShare.value?.toNumber() ?? 0;
  // Converted above 2 a share: 900,000 shares and the options by the treasury method.
  const options = price > 1 ? 100_000 * (1 - 1 / price) : 0;
  const preferred = price > 2 ? 200_000 : 0;
  expect(bridge.dilutedShares.value?.toNumber()).toBeCloseTo(700_000 + preferred + options, 3);
});

describe("what cannot be is unknown, with its reason", () => {
  test("growth at the rate, debt above the value, no cap table", () => {
    const growing = sampleInputs();
    growing.methods.dcf.growth = "0.5";
    expect(ventureValuation(growing, context).methods[0]?.central).toMatchObject({ reason: "growth-not-below-rate" });
    const indebted = sampleInputs();
    indebted.bridge.debt = "99999999";
    expect(ventureValuation(indebted, context).bridge.perShare).toMatchObject({ reason: "negative-equity" });
    const bare = ventureValuation(sampleInputs(), { ...context, classes: null, classesReason: "no-cap-table" });
    expect(bare.bridge.perShare).toMatchObject({ value: null, reason: "no-cap-table" });
    expect(bare.methods.find(({ key }) => key === "recentRound")?.central).toMatchObject({ reason: "no-cap-table" });
  });
});

test("a draw is the discounted cash flow of its drivers", () => {
  const { dcf } = sampleInputs().methods;
  const draw = middleOfTerminals(dcf);
  const rates = fc.integer({ min: 10, max: 400 });
  fc.assert(
    fc.property(rates, rates, fc.integer({ min: 0, max: 300 }), rates, (rate, gap, multiple, scale) => {
      const at = [rate / 1_000, (rate - gap) / 1_000, multiple / 10, scale / 100] as const;
      const [r, g, m, f] = at.map((value) => new Exact(value));
      const exact = dcfCentral(dcf, { rate: r, growth: g, multiple: m, flows: f } as never).value?.toNumber() ?? 0;
      expect(draw(...at) / exact).toBeCloseTo(1, 9);
    }),
  );
  expect(draw(0.03, 0.03, 14, 1)).toBeNaN();
});

test("the simulation is the same again, centred on the computed value, and honest about what it rejects", () => {
  const inputs = sampleInputs();
  const [one, again] = [simulateVenture(inputs, null), simulateVenture(inputs, null)];
  expect(again).toEqual(one);
  const dcf = value().methods[0]?.central.value?.toNumber() ?? 0;
  expect(one?.enterprise.percentiles.p50).toBeGreaterThan(0.9 * dcf);
  expect(one?.enterprise.percentiles.p50).toBeLessThan(1.1 * dcf);
  expect(one?.group).toBeNull();
  inputs.simulation.rateDeviation = "0.05";
  expect(simulateVenture(inputs, null)?.enterprise.rejectedShare).toBeGreaterThan(0.05);
});
