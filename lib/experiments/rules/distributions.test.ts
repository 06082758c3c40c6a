import { describe, expect, test } from "vitest";
import {
  betaBelow,
  betaLowerQuantile,
  binomialAbove,
  binomialAt,
  binomialBelow,
  chiSquaredAbove,
  integrate,
  normalAbove,
  normalUpperQuantile,
  tAbove,
  tUpperQuantile,
} from "./distributions";

// mpmath 1.3 at 40 digits (t and beta by the regularized incomplete beta function) and scipy 1.17.
const REFERENCES: [name: string, got: () => number, expected: number][] = [
  ["normal tail at 8", () => normalAbove(8), 6.220960574271784e-16],
  ["normal tail at 37", () => normalAbove(37), 5.725571222524577e-300],
  ["normal quantile 0.025", () => normalUpperQuantile(0.025), 1.9599639845400545],
  ["normal quantile 0.975", () => normalUpperQuantile(0.975), -1.9599639845400545],
  ["normal quantile 1e-10", () => normalUpperQuantile(1e-10), 6.361340902404056],
  ["normal quantile 1e-20", () => normalUpperQuantile(1e-20), 9.262340089798409],
  ["normal quantile 1e-300", () => normalUpperQuantile(1e-300), 37.0470962993612],
  ["t quantile, 1 degree", () => tUpperQuantile(0.025, 1), 12.706204736174705],
  ["t quantile, 5 degrees", () => tUpperQuantile(0.025, 5), 2.5705818356363155],
  ["t quantile, 2.7 degrees", () => tUpperQuantile(0.0001, 2.7), 28.464698817815233],
  ["t quantile, a million degrees", () => tUpperQuantile(0.025, 1e6), 1.9599663568141072],
  ["t tail at 12, 30 degrees", () => tAbove(12, 30), 2.790092707599628e-13],
  ["t tail at 5, 1.5 degrees", () => tAbove(5, 1.5), 0.03268788381057812],
  ["chi-squared tail, 1 degree", () => chiSquaredAbove(200 ** 2 / 2200, 1), 2.0078656124264867e-5],
  ["chi-squared tail, 3 degrees", () => chiSquaredAbove(11.11938768628861, 3), 0.011097511366581329],
  ["chi-squared tail far out", () => chiSquaredAbove(600, 4), 1.5496082669460377e-128],
  ["chi-squared tail, 7 degrees", () => chiSquaredAbove(20, 7), 0.005569683072945574],
  ["beta quantile", () => betaLowerQuantile(0.025, 0.5, 20.5), 2.4246478459242733e-5],
  ["beta tail", () => betaBelow(0.1, 19, 2), 1.81e-18],
  ["binomial lower tail", () => binomialBelow(30, 100, 0.4), 0.02478282311649308],
  ["binomial upper tail", () => binomialAbove(60, 100, 0.4), 4.246638705729486e-5],
  ["quadrature", () => integrate(Math.exp, 0, 1), Math.E - 1],
  ["binomial point", () => binomialAt(51, 235, 1 / 6), 0.008566903317549005],
];

describe("distributions", () => {
  test.each(REFERENCES)("%s", (_name, got, expected) => {
    expect(Math.abs(got() / expected - 1)).toBeLessThan(1e-10);
  });
});
