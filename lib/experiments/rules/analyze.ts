import { ok, type Result } from "@/lib/errors";
import { contradicts } from "@/lib/metrics/rules/measure";
import { type AnalyzeInput, DEFAULT_TUNING_N } from "../schema";
import { cupedTheta, readArm } from "./arms";
import { betaPosterior, normalPosterior, type Posterior } from "./bayesian";
import { type Effect, measuredEffect } from "./effect";
import { fixedTest, type Interval, sequentialTest } from "./frequentist";

export type Analysis = {
  estimate: number | null;
  standardError: number | null;
  interval: Interval;
  pValue: number | null;
  degreesOfFreedom: number | null;
  chanceToWin: number | null;
  risk: { control: number | null; treatment: number | null } | null;
  theta: number | null;
  decision: "increase" | "decrease" | "none" | null;
  reasons: Record<string, string>;
};
export type Analyzed = { analysis: Analysis; conventions: Record<string, string>; warnings: string[] };

/** Inputs that cannot be asked together, each by the field that stands alone. */
function misfit(input: AnalyzeInput): { path: string; expected: string } | null {
  const { control, treatment, prior, method, alpha, alternative } = input;
  const kind = (arm: AnalyzeInput["control"]) =>
    `${arm.quantile ? "quantile" : arm.successes === undefined ? "sum" : "successes"}${arm.denominator ? " ratio" : ""}`;
  if (kind(control) !== kind(treatment))
    return { path: "treatment", expected: "an arm of the same kind as the control" };
  const missing = control.pre ? "treatment.pre" : "control.pre";
  if (!control.pre !== !treatment.pre) return { path: missing, expected: "the pre-period of both arms, or of neither" };
  if (input.cuped && !control.pre) return { path: "control.pre", expected: "the pre-period that CUPED adjusts by" };
  if (prior && method !== "bayesian") return { path: "prior", expected: "no prior, unless the method is bayesian" };
  if (prior && "alpha" in prior && (control.successes === undefined || control.denominator))
    return { path: "prior", expected: "a prior { mean, variance }: only rates have { alpha, beta }" };
  if (prior && "alpha" in prior && input.cuped)
    return { path: "cuped", expected: "no CUPED beside beta priors on the rates" };
  if (method === "sequential" && alternative !== "two-sided" && alpha >= 0.5)
    return { path: "alpha", expected: "below 0.5 for a one-sided confidence sequence" };
  return null;
}

const NOT_BAYESIAN = { chanceToWin: "not-bayesian", risk: "not-bayesian" };

function decisionOf([low, high]: Interval): Analysis["decision"] {
  if (low !== null && low > 0) return "increase";
  return high !== null && high < 0 ? "decrease" : "none";
}

function tested(effect: Effect, input: AnalyzeInput): Pick<Analysis, "interval" | "pValue"> {
  const { estimate, variance, degreesOfFreedom, units } = effect;
  if (estimate === null || variance === null || degreesOfFreedom === null)
    return { interval: [null, null], pValue: null };
  const { alpha, alternative, tuningN = DEFAULT_TUNING_N } = input;
  const error = Math.sqrt(variance);
  return input.method === "fixed"
    ? fixedTest(estimate, error, degreesOfFreedom, alpha, alternative)
    : sequentialTest(estimate, error, units, { alpha, tuningN, alternative });
}

const oneSided = (input: AnalyzeInput): Record<string, string> =>
  input.alternative === "two-sided" ? {} : { interval: "one-sided" };

function frequentistAnalysis(effect: Effect, input: AnalyzeInput): Omit<Analysis, "theta"> {
  const { estimate, variance, reason } = effect;
  const fixed = input.method === "fixed";
  const results = tested(effect, input);
  const reasons: Record<string, string> = { ...NOT_BAYESIAN };
  if (!fixed) reasons.degreesOfFreedom = "not-a-t-test";
  if (reason !== null) {
    for (const name of ["standardError", "interval", "pValue", "decision"]) reasons[name] = reason;
    if (fixed) reasons.degreesOfFreedom = reason;
    if (estimate === null) reasons.estimate = reason;
  }
  return {
    estimate,
    standardError: variance === null ? null : Math.sqrt(variance),
    ...results,
    degreesOfFreedom: fixed ? effect.degreesOfFreedom : null,
    chanceToWin: null,
    risk: null,
    decision: reason === null ? decisionOf(results.interval) : null,
    reasons: { ...(reason === null ? oneSided(input) : {}), ...reasons },
  };
}

