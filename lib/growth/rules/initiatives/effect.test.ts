import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Exact } from "@/lib/money";
import { forecastSeries } from "../forecast/forecast";
import { seededRandom } from "../simulate";
import {
  decideEffect,
  type EffectEstimate,
  type EffectMethod,
  type MonthValue,
  splitAtStart,
  type Tried,
} from "./effect";
import { type ComparedVenture, differenceInDifferences, slopeOf } from "./effect-comparison";
import { differenceToForecast, type Forecaster, monthlyForecaster } from "./effect-forecast";
import { gainOf, returnOn } from "./effect-value";

const monthAt = (index: number): string =>
  `${2024 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`;
const history = (values: readonly (number | null)[]): MonthValue[] =>
  values.map((value, index) => ({ month: monthAt(index), value }));
const flat = (count: number, value = 100) => Array.from({ length: count }, () => value);
const windowOf = (before: readonly number[], after: readonly number[]) => ({
  ...{ before, after },
  monthsBefore: before.map((_value, index) => monthAt(index)),
  months: after.map((_value, index) => monthAt(before.length + index)),
});

describe("the months around the start", () => {
  const whole = history([...flat(14), ...flat(4, 120)]);

  test("whole months on both sides; the month of the start is in neither", () => {
    const { window } = splitAtStart(whole, "2025-02-10");
    expect(window?.before).toHaveLength(13);
    expect(window?.months).toEqual(["2025-03", "2025-04", "2025-05", "2025-06"]);
    expect(window?.after).toEqual([120, 120, 120, 120]);
  });

  test.each<[string, MonthValue[], string | null, string]>([
    ["not started", whole, null, "not-started"],
    ["no history", history([null, null]), "2025-02-10", "no-history"],
    ["nothing stored", [], "2025-02-10", "no-history"],
    ["eleven months before", whole.slice(2), "2025-02-10", "too-few-months-before"],
    ["two months after", whole.slice(0, 16), "2025-02-10", "too-few-months-after"],
    ["started in the future", whole, "2027-01-01", "too-few-months-after"],
    [
      "a gap before cuts the run",
      history([...flat(5), null, ...flat(8), ...flat(4)]),
      "2025-02-10",
      "too-few-months-before",
    ],
    ["a gap after", history([...flat(14), 120, null, 120, 120]), "2025-02-10", "gap-in-months"],
  ])("%s", (_case, months, startedOn, reason) => {
    expect(splitAtStart(months, startedOn)).toEqual({ window: null, reason });
  });

  test("a month on which sources disagree says so", () => {
    const months = [...history([...flat(14), 1, 1]), { month: "2025-05", value: null, reason: "contradiction" }];
    expect(splitAtStart(months, "2025-02-10")).toEqual({ window: null, reason: "contradiction" });
  });
});

