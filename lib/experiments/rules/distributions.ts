import betaCdf from "@stdlib/stats-base-dists-beta-cdf";
import betaQuantile from "@stdlib/stats-base-dists-beta-quantile";
import binomialPmf from "@stdlib/stats-base-dists-binomial-pmf";
import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import normalQuantileOf from "@stdlib/stats-base-dists-normal-quantile";
import tCdf from "@stdlib/stats-base-dists-t-cdf";
import tQuantileOf from "@stdlib/stats-base-dists-t-quantile";

// Upper tails are taken as lower tails of the mirrored argument: 1 − cdf has lost its digits where p-values live.

/** P(Z ≤ x) of the standard normal. */
export const normalBelow = (x: number): number => normalCdf(x, 0, 1);
/** P(Z ≥ x). */
export const normalAbove = (x: number): number => normalCdf(-x, 0, 1);
export const normalDensity = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

/** P(T ≥ x) of Student's t. */
export const tAbove = (x: number, degrees: number): number => tCdf(-x, degrees);

/** The x that t exceeds with this probability. */
export const tUpperQuantile = (probability: number, degrees: number): number => -tQuantileOf(probability, degrees);

/** The x that Z exceeds with this probability; below 1e-8, where the library ends, by Newton's step on the log of the tail. */
export function normalUpperQuantile(probability: number): number {
  if (probability > 1e-8) return -normalQuantileOf(probability, 0, 1);
  let x = Math.sqrt(-2 * Math.log(probability));
  for (let step = 0; step < 50; step += 1) {
    const tail = normalAbove(x);
    const change = (Math.log(tail / probability) * tail) / normalDensity(x);
    x += change;
    if (Math.abs(change) < 1e-15 * x) break;
  }
  return x;
}

/**
 * P(X ≥ x) of chi-squared with whole degrees of freedom k: Q(k/2, x/2) by Q(a + 1, y) = Q(a, y) + yᵃ e⁻ʸ ÷ Γ(a + 1)
 * from Q(½, y) = 2Φ(−√(2y)) or Q(1, y) = e⁻ʸ. All terms are positive, so no digit is lost far out.
 */
export function chiSquaredAbove(x: number, degrees: number): number {
  if (x <= 0) return 1;
  const y = x / 2;
  const odd = degrees % 2 === 1;
  let total = odd ? 2 * normalAbove(Math.sqrt(x)) : Math.exp(-y);
  // log of yᵃ e⁻ʸ ÷ Γ(a + 1), with Γ(3/2) = √π ÷ 2
  let logTerm = odd ? 0.5 * Math.log(y) - y - Math.log(Math.sqrt(Math.PI) / 2) : Math.log(y) - y;
  for (let a = odd ? 0.5 : 1; a < degrees / 2; a += 1) {
    total += Math.exp(logTerm);
    logTerm += Math.log(y / (a + 1));
  }
  return Math.min(total, 1);
}

export const betaBelow = (x: number, a: number, b: number): number => (x <= 0 ? 0 : x >= 1 ? 1 : betaCdf(x, a, b));
export const betaLowerQuantile = (probability: number, a: number, b: number): number => betaQuantile(probability, a, b);

/** P(X = k) of the binomial. */
export const binomialAt = (k: number, n: number, p: number): number => binomialPmf(k, n, p);

/** P(X ≤ k) of the binomial, as a beta tail. */
export const binomialBelow = (k: number, n: number, p: number): number =>
  k < 0 ? 0 : k >= n ? 1 : betaBelow(1 - p, n - k, k + 1);

/** P(X ≥ k) of the binomial. */
export const binomialAbove = (k: number, n: number, p: number): number =>
  k <= 0 ? 1 : k > n ? 0 : betaBelow(p, k, n - k + 1);

// Nodes and weights of Gauss-Legendre quadrature on (−1, 1), by Newton's method on the Legendre polynomial.
function legendre(order: number): readonly (readonly [node: number, weight: number])[] {
  return Array.from({ length: order }, (_, index) => {
    let x = Math.cos((Math.PI * (index + 0.75)) / (order + 0.5));
    let slope = 0;
    for (let step = 0; step < 100; step += 1) {
      let [before, value] = [1, x];
      for (let k = 2; k <= order; k += 1) [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
      slope = (order * (x * value - before)) / (x * x - 1);
      const change = value / slope;
      x -= change;
      if (Math.abs(change) < 1e-15) break;
    }
    return [x, 2 / ((1 - x * x) * slope * slope)] as const;
  });
}
const NODES = legendre(32);

/** ∫ f over [from, to], in equal panels of 32 Gauss-Legendre nodes. */
export function integrate(f: (x: number) => number, from: number, to: number, panels = 8): number {
  const half = (to - from) / panels / 2;
  let total = 0;
  for (let panel = 0; panel < panels; panel += 1) {
    const middle = from + (2 * panel + 1) * half;
    for (const [node, weight] of NODES) total += weight * f(middle + half * node);
  }
  return total * half;
}

/** The root of an increasing function between two ends, to the last digit that bisection can give. */
export function bisect(increasing: (x: number) => number, low: number, high: number): number {
  let [from, to] = [low, high];
  for (let step = 0; step < 200; step += 1) {
    const middle = (from + to) / 2;
    if (middle === from || middle === to) break;
    if (increasing(middle) < 0) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}
