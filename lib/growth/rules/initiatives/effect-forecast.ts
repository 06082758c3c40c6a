import { forecastWithPast } from "../forecast/forecast";
import { seasonOf } from "../forecast/monthly-values";
import type { CounterfactualMonth, EffectEstimate, EffectWindow, Tried } from "./effect";

/** Forecasts `horizon` months from a series, oldest first, with an interval of this level for each; null where it cannot. */
export type Forecaster = (
  series: readonly number[],
  horizon: number,
  confidence: number,
) => { forecast: readonly number[]; low: readonly number[]; high: readonly number[]; model: string } | null;

const CONFIDENCE = 0.95;
const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

/**
 * Mean over the months after the start of actual − forecast, in the metric's unit; the forecast is made from the months
 * before the start alone. The months' errors are taken to move together: the interval is the mean of the months' bounds,
 * which is exact for errors that are perfectly correlated and too wide otherwise, never too narrow.
 */
export function differenceToForecast(window: EffectWindow, forecaster: Forecaster): Tried {
  const method = "forecast" as const;
  const { before, after, months } = window;
  const made = forecaster(before, after.length, CONFIDENCE);
  if (!made || made.forecast.length < after.length) return { method, estimate: null, reason: "no-forecast" };
  const rows: CounterfactualMonth[] = after.map((actual, index) => ({
    month: months[index] ?? "",
    actual,
    expected: made.forecast[index] ?? Number.NaN,
    low: made.low[index] ?? Number.NaN,
    high: made.high[index] ?? Number.NaN,
  }));
  if (rows.some(({ expected, low, high }) => ![expected, low, high].every(Number.isFinite))) {
    return { method, estimate: null, reason: "no-forecast" };
  }
  const estimate: EffectEstimate = {
    method,
    estimate: mean(rows.map(({ actual, expected }) => actual - expected)),
    low: mean(rows.map(({ actual, high }) => actual - high)),
    high: mean(rows.map(({ actual, low }) => actual - low)),
    confidence: CONFIDENCE,
    months: after.length,
    basis: `${made.model} on the ${before.length} months before the start`,
    counterfactual: rows,
  };
  return { method, estimate, reason: null };
}

/**
 * The product's own forecast (ETS by AICc, or its benchmark where too little is known), with a yearly season from two
 * years on. The interval is widened to what its errors at past origins were, as every forecast that the house shows; where
 * too few came to say, it is the model's own, and the words say so.
 */
export const monthlyForecaster: Forecaster = (series, horizon, confidence) => {
  const known = forecastWithPast({
    series: [...series],
    period: seasonOf(series.length),
    horizon,
    levels: [confidence],
  });
  if (!known.ok) return null;
  const { found, widened } = known.value;
  const interval = (widened ?? found).intervals[0];
  if (!interval) return null;
  const [low, high] = [interval.lower, interval.upper].map((ends) => ends.map((end) => end ?? Number.NaN));
  if (!low || !high) return null;
  const width = widened ? `widened by its errors at ${widened.origins} past origins` : "with the model's own interval";
  return { forecast: found.forecast, low, high, model: `${found.model.name}, ${width},` };
};
