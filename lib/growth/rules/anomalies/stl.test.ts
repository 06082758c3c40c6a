import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CO2, PASSENGERS } from "../../test-support/series";
import { stl, stlSettings } from "./stl";

// Cleveland's Fortran, as run by statsmodels' authors (stl_test_results.csv, commit 10d1c162677d): CO₂ with period 12,
// windows 35, 19 and 13, degrees 1, one inner and two outer passes.
const BASELINE: readonly [number, number, number, number][] = [
  [0, -0.13125464336066284, 315.55193972532356, 0.94748803176461716],
  [1, 0.51706942811097434, 315.6444815723392, 0.88239070760993688],
  [10, -1.9020978585318979, 316.50460230627056, 0.59576256569904962],
  [52, 2.7659535008909888, 319.0678481244226, 0.50441999057188136],
  [82, -1.9653380963052129, 320.69461437192018, 0.2651672528703003],
  [93, -3.0192920742255533, 321.38591076938843, 0.18203278005122117],
  [147, 2.3800185233733959, 326.32393967871712, 0.10460030870706755],
  [290, 1.4373140957276815, 342.06940931227098, 0.55470537283138399],
  [346, -2.1426375825597082, 349.4952143730211, 0.98284553390023988],
  [347, -0.94898196289088432, 349.70269160292088, 0.98071842215379312],
];
const NO_LOW_PASS_JUMP: typeof BASELINE = [
  [0, -0.13125362300212545, 315.55193834363786, 0.94748816400966929],
  [8, -2.6757436747738672, 316.29330949007669, 0.63786265758983673],
  [33, -2.9180758836613867, 318.05056840449686, 0.69262267523992138],
];

const decomposed = (jumps: { seasonal: number; trend: number; lowPass: number }) =>
  stl(
    CO2,
    stlSettings(CO2.length, {
      period: 12,
      windows: { seasonal: 35, trend: 19, lowPass: 13 },
      jumps,
      iterations: { inner: 1, outer: 2 },
    }),
  );

describe("Cleveland's own numbers", () => {
  test.each([
    { name: "with jumps 4, 2, 2", jumps: { seasonal: 4, trend: 2, lowPass: 2 }, rows: BASELINE },
    { name: "with no jump of the low pass", jumps: { seasonal: 4, trend: 2, lowPass: 1 }, rows: NO_LOW_PASS_JUMP },
  ])("$name", ({ jumps, rows }) => {
    const parts = decomposed(jumps);
    for (const [t, season, trend, weight] of rows) {
      expect(parts.seasonal[t]).toBeCloseTo(season, 10);
      expect(parts.trend[t]).toBeCloseTo(trend, 9);
      expect(parts.weights[t]).toBeCloseTo(weight, 10);
    }
  });
});

describe("defaults", () => {
  // statsmodels STL: trend = smallest odd ≥ 1.5 × period ÷ (1 − 1.5 ÷ seasonal), low pass = smallest odd > period.
  test.each([
    [12, 7, 23, 13],
    [4, 7, 9, 5],
    [7, 7, 15, 9],
    [12, 35, 19, 13],
    [12, 13, 21, 13],
  ])("period %i, season %i: trend %i, low pass %i", (period, seasonal, trend, lowPass) => {
    const settings = stlSettings(100, { period, windows: { seasonal } });
    expect([settings.trend.window, settings.lowPass.window]).toEqual([trend, lowPass]);
  });

  test("five inner passes, or two with fifteen outer ones; even windows become odd", () => {
    expect(stlSettings(100, { period: 12 })).toMatchObject({ inner: 5, outer: 0 });
    expect(stlSettings(100, { period: 12, robust: true })).toMatchObject({ inner: 2, outer: 15 });
    expect(stlSettings(100, { period: 12, windows: { seasonal: 8, trend: 24 } })).toMatchObject({
      seasonal: { window: 9 },
      trend: { window: 25 },
    });
  });
});

describe("properties", () => {
  test("trend, season and remainder make up the series", () => {
    const series = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 8, maxLength: 60 });
    fc.assert(
      fc.property(series, fc.integer({ min: 2, max: 4 }), fc.boolean(), (values, period, robust) => {
        const parts = stl(values, stlSettings(values.length, { period, robust }));
        for (const [t, value] of values.entries()) {
          const sum = (parts.trend[t] ?? 0) + (parts.seasonal[t] ?? 0) + (parts.remainder[t] ?? 0);
          expect(Math.abs(sum - value)).toBeLessThan(1e-6);
        }
      }),
      { numRuns: 40 },
    );
  });

  test("a line with a fixed season comes apart", () => {
    const season = [3, -1, -4, 2];
    const series = Array.from({ length: 24 }, (_, t) => 10 + 2 * t + (season[t % 4] ?? 0));
    const parts = stl(series, stlSettings(24, { period: 4, windows: { seasonal: "periodic" } }));
    for (const t of series.keys()) {
      expect(parts.seasonal[t]).toBeCloseTo(season[t % 4] ?? 0, 1);
      expect(parts.trend[t]).toBeCloseTo(10 + 2 * t, 1);
    }
  });

  test("an outlier gets no weight and stays in the remainder", () => {
    const spoilt = PASSENGERS.map((value, t) => (t === 60 ? value + 300 : value));
    const parts = stl(spoilt, stlSettings(spoilt.length, { period: 12, robust: true }));
    expect(parts.weights[60]).toBe(0);
    expect(parts.remainder[60]).toBeGreaterThan(270);
  });
});
