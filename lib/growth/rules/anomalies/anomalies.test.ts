import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PASSENGERS } from "../../test-support/series";
import { seededRandom } from "../simulate";
import { extremeStudentizedDeviates, grubbsCritical, madAnomalies, robustThreshold, stlAnomalies } from "./anomalies";
import { robustScale } from "./robust";

// Rosner 1983, as in the NIST/SEMATECH e-Handbook 1.3.5.17.3.
const ROSNER = [
  -0.25, 0.68, 0.94, 1.15, 1.2, 1.26, 1.26, 1.34, 1.38, 1.43, 1.49, 1.49, 1.55, 1.56, 1.58, 1.65, 1.69, 1.7, 1.76, 1.77,
  1.81, 1.91, 1.94, 1.96, 1.99, 2.06, 2.09, 2.1, 2.14, 2.15, 2.23, 2.24, 2.26, 2.35, 2.37, 2.4, 2.47, 2.54, 2.62, 2.64,
  2.9, 2.92, 2.92, 2.93, 3.21, 3.26, 3.3, 3.59, 3.68, 4.3, 4.64, 5.34, 5.42, 6.01,
];
const STATISTICS = [3.118, 2.942, 3.179, 2.81, 2.815, 2.848, 2.279, 2.31, 2.101, 2.067];
const CRITICAL = [3.158, 3.151, 3.143, 3.136, 3.128, 3.12, 3.111, 3.103, 3.094, 3.085];

describe("Rosner's test", () => {
  const { anomalies, steps } = extremeStudentizedDeviates(ROSNER, 10, 0.05);

  test("each step as NIST prints it", () => {
    for (const [i, step] of steps.entries()) {
      expect(step.statistic).toBeCloseTo(STATISTICS[i] ?? 0, 2);
      expect(step.critical).toBeCloseTo(CRITICAL[i] ?? 0, 2);
    }
    expect(steps).toHaveLength(10);
  });

  test("three outliers, though neither of the first two steps exceeds its critical value", () => {
    expect(anomalies.map(({ value }) => value)).toEqual([6.01, 5.42, 5.34]);
    expect(anomalies.map(({ index }) => index)).toEqual([53, 52, 51]);
  });

  test("no spread, no outlier", () => {
    expect(extremeStudentizedDeviates([4, 4, 4, 4, 4], 2, 0.05)).toEqual({ anomalies: [], steps: [] });
  });

  test("the order of the values does not matter", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(ROSNER, { minLength: ROSNER.length }), (shuffled) => {
        const found = extremeStudentizedDeviates(shuffled, 10, 0.05).anomalies.map(({ value }) => value);
        expect(found).toEqual([6.01, 5.42, 5.34]);
      }),
    );
  });
});

describe("Grubbs' test", () => {
  test("NIST e-Handbook 1.3.5.17.1: G = 2.4687 of eight masses", () => {
    const masses = [199.31, 199.53, 200.19, 200.82, 201.92, 201.95, 202.18, 245.57];
    const { anomalies, steps } = extremeStudentizedDeviates(masses, 1, 0.05);
    expect(steps[0]?.statistic).toBeCloseTo(2.4687, 3);
    expect(anomalies).toMatchObject([{ index: 7, value: 245.57 }]);
  });

  // Grubbs and Beck 1972, table 1; two-sided 5 % is the one-sided 2.5 % column.
  test.each([
    [8, 2.126],
    [10, 2.29],
    [20, 2.709],
    [50, 3.128],
  ])("critical value of %i values: %f", (n, critical) => {
    expect(grubbsCritical(n, 0.05)).toBeCloseTo(critical, 2);
  });
});

describe("robust distance", () => {
  // Venables and Ripley's "chem", as in statsmodels robust/tests/test_scale.py.
  const CHEM = [
    2.2, 2.2, 2.4, 2.4, 2.5, 2.7, 2.8, 2.9, 3.03, 3.03, 3.1, 3.37, 3.4, 3.4, 3.4, 3.5, 3.6, 3.7, 3.7, 3.7, 3.7, 3.77,
    5.28, 28.95,
  ];

  test("median 3.385 and 1.4826 × MAD 0.52632", () => {
    const { center, scale } = robustScale(CHEM);
    expect(center).toBeCloseTo(3.385, 10);
    expect(scale).toBeCloseTo(0.52632, 4);
  });

  test("the two far values, the furthest first, and no more than asked for", () => {
    const threshold = robustThreshold(CHEM.length, 0.05);
    expect(threshold).toBeCloseTo(3.0781, 4);
    expect(madAnomalies(CHEM, threshold, 9).anomalies.map(({ index }) => index)).toEqual([23, 22]);
    expect(madAnomalies(CHEM, threshold, 1).anomalies.map(({ index }) => index)).toEqual([23]);
  });

  test("where most values are equal the mean absolute deviation stands in; where all are, nothing does", () => {
    expect(robustScale([1, 1, 1, 1, 9])).toMatchObject({ center: 1, basis: "mean-absolute-deviation" });
    expect(robustScale([1, 1, 1, 1, 9]).scale).toBeCloseTo(1.6 * Math.sqrt(Math.PI / 2), 12);
    expect(madAnomalies([7, 7, 7], 3, 3)).toMatchObject({ anomalies: [], robust: { scale: 0, basis: "none" } });
  });
});

describe("trend and season first", () => {
  const threshold = robustThreshold(60, 0.05);
  /** Trend, season and normal noise of σ = 1 (Box and Muller). */
  const calmOf = (seed: string, length = 60): number[] => {
    const random = seededRandom(seed);
    const noise = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
    return Array.from({ length }, (_, t) => 100 + t + 20 * Math.sin((t / 12) * 2 * Math.PI) + noise());
  };
  const calm = calmOf("calm");

  test("a value that no season explains is found; the season's own high is not", () => {
    const spoilt = calm.map((value, t) => (t === 40 ? value - 15 : value));
    const { anomalies } = stlAnomalies(spoilt, 12, threshold, 60);
    expect(anomalies[0]).toMatchObject({ index: 40 });
    expect(anomalies[0]?.score).toBeLessThan(-5);
    expect(anomalies[0]?.expected).toBeCloseTo(calm[40] ?? 0, -1);
    expect(stlAnomalies(calm, 12, threshold, 60).anomalies).toEqual([]);
  });

  test("of a hundred calm series few are suspected, as the threshold promises", () => {
    const suspected = Array.from({ length: 100 }, (_, i) => stlAnomalies(calmOf(`series ${i}`), 12, threshold, 60));
    expect(suspected.filter(({ anomalies }) => anomalies.length > 0).length).toBeLessThan(20);
  });

  test("several at once, none hiding another and no neighbour blamed", () => {
    const spoilt = calm.map((value, t) => value + ({ 10: 30, 34: 40, 35: -25 }[t] ?? 0));
    const { anomalies } = stlAnomalies(spoilt, 12, threshold, 60);
    expect(anomalies.map(({ index }) => index).sort()).toEqual([10, 34, 35]);
  });

  test("rounding is no anomaly", () => {
    const line = Array.from({ length: 36 }, (_, t) => 5 + 0.1 * t);
    expect(stlAnomalies(line, 12, threshold, 36).anomalies).toEqual([]);
  });

  test("a doubled month among the airline's passengers", () => {
    const spoilt = PASSENGERS.map((value, t) => (t === 100 ? value * 2 : value));
    expect(stlAnomalies(spoilt, 12, 6, 5).anomalies[0]?.index).toBe(100);
  });
});
