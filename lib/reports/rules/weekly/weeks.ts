import { type CalendarDate, fromDate, parseDate, toCalendarDate, toZoned } from "@internationalized/date";

/** Weeks of ISO 8601: Monday to Sunday, named by the year of their Thursday, so that a year has 52 or 53 of them. */

export const WEEK = /^\d{4}-W(?:0[1-9]|[1-4]\d|5[0-3])$/;

export type Week = {
  /** "2026-W48" */
  id: string;
  /** Monday and Sunday. */
  startsOn: string;
  endsOn: string;
  /** Midnight at its beginning and at that of the next one in the zone, as moments: 167 or 169 hours apart where clocks change. */
  startsAt: string;
  endsAt: string;
  timeZone: string;
};

/** Monday is 0. */
const weekday = (day: CalendarDate): number => (day.toDate("UTC").getUTCDay() + 6) % 7;
const mondayOf = (day: CalendarDate): CalendarDate => day.subtract({ days: weekday(day) });
const dayOfYear = (day: CalendarDate): number =>
  Math.round((day.toDate("UTC").getTime() - Date.UTC(day.year, 0, 1)) / 86_400_000) + 1;

/** "2027-01-03" → "2026-W53". */
export function isoWeekOf(day: string): string {
  const thursday = mondayOf(parseDate(day)).add({ days: 3 });
  const number = Math.ceil(dayOfYear(thursday) / 7);
  return `${thursday.year}-W${String(number).padStart(2, "0")}`;
}

/** Null where the year has no such week. */
export function mondayOfWeek(week: string): string | null {
  if (!WEEK.test(week)) return null;
  const [year = "", number = ""] = week.split("-W");
  // 4 January is always in the first week.
  const monday = mondayOf(parseDate(`${year}-01-04`)).add({ weeks: Number(number) - 1 });
  return isoWeekOf(monday.toString()) === week ? monday.toString() : null;
}

export const weekAfter = (week: string, count = 1): string => {
  const monday = mondayOfWeek(week);
  if (monday === null) throw new RangeError(`There is no week ${week}`);
  return isoWeekOf(parseDate(monday).add({ weeks: count }).toString());
};

const midnight = (day: CalendarDate, timeZone: string): string => toZoned(day, timeZone).toDate().toISOString();

/** The week with its days and moments. Throws a RangeError for a week that does not exist. */
export function weekIn(id: string, timeZone: string): Week {
  const startsOn = mondayOfWeek(id);
  if (startsOn === null) throw new RangeError(`There is no week ${id}`);
  const monday = parseDate(startsOn);
  const next = monday.add({ weeks: 1 });
  return {
    ...{ id, startsOn, endsOn: monday.add({ days: 6 }).toString(), timeZone },
    ...{ startsAt: midnight(monday, timeZone), endsAt: midnight(next, timeZone) },
  };
}

/** From where the week before ended, which is another moment once the zone was moved: nothing is told twice, or by no report. */
export const following = (week: Week, endedAt: Date | null): Week =>
  endedAt === null ? week : { ...week, startsAt: endedAt.toISOString() };

/** The day on which a moment lies. */
export const dayAt = (moment: Date, timeZone: string): string => toCalendarDate(fromDate(moment, timeZone)).toString();

/** The week in which a moment lies. */
export const weekAt = (moment: Date, timeZone: string): string => isoWeekOf(dayAt(moment, timeZone));

/** Every week from `since` up to the last one that is over at `moment`, oldest first; at most `most` of them. */
export function completeWeeks(since: string, moment: Date, timeZone: string, most: number): string[] {
  const current = weekAt(moment, timeZone);
  const weeks: string[] = [];
  for (let week = since; week < current && weeks.length < most; week = weekAfter(week)) weeks.push(week);
  return weeks;
}

/** "week 47 of 2026" */
export const weekWords = (week: string): string => `week ${Number(week.slice(6))} of ${week.slice(0, 4)}`;
