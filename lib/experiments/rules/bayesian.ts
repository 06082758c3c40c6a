import {
  betaBelow,
  betaLowerQuantile,
  bisect,
  integrate,
  normalAbove,
  normalBelow,
  normalDensity,
  normalUpperQuantile,
} from "./distributions";
import type { Difference } from "./effect";
import type { Alternative, Interval } from "./frequentist";

export type Posterior = {
  estimate: number | null;
  standardError: number | null;
  interval: Interval;
  chanceToWin: number;
  risk: { control: number | null; treatment: number };
};

const tails = (alpha: number, alternative: Alternative): [low: number | null, high: number | null] =>
  alternative === "two-sided" ? [alpha / 2, alpha / 2] : alternative === "greater" ? [alpha, null] : [null, alpha];

/** E[max(0, X)] of a normal: σ(φ(z) + zΦ(z)) with z = μ ÷ σ. */
const expectedAbove = (mean: number, deviation: number): number => {
  const z = mean / deviation;
  return deviation * (normalDensity(z) + z * normalBelow(z));
};

/** Normal effect and normal prior: precisions add; without a prior (flat) the posterior is the measured effect. */
export function normalPosterior(
  effect: { estimate: number; variance: number },
  prior: { mean: number; variance: number } | null,
  alpha: number,
  alternative: Alternative,
): Posterior {
  const precision = 1 / effect.variance + (prior ? 1 / prior.variance : 0);
  const mean = prior ? (effect.estimate / effect.variance + prior.mean / prior.variance) / precision : effect.estimate;
  const deviation = Math.sqrt(prior ? 1 / precision : effect.variance);
  const [low, high] = tails(alpha, alternative);
  return {
    estimate: mean,
    standardError: deviation,
    interval: [
      low === null ? null : mean - normalUpperQuantile(low) * deviation,
      high === null ? null : mean + normalUpperQuantile(high) * deviation,
    ],
    chanceToWin: normalAbove(-mean / deviation),
    risk: { control: expectedAbove(mean, deviation), treatment: Math.max(expectedAbove(-mean, deviation), 0) },
  };
}

type Beta = { alpha: number; beta: number };

const logit = (rate: number): number => Math.log(rate / (1 - rate));

type Expectation = (f: (rate: number, rest: number) => number, bends: readonly number[]) => number;

/**
 * E[f(A)] over a beta, in the logit of A, where the density has no poles and falls off on both sides. `bends` are rates
 * at which f turns (where the other arm's rate lies), so that a narrow step between wide nodes is not missed.
 */
function expectation({ alpha, beta }: Beta): Expectation {
  const logDensity = (t: number) => -alpha * Math.log1p(Math.exp(-t)) - beta * Math.log1p(Math.exp(t));
  const mode = Math.log(alpha / beta);
  const peak = logDensity(mode);
  const edge = (sign: number) =>
    mode + sign * bisect((d) => peak - 42 - logDensity(mode + sign * d), 0, 100 + 60 / (sign < 0 ? alpha : beta));
  const [from, to] = [edge(-1), edge(1)];
  const weight = (t: number) => Math.exp(logDensity(t) - peak);
  const over = (of: (t: number) => number, bends: readonly number[]) => {
    const inner = bends.filter((rate) => rate > 0 && rate < 1).map(logit);
    const ends = [from, mode, ...inner.filter((t) => t > from && t < to), to].toSorted((a, b) => a - b);
    return ends.slice(1).reduce((sum, end, index) => sum + integrate(of, ends[index] ?? from, end, 4), 0);
  };
  const total = over(weight, []);
  return (f, bends) => over((t) => weight(t) * f(1 / (1 + Math.exp(-t)), 1 / (1 + Math.exp(t))), bends) / total;
}

