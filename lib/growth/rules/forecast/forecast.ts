import { ok, type Result, refuse } from "@/lib/errors";
import type { Forecast, ForecastInput } from "../../schema/forecast";
import { choiceProblems, chooseEts, formOf, givenOf, LEAST_FOR_A_MODEL } from "./ets-choice";
import { type EtsFit, errorFloor, fitEts, type GivenParameters } from "./ets-fit";
import { etsIntervals, sigmaOf } from "./ets-intervals";
import { type EtsModel, formName, pointForecast, runEts, stateAfter } from "./ets-model";
import { type Benchmark, drift, naive, seasonalNaive } from "./naive-forecasts";
import { type Forecaster, rollingOrigin } from "./rolling-origin";
import { pastReaches, type Widening, widening } from "./widening";

const SEED = "growth.forecast";
/** Past intervals are looked at by the hundred: the end of each may be less exact. */
const PAST_PATHS = 1_000;
/** How much worse than a benchmark is worth a word. */
const WORSE = 1.01;

export const FORECAST_CONVENTIONS: Readonly<Record<string, string>> = {
  form: "innovations form: beta = alpha × beta*, gamma multiplies the error of y − (level + trend)",
  initial: "states before the first value; seasonal oldest first, the first belongs to the first value",
  choice:
    "smallest AICc; parameters counted with initial states and variance; no trend, additive, damped; additive and multiplicative errors and seasons where every value is above zero; multiplicative seasons only with relative errors",
  bounds: "smoothing parameters 0.0001 to 0.9999, beta ≤ alpha, gamma ≤ 1 − alpha, phi 0.8 to 0.98",
  sigma: "√(Σ error² ÷ (values − estimated numbers))",
  intervals:
    "additive and linear models: closed form under normal errors; others: 5,000 paths of residuals drawn with replacement and smoothed, fixed seed, never without the point itself",
  accuracy:
    "rolling origin, at most twelve origins; the form is chosen once on all values, its numbers are estimated anew at each origin; MASE against the (seasonal) naive forecast inside the known values",
  versusNaive: "mean absolute error ÷ that of the benchmark at the same origins and steps; below 1 is better",
  short:
    "fewer than 7 values or than two seasons, or values that never change: drift (naive below 3 values or without change)",
};

type Setting = Pick<ForecastInput, "series" | "period" | "horizon" | "levels"> & { paths?: number };

/** A forecast, and the method that can be tried again at past origins of at least so many values. */
export type Tried = { found: Forecast; forecaster: Forecaster; least: number };
export type WidenedForecast = { found: Forecast; widened: Widening | null };

/** Why the family is not used, or null. */
function shortReason({ series, period }: Setting): string | null {
  if (series.length > 1 && series.every((value) => value === series[0])) return "constant-series";
  if (series.length < LEAST_FOR_A_MODEL) return "too-few-values";
  return period > 1 && series.length < 2 * period ? "shorter-than-two-seasons" : null;
}

function benchmarksOf({ series, period, horizon }: Setting): Forecast["benchmarks"] {
  const ahead = { horizon, levels: [] };
  const seasonal = period > 1 && series.length >= period ? seasonalNaive(series, period, ahead).forecast : null;
  return { naive: naive(series, ahead).forecast, seasonalNaive: seasonal };
}

const LEAST_FOR_A_LINE = 3;

function byBenchmark(setting: Setting, reason: string): Tried {
  const { series, period, horizon, levels } = setting;
  const moving = series.length >= 3 && reason !== "constant-series";
  const method = (known: readonly number[], steps: number): Benchmark =>
    moving && known.length >= 3 ? drift(known, { horizon: steps, levels }) : naive(known, { horizon: steps, levels });
  const found = method(series, horizon);
  const unsure = found.sigma === null || found.sigma === 0;
  const { reasons, ...accuracy } = rollingOrigin(series, method, { period, horizon, levels, least: LEAST_FOR_A_LINE });
  const without = { error: null, trend: null, season: null, damped: null };
  const name = moving ? ("drift" as const) : ("naive" as const);
  const blank = { sigma: unsure ? null : found.sigma, logLikelihood: null, aic: null, aicc: null, bic: null };
  const answer: Forecast = {
    model: { name, method: name, ...without, period, reason, ...blank, candidates: [] },
    parameters: { alpha: null, beta: null, gamma: null, phi: null, initial: null },
    ...{ fitted: found.fitted, forecast: found.forecast, intervals: found.intervals },
    ...{ intervalMethod: unsure ? "none" : "closed-form", accuracy, states: null, benchmarks: benchmarksOf(setting) },
    reasons: { model: reason, ...(unsure ? { intervals: reason } : {}), ...reasons },
  };
  return { found: answer, forecaster: method, least: LEAST_FOR_A_LINE };
}

/** A model run over what is known, with points and intervals ahead. */
function ahead(model: EtsModel, estimated: number, known: readonly number[], { horizon, levels, paths }: Setting) {
  const pass = runEts(model, known);
  const last = stateAfter(model, pass);
  const forecast = pointForecast(model.form, model.smoothing.phi, last, horizon);
  const exact = pass.sumSquares <= errorFloor(model.form, known);
  const room = { pass, last, estimated: exact ? known.length : estimated };
  return {
    pass,
    forecast,
    exact,
    ...etsIntervals(model, room, { horizon, levels, seed: SEED, ...(paths ? { paths } : {}) }),
  };
}

type Candidates = Forecast["model"]["candidates"];

