import { CalendarDate, parseDate } from "@internationalized/date";

/** "2026-10": months and days are text, so that no time zone can move them. */
export const addMonths = (month: string, count: number): string =>
  parseDate(`${month}-01`).add({ months: count }).toString().slice(0, 7);

/** The `count` months that end with `until`, oldest first. */
export const monthsUpTo = (until: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => addMonths(until, i - count + 1));

export const dayOf = (month: string, day: number): string => `${month}-${String(day).padStart(2, "0")}`;

/** Counted in UTC, where every day has 24 hours: quick, because every invoice asks. */
export function addDays(date: string, days: number): string {
  const [year, month, day] = [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))];
  return new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10);
}

export function lastDayOf(month: string): string {
  const first = parseDate(`${month}-01`);
  return new CalendarDate(first.year, first.month, first.calendar.getDaysInMonth(first)).toString();
}

/** Whole months from one month to another. */
export const monthsBetween = (from: string, to: string): number =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));