/** E[A⁻ᵏ]; infinite where α ≤ k. */
function inverseMoment({ alpha, beta }: Beta, k: 1 | 2): number | null {
  if (alpha <= k) return null;
  const first = (alpha + beta - 1) / (alpha - 1);
  return k === 1 ? first : (first * (alpha + beta - 2)) / (alpha - 2);
}

function moments(a: Beta, b: Beta, difference: Difference): Pick<Posterior, "estimate" | "standardError"> {
  const mean = ({ alpha, beta }: Beta) => alpha / (alpha + beta);
  const second = ({ alpha, beta }: Beta) => (mean({ alpha, beta }) * (alpha + 1)) / (alpha + beta + 1);
  const spread = (rate: Beta) => (mean(rate) * (1 - mean(rate))) / (rate.alpha + rate.beta + 1);
  if (difference === "absolute")
    return { estimate: mean(b) - mean(a), standardError: Math.sqrt(spread(a) + spread(b)) };
  const [first, inverse] = [inverseMoment(a, 1), inverseMoment(a, 2)];
  if (first === null) return { estimate: null, standardError: null };
  const lift = mean(b) * first;
  return {
    estimate: lift - 1,
    standardError: inverse === null ? null : Math.sqrt(Math.max(second(b) * inverse - lift * lift, 0)),
  };
}

/** E[max(0, B − a)] and E[max(0, a − B)]: what staying at the rate a, or leaving it, would lose. */
function expectedDistance({ alpha, beta }: Beta) {
  const mean = alpha / (alpha + beta);
  return {
    gain: (rate: number, rest: number) => mean * betaBelow(rest, beta, alpha + 1) - rate * betaBelow(rest, beta, alpha),
    loss: (rate: number) => rate * betaBelow(rate, alpha, beta) - mean * betaBelow(rate, alpha + 1, beta),
  };
}

/** Beta posteriors of both rates; everything about their difference by quadrature, without a normal approximation. */
export function betaPosterior(
  control: Beta,
  treatment: Beta,
  { difference, alpha, alternative }: { difference: Difference; alpha: number; alternative: Alternative },
): Posterior {
  const over = expectation(control);
  const relative = difference === "relative";
  const mean = treatment.alpha / (treatment.alpha + treatment.beta);
  const deviation = Math.sqrt((mean * (1 - mean)) / (treatment.alpha + treatment.beta + 1));
  // The rates of the control at which the treatment's cdf turns, were the treatment shifted by x.
  const bends = (x: number) =>
    [-8, -3, 0, 3, 8].map((d) => (relative ? (mean + d * deviation) / (1 + x) : mean + d * deviation - x));
  // P(effect ≤ x) and P(effect > x): the treatment's tail at the rate that gives x over each control rate.
  const rateAt = (rate: number, x: number) => (relative ? rate * (1 + x) : rate + x);
  const below = (x: number) => over((rate) => betaBelow(rateAt(rate, x), treatment.alpha, treatment.beta), bends(x));
  const above = (x: number) =>
    over((rate) => betaBelow(1 - rateAt(rate, x), treatment.beta, treatment.alpha), bends(x));
  const [low, high] = tails(alpha, alternative);
  const ends: [number, number] = relative
    ? [-1, 1 / Math.max(betaLowerQuantile(1e-9, control.alpha, control.beta), 1e-300)]
    : [-1, 1];
  const { gain, loss } = expectedDistance(treatment);
  const scale = (rate: number) => (relative ? rate : 1);
  return {
    ...moments(control, treatment, difference),
    interval: [
      low === null ? null : bisect((x) => below(x) - low, ...ends),
      high === null ? null : bisect((x) => high - above(x), ...ends),
    ],
    chanceToWin: over((_rate, rest) => betaBelow(rest, treatment.beta, treatment.alpha), bends(0)),
    risk: {
      control: relative && control.alpha <= 1 ? null : over((rate, rest) => gain(rate, rest) / scale(rate), bends(0)),
      treatment: over((rate) => loss(rate) / scale(rate), bends(0)),
    },
  };
}