describe("difference to the forecast", () => {
  const naive: Forecaster = (series, horizon) => {
    const last = series.at(-1) ?? 0;
    const all = (value: number) => Array.from({ length: horizon }, () => value);
    return { forecast: all(last), low: all(last - 5), high: all(last + 5), model: "naive" };
  };

  test("the mean of actual − expected, and of the bounds crosswise", () => {
    const { estimate } = differenceToForecast(windowOf(flat(12), [110, 120, 130]), naive);
    expect(estimate).toMatchObject({ estimate: 20, low: 15, high: 25, months: 3, confidence: 0.95 });
    expect(estimate?.counterfactual[2]).toEqual({ month: "2025-03", actual: 130, expected: 100, low: 95, high: 105 });
  });

  test.each<[string, Forecaster]>([
    ["no forecast", () => null],
    ["one that is too short", (_series, _horizon) => ({ forecast: [1], low: [1], high: [1], model: "x" })],
    ["one that is no number", (_s, h) => ({ forecast: flat(h, Number.NaN), low: flat(h), high: flat(h), model: "x" })],
    [
      "one without an interval",
      (_s, h) => ({ forecast: flat(h), low: flat(h, Number.NaN), high: flat(h), model: "x" }),
    ],
  ])("%s: nobody can tell", (_case, forecaster) => {
    expect(differenceToForecast(windowOf(flat(12), [1, 2, 3]), forecaster)).toMatchObject({
      ...{ estimate: null, reason: "no-forecast" },
    });
  });

  test("the product's own forecaster finds a step of 30 on a line of 2 a month, and none where there is none", () => {
    // A straight line with the digits of π as errors, which have a size and no pattern.
    const digits = [..."31415926535897932384626433832795028841"].map((digit) => Number(digit) - 4.5);
    const line = (from: number, count: number, lift = 0) =>
      Array.from(
        { length: count },
        (_value, index) => 100 + 2 * (from + index) + (digits[from + index] ?? 0) / 2 + lift,
      );
    const found = differenceToForecast(windowOf(line(0, 24), line(24, 6, 30)), monthlyForecaster).estimate;
    expect(found?.estimate).toBeGreaterThan(24);
    expect(found?.estimate).toBeLessThan(36);
    expect(found?.low).toBeGreaterThan(0);
    const none = differenceToForecast(windowOf(line(0, 24), line(24, 6)), monthlyForecaster).estimate;
    expect(none && none.low < 0 && none.high > 0).toBe(true);
  });

  describe("the interval of the product's own forecaster", () => {
    /** Months whose growth itself drifts, and nothing else happens to them: whoever finds an effect is wrong. */
    const drifting = (seed: number): number[] => {
      const draw = seededRandom(`drifting ${seed}`);
      let [level, slope] = [1_000, 5];
      return Array.from({ length: 29 }, () => {
        slope += 6 * (draw() - 0.5);
        level += slope;
        return level + 4 * (draw() - 0.5);
      });
    };
    const own: Forecaster = (series, horizon, confidence) => {
      const found = forecastSeries({ series: [...series], period: 1, horizon, levels: [confidence] });
      const interval = found.ok ? found.value.intervals[0] : undefined;
      const ends = (end: "lower" | "upper") => interval?.[end].map((value) => value ?? Number.NaN) ?? [];
      return found.ok && interval
        ? { forecast: found.value.forecast, low: ends("lower"), high: ends("upper"), model: "own" }
        : null;
    };
    // Of twenty such histories the model's own interval finds an effect in one, the second; widened it finds none.
    const histories = [drifting(1), drifting(2)];
    const asked = (series: readonly number[], forecaster: Forecaster) =>
      differenceToForecast(windowOf(series.slice(0, 23), series.slice(23)), forecaster).estimate;

    test("is never narrower than the model's and finds no more effects where there are none", () => {
      const pairs = histories.map((series) => ({ wide: asked(series, monthlyForecaster), model: asked(series, own) }));
      for (const { wide, model } of pairs) {
        expect(wide?.estimate).toBeCloseTo(model?.estimate ?? 0, 9);
        expect((wide?.high ?? 0) - (wide?.low ?? 0)).toBeGreaterThanOrEqual(
          (model?.high ?? 0) - (model?.low ?? 0) - 1e-9,
        );
      }
      const wrong = (which: "wide" | "model") =>
        pairs.filter(({ [which]: found }) => found && (found.low > 0 || found.high < 0)).length;
      expect(wrong("wide")).toBe(0);
      expect(wrong("model")).toBe(1);
    });

    test("says how it was widened, or that too few errors came to widen it by", () => {
      expect(asked(drifting(1), monthlyForecaster)?.basis).toMatch(
        /widened by its errors at 12 past origins, on the 23 months before the start$/,
      );
      const short = differenceToForecast(
        windowOf(drifting(2).slice(0, 12), drifting(2).slice(12, 15)),
        monthlyForecaster,
      );
      expect(short.estimate?.basis).toMatch(/with the model's own interval, on the 12 months before the start$/);
    });
  });

  test("a series that never moves gives no interval, so nobody can tell", () => {
    expect(differenceToForecast(windowOf(flat(24), flat(3)), monthlyForecaster)).toMatchObject({
      reason: "no-forecast",
    });
  });
});

describe("difference in differences", () => {
  const others = (count: number, change: (index: number) => number, level = 200): ComparedVenture[] =>
    Array.from({ length: count }, (_value, index) => ({
      ...{ id: String(index), before: flat(12, level), after: flat(3, level + change(index)) },
    }));

  test("the change beyond that of the others, with the largest placebo around it", () => {
    // Own change 30; others 0, 2, 4, 6, 8: mean 4, so 26. The placebo of each against the other four: (x − mean of the
    // rest), at most ±5.
    const found = differenceInDifferences(
      windowOf(flat(12), flat(3, 130)),
      others(5, (index) => index * 2),
      "absolute",
    ).estimate;
    expect(found?.estimate).toBeCloseTo(26, 10);
    expect(found?.low).toBeCloseTo(21, 10);
    expect(found?.high).toBeCloseTo(31, 10);
    expect(found?.confidence).toBeCloseTo(5 / 6, 12);
  });

  test("with twenty others the interval is at 95 %", () => {
    const found = differenceInDifferences(
      windowOf(flat(12), flat(3, 130)),
      others(20, (index) => index % 5),
      "absolute",
    ).estimate;
    expect(found?.confidence).toBe(0.95);
  });

  test("relative: a venture twice as large that grows by the same part has grown by nothing more", () => {
    const doubled = others(5, () => 20);
    const found = differenceInDifferences(windowOf(flat(12, 1_000), flat(3, 1_100)), doubled, "relative").estimate;
    expect(found?.estimate).toBeCloseTo(0, 8);
    const more = differenceInDifferences(windowOf(flat(12, 1_000), flat(3, 1_210)), doubled, "relative").estimate;
    // 1210 ÷ 1.1: without it 1100 would have been.
    expect(more?.estimate).toBeCloseTo(110, 8);
  });

  test.each<[string, ComparedVenture[], "relative" | "absolute", string]>([
    ["three others", others(3, () => 0), "absolute", "too-few-ventures"],
    [
      "others over other months",
      others(6, () => 0).map((one) => ({ ...one, after: [1] })),
      "absolute",
      "too-few-ventures",
    ],
    ["others at zero do not count relatively", others(6, () => 0, 0), "relative", "too-few-ventures"],
  ])("%s: nobody can tell", (_case, compared, scale, reason) => {
    expect(differenceInDifferences(windowOf(flat(12), flat(3)), compared, scale)).toMatchObject({ reason });
  });

  test("a measure at zero has no relative change", () => {
    const own = windowOf(flat(12, 0), flat(3, 10));
    expect(
      differenceInDifferences(
        own,
        others(5, () => 0),
        "relative",
      ),
    ).toMatchObject({ reason: "not-positive" });
  });

  test("one that drifted away before the start cannot be compared; one that drifts no faster than the rest can", () => {
    const rising = Array.from({ length: 12 }, (_value, index) => 100 + 5 * index);
    const steep = differenceInDifferences(
      windowOf(rising, flat(3, 200)),
      others(5, () => 1),
      "absolute",
    );
    expect(steep).toMatchObject({ estimate: null, reason: "trends-differed-before" });
    const restless = others(5, () => 1).map((one, index) => ({
      ...{ ...one, before: one.before.map((value, month) => value + (index - 2) * 8 * month) },
    }));
    expect(differenceInDifferences(windowOf(rising, flat(3, 200)), restless, "absolute").reason).toBeNull();
  });

  test("slope by least squares", () => {
    expect(slopeOf([1, 3, 5, 7])).toBeCloseTo(2, 12);
    expect(slopeOf([4])).toBe(0);
  });

  test("the effect moves with the venture's own months, one for one", () => {
    fc.assert(
      fc.property(fc.double({ min: -50, max: 50, noNaN: true }), (lift) => {
        const found = differenceInDifferences(
          windowOf(flat(12), flat(3, 100 + lift)),
          others(6, (index) => index),
          "absolute",
        ).estimate;
        expect(found?.estimate).toBeCloseTo(lift - 2.5, 8);
      }),
    );
  });
});

describe("the verdict", () => {
  const estimate = (method: EffectMethod, low: number, high: number): Tried => ({
    method,
    estimate: {
      method,
      low,
      high,
      estimate: (low + high) / 2,
      confidence: 0.95,
      months: 6,
      basis: "",
      counterfactual: [],
    },
    reason: null,
  });
  const failed = (method: EffectMethod): Tried => ({ method, estimate: null, reason: "no-forecast" });
  const up = { direction: "up" as const, overlapping: false };

  test.each<[string, Tried[], Partial<typeof up> | { direction: "down" }, string, string | null]>([
    ["above zero", [estimate("forecast", 1, 5)], {}, "improved", null],
    ["below zero", [estimate("forecast", -5, -1)], {}, "worsened", null],
    ["about zero", [estimate("forecast", -1, 5)], {}, "cannot-tell", "interval-spans-zero"],
    ["less of what should fall", [estimate("forecast", -5, -1)], { direction: "down" }, "improved", null],
    ["both agree", [estimate("forecast", 1, 5), estimate("difference-in-differences", 2, 9)], {}, "improved", null],
    [
      "both say different things",
      [estimate("forecast", 1, 5), estimate("difference-in-differences", -9, -2)],
      {},
      "cannot-tell",
      "methods-disagree",
    ],
    ["only the comparison", [failed("forecast"), estimate("difference-in-differences", 2, 9)], {}, "improved", null],
    ["neither", [failed("forecast")], {}, "cannot-tell", "no-forecast"],
    [
      "another initiative on the same",
      [estimate("forecast", 1, 5)],
      { overlapping: true },
      "cannot-tell",
      "overlapping-initiatives",
    ],
    [
      "an experiment counts before anything else",
      [estimate("experiment", 1, 2), estimate("forecast", -9, -5)],
      { overlapping: true },
      "improved",
      null,
    ],
  ])("%s", (_case, tried, more, verdict, reason) => {
    expect(decideEffect(tried, { ...up, ...more })).toMatchObject({ verdict, reason });
  });

  test("where nothing may be concluded no number is left to conclude from", () => {
    expect(decideEffect([estimate("forecast", 1, 5)], { ...up, overlapping: true }).chosen).toBeNull();
    expect(decideEffect([estimate("forecast", -1, 5)], up).chosen).not.toBeNull();
  });
});

describe("what it is worth", () => {
  const effect = { estimate: 0.02, low: -0.01, high: 0.05, months: 6 } as EffectEstimate;
  const base = {
    ...{ monthlyRevenue: new Exact(50_000), customers: new Exact(100), revenuePerCustomer: new Exact(500) },
    grossMargin: new Exact("0.8"),
  };
  const central = (metric: string, estimate: number) => {
    const { gain } = gainOf(metric, { ...effect, estimate }, base);
    return gain?.central.toNumber();
  };

  test.each<[string, number, number]>([
    // Two more a month for 6 months at 500 each pay 1 + … + 6 = 21 months: 2 × 21 × 500 × 0.8
    ["new_customers", 2, 16_800],
    // 0.02 × 50,000 × 6 × 0.8
    ["gross_revenue_retention", 0.02, 4_800],
    // 1,000 a month × 6 × 0.8
    ["revenue", 1_000, 4_800],
    // 12,000 a year ÷ 12 × 6 × 0.8
    ["arr", 12_000, 4_800],
    // 10 more customers × 500 × 6 × 0.8
    ["customers", 10, 24_000],
    // 5 more per customer × 100 × 6 × 0.8
    ["arpa", 5, 2_400],
    // Margin is margin.
    ["gross_margin", 1_000, 6_000],
  ])("%s", (metric, estimate, expected) => {
    expect(central(metric, estimate)).toBeCloseTo(expected, 9);
  });

  test("unknown where it has no worth in money, or a base is missing; a loss is a loss", () => {
    expect(gainOf("exit_readiness", effect, base)).toMatchObject({ gain: null, reason: "no-money-value" });
    expect(gainOf("revenue", effect, { ...base, grossMargin: null })).toMatchObject({
      gain: null,
      reason: "missing-input",
    });
    expect(gainOf("gross_revenue_retention", effect, base).gain?.low.toNumber()).toBeCloseTo(-2_400, 9);
  });

  test("over nothing spent there is no return", () => {
    expect(returnOn(new Exact(10), new Exact(0))).toBeNull();
    expect(returnOn(new Exact(10), new Exact(4))?.toNumber()).toBe(2.5);
  });
});
