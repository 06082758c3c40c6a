import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { forecastInputSchema } from "../../schema/forecast";
import { OIL, PASSENGERS, TOURISTS } from "../../test-support/series";
import { candidateForms } from "./ets-choice";
import { formName } from "./ets-model";
import { forecastSeries, forecastWarnings } from "./forecast";
import { forecastIntegrated } from "./forecast-integrated";
import { drift, naive, seasonalNaive } from "./naive-forecasts";
import { originsOf } from "./rolling-origin";

const forecast = (raw: unknown) => {
  const input = forecastInputSchema.parse(raw);
  const found = forecastSeries(input);
  if (!found.ok) throw new Error(JSON.stringify(found.problems));
  return { input, ...found.value };
};
const problems = (raw: unknown) => {
  const found = forecastSeries(forecastInputSchema.parse(raw));
  return found.ok ? [] : (found.problems ?? []).map(({ path }) => path);
};

// fpp2, chapter 7 (as in statsmodels test_simple_exp_smoothing fit1): Saudi oil 1996 to 2007, alpha 0.2.
const FPP_OIL = [
  446.6565229, 454.4733065, 455.662974, 423.6322388, 456.2713279, 440.5880501, 425.3325201, 485.1494479, 506.0481621,
  526.7919833, 514.268889, 494.2110193,
];

describe("a model that is given", () => {
  test("simple exponential smoothing from the first value", () => {
    const given = { error: "A", trend: "N", season: "N", alpha: 0.2, initial: { level: 446.6565229 } };
    const { forecast: points, states, parameters } = forecast({ series: FPP_OIL, horizon: 1, model: given });
    expect(points[0]).toBeCloseTo(484.802468, 5);
    const levels = [446.6565229, 448.21987962, 449.7084985, 444.49324656, 446.84886283, 445.59670028];
    for (const [t, level] of levels.entries()) expect(states?.level[t]).toBeCloseTo(level, 6);
    expect(parameters).toEqual({ alpha: 0.2, beta: null, gamma: null, phi: null, initial: { level: 446.6565229 } });
  });

  test.each([
    ["A", "M", false],
    ["A", "A", true],
    ["M", "N", true],
  ] as const)("its answer, given back, is its answer: trend %s, season %s, damped %s", (trend, season, damped) => {
    const model = { error: "M" as const, trend, season, damped };
    const first = forecast({ series: TOURISTS, period: 4, horizon: 6, model });
    const again = forecast({ series: TOURISTS, period: 4, horizon: 6, model: { ...model, ...first.parameters } });
    expect(again.forecast).toEqual(first.forecast);
    expect(again.fitted).toEqual(first.fitted);
  });

  test.each([
    [{ error: "A", trend: "N", season: "N", beta: 0.1 }, "model.beta"],
    [{ error: "A", trend: "N", season: "N", damped: true }, "model.damped"],
    [{ error: "A", trend: "N", season: "N", initial: { trend: 1 } }, "model.initial.trend"],
    [{ error: "A", trend: "A", season: "N", gamma: 0.1 }, "model.gamma"],
    [{ error: "A", trend: "A", season: "N", damped: false, phi: 0.9 }, "model.phi"],
    [{ error: "A", trend: "N", season: "A" }, "period"],
    [{ error: "A", trend: "N", season: "N", initial: { seasonal: [1, 2] } }, "model.initial.seasonal"],
  ])("refuses %j at %s", (model, path) => {
    expect(problems({ series: FPP_OIL, horizon: 1, model })).toContain(path);
  });

  test("a part that multiplies needs values above zero, and names the first that is not", () => {
    const model = { error: "M", trend: "N", season: "N" };
    expect(problems({ series: [3, 2, 0, 4, 5], horizon: 1, model })).toEqual(["series[2]"]);
    const season = { error: "A", trend: "N", season: "M" };
    expect(problems({ series: [3, -2, 1, 4, 5, 6, 7, 8, 9], period: 2, horizon: 1, model: season })).toEqual([
      "series[1]",
    ]);
  });

  test("needs more values than it estimates", () => {
    const model = { error: "A", trend: "A", season: "A" };
    expect(problems({ series: PASSENGERS.slice(0, 23), period: 12, horizon: 1, model })).toEqual(["series"]);
  });
});

