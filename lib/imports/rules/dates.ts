import type { Grain } from "@/lib/metrics/schema";
import type { DateOrder } from "../schema";

/** A calendar day as text; ordered as text, too. */
export type Day = string;

const MONTHS: readonly (readonly string[])[] = [
  ["jan", "january", "januar", "janvier", "enero", "gennaio", "januari"],
  ["feb", "february", "februar", "février", "fevrier", "febrero", "febbraio", "februari"],
  ["mar", "march", "märz", "maerz", "mrz", "mars", "marzo", "maart"],
  ["apr", "april", "avril", "abril", "aprile"],
  ["may", "mai", "mayo", "maggio", "mei"],
  ["jun", "june", "juni", "juin", "junio", "giugno"],
  ["jul", "july", "juli", "juillet", "julio", "luglio"],
  ["aug", "august", "août", "aout", "agosto", "augustus"],
  ["sep", "sept", "september", "septembre", "septiembre", "settembre"],
  ["oct", "okt", "october", "oktober", "octobre", "octubre", "ottobre"],
  ["nov", "november", "novembre", "noviembre"],
  ["dec", "dez", "december", "dezember", "décembre", "decembre", "diciembre", "dicembre"],
];
const MONTH_BY_NAME = new Map(MONTHS.flatMap((names, i) => names.map((name) => [name, i + 1] as const)));
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
export const monthLength = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (LENGTHS[month - 1] ?? 0);

function day(year: number, month: number, date: number): Day | null {
  if (year < 1900 || year > 2200 || month < 1 || month > 12 || date < 1 || date > monthLength(year, month)) return null;
  return `${year}-${month < 10 ? "0" : ""}${month}-${date < 10 ? "0" : ""}${date}`;
}

/** Two digits: 70 to 99 are the last century, as POSIX has it. */
const fullYear = (text: string) =>
  text.length === 2 ? Number(text) + (Number(text) < 70 ? 2000 : 1900) : Number(text);

const TIME = /[T\s,]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(\s*[AaPp]\.?[Mm]\.?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/;
const ISO = /^(\d{4})-(\d{2})-(\d{2})$/;
const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const NUMERIC = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})$/;
const UNIX_SECONDS = /^1\d{9}$/;
const NAMED_DAY_FIRST = /^(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]+(\p{L}+)\.?[\s,-]+(\d{4}|\d{2})$/u;
const NAMED_MONTH_FIRST = /^(\p{L}+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/u;

const named = (name: string | undefined) => MONTH_BY_NAME.get((name ?? "").toLowerCase()) ?? 0;

/** Which orders a numeric date can be read in; null when it is not that kind of date. Dots are always day first. */
export function possibleOrders(text: string): DateOrder[] | null {
  const found = NUMERIC.exec(text.trim().replace(TIME, ""));
  if (!found) return null;
  const [, a = "", mark, b = "", year = ""] = found;
  const orders: DateOrder[] = [];
  if (day(fullYear(year), Number(b), Number(a))) orders.push("dmy");
  if (mark !== "." && day(fullYear(year), Number(a), Number(b))) orders.push("mdy");
  if (mark !== "." && year.length === 2 && day(fullYear(a.padStart(2, "0")), Number(b), Number(year)) && a.length === 2)
    orders.push("ymd");
  return orders;
}

/**
 * The calendar day that a cell names, as written (a time and its zone are left aside), or null. `order` settles
 * "03/04/2026"; without it such a date is not read.
 */
export function parseDay(text: string, order: DateOrder | null): Day | null {
  const iso = ISO.exec(text);
  if (iso) return day(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const plain = text.trim().replace(TIME, "");
  const yearFirst = YEAR_FIRST.exec(plain) ?? COMPACT.exec(plain);
  if (yearFirst) return day(Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3]));
  const numeric = NUMERIC.exec(plain);
  if (numeric) return numericDay(numeric, order);
  if (UNIX_SECONDS.test(plain)) return new Date(Number(plain) * 1_000).toISOString().slice(0, 10);
  const dayFirst = NAMED_DAY_FIRST.exec(plain);
  if (dayFirst) return day(fullYear(dayFirst[3] ?? ""), named(dayFirst[2]), Number(dayFirst[1]));
  const monthFirst = NAMED_MONTH_FIRST.exec(plain);
  if (monthFirst) return day(Number(monthFirst[3]), named(monthFirst[1]), Number(monthFirst[2]));
  return null;
}