function posteriorOf(effect: Effect, input: AnalyzeInput): Posterior | null {
  const { prior, alpha, alternative, difference } = input;
  if (prior && "alpha" in prior) {
    const [a, b] = [input.control, input.treatment].map((arm) => ({
      alpha: prior.alpha + (arm.successes ?? 0),
      beta: prior.beta + arm.n - (arm.successes ?? 0),
    })) as [{ alpha: number; beta: number }, { alpha: number; beta: number }];
    return betaPosterior(a, b, { difference, alpha, alternative });
  }
  const { estimate, variance } = effect;
  if (estimate === null || variance === null) return null;
  return normalPosterior({ estimate, variance }, prior ?? null, alpha, alternative);
}

function bayesianAnalysis(effect: Effect, input: AnalyzeInput): Omit<Analysis, "theta"> {
  const reasons: Record<string, string> = { pValue: "bayesian", degreesOfFreedom: "bayesian" };
  const none = { pValue: null, degreesOfFreedom: null };
  const posterior = posteriorOf(effect, input);
  if (!posterior) {
    const reason = effect.reason ?? "no-units";
    for (const name of ["standardError", "interval", "chanceToWin", "risk", "decision"]) reasons[name] = reason;
    reasons.estimate = reason;
    const missing = { estimate: null, standardError: null, chanceToWin: null, risk: null, decision: null };
    return { ...missing, ...none, interval: [null, null], reasons };
  }
  if (posterior.estimate === null) reasons.estimate = "infinite-mean";
  if (posterior.standardError === null) reasons.standardError = "infinite-variance";
  if (posterior.risk.control === null) reasons["risk.control"] = "infinite-mean";
  return {
    ...posterior,
    ...none,
    decision: decisionOf(posterior.interval),
    reasons: { ...oneSided(input), ...reasons },
  };
}

function conventionsOf(input: AnalyzeInput, cuped: boolean): Record<string, string> {
  const { control, difference, method, alternative, alpha, prior, tuningN = DEFAULT_TUNING_N } = input;
  const variance = control.quantile
    ? "(n − 1)·(width of the interval ÷ 2z)² per unit"
    : control.successes === undefined
      ? "sample variance over n − 1"
      : "p(1 − p)";
  const methods = {
    fixed: "Welch t test, degrees of freedom from the absolute variances; for a horizon fixed in advance",
    sequential: `asymptotic confidence sequence (arXiv 2103.06476, ${alternative === "two-sided" ? "eq. 9, 155, 161" : "eq. 134"}), ρ tuned at ${tuningN} units; p = min(1, 1 ÷ e)`,
    bayesian:
      prior && "alpha" in prior
        ? `beta(${prior.alpha}, ${prior.beta}) on each rate, exact posterior of the difference`
        : prior
          ? "normal effect, normal prior on the difference asked for"
          : "normal effect, flat prior",
  };
  return {
    method: methods[method],
    difference:
      difference === "absolute"
        ? "treatment − control"
        : "(treatment − control) ÷ |unadjusted control mean|; variance by the delta method",
    variance: control.denominator ? `${variance}; ratio of sums, delta method with the covariance` : variance,
    alternative,
    alpha: String(alpha),
    cuped: cuped
      ? control.denominator
        ? "θ = Σ covariance ÷ Σ variance of the linearized ratios of the arms"
        : "θ = covariance ÷ variance over the units of both arms together"
      : "none",
    decision: "increase or decrease when the interval excludes 0",
  };
}

/** Treatment against control from their sums. Units and ranges as in the schema. */
export function analyzeArms(input: AnalyzeInput): Result<Analyzed, "CONTRADICTION"> {
  const problem = misfit(input);
  if (problem) return contradicts(problem.path, problem.expected);
  const rates = input.prior !== undefined && "alpha" in input.prior;
  const cuped = (input.cuped ?? true) && input.control.pre !== undefined && !rates;
  const control = readArm(input.control, "control", cuped);
  if (!control.ok) return control;
  const treatment = readArm(input.treatment, "treatment", cuped);
  if (!treatment.ok) return treatment;
  const theta = cuped ? cupedTheta(control.value, treatment.value) : null;
  const effect = measuredEffect(control.value.arm, treatment.value.arm, input.difference, theta ?? 0);
  const answer = input.method === "bayesian" ? bayesianAnalysis(effect, input) : frequentistAnalysis(effect, input);
  const warnings: string[] = [];
  if (cuped && theta === null) warnings.push("The pre-period does not vary, so nothing was adjusted");
  if (input.tuningN !== undefined && input.method !== "sequential")
    warnings.push("tuningN was not used: only the sequential method has one");
  const reasons: Record<string, string> =
    theta === null ? { ...answer.reasons, theta: cuped ? "zero-denominator" : "not-cuped" } : answer.reasons;
  return ok({ analysis: { ...answer, theta, reasons }, conventions: conventionsOf(input, cuped), warnings });
}
