import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { forecastInputSchema } from "../../schema/forecast";
import { seededRandom } from "../simulate";
import { forecastWithPast } from "./forecast";
import { conformalQuantile, pastReaches, type Reach, widening, wideningBands } from "./widening";

describe("the quantile that covers one to come", () => {
  // ⌈(n + 1) level⌉-th smallest: Lei et al. 2018, section 2.2.
  test.each([
    { values: [5, 1, 3, 2, 4, 6, 7, 8, 9], level: 0.8, expected: 8 },
    { values: [5, 1, 3, 2, 4, 6, 7, 8, 9], level: 0.5, expected: 5 },
    { values: [2, 1], level: 0.95, expected: 2 },
    { values: [], level: 0.8, expected: 1 },
  ])("$level of $values.length values", ({ values, level, expected }) => {
    expect(conformalQuantile(values, level)).toBe(expected);
  });
});

const reach = (origin: number, ahead: number, size: number): Reach => ({
  ...{ origin, ahead },
  byLevel: new Map([[0.8, size]]),
});

describe("factors by distance", () => {
  test("never below 1, never smaller further ahead, and a band without enough takes the one before", () => {
    const far = Array.from({ length: 10 }, (_, i) => reach(i, 8, 0.5 + i / 10));
    const near = Array.from({ length: 10 }, (_, i) => reach(i, 2, 2));
    expect(wideningBands([...near, ...far], 0.8).map(({ factor }) => factor)).toEqual([2, 2, 2, 2]);
    expect(wideningBands(far, 0.8)).toEqual([
      { until: 3, factor: 1, comparisons: 0 },
      { until: 6, factor: 1, comparisons: 0 },
      { until: 12, factor: 1.3, comparisons: 10 },
      { until: null, factor: 1.3, comparisons: 0 },
    ]);
  });

  test("whatever came, the widened interval holds the model's own", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 24 }), fc.double({ min: 0, max: 50 }))),
        (rows) => {
          const bands = wideningBands(
            rows
              .filter(([, , size]) => Number.isFinite(size))
              .map(([origin, ahead, size]) => reach(origin, ahead, size)),
            0.8,
          );
          const factors = bands.map(({ factor }) => factor);
          expect(factors).toEqual([...factors].sort((a, b) => a - b));
          expect(Math.min(...factors)).toBeGreaterThanOrEqual(1);
        },
      ),
    );
  });
});

test("a past forecast sees only what was known then", () => {
  const seen: number[] = [];
  const series = Array.from({ length: 20 }, (_, t) => t);
  const reaches = pastReaches(
    series,
    (known, horizon) => {
      seen.push(known.length);
      const forecast = Array.from({ length: horizon }, () => known.at(-1) ?? 0);
      const interval = { level: 0.8, lower: forecast.map((x) => x - 1), upper: forecast.map((x) => x + 1) };
      return { forecast, intervals: [interval] };
    },
    { least: 5, horizon: 4 },
  );
  expect(seen).toEqual([5, 6, 7, 8, 10, 11, 12, 13, 15, 16, 17, 18]);
  // The last value goes on, the series rises by one a step: h steps ahead it is h half-widths away.
  for (const { ahead, byLevel } of reaches) expect(byLevel.get(0.8)).toBe(ahead);
});

test("too few origins say nothing", () => {
  const interval = { level: 0.8, lower: [0], upper: [2] };
  expect(widening({ forecast: [1], intervals: [interval] }, [reach(3, 1, 2), reach(4, 1, 2)])).toBeNull();
});

test("where the model is too sure, the widened interval holds more of what came later", () => {
  const random = seededRandom("widening");
  // Growth whose pace wanders: a line carried on is wrong by more the further it goes.
  let [level, pace] = [1_000, 20];
  const series = Array.from({ length: 60 }, () => {
    pace += (random() - 0.45) * 8;
    level += pace + (random() - 0.5) * 10;
    return level;
  });
  const input = forecastInputSchema.parse({ series, period: 1, horizon: 24, levels: [0.8] });
  const found = forecastWithPast(input);
  if (!found.ok) throw new Error(found.refusal);
  const [coverage] = found.value.widened?.coverage ?? [];
  expect(coverage?.widened.of).toBeGreaterThan(50);
  const share = (held?: { held: number; of: number }) => (held ? held.held / held.of : 0);
  expect(share(coverage?.widened)).toBeGreaterThanOrEqual(share(coverage?.model));
});
