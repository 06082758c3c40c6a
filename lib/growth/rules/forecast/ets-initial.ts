import type { EtsForm, EtsState } from "./ets-model";

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Intercept and slope of the least-squares line through values at 1, 2, 3 … */
function lineThrough(values: readonly number[]): { intercept: number; slope: number } {
  const middle = (values.length + 1) / 2;
  const average = mean(values);
  let [cross, square] = [0, 0];
  for (const [index, value] of values.entries()) {
    cross += (index + 1 - middle) * (value - average);
    square += (index + 1 - middle) ** 2;
  }
  const slope = square === 0 ? 0 : cross / square;
  return { intercept: average - slope * middle, slope };
}

/** The moving average over one cycle, centred; ends without a full cycle on both sides are left out. */
function centredAverages(series: readonly number[], period: number): Map<number, number> {
  const half = Math.floor(period / 2);
  const averages = new Map<number, number>();
  for (let t = half; t + half < series.length; t++) {
    const window = series.slice(t - half, t + half + 1);
    const [first = 0, last = 0] = [window[0], window.at(-1)];
    const sum = window.reduce((total, value) => total + value, 0);
    averages.set(t, period % 2 === 0 ? (sum - (first + last) / 2) / period : sum / period);
  }
  return averages;
}

/** Classical decomposition: the mean ratio or difference to the centred average by position in the cycle. */
function classicalSeasons(series: readonly number[], period: number, kind: "A" | "M"): number[] {
  const averages = centredAverages(series, period);
  const byPosition = Array.from({ length: period }, (): number[] => []);
  for (const [t, average] of averages) {
    const value = series[t] ?? 0;
    byPosition[t % period]?.push(kind === "A" ? value - average : value / average);
  }
  const rest = kind === "A" ? 0 : 1;
  const raw = byPosition.map((values) => (values.length === 0 ? rest : mean(values)));
  const centre = mean(raw);
  return raw.map((value) => (kind === "A" ? value - centre : value / centre));
}

const SMALLEST_SEASON = 0.01;

/**
 * Where a search for initial states begins (Hyndman et al. 2008, section 2.6): seasons by classical decomposition, level
 * and trend by a line through the first ten values or two cycles, seasonally adjusted.
 */
export function initialStates(form: EtsForm, series: readonly number[]): EtsState {
  const { season, trend, period } = form;
  const raw = season === "N" ? [] : classicalSeasons(series, period, season);
  const seasonal = season === "M" ? raw.map((value) => Math.max(value, SMALLEST_SEASON)) : raw;
  const adjusted = series.map((value, t) => {
    const part = seasonal[t % period] ?? 0;
    return season === "A" ? value - part : season === "M" ? value / part : value;
  });
  const head = adjusted.slice(0, Math.min(adjusted.length, Math.max(10, season === "N" ? 0 : 2 * period)));
  if (trend === "N") return { level: mean(head), trend: 0, seasonal };
  const { intercept, slope } = lineThrough(head);
  if (trend === "A") return { level: intercept, trend: slope, seasonal };
  const [first, second] = [intercept + slope, intercept + 2 * slope];
  const ratio = first > 0 && second > 0 ? second / first : 1;
  return { level: first > 0 ? first / ratio : mean(head), trend: ratio, seasonal };
}