function numericDay([, a = "", mark, b = "", c = ""]: RegExpExecArray, order: DateOrder | null): Day | null {
  const effective = mark === "." ? "dmy" : order;
  if (effective === "dmy") return day(fullYear(c), Number(b), Number(a));
  if (effective === "mdy") return day(fullYear(c), Number(a), Number(b));
  if (effective === "ymd" && c.length === 2) return day(fullYear(a.padStart(2, "0")), Number(b), Number(c));
  return null;
}

export type Period = { start: Day; grain: Grain };

const pad = (n: number) => String(n).padStart(2, "0");
const month = (year: number, m: number): Period | null =>
  year >= 1900 && year <= 2200 && m >= 1 && m <= 12 ? { start: `${year}-${pad(m)}-01`, grain: "month" } : null;
const quarter = (year: number, q: number): Period => ({ start: `${year}-${pad(q * 3 - 2)}-01`, grain: "quarter" });

/**
 * A period as files write it: "2026-03", "03/2026", "Mar 2026", "Mar-26", "2026 Q1", "Q1 2026", "202603", or a day.
 * A day stands for the period of `grain` in which it lies: a month-end date is its month.
 */
export function parsePeriod(text: string, order: DateOrder | null, grain: Grain): Period | null {
  const plain = text.trim();
  const found = /^(\d{4})[-/.\s]?M?(\d{2})$/.exec(plain) ?? swapped(/^(\d{1,2})[-/.](\d{4})$/.exec(plain));
  if (found) return month(Number(found[1]), Number(found[2]));
  const byName = /^(\p{L}+)\.?[\s/,'’-]*(\d{4}|\d{2})$/u.exec(plain);
  if (byName && named(byName[1]) > 0) return month(fullYear(byName[2] ?? ""), named(byName[1]));
  const q = /^(\d{4})[\s/-]*[Qq]([1-4])$/.exec(plain) ?? swapped(/^[Qq]([1-4])[\s/'’-]*(\d{4}|\d{2})$/.exec(plain));
  if (q) return quarter(fullYear(q[1] ?? ""), Number(q[2]));
  const exact = parseDay(plain, order);
  return exact === null ? null : periodOf(exact, grain);
}

const swapped = (found: RegExpExecArray | null): (string | undefined)[] | null =>
  found && [found[0], found[2], found[1]];

export function periodOf(exact: Day, grain: Grain): Period {
  const [year = "", m = ""] = exact.split("-");
  if (grain === "day") return { start: exact, grain };
  if (grain === "month") return { start: `${year}-${m}-01`, grain };
  return quarter(Number(year), Math.ceil(Number(m) / 3));
}

const DAY_MS = 86_400_000;

/**
 * A spreadsheet's serial day. The 1900 system counts a 29 February 1900 that never was (serial 60, refused);
 * the 1904 system starts on 1 January 1904 with 0.
 */
export function serialDay(serial: number, date1904: boolean): Day | null {
  if (!Number.isFinite(serial) || serial < 0) return null;
  const whole = Math.floor(serial);
  if (date1904) return epochDay(Date.UTC(1904, 0, 1) + whole * DAY_MS);
  if (whole === 60 || whole === 0) return null;
  return epochDay(Date.UTC(1899, 11, whole < 60 ? 31 : 30) + whole * DAY_MS);
}

function epochDay(ms: number): Day | null {
  const text = new Date(ms).toISOString().slice(0, 10);
  return text >= "1900-01-01" && text <= "2200-12-31" ? text : null;
}
