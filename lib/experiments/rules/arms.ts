import type { FieldProblem, Result } from "@/lib/errors";
import { ok } from "@/lib/errors";
import { contradicts } from "@/lib/metrics/rules/measure";
import type { Exact } from "@/lib/money";
import { Exact as Decimal } from "@/lib/money";
import type { ArmInput } from "../schema";
import { normalUpperQuantile } from "./distributions";

/** Numerator and denominator of the metric, and the same two before the experiment: n units, Σ, Σ of products. */
type Sums = { n: number; sums: Exact[]; products: Exact[][] };

/** One arm reduced to what every method needs: values and variances per unit of the metric and of its pre-period. */
export type Arm = {
  n: number;
  /** The mean, rate, ratio or quantile; null without units or over a zero denominator. */
  value: number | null;
  /** Per unit: the variance of the arm's value is this over n. */
  variance: number | null;
  pre: { value: number; variance: number; covariance: number } | null;
  reason: string | null;
};
export type ArmSums = { kind: "mean" | "rate" | "ratio" | "quantile"; sums: Sums | null };

const ZERO = new Decimal(0);
/** Rounding of the caller's sums: this part of Σx² is not taken for a contradiction. */
const SLACK = new Decimal("1e-9");

/** Rates count with p(1 − p): their variances are over n, all others over n − 1. */
const divisorOf = (arm: ArmInput) => (arm.successes === undefined ? arm.n - 1 : arm.n);

const kindOf = (arm: ArmInput): ArmSums["kind"] =>
  arm.quantile ? "quantile" : arm.denominator ? "ratio" : arm.successes === undefined ? "mean" : "rate";

function readSums(arm: ArmInput): Sums {
  const own = arm.successes === undefined ? arm.sum : new Decimal(arm.successes);
  const ownSquares = arm.successes === undefined ? arm.sumSquares : own;
  const { pre, denominator } = arm;
  const before = pre?.denominator;
  const cross = pre?.cross;
  const sums = [own, denominator?.sum, pre?.sum, before?.sum].map((sum) => sum ?? ZERO);
  const products = [
    [ownSquares, denominator?.sumProduct, pre?.sumProduct, cross?.numeratorPreDenominator],
    [
      denominator?.sumProduct,
      denominator?.sumSquares,
      cross?.denominatorPreNumerator,
      cross?.denominatorPreDenominator,
    ],
    [pre?.sumProduct, cross?.denominatorPreNumerator, pre?.sumSquares, before?.sumProduct],
    [cross?.numeratorPreDenominator, cross?.denominatorPreDenominator, before?.sumProduct, before?.sumSquares],
  ].map((row) => row.map((product) => product ?? ZERO));
  return { n: arm.n, sums, products };
}

const at = <T>(list: readonly T[], index: number): T => list[index] as T;

/** Below this part of its terms a difference is the rounding of the caller's floating point, and nothing else. */
const NOISE = new Decimal("1e-14");
const aboveNoise = (value: Exact, terms: Exact): Exact => (value.abs().lte(terms.times(NOISE)) ? ZERO : value);

/** n times the covariance over n: Σxy − Σx Σy ÷ n, exactly. */
function spread({ n, sums, products }: Sums, i: number, j: number): Exact {
  if (n === 0) return ZERO;
  const product = at(at(products, i), j);
  const expected = at(sums, i).times(at(sums, j)).div(n);
  return aboveNoise(product.minus(expected), product.abs().plus(expected.abs()));
}

const SQUARES_PATH = ["sumSquares", "denominator.sumSquares", "pre.sumSquares", "pre.denominator.sumSquares"];
const PRODUCT_PATH: Readonly<Record<string, string>> = {
  "0,1": "denominator.sumProduct",
  "0,2": "pre.sumProduct",
  "0,3": "pre.cross.numeratorPreDenominator",
  "1,2": "pre.cross.denominatorPreNumerator",
  "1,3": "pre.cross.denominatorPreDenominator",
  "2,3": "pre.denominator.sumProduct",
};

/** Sums that no list of numbers can have: Σx² below (Σx)² ÷ n, or products beyond Cauchy and Schwarz. */
function impossible(sums: Sums, path: string): FieldProblem | null {
  for (const [i, name] of SQUARES_PATH.entries()) {
    const squares = at(at(sums.products, i), i);
    if (sums.n === 0 && !(at(sums.sums, i).isZero() && squares.isZero()))
      return { path: `${path}.n`, expected: "units, where there are sums" };
    if (spread(sums, i, i).lt(squares.times(SLACK).neg()))
      return { path: `${path}.${name}`, expected: "at least sum² ÷ n: no list of numbers has these sums" };
  }
  for (const [pair, name] of Object.entries(PRODUCT_PATH)) {
    const [i, j] = pair.split(",").map(Number) as [number, number];
    const room = at(at(sums.products, i), i)
      .times(at(at(sums.products, j), j))
      .times(SLACK);
    const limit = spread(sums, i, i)
      .times(spread(sums, j, j))
      .plus(room);
    if (spread(sums, i, j).pow(2).gt(limit))
      return { path: `${path}.${name}`, expected: "a sum of products that these sums allow (|correlation| at most 1)" };
  }
  return null;
}

