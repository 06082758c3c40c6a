import { daysBetween } from "@/lib/metrics/rules/periods";
import { Exact } from "@/lib/money";

/** A value speaks for so many days: quarterly series with their delay of publication. */
const SPEAKS_DAYS = 150;

type Point = { day: string; value: string };

const standing = (points: readonly Point[], day: string): Exact | null => {
  const last = points.findLast((point) => point.day <= day);
  return last && daysBetween(last.day, day) <= SPEAKS_DAYS ? new Exact(last.value) : null;
};

/**
 * The series on `day` ÷ the series on `from`, each the newest value up to that day and at most 150 days old; null where one
 * of them is not known or not above zero. `points` rise by day. Source: methods c (precedents: adjust for the index move since).
 */
export function carryFactor(points: readonly Point[], from: string, day: string): string | null {
  const [then, now] = [standing(points, from), standing(points, day)];
  return then?.gt(0) && now?.gt(0) ? now.div(then).toSignificantDigits(20).toFixed() : null;
}