describe("the choice", () => {
  test("fifteen forms for positive seasonal series, three for negative ones without a season", () => {
    expect(candidateForms(12, true, true)).toHaveLength(15);
    expect(candidateForms(1, false, false).map(formName)).toEqual(["ETS(A,N,N)", "ETS(A,A,N)", "ETS(A,Ad,N)"]);
  });

  test("AirPassengers has relative errors, an additive trend and a multiplied season", () => {
    const { model } = forecast({ series: PASSENGERS, period: 12, horizon: 12 });
    expect(model).toMatchObject({ error: "M", trend: "A", season: "M", reason: null });
    // R reaches AICc 1400.64 with ETS(M,Ad,M).
    expect(model.aicc).toBeLessThan(1400.64);
    expect(model.candidates[0]?.name).toBe(model.name);
  });

  test("Australian tourists from 2005: ETS(M,A,M), as in fpp2 7.6 (AICc 230.2 there)", () => {
    const { model } = forecast({ series: TOURISTS.slice(24), period: 4, horizon: 8 });
    expect(model.name).toBe("ETS(M,A,M)");
    expect(model.aicc).toBeLessThan(230.3);
  });

  test("oil has neither season nor trend worth its price", () => {
    expect(forecast({ series: OIL, horizon: 3 }).model.name).toBe("ETS(A,N,N)");
  });

  test("values below zero: nothing multiplies", () => {
    const found = forecast({ series: OIL.map((value) => value - 200), horizon: 3 });
    expect(found.model.error).toBe("A");
    expect(forecastWarnings(found.input, found)).toContain("Values at or below zero: only additive models were tried");
  });
});

describe("too little to choose from", () => {
  test.each([
    { name: "one value", series: [5], period: 1, method: "naive", reason: "too-few-values" },
    { name: "five values", series: [1, 2, 3, 4, 6], period: 1, method: "drift", reason: "too-few-values" },
    {
      name: "20 months",
      series: PASSENGERS.slice(0, 20),
      period: 12,
      method: "drift",
      reason: "shorter-than-two-seasons",
    },
    {
      name: "no change",
      series: new Array<number>(30).fill(7),
      period: 12,
      method: "naive",
      reason: "constant-series",
    },
    { name: "zeros", series: new Array<number>(30).fill(0), period: 1, method: "naive", reason: "constant-series" },
  ])("$name: $method, because $reason", ({ series, period, method, reason }) => {
    const found = forecast({ series, period, horizon: 4 });
    expect(found.model).toMatchObject({ method, reason });
    expect(found.reasons.model).toBe(reason);
    expect(found.forecast).toHaveLength(4);
  });

  test("a series that never changed has no width to tell", () => {
    const found = forecast({ series: new Array<number>(30).fill(7), horizon: 2 });
    expect(found.forecast).toEqual([7, 7]);
    expect(found.intervals[0]).toEqual({ level: 0.8, lower: [null, null], upper: [null, null] });
    expect(found.reasons.intervals).toBe("constant-series");
    expect(found.accuracy.mase).toBeNull();
  });

  test("benchmarks: last value, last season, the line between the ends", () => {
    const ahead = { horizon: 3, levels: [0.95] };
    expect(naive([1, 2, 4], ahead).forecast).toEqual([4, 4, 4]);
    expect(seasonalNaive([1, 2, 3, 4], 2, ahead).forecast).toEqual([3, 4, 3]);
    expect(drift([1, 2, 4, 7], ahead).forecast).toEqual([9, 11, 13]);
    // σ of the naive errors 1, 2 is √2.5; its interval grows with √h.
    const [interval] = naive([1, 2, 4], ahead).intervals;
    expect((interval?.upper[2] ?? 0) - 4).toBeCloseTo(1.959963984540054 * Math.sqrt(2.5 * 3), 9);
  });
});

describe("intervals", () => {
  test("lie around the point, wider at the higher level, and are the same each time", () => {
    for (const model of [undefined, { error: "A", trend: "A", season: "A" }]) {
      const raw = { series: TOURISTS, period: 4, horizon: 12, model };
      const found = forecast(raw);
      const [narrow, wide] = found.intervals;
      for (const [h, point] of found.forecast.entries()) {
        expect(narrow?.lower[h]).toBeLessThanOrEqual(point);
        expect(narrow?.upper[h]).toBeGreaterThanOrEqual(point);
        expect(wide?.lower[h]).toBeLessThanOrEqual(narrow?.lower[h] ?? 0);
        expect(wide?.upper[h]).toBeGreaterThanOrEqual(narrow?.upper[h] ?? 0);
      }
      expect(forecast(raw)).toEqual(found);
    }
  });

  test("a multiplied season widens with its height: the bootstrap knows, ± 1.96 σ would not", () => {
    const { forecast: points, intervals } = forecast({ series: PASSENGERS, period: 12, horizon: 12 });
    const width = (h: number) => (intervals[1]?.upper[h] ?? 0) - (intervals[1]?.lower[h] ?? 0);
    const [july, november] = [6, 10];
    expect(points[july]).toBeGreaterThan(points[november] ?? 0);
    expect(width(july)).toBeGreaterThan(width(november));
  });

  test("bootstrap and closed form agree where both apply (simple smoothing, absolute and relative errors)", () => {
    const series = Array.from({ length: 200 }, (_, t) => 1000 + 10 * Math.sin(t * 1.7) + ((t * 37) % 19));
    const width = (error: string) => {
      const found = forecast({ series, horizon: 5, model: { error, trend: "N", season: "N", alpha: 0.3 } });
      return (found.intervals[0]?.upper[4] ?? 0) - (found.intervals[0]?.lower[4] ?? 0);
    };
    expect(width("M") / width("A")).toBeGreaterThan(0.85);
    expect(width("M") / width("A")).toBeLessThan(1.15);
  });
});

