import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import { chooseEts } from "../forecast/ets-choice";
import { etsIntervals, sigmaOf } from "../forecast/ets-intervals";
import { formName, pointForecast, runEts, stateAfter } from "../forecast/ets-model";
import { type MonthValue, seasonOf, usableMonths } from "../forecast/monthly-values";
import { median, robustScale } from "./robust";

export type WatchedMetric = { metric: string; label: string; money: boolean; points: readonly MonthValue[] };
export type Direction = "high" | "low";
/**
 * How a metric's newest months are: `score` in robust σ of its forecast errors. "near" is unusual still for one that was
 * unusual before, and usual for one that was not, so that a metric which hovers is called once.
 */
export type MetricWatch = {
  metric: string;
  label: string;
  month: string;
  score: number;
  direction: Direction;
  state: "unusual" | "near" | "usual";
};

/** methods.md, section f: two breaches in a row, or one beyond five robust σ. */
const BREACH = 3;
const ALONE = 5;
/** Below this there is too little to speak of: median of the last year, in the venture's currency or in heads. */
const LEAST_BASE = { money: 1_000, count: 20 } as const;
/** A very smooth series is far away in σ before anybody would notice: at least 5 % of what was expected. */
const LEAST_MOVE = 0.05;
/** What was unusual is so until it comes this close. */
const NEAR = { score: 2, move: 0.03 };
const LEAST_MONTHS = 14;
const LEVEL = 0.8;
/** Few forms, since this is asked of every metric of every venture each night. */
const FORMS = ["ETS(A,N,N)", "ETS(A,Ad,N)", "ETS(A,N,A)", "ETS(A,Ad,A)", "ETS(M,Ad,N)", "ETS(M,Ad,M)"];

type Newest = { score: number; move: number };

/**
 * The two newest values against a forecast made before them: distance ÷ the width of the forecast at that step, with the
 * robust scale of past errors instead of their σ. Null where no forecast can be made.
 */
export function newestScores(values: readonly number[]): [Newest, Newest] | null {
  const known = values.slice(0, -2);
  const chosen = chooseEts(known, seasonOf(known.length), (form) => FORMS.includes(formName(form)));
  if (!chosen) return null;
  const { model, estimated } = chosen.fit;
  const pass = runEts(model, known);
  const sigma = sigmaOf(pass, estimated);
  if (!sigma) return null;
  const last = stateAfter(model, pass);
  const points = pointForecast(model.form, model.smoothing.phi, last, 2);
  const asked = { horizon: 2, levels: [LEVEL], seed: "growth.watch" };
  const [interval] = etsIntervals(model, { pass, last, estimated }, asked).intervals;
  const robust = Math.min(1, Math.max(0.5, robustScale([...pass.errors]).scale / sigma));
  const z = normalQuantile((1 + LEVEL) / 2, 0, 1);
  const scores = points.map((point, h): Newest => {
    const width = ((interval?.upper[h] ?? 0) - (interval?.lower[h] ?? 0)) / (2 * z);
    const away = (values[known.length + h] ?? 0) - point;
    return { score: away / (width * robust), move: Math.abs(away) / Math.max(Math.abs(point), Number.MIN_VALUE) };
  });
  const [before, newest] = scores;
  return before && newest && scores.every(({ score }) => Number.isFinite(score)) ? [before, newest] : null;
}

/** Do these two months make an alert? */
export function isBreach([before, newest]: readonly [Newest, Newest]): boolean {
  if (newest.move < LEAST_MOVE) return false;
  if (Math.abs(newest.score) > ALONE) return true;
  const both = Math.abs(newest.score) > BREACH && Math.abs(before.score) > BREACH;
  return both && Math.sign(newest.score) === Math.sign(before.score);
}

function stateOf(scores: readonly [Newest, Newest]): MetricWatch["state"] {
  if (isBreach(scores)) return "unusual";
  const [, { score, move }] = scores;
  return Math.abs(score) > NEAR.score && move > NEAR.move ? "near" : "usual";
}

/**
 * How one metric goes; "muted" where nothing can be said: too short, too small, or the newest months are missing or
 * contradict each other, which is a fault of the data and not of the venture.
 */
export function watchMetric({ metric, label, money, points }: WatchedMetric): MetricWatch | "muted" {
  const usable = usableMonths(points);
  const newest = points.at(-1);
  if (!usable.ok || !newest || newest.value === null || usable.values.length < LEAST_MONTHS) return "muted";
  const base = median(usable.values.slice(-12).map(Math.abs));
  if (base < LEAST_BASE[money ? "money" : "count"]) return "muted";
  const scores = newestScores(usable.values);
  if (!scores) return "muted";
  const { score } = scores[1];
  return { metric, label, month: newest.month, score, direction: score > 0 ? "high" : "low", state: stateOf(scores) };
}

/** All metrics of a venture of which something can be said. */
export const watchMetrics = (watched: readonly WatchedMetric[]): MetricWatch[] =>
  watched.map(watchMetric).filter((found) => found !== "muted");

export type Cause = { metric: string; direction: Direction };
export const causeOf = ({ metric, direction }: Cause): string => `${metric}:${direction}`;

/**
 * Which causes begin and which end, a metric and a direction each. A metric that nobody could look at changes nothing; one
 * that has turned from low to high ends the one and, if it is unusual, begins the other.
 */
export function decideCauses(
  watched: readonly MetricWatch[],
  standing: readonly Cause[],
): { raise: MetricWatch[]; clear: Cause[] } {
  const stands = new Set(standing.map(causeOf));
  const looked = new Map(watched.map((one) => [one.metric, one]));
  return {
    raise: watched.filter((one) => one.state === "unusual" && !stands.has(causeOf(one))),
    clear: standing.filter(({ metric, direction }) => {
      const now = looked.get(metric);
      return now !== undefined && (now.state === "usual" || now.direction !== direction);
    }),
  };
}
