import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import { chooseEts } from "./ets-choice";
import { etsIntervals, sigmaOf } from "./ets-intervals";
import { formName, pointForecast, runEts, stateAfter } from "./ets-model";
import { type MonthValue, seasonOf, usableMonths } from "./monthly-values";
import { median, robustScale } from "./robust";

export type WatchedMetric = { metric: string; label: string; money: boolean; points: readonly MonthValue[] };
/** A metric whose newest months are not as it usually goes; `score` in robust σ of its forecast errors. */
export type MetricAnomaly = { metric: string; label: string; month: string; score: number };

/** methods.md, section f: two breaches in a row, or one beyond five robust σ. */
const BREACH = 3;
const ALONE = 5;
/** Below this there is too little to speak of: median of the last year, in the venture's currency or in heads. */
const LEAST_BASE = { money: 1_000, count: 20 } as const;
/** A very smooth series is far away in σ before anybody would notice: at least 5 % of what was expected. */
const LEAST_MOVE = 0.05;
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

/**
 * What is unusual in one metric: null where it is as usual, "muted" where nothing can be said: too short, too small, or
 * the newest months are missing or contradict each other, which is a fault of the data and not of the venture.
 */
export function watchMetric({ metric, label, money, points }: WatchedMetric): MetricAnomaly | "muted" | null {
  const usable = usableMonths(points);
  const newest = points.at(-1);
  if (!usable.ok || !newest || newest.value === null || usable.values.length < LEAST_MONTHS) return "muted";
  const base = median(usable.values.slice(-12).map(Math.abs));
  if (base < LEAST_BASE[money ? "money" : "count"]) return "muted";
  const scores = newestScores(usable.values);
  if (!scores) return "muted";
  return isBreach(scores) ? { metric, label, month: newest.month, score: scores[1].score } : null;
}

/** All unusual metrics of a venture; null where every one is muted, so that nothing is known. */
export function watchMetrics(watched: readonly WatchedMetric[]): MetricAnomaly[] | null {
  const looked = watched.map(watchMetric).filter((found) => found !== "muted");
  return looked.length === 0 ? null : looked.flatMap((found) => found ?? []);
}
