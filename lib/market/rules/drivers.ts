import type { SeriesPoint } from "../schema/series";
import {
  type ChosenKind,
  DRIVER_SIGNS,
  DRIVERS,
  type DriverKey,
  seriesOf,
  type TimingAssumptions,
} from "../schema/timing";
import { changesOverAYear, historyOf, standingOf } from "./percentile";

/** The series that was chosen for each kind, as it was known on the day; null where there is none. */
export type ChosenSeries = Readonly<Record<ChosenKind, { key: string; points: readonly SeriesPoint[] } | null>>;

export type DriverLine = {
  key: DriverKey;
  sign: 1 | -1;
  series: string | null;
  weight: number;
  latest: SeriesPoint | null;
  /** How many values of the ten years are held. */
  points: number;
  percentile: number | null;
  /** sign × (percentile − 50) ÷ 50: −1 speaks against a sale, +1 for one. */
  direction: number | null;
  reason: string | null;
  /** The ten years, for the sparkline. */
  history: SeriesPoint[];
};

export type MarketScore = {
  lines: DriverLine[];
  /** −1 to +1 over the drivers that are known; null under half of the weight. */
  score: number | null;
  reason: string | null;
  /** Weight of the known drivers ÷ weight of all of them. */
  coverage: number;
};

/** Under this part of the weight a score would be that of another market. */
export const LEAST_COVERAGE = 0.5;

function lineOf(key: DriverKey, chosen: ChosenSeries, assumptions: TimingAssumptions, asOf: string): DriverLine {
  const series = chosen[seriesOf(key)];
  const [sign, weight] = [DRIVER_SIGNS[key], Number(assumptions.weights[key])];
  const blank = { latest: null, points: 0, percentile: null, direction: null, history: [] };
  if (!series) return { key, sign, weight, series: null, ...blank, reason: "no-series" };
  const points = key === "yieldChange" ? changesOverAYear(series.points) : series.points;
  const {
    percentile,
    latest,
    points: count,
    reason,
  } = standingOf(points, asOf, {
    leastPoints: Number(assumptions.history.leastPoints),
    staleAfterDays: Number(assumptions.history.staleAfterDays),
  });
  return {
    ...{ key, sign, weight, series: series.key, latest, points: count, percentile, reason },
    direction: percentile === null ? null : (sign * (percentile - 50)) / 50,
    history: historyOf(points, asOf),
  };
}

/** Score = Σ weight × direction ÷ Σ weight, over the drivers that are known, with how much of the weight they are. */
export function marketScore(chosen: ChosenSeries, assumptions: TimingAssumptions, asOf: string): MarketScore {
  const lines = DRIVERS.map((key) => lineOf(key, chosen, assumptions, asOf));
  const all = lines.reduce((sum, { weight }) => sum + weight, 0);
  const known = lines.filter(({ direction }) => direction !== null);
  const weight = known.reduce((sum, line) => sum + line.weight, 0);
  const coverage = all === 0 ? 0 : weight / all;
  if (weight === 0) return { lines, score: null, reason: "no-series", coverage };
  if (coverage < LEAST_COVERAGE) return { lines, score: null, reason: "coverage-below-half", coverage };
  const score = known.reduce((sum, line) => sum + line.weight * (line.direction ?? 0), 0) / weight;
  return { lines, score, reason: null, coverage };
}