function byModel(setting: Setting, fit: EtsFit, given: GivenParameters, candidates: Candidates): Tried {
  const { series, period, horizon, levels } = setting;
  const { model, estimated } = fit;
  const { form } = model;
  const found = ahead(model, estimated, series, setting);
  const forecasterOf =
    (asked: Setting): Forecaster =>
    (known, steps) => {
      const again = fitEts(form, known, given, { thorough: false });
      const predicted = ahead(again.model, again.estimated, known, { ...asked, horizon: steps });
      return predicted.forecast.every(Number.isFinite) ? predicted : null;
    };
  const least = Math.max(4, estimated + 3, form.season === "N" ? 0 : 2 * form.period);
  const { reasons, ...accuracy } = rollingOrigin(series, forecasterOf(setting), { period, horizon, levels, least });
  const { logLikelihood, aic, aicc, bic } = fit;
  const sigma = found.exact ? null : sigmaOf(found.pass, estimated);
  const { error, trend, season, damped } = form;
  const named = { name: formName(form), method: "ets" as const, error, trend, season, damped, period };
  const answer: Forecast = {
    model: { ...named, reason: null, sigma, logLikelihood, aic, aicc, bic, candidates },
    parameters: parametersOf(model),
    fitted: [...found.pass.fitted],
    ...{ forecast: found.forecast, intervals: found.intervals, intervalMethod: found.method, accuracy },
    states: statesOf(model, found.pass),
    benchmarks: benchmarksOf(setting),
    reasons: sigma === null ? { ...reasons, intervals: "no-errors" } : reasons,
  };
  return { found: answer, forecaster: forecasterOf({ ...setting, paths: PAST_PATHS }), least };
}

function parametersOf({ form, smoothing, initial }: EtsModel): Forecast["parameters"] {
  const { alpha, beta, gamma, phi } = smoothing;
  return {
    ...{ alpha, beta: form.trend === "N" ? null : beta, gamma: form.season === "N" ? null : gamma },
    phi: form.damped ? phi : null,
    initial: {
      level: initial.level,
      ...(form.trend === "N" ? {} : { trend: initial.trend }),
      ...(form.season === "N" ? {} : { seasonal: [...initial.seasonal] }),
    },
  };
}

function statesOf({ form }: EtsModel, pass: ReturnType<typeof runEts>): Forecast["states"] {
  return {
    level: [...pass.levels],
    ...(form.trend === "N" ? {} : { trend: [...pass.trends] }),
    ...(form.season === "N" ? {} : { seasonal: [...pass.seasons] }),
  };
}

function tryOn(input: ForecastInput): Result<Tried, "INVALID_INPUT"> {
  const problems = choiceProblems(input);
  if (problems.length > 0) return refuse("INVALID_INPUT", problems);
  const levels = [...new Set(input.levels)].sort((a, b) => a - b);
  const setting: Setting = { series: input.series, period: input.period, horizon: input.horizon, levels };
  if (input.model) {
    const form = formOf(input.model, input.period);
    const given = givenOf(input.model, form);
    const fit = fitEts(form, input.series, given);
    const tried = byModel(setting, fit, given, []);
    const sane = [...tried.found.forecast, ...tried.found.fitted].every((value) => Number.isFinite(value));
    if (sane) return ok(tried);
    return refuse("INVALID_INPUT", [{ path: "model", expected: "a model that stays finite on this series" }]);
  }
  const reason = shortReason(setting);
  const chosen = reason === null ? chooseEts(setting.series, setting.period) : null;
  if (!chosen) return ok(byBenchmark(setting, reason ?? "too-few-values"));
  return ok(byModel(setting, chosen.fit, {}, chosen.candidates));
}

/**
 * Forecasts a series `horizon` steps ahead, with intervals and with how the method would have done before. Refuses a model
 * that contradicts itself or its series; answers with a benchmark and the reason where no model can be told.
 */
export function forecastSeries(input: ForecastInput): Result<Forecast, "INVALID_INPUT"> {
  const tried = tryOn(input);
  return tried.ok ? ok(tried.value.found) : tried;
}

/** A method beside its past: the intervals widened to what its errors at past origins were. */
export function withPast({ found, forecaster, least }: Tried, series: readonly number[]): WidenedForecast {
  const reaches = pastReaches(series, forecaster, { least, horizon: found.forecast.length });
  return { found, widened: widening(found, reaches) };
}

/** The same forecast with its intervals widened by past errors beside the model's own. */
export function forecastWithPast(input: ForecastInput): Result<WidenedForecast, "INVALID_INPUT"> {
  const tried = tryOn(input);
  return tried.ok ? ok(withPast(tried.value, input.series)) : tried;
}

/** What a reader should know before believing it. */
export function forecastWarnings(input: ForecastInput, found: Forecast): string[] {
  const { model, accuracy, parameters } = found;
  const warnings: string[] = [];
  const say = (when: boolean, sentence: string) => {
    if (when) warnings.push(sentence);
  };
  say(model.method !== "ets", `No model was fitted (${model.reason}): the ${model.name} forecast stands in`);
  say(
    !input.model && input.series.some((value) => value <= 0),
    "Values at or below zero: only additive models were tried",
  );
  const long = !input.model && input.period > 24 && model.method === "ets";
  say(long, "A season of more than 24 values is not modelled");
  const worse = (accuracy.versusNaive.naive ?? 0) > WORSE || (accuracy.versusNaive.seasonalNaive ?? 0) > WORSE;
  say(worse, "At past origins a naive forecast was closer than this model");
  const { alpha, beta, gamma } = parameters;
  say(alpha !== null && beta !== null && beta > alpha, "beta exceeds alpha: is it beta* of the component form?");
  say(alpha !== null && gamma !== null && gamma > 1 - alpha, "gamma exceeds 1 − alpha: outside the usual region");
  return warnings;
}