/** Reduces a gradient over the four quantities to (co)variances per unit. */
function form(sums: Sums, divisor: number, left: readonly number[], right: readonly number[]): number {
  const terms = left.flatMap((a, i) =>
    right.flatMap((b, j) => (a === 0 || b === 0 ? [] : [spread(sums, i, j).times(a).times(b)])),
  );
  const total = terms.reduce((all, term) => all.plus(term), ZERO);
  const size = terms.reduce((all, term) => all.plus(term.abs()), ZERO);
  return aboveNoise(total, size).div(divisor).toNumber();
}

const nothing = (n: number, reason: string, value: number | null = null): Arm => ({
  ...{ n, value, variance: null, pre: null, reason },
});

function quantileArm(n: number, { value, lower, upper, confidence }: NonNullable<ArmInput["quantile"]>): Arm {
  const width = (upper - lower) / (2 * normalUpperQuantile((1 - confidence) / 2));
  if (n < 2) return nothing(n, "too-few-units", value);
  return { n, value, variance: (n - 1) * width * width, pre: null, reason: width > 0 ? null : "zero-variance" };
}

/** The value of a mean or ratio with its gradient (delta method) over [own, below]; null over zero. */
function linearized(own: number, below: number | null): { value: number; gradient: [number, number] } | null {
  if (below === null) return { value: own, gradient: [1, 0] };
  return below === 0 ? null : { value: own / below, gradient: [1 / below, -own / (below * below)] };
}

function momentArm(arm: ArmInput, sums: Sums, adjusted: boolean): Arm {
  const { n } = sums;
  if (n === 0) return nothing(n, "no-units");
  const mean = (index: number) => at(sums.sums, index).div(n).toNumber();
  const post = linearized(mean(0), arm.denominator ? mean(1) : null);
  if (!post) return nothing(n, "zero-denominator");
  const divisor = divisorOf(arm);
  if (divisor < 1) return nothing(n, "too-few-units", post.value);
  const gradient = [...post.gradient, 0, 0];
  const variance = Math.max(form(sums, divisor, gradient, gradient), 0);
  const reason = variance > 0 ? null : "zero-variance";
  if (!adjusted || !arm.pre) return { n, value: post.value, variance, pre: null, reason };
  const before = linearized(mean(2), arm.denominator ? mean(3) : null);
  if (!before) return nothing(n, "zero-denominator-before", post.value);
  const slope = [0, 0, ...before.gradient];
  const pre = {
    value: before.value,
    variance: Math.max(form(sums, divisor, slope, slope), 0),
    covariance: form(sums, divisor, gradient, slope),
  };
  return { n, value: post.value, variance, pre, reason };
}

export type ReadArm = { arm: Arm; kind: ArmSums["kind"]; sums: Sums | null };

/** Checks the sums of an arm against each other and reduces them. `path` names the arm in a refusal. */
export function readArm(arm: ArmInput, path: string, adjusted: boolean): Result<ReadArm, "CONTRADICTION"> {
  const kind = kindOf(arm);
  if (arm.quantile) return ok({ arm: quantileArm(arm.n, arm.quantile), kind, sums: null });
  const sums = readSums(arm);
  const problem = impossible(sums, path);
  if (problem) return contradicts(problem.path, problem.expected);
  return ok({ arm: momentArm(arm, sums, adjusted), kind, sums });
}

/**
 * θ of CUPED (Deng et al. 2013): covariance ÷ variance of the pre-period over the units of both arms together; for
 * ratios Σ covariance ÷ Σ variance of the linearized ratios of the arms. Null where the pre-period does not vary.
 */
export function cupedTheta(control: ReadArm, treatment: ReadArm): number | null {
  const [a, b] = [control.arm.pre, treatment.arm.pre];
  if (!a || !b || !control.sums || !treatment.sums) return null;
  if (control.kind === "ratio") {
    const variance = a.variance + b.variance;
    return variance > 0 ? (a.covariance + b.covariance) / variance : null;
  }
  const [first, second] = [control.sums, treatment.sums];
  const joint: Sums = {
    n: first.n + second.n,
    sums: first.sums.map((sum, i) => sum.plus(at(second.sums, i))),
    products: first.products.map((row, i) => row.map((product, j) => product.plus(at(at(second.products, i), j)))),
  };
  const variance = spread(joint, 2, 2);
  const flat = variance.lte(at(at(joint.products, 2), 2).times("1e-15"));
  return flat ? null : spread(joint, 0, 2).div(variance).toNumber();
}
