import fc from "fast-check";
import { expect, test } from "vitest";
import { type Distribution, drawn, quantile, rangeOf, seededRandom, xoshiro } from "./simulate";

test("xoshiro128** gives the numbers of its authors' reference", () => {
  // Run of the C reference (prng.di.unimi.it, version 1.1), as in edorfaus/xoshiro-6502, test-rom/testdata.asm.
  const next = xoshiro([0x964d4a0c, 0xd40ab895, 0xad7fdecb, 0x3006f0f0]);
  expect([next(), next(), next(), next()]).toEqual([0xf1391922, 0x6fe53806, 0xa5be2840, 0xf510ee70]);
});

test("the same seed gives the same numbers, another seed others", () => {
  const take = (seed: string) => drawn({ kind: "triangular", low: 0, mode: 1, high: 4 }, 100, seededRandom(seed));
  expect(take("a")).toEqual(take("a"));
  expect(take("a")).not.toEqual(take("b"));
});

const N = 40_000;

test.each<[string, Distribution, { p10: number; p50: number; p90: number; mean: number }]>([
  // Triangular(0, ½, 1): F(x) = 2x² below the mode, so P10 = √0.05; by symmetry P90 = 1 − P10.
  [
    "triangular",
    { kind: "triangular", low: 0, mode: 0.5, high: 1 },
    { p10: 0.223607, p50: 0.5, p90: 0.776393, mean: 0.5 },
  ],
  // z(0.9) = 1.281552
  ["normal", { kind: "normal", mean: 1, deviation: 0.2, least: 0 }, { p10: 0.74369, p50: 1, p90: 1.25631, mean: 1 }],
  ["fixed", { kind: "fixed", value: 3 }, { p10: 3, p50: 3, p90: 3, mean: 3 }],
])("%s draws have the distribution's own quantiles", (_name, distribution, expected) => {
  const range = rangeOf(drawn(distribution, N, seededRandom("quantiles")));
  for (const key of ["p10", "p50", "p90", "mean"] as const) {
    expect(Math.abs(range[key] - expected[key]), key).toBeLessThan(0.006);
  }
});

test("the standard error is that of the median", () => {
  // Of a normal sample: √(π/2) σ/√n.
  const range = rangeOf(drawn({ kind: "normal", mean: 0, deviation: 1, least: -100 }, N, seededRandom("error")));
  const theory = Math.sqrt(Math.PI / 2 / N);
  expect(range.standardError / theory).toBeGreaterThan(0.7);
  expect(range.standardError / theory).toBeLessThan(1.4);
});

test("a width of nothing is a fixed value, and a cut-off is kept", () => {
  const none = drawn({ kind: "triangular", low: 2, mode: 2, high: 2 }, 5, seededRandom("x"));
  expect([...none]).toEqual([2, 2, 2, 2, 2]);
  const cut = drawn({ kind: "normal", mean: 0, deviation: 1, least: 0 }, 501, seededRandom("x"));
  expect(Math.min(...cut)).toBe(0);
});

test("quantiles lie inside the draws, in order, and every triangular draw inside its bounds", () => {
  const bounds = fc.tuple(fc.integer({ min: -50, max: 50 }), fc.nat({ max: 30 }), fc.nat({ max: 30 }));
  fc.assert(
    fc.property(bounds, fc.string(), ([low, up, more], seed) => {
      const values = drawn({ kind: "triangular", low, mode: low + up, high: low + up + more }, 200, seededRandom(seed));
      const sorted = values.slice().sort();
      const { p10, p50, p90 } = rangeOf(values);
      expect(p10 <= p50 && p50 <= p90).toBe(true);
      expect((sorted[0] ?? low) >= low && (sorted.at(-1) ?? low) <= low + up + more).toBe(true);
      expect(quantile(sorted, 0)).toBe(sorted[0]);
      expect(quantile(sorted, 1)).toBe(sorted.at(-1));
    }),
    { numRuns: 100 },
  );
});
