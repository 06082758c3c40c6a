/** How days become years; each names the length of its year. */
export const DAY_COUNTS = ["ACT/365F", "ACT/360", "ACT/365.25", "30/360", "ACT/ACT-ISDA"] as const;
export type DayCount = (typeof DAY_COUNTS)[number];

/** A span of days in whole ticks of which `TICKS_PER_YEAR` make a year, so that no day count needs a fraction. */
export const TICKS_PER_YEAR: Readonly<Record<DayCount, number>> = {
  "ACT/365F": 365,
  "ACT/360": 360,
  "ACT/365.25": 1461,
  "30/360": 360,
  "ACT/ACT-ISDA": 365 * 366,
};

const DAY_MS = 86_400_000;
/** Days since 1970-01-01, without a time zone. */
export const dayNumber = (date: string): number => Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS);

const partsOf = (date: string): [year: number, month: number, day: number] => {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  return [year, month, day];
};
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** ISDA: each year weighs one, whatever its length; a day is 1/366 of a leap year and 1/365 of another. */
function isdaTicks(date: string): number {
  const [year] = partsOf(date);
  const days = dayNumber(date) - dayNumber(`${date.slice(0, 4)}-01-01`);
  return year * TICKS_PER_YEAR["ACT/ACT-ISDA"] + days * (isLeap(year) ? 365 : 366);
}

/** 30/360 Bond Basis (ISDA 2006, 4.16(f)): a 31st start becomes the 30th; a 31st end too, if the start is the 30th. */
function thirtyDays(from: string, to: string): number {
  const [y1, m1, d1] = partsOf(from);
  const [y2, m2, d2] = partsOf(to);
  const start = Math.min(d1, 30);
  const end = d2 === 31 && start === 30 ? 30 : d2;
  return 360 * (y2 - y1) + 30 * (m2 - m1) + (end - start);
}

/** Ticks from one day to another (YYYY-MM-DD); `from` is not after `to`. Source: ISDA 2006 Definitions, 4.16. */
export function ticksBetween(dayCount: DayCount, from: string, to: string): number {
  if (dayCount === "30/360") return thirtyDays(from, to);
  if (dayCount === "ACT/ACT-ISDA") return isdaTicks(to) - isdaTicks(from);
  const days = dayNumber(to) - dayNumber(from);
  return dayCount === "ACT/365.25" ? days * 4 : days;
}

const WORDS: Readonly<Record<DayCount, string>> = {
  "ACT/365F": "actual days ÷ 365",
  "ACT/360": "actual days ÷ 360",
  "ACT/365.25": "actual days ÷ 365.25",
  "30/360": "30/360 Bond Basis (ISDA 2006, 4.16(f)); no rule for the end of February",
  "ACT/ACT-ISDA": "actual days in leap years ÷ 366 plus the others ÷ 365",
};
export const dayCountConvention = (dayCount: DayCount): string => `${dayCount}: ${WORDS[dayCount]}`;