describe("rolling origin", () => {
  test.each([
    [120, 24, 24, 12, 96, 118],
    [36, 24, 12, 12, 24, 35],
    [30, 24, 3, 6, 24, 29],
    [24, 24, 12, 0, undefined, undefined],
  ])("%i values, %i at least, horizon %i: %i origins from %s to %s", (length, least, horizon, count, first, last) => {
    const origins = originsOf(length, least, horizon);
    expect([origins.length, origins[0], origins.at(-1)]).toEqual([count, first, last]);
  });

  test("a forecast of the airline beats both naive ones and covers about what it says", () => {
    const { accuracy } = forecast({ series: PASSENGERS, period: 12, horizon: 12 });
    expect(accuracy.versusNaive.naive).toBeLessThan(0.5);
    expect(accuracy.versusNaive.seasonalNaive).toBeLessThan(1);
    expect(accuracy.mase).toBeLessThan(1);
    expect(accuracy.coverage["0.8"]).toBeGreaterThan(0.6);
    expect(accuracy.points).toBe(78);
  });

  test("says why it has none", () => {
    const { accuracy, reasons } = forecast({ series: [4, 5, 9], period: 12, horizon: 2 });
    expect(accuracy).toMatchObject({ mase: null, origins: 0, points: 0 });
    expect(reasons).toMatchObject({ mase: "too-few-values", "coverage.0.8": "too-few-values" });
  });
});

describe("a stock by its changes", () => {
  const burn = Array.from({ length: 40 }, (_, t) => 70_000 + 500 * (((t * 37) % 19) - 9));
  const cash = [3_000_000];
  for (const out of burn) cash.push((cash.at(-1) ?? 0) - out);

  test("goes on falling by what it fell, ever less certainly", () => {
    const found = forecastIntegrated({ series: cash, period: 12, horizon: 12, levels: [0.8] })?.found;
    const last = cash.at(-1) ?? 0;
    expect((last - (found?.forecast[11] ?? 0)) / 12 / 70_000).toBeCloseTo(1, 1);
    const width = (h: number) => (found?.intervals[0]?.upper[h] ?? 0) - (found?.intervals[0]?.lower[h] ?? 0);
    expect(width(11)).toBeGreaterThan(3 * width(0));
    expect(found?.accuracy.versusNaive.naive).toBeLessThan(0.2);
    expect(found?.fitted).toHaveLength(cash.length);
  });

  test("has none from a handful of values", () => {
    expect(forecastIntegrated({ series: [3, 2, 1], period: 1, horizon: 2, levels: [0.8] })).toBeNull();
  });
});

test("whatever the series, every number is finite and every null has its reason", () => {
  const value = fc.oneof(
    fc.double({ min: -1e9, max: 1e9, noNaN: true }),
    fc.constantFrom(0, 1, 1e-9, 1e12, -5),
    fc.integer({ min: 0, max: 3 }),
  );
  const series = fc.array(value, { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(series, fc.constantFrom(1, 4, 12), fc.integer({ min: 1, max: 6 }), (values, period, horizon) => {
      const found = forecast({ series: values, period, horizon });
      expect(found.forecast).toHaveLength(horizon);
      expect(found.forecast.every(Number.isFinite)).toBe(true);
      const ends = found.intervals.flatMap(({ lower, upper }) => [...lower, ...upper]);
      expect(ends.every((end) => end === null || Number.isFinite(end))).toBe(true);
      if (ends.includes(null)) expect(found.reasons.intervals).toBeDefined();
      if (found.accuracy.mase === null) expect(found.reasons.mase).toBeDefined();
      expect(found.accuracy.mase ?? 0).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 60 },
  );
});
