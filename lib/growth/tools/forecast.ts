import { contradiction, defineTool, invalid, type Tool } from "@/lib/agents/define-tool";
import { ok } from "@/lib/errors";
import { extremeStudentizedDeviates, madAnomalies, robustThreshold, stlAnomalies } from "../rules/anomalies/anomalies";
import { robustScale } from "../rules/anomalies/robust";
import { stl, stlSettings } from "../rules/anomalies/stl";
import { FORECAST_CONVENTIONS, forecastSeries, forecastWarnings } from "../rules/forecast/forecast";
import { givenForecastFigures } from "../rules/forecast/forecast-figures";
import {
  type AnomaliesInput,
  anomaliesInputSchema,
  anomaliesOutputSchema,
  decomposeInputSchema,
  decomposeOutputSchema,
  forecastInputSchema,
  forecastOutputSchema,
} from "../schema/forecast";

const computing = { effect: "read", pure: true, reads: ["pure"], writes: [] } as const;

const growthForecast = defineTool({
  name: "growth.forecast",
  description:
    "Forecast of a series by exponential smoothing in innovations form (chosen by AICc unless given), with intervals, and with its accuracy at past origins against naive forecasts",
  input: forecastInputSchema,
  output: forecastOutputSchema,
  ...computing,
  run: (input, { now }) => {
    const found = forecastSeries(input);
    if (!found.ok) return found;
    return ok({
      result: found.value,
      figures: givenForecastFigures(input, found.value, now.toISOString()),
      conventions: { ...FORECAST_CONVENTIONS },
      warnings: forecastWarnings(input, found.value),
    });
  },
});

const ANOMALY_CONVENTIONS = {
  scale: "1.4826 × median absolute deviation from the median; where that is 0, 1.2533 × mean absolute deviation",
  threshold: "mad and stl-mad: Φ⁻¹(1 − α ÷ 2n), so that one value of n is flagged by chance with probability α",
  gesd: "two-sided; as many outliers as the largest step whose statistic exceeds its critical value; at most maxOutliers (a fifth of the values, up to ten)",
  grubbs: "two-sided, one outlier: α ÷ 2n of the t distribution with n − 2 degrees of freedom",
  score:
    "gesd and grubbs: the test statistic; else (value − center) ÷ scale, with stl-mad of the remainder after trend and season",
  stl: "the same season in every cycle; the furthest value is left out and the rest decomposed again until none is beyond the threshold; center and scale are those of the remainder",
};

const LEAST_FOR_GESD = 15;
const MOST_OUTLIERS = 10;

/** Tests of extremes beside the median and its scale, which every method answers with. */
function tested(input: AnomaliesInput, most: number) {
  const { anomalies, steps } = extremeStudentizedDeviates(input.series, most, input.alpha);
  const { center, scale } = robustScale(input.series);
  const short = input.method === "gesd" && input.series.length < LEAST_FOR_GESD;
  const warnings = short ? [`The test is made for ${LEAST_FOR_GESD} values or more`] : [];
  return {
    result: { anomalies, center, scale, threshold: null, steps, reasons: { threshold: "one-per-step" } },
    warnings,
  };
}

function scored(input: AnomaliesInput, most: number) {
  const { series, period, alpha } = input;
  const threshold = robustThreshold(series.length, alpha);
  const { anomalies, robust } =
    input.method === "stl-mad" && period
      ? stlAnomalies(series, period, threshold, most)
      : madAnomalies(series, threshold, most);
  const fallback = robust.basis === "mean-absolute-deviation";
  const warnings = fallback ? ["More than half of the values are equal: the mean absolute deviation stands in"] : [];
  const reasons: Record<string, string> = robust.basis === "none" ? { anomalies: "constant-series" } : {};
  return { result: { anomalies, center: robust.center, scale: robust.scale, threshold, reasons }, warnings };
}

const growthAnomalies = defineTool({
  name: "growth.anomalies",
  description:
    "Values of a series that stand out: by robust distance from the median (mad), from trend and season (stl-mad), or by the tests of Grubbs and Rosner (gesd)",
  input: anomaliesInputSchema,
  output: anomaliesOutputSchema,
  ...computing,
  run: (input) => {
    const { series, period, method, maxOutliers } = input;
    const n = series.length;
    if (method === "stl-mad" && (period ?? 1) < 2)
      return invalid("period", "at least 2 values per season with stl-mad");
    if (method === "stl-mad" && n < 2 * (period ?? 1)) return invalid("series", "at least two seasons with stl-mad");
    if (maxOutliers !== undefined && maxOutliers > n - 2) {
      return invalid("maxOutliers", `at most ${n - 2}: two fewer than there are values`);
    }
    if (method === "grubbs" && (maxOutliers ?? 1) !== 1) {
      return contradiction("maxOutliers", "1 with grubbs, which looks for one outlier; gesd looks for several");
    }
    const test = method === "grubbs" || method === "gesd";
    const usual = Math.max(1, Math.min(MOST_OUTLIERS, Math.floor(n / 5)));
    const most = method === "grubbs" ? 1 : (maxOutliers ?? (test ? usual : n));
    const { result, warnings } = test ? tested(input, most) : scored(input, most);
    return ok({ result, conventions: ANOMALY_CONVENTIONS, warnings });
  },
});

const growthDecompose = defineTool({
  name: "growth.decompose",
  description:
    "Trend, season and remainder of a series by loess (STL of Cleveland and others), robust against outliers if asked",
  input: decomposeInputSchema,
  output: decomposeOutputSchema,
  ...computing,
  run: (input) => {
    const { series, period, windows } = input;
    if (series.length < 2 * period) return invalid("series", `at least two seasons: ${2 * period} values`);
    const settings = stlSettings(series.length, input);
    const even = [windows?.seasonal, windows?.trend, windows?.lowPass].some(
      (window) => typeof window === "number" && window % 2 === 0,
    );
    const { seasonal, trend, lowPass, inner, outer, periodic } = settings;
    const named = (of: "window" | "degree" | "jump") =>
      `seasonal ${seasonal[of]}, trend ${trend[of]}, low pass ${lowPass[of]}`;
    return ok({
      result: stl(series, settings),
      conventions: {
        method: "STL, Cleveland et al. 1990",
        ...{ windows: named("window"), degrees: named("degree"), jumps: `${named("jump")}; straight lines between` },
        iterations: `inner ${inner}, outer ${outer}; given iterations count more than robust`,
        season: periodic ? "the same in every cycle" : "may change from cycle to cycle",
        weights: "bisquare of the remainder over six times its median size; 1 without outer iterations",
      },
      warnings: even ? ["Even windows became the next odd ones"] : [],
    });
  },
});

export const forecastTools: readonly Tool[] = [growthForecast, growthAnomalies, growthDecompose] as readonly Tool[];
