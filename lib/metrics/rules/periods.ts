import { endOfMonth, parseDate, startOfMonth } from "@internationalized/date";
import type { Grain } from "../schema";

/** Days are YYYY-MM-DD; a period is from its first day to its last, both included. */
export type Period = { from: string; to: string };

export const dayText = (date: Date): string => date.toISOString().slice(0, 10);

/** A day that has begun nowhere on earth yet: the first places are fourteen hours ahead. */
export const hasNotCome = (day: string, now: Date): boolean => day > dayText(new Date(now.getTime() + 14 * 3_600_000));
export const dayDate = (day: string): Date => new Date(`${day}T00:00:00Z`);

export const addDays = (day: string, days: number): string => parseDate(day).add({ days }).toString();

/** Days from one day to the other; 0 for the same. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((dayDate(to).getTime() - dayDate(from).getTime()) / 86_400_000);

export const monthStart = (day: string): string => startOfMonth(parseDate(day)).toString();
export const monthEnd = (day: string): string => endOfMonth(parseDate(day)).toString();

/** The last day of the month `months` after the month of `day`; negative goes back. */
export const monthEndAfter = (day: string, months: number): string =>
  endOfMonth(startOfMonth(parseDate(day)).add({ months })).toString();

/** The last day of the last month that is complete on `day`. */
export const lastCompleteMonthEnd = (day: string): string => (monthEnd(day) === day ? day : monthEndAfter(day, -1));

/** The `months` calendar months that end on the month end `to`. */
export const monthsUntil = (to: string, months: number): Period => ({
  from: monthStart(monthEndAfter(to, 1 - months)),
  to,
});

/** First days of the calendar months of a period, oldest first. */
export function monthsOf({ from, to }: Period): string[] {
  const months: string[] = [];
  for (let month = monthStart(from); month <= to; month = parseDate(month).add({ months: 1 }).toString()) {
    months.push(month);
  }
  return months;
}

const MONTHS_OF: Readonly<Record<Grain, number>> = { day: 0, month: 1, quarter: 3 };

/** The days that a stored point covers, from its first day and its grain. */
export function coveredPeriod(periodStart: string, grain: Grain): Period {
  if (grain === "day") return { from: periodStart, to: periodStart };
  // Asked of each stored point on every page: the day before a month's first is its day 0.
  const [year = 0, month = 1] = periodStart.split("-", 2).map(Number);
  return { from: periodStart, to: dayText(new Date(Date.UTC(year, month - 1 + MONTHS_OF[grain], 0))) };
}

export type Freshness = "fresh" | "ageing" | "stale" | "unknown";

// Days after the end of the last period: the next one is due, plus the time that closing the books takes.
const FRESH_DAYS: Readonly<Record<Grain, { fresh: number; ageing: number }>> = {
  day: { fresh: 3, ageing: 7 },
  month: { fresh: 50, ageing: 80 },
  quarter: { fresh: 130, ageing: 180 },
};

/** How late a series is on `today`, by its grain; without a point it is unknown. */
export function freshnessOf(grain: Grain, lastDay: string | null, today: string): Freshness {
  if (!lastDay) return "unknown";
  const age = daysBetween(lastDay, today);
  const { fresh, ageing } = FRESH_DAYS[grain];
  return age <= fresh ? "fresh" : age <= ageing ? "ageing" : "stale";
}

const MONTH_NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"];

/** "2026-10" as the screens write it: "Oct 2026". */
export const monthWords = (month: string): string =>
  `${MONTH_NAMES[Number(month.slice(5, 7)) - 1]} ${month.slice(0, 4)}`;

const MONTHS_IN_FULL = "January February March April May June July August September October November December".split(
  " ",
);

/** "2026-12-31" as a person writes it in a sentence: "31 December 2026"; what is no day stays as it is. */
export function dayWords(day: string): string {
  const [year = "", month = "", date = ""] = day.slice(0, 10).split("-");
  const name = MONTHS_IN_FULL[Number(month) - 1];
  return name && date ? `${Number(date)} ${name} ${year}` : day;
}
