import type { Forecast } from "../../schema/forecast";
import { type Chosen, chooseEts } from "./ets-choice";
import { errorFloor, fitEts } from "./ets-fit";
import { cumulatedFactors, type Interval, normalIntervals, sigmaOf, unknownIntervals } from "./ets-intervals";
import { type EtsModel, formName, pointForecast, runEts, stateAfter } from "./ets-model";
import type { Tried } from "./forecast";
import { naive, seasonalNaive } from "./naive-forecasts";
import { type Forecaster, rollingOrigin } from "./rolling-origin";

type Asked = { series: readonly number[]; period: number; horizon: number; levels: readonly number[] };

const changesOf = (series: readonly number[]): number[] => series.slice(1).map((value, t) => value - (series[t] ?? 0));

const cumulated = (start: number, changes: readonly number[]): number[] => {
  let at = start;
  return changes.map((change) => {
    at += change;
    return at;
  });
};

/** Levels ahead from a model of the changes: changes added up, with the variance of their sum. */
function ahead(
  model: EtsModel,
  estimated: number,
  known: readonly number[],
  { horizon, levels }: Omit<Asked, "series" | "period">,
) {
  const changes = changesOf(known);
  const pass = runEts(model, changes);
  const points = pointForecast(model.form, model.smoothing.phi, stateAfter(model, pass), horizon);
  const forecast = cumulated(known.at(-1) ?? 0, points);
  const exact = pass.sumSquares <= errorFloor(model.form, changes);
  const sigma = exact ? null : sigmaOf(pass, estimated);
  const intervals: Interval[] =
    sigma === null
      ? unknownIntervals(horizon, levels)
      : normalIntervals(forecast, cumulatedFactors(model, horizon), sigma, levels);
  return { pass, forecast, intervals, sigma };
}

/**
 * A forecast of a stock by its changes: what flows is forecast (additive forms, by AICc) and added to the last level.
 * Right where the level itself has no tendency of its own, as cash has none but its burn. Null where the changes are too
 * few to choose a model from.
 */
export function forecastIntegrated({ series, period, horizon, levels }: Asked): Tried | null {
  const changes = changesOf(series);
  const chosen: Chosen | null = chooseEts(changes, period, ({ error }) => error === "A");
  if (!chosen) return null;
  const { model, estimated, logLikelihood, aic, aicc, bic } = chosen.fit;
  const { form } = model;
  const found = ahead(model, estimated, series, { horizon, levels });
  const forecaster: Forecaster = (known, steps) => {
    const again = fitEts(form, changesOf(known), {}, { thorough: false });
    return ahead(again.model, again.estimated, known, { horizon: steps, levels });
  };
  const least = Math.max(5, estimated + 4, form.season === "N" ? 0 : 2 * form.period + 1);
  const { reasons, ...accuracy } = rollingOrigin(series, forecaster, { period, horizon, levels, least });
  const { error, trend, season, damped } = form;
  const { alpha, beta, gamma, phi } = model.smoothing;
  const seasonal =
    period > 1 && series.length >= period ? seasonalNaive(series, period, { horizon, levels: [] }) : null;
  const answer: Forecast = {
    model: {
      ...{ name: formName(form), method: "ets", error, trend, season, damped, period, reason: null },
      ...{ sigma: found.sigma, logLikelihood, aic, aicc, bic, candidates: chosen.candidates },
    },
    parameters: {
      ...{ alpha, beta: trend === "N" ? null : beta, gamma: season === "N" ? null : gamma, phi: damped ? phi : null },
      initial: null,
    },
    fitted: [null, ...[...found.pass.fitted].map((change, t) => (series[t] ?? 0) + change)],
    ...{ forecast: found.forecast, intervals: found.intervals, accuracy, states: null },
    intervalMethod: found.sigma === null ? "none" : "closed-form",
    benchmarks: {
      naive: naive(series, { horizon, levels: [] }).forecast,
      seasonalNaive: seasonal?.forecast ?? null,
    },
    reasons: found.sigma === null ? { ...reasons, intervals: "no-errors" } : reasons,
  };
  return { found: answer, forecaster, least };
}
