import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { brierScore, calibrationOf, chanceAbove } from "./calibration";

const interval = (level: number, low: number, high: number, actual: number) => ({ level, low, high, actual });

describe("coverage of past intervals", () => {
  test("ends count as inside, levels apart, sample sizes beside", () => {
    const past = [
      interval(0.8, 1, 3, 3),
      interval(0.8, 1, 3, 3.1),
      interval(0.8, 1, 3, 2),
      interval(0.8, 1, 3, 0),
      interval(0.95, 0, 9, 5),
    ];
    expect(calibrationOf(past, [], [0.8, 0.95, 0.5]).intervals).toEqual([
      { level: 0.8, held: 2, of: 4, coverage: 0.5 },
      { level: 0.95, held: 1, of: 1, coverage: 1 },
      { level: 0.5, held: 0, of: 0, coverage: null },
    ]);
  });

  test("without a past nothing is claimed", () => {
    expect(calibrationOf([], [], [0.8])).toEqual({
      intervals: [{ level: 0.8, held: 0, of: 0, coverage: null }],
      brier: { score: null, of: 0 },
    });
  });
});

describe("Brier score", () => {
  // Brier 1950, and the example of the encyclopaedias: 70 % for rain scores 0.09 when it rains and 0.49 when not.
  test.each([
    [[{ probability: 1, happened: true }], 0],
    [[{ probability: 1, happened: false }], 1],
    [[{ probability: 0.7, happened: true }], 0.09],
    [[{ probability: 0.3, happened: true }], 0.49],
    [
      [
        { probability: 0.5, happened: true },
        { probability: 0.5, happened: false },
      ],
      0.25,
    ],
  ])("%j scores %f", (calls, score) => {
    expect(brierScore(calls)).toBeCloseTo(score, 12);
  });

  test("the share that happened is the best constant probability", () => {
    const outcomes = fc.array(fc.boolean(), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(outcomes, fc.double({ min: 0, max: 1, noNaN: true }), (happened, other) => {
        const base = happened.filter(Boolean).length / happened.length;
        const score = (probability: number) => brierScore(happened.map((h) => ({ probability, happened: h }))) ?? 0;
        expect(score(base)).toBeLessThanOrEqual(score(other) + 1e-12);
      }),
    );
  });
});

describe("chance of ending above", () => {
  const forecast = { point: 100, low: 100 - 12.8155156554, high: 100 + 12.8155156554, level: 0.8 };
  test.each([
    [100, 0.5],
    [90, 0.8413447460685429],
    [110, 0.15865525393145707],
  ])("above %i: %f (σ = 10)", (threshold, chance) => {
    expect(chanceAbove(threshold, forecast)).toBeCloseTo(chance, 9);
  });
  test("without width there is none", () => {
    expect(chanceAbove(1, { point: 2, low: 2, high: 2, level: 0.8 })).toBeNull();
  });
});
