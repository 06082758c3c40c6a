import { type CalendarDate, fromDate, parseDate, toCalendarDate } from "@internationalized/date";
import type { Decimal } from "decimal.js";
import { Exact, fromMinor, minorDigits } from "./money";

/** How numbers and dates read: pure, locale en-GB, exact decimals in, text out. `null` is "unknown", never zero. */
export const LOCALE = "en-GB";
export const UNKNOWN = "unknown";
const MINUS = "−";
/** A number and its unit stay on one line. */
const THIN = "\u202f";

type Amount = Decimal.Value | null;

const SCALES = [
  { suffix: "bn", power: 9 },
  { suffix: "M", power: 6 },
  { suffix: "k", power: 3 },
  { suffix: "", power: 0 },
] as const;
export type Scale = (typeof SCALES)[number];

// Made once: powers of ten at the precision of `Exact` cost more than the rest of a cell.
const SMALLEST: readonly Decimal[] = [new Exact(999_950_000), new Exact(999_950), new Exact("9999.5"), new Exact(0)];
const PARTS: Readonly<Record<Scale["power"], Decimal>> = {
  9: new Exact("1e-9"),
  6: new Exact("1e-6"),
  3: new Exact("1e-3"),
  0: new Exact(1),
};
const HUNDRED = new Exact(100);

const sign = (value: Decimal, signed: boolean): string =>
  value.isNegative() && !value.isZero() ? MINUS : signed && value.isPositive() && !value.isZero() ? "+" : "";

/** Grouped digits without a sign, rounded half up. */
function digits(value: Decimal, decimals: number, keepZeros: boolean): string {
  const fixed = value.abs().toFixed(decimals, Exact.ROUND_HALF_UP);
  const [whole = "0", fraction = ""] = fixed.split(".");
  const kept = keepZeros ? fraction : fraction.replace(/0+$/, "");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return kept ? `${grouped}.${kept}` : grouped;
}

type NumberOptions = {
  /** Digits after the point, at most; with `keepZeros` exactly, so that a column aligns. */
  decimals?: number;
  keepZeros?: boolean;
  /** "+" before a gain: for changes. */
  signed?: boolean;
};

/** 1234.5 → "1,234.5"; −3 → "−3". */
export function formatNumber(value: Amount, options: NumberOptions = {}): string {
  if (value === null) return UNKNOWN;
  const { decimals = 2, keepZeros = false, signed = false } = options;
  const rounded = new Exact(value).toDecimalPlaces(decimals, Exact.ROUND_HALF_UP);
  return sign(rounded, signed) + digits(rounded, decimals, keepZeros);
}

/** A percentage already in percent: 24.3 → "24.3 %". */
export function formatPercent(percent: Amount, options: NumberOptions = {}): string {
  return percent === null ? UNKNOWN : `${formatNumber(percent, { decimals: 1, ...options })}${THIN}%`;
}

/** A ratio (0–1) as percent: 0.243 → "24.3 %". */
export function formatRatio(ratio: Amount, options: NumberOptions = {}): string {
  return ratio === null ? UNKNOWN : formatPercent(HUNDRED.times(ratio), options);
}

const SYMBOLS = new Map<string, string>([["USD", "$"]]);

/** "€", "$", "CHF": as it stands before an amount or in a column's head. */
export function currencySymbol(currency: string): string {
  const known = SYMBOLS.get(currency);
  if (known) return known;
  const parts = new Intl.NumberFormat(LOCALE, { style: "currency", currency }).formatToParts(0);
  const symbol = parts.find((part) => part.type === "currency")?.value ?? currency;
  SYMBOLS.set(currency, symbol);
  return symbol;
}

const prefix = (currency: string): string => {
  const symbol = currencySymbol(currency);
  return /[A-Za-z]$/.test(symbol) ? `${symbol}${THIN}` : symbol;
};

/** The scale in which the largest of the values keeps at most three digits before the point; from 10,000 on. */
export function scaleFor(values: readonly Amount[]): Scale {
  const known = values.filter((value): value is Decimal.Value => value !== null).map((value) => new Exact(value).abs());
  const largest = known.reduce((a, b) => (a.gt(b) ? a : b), new Exact(0));
  return SCALES.find((_, index) => largest.gte(SMALLEST[index] ?? 0)) ?? SCALES[3];
}

/** For a column whose head says the unit: `headUnit("EUR", scale)` → "€ k". */
export function headUnit(currency: string, scale: Scale): string {
  return scale.suffix ? `${currencySymbol(currency)}${THIN}${scale.suffix}` : currencySymbol(currency);
}

/** The cell under such a head. */
export function formatScaled(value: Amount, scale: Scale, options: NumberOptions = {}): string {
  if (value === null) return UNKNOWN;
  return formatNumber(PARTS[scale.power].times(value), { decimals: 1, ...options });
}

/** Precision that fits a decision: 41230000 EUR → "€41.2 M". `value` is in plain currency units. */
export function formatMoney(value: Amount, currency: string, options: NumberOptions = {}): string {
  if (value === null) return UNKNOWN;
  const scale = scaleFor([value]);
  const amount = PARTS[scale.power].times(value);
  const decimals = options.decimals ?? (scale.power === 0 ? (amount.abs().gte(1_000) ? 0 : minorDigits(currency)) : 1);
  const rounded = amount.toDecimalPlaces(decimals, Exact.ROUND_HALF_UP);
  const text = digits(rounded, decimals, options.keepZeros ?? false);
  return `${sign(rounded, options.signed ?? false)}${prefix(currency)}${text}${scale.suffix ? THIN + scale.suffix : ""}`;
}

export function formatMinor(amountMinor: bigint | null, currency: string, options: NumberOptions = {}): string {
  return amountMinor === null ? UNKNOWN : formatMoney(fromMinor(amountMinor, currency), currency, options);
}

/** Every digit: "€12,431,207.00". */
export function formatExactMoney(value: Amount, currency: string): string {
  if (value === null) return UNKNOWN;
  const exact = new Exact(value);
  const decimals = Math.max(minorDigits(currency), exact.decimalPlaces());
  return `${sign(exact, false)}${prefix(currency)}${digits(exact, decimals, true)}`;
}

type FigureText = { value: string | null; unit: string; reason?: string | null };

// The same figures stand on page after page, and exact decimals take longer than the rest of their cells.
const READ = new Map<string, string>();
const MOST_READ = 20_000;

/** A figure at the precision of a decision. A runway without burn is "∞". */
export function formatFigure({ value, unit, reason }: FigureText, options: NumberOptions = {}): string {
  if (value === null) return reason === "not-burning" ? "∞" : UNKNOWN;
  if (unit === "text") return value;
  const key = `${value} ${unit} ${options.decimals} ${options.keepZeros} ${options.signed}`;
  const known = READ.get(key);
  if (known !== undefined) return known;
  const text = figureText(value, unit, options);
  if (READ.size >= MOST_READ) READ.clear();
  READ.set(key, text);
  return text;
}

function figureText(value: string, unit: string, options: NumberOptions): string {
  switch (unit) {
    case "ratio":
      return formatRatio(value, options);
    case "percent":
      return formatPercent(value, options);
    case "months":
      return `${formatNumber(value, { decimals: 0, ...options })}${THIN}mo`;
    case "days":
      return `${formatNumber(value, { decimals: 0, ...options })}${THIN}d`;
    case "multiple":
      return `${formatNumber(value, { decimals: 1, ...options })}×`;
    case "score":
      return formatNumber(value, { decimals: 0, ...options });
    case "index":
      return formatNumber(value, { decimals: 2, ...options });
    case "count":
    case "shares":
      return formatNumber(value, { decimals: 0, ...options });
    default:
      return formatMoney(value, unit, options);
  }
}

/** Every digit of a figure, with its unit. */
export function formatExactFigure(figure: FigureText): string {
  const { value, unit } = figure;
  if (value === null || unit === "text") return formatFigure(figure);
  if (/^[A-Z]{3}$/.test(unit)) return formatExactMoney(value, unit);
  return formatFigure(figure, { decimals: new Exact(value).decimalPlaces() });
}

const DAY_FORMATS = {
  short: { day: "numeric", month: "short" },
  medium: { day: "numeric", month: "short", year: "numeric" },
  long: { weekday: "long", day: "numeric", month: "long" },
  weekday: { weekday: "short" },
  month: { month: "short", year: "numeric" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
export type DayStyle = keyof typeof DAY_FORMATS;

const DAYS = new Map<DayStyle, Intl.DateTimeFormat>();
const CLOCKS = new Map<string, Intl.DateTimeFormat>();

// Making an Intl formatter costs far more than using it, and a page has hundreds of dates.
function dayFormat(style: DayStyle): Intl.DateTimeFormat {
  const known = DAYS.get(style) ?? new Intl.DateTimeFormat(LOCALE, { ...DAY_FORMATS[style], timeZone: "UTC" });
  DAYS.set(style, known);
  return known;
}

function clockFormat(zone: string): Intl.DateTimeFormat {
  const known =
    CLOCKS.get(zone) ?? new Intl.DateTimeFormat(LOCALE, { hour: "2-digit", minute: "2-digit", timeZone: zone });
  CLOCKS.set(zone, known);
  return known;
}

// The same few days stand in hundreds of cells.
const SAID = new Map<string, string>();
const MOST_SAID = 5_000;

/** A calendar day ("2026-11-22"), the same in every zone. */
export function formatDay(day: string | null, style: DayStyle = "medium"): string {
  if (day === null) return UNKNOWN;
  const key = `${style} ${day.slice(0, 10)}`;
  const said = SAID.get(key);
  if (said !== undefined) return said;
  const text = dayFormat(style)
    .format(parseDate(day.slice(0, 10)).toDate("UTC"))
    .replace(",", "");
  if (SAID.size >= MOST_SAID) SAID.clear();
  SAID.set(key, text);
  return text;
}

/** A day ahead, with its year only where that is another than the one the reader is in. */
export const formatNearDay = (day: string, near: string): string =>
  formatDay(day, day.slice(0, 4) === near.slice(0, 4) ? "short" : "medium");

/** The calendar day of a moment, seen from a zone. */
export const dayIn = (at: Date, zone: string): CalendarDate => toCalendarDate(fromDate(at, zone));

/** "22 Nov 2026, 18:02" on the clocks of the zone. */
export function formatMoment(at: Date, zone: string, style: DayStyle = "medium"): string {
  return `${formatDay(dayIn(at, zone).toString(), style)}, ${clockFormat(zone).format(at)}`;
}

/** When something is due, as a person says it: "today", "tomorrow", "Tue", "12 Dec", "overdue". */
export function formatDue(at: Date | null, now: Date, zone: string): string {
  if (at === null) return "no date";
  if (at.getTime() < now.getTime()) return "overdue";
  const day = dayIn(at, zone);
  const days = day.compare(dayIn(now, zone));
  if (days === 0) return "today";
  if (days === 1) return "tomorrow";
  return formatDay(day.toString(), days < 7 ? "weekday" : "short");
}

/** How long ago, at most two words: "3 min ago", "18:02", "yesterday 18:02", "Fri 18:02", "12 Oct 2026". */
export function formatSince(at: Date, now: Date, zone: string): string {
  const minutes = Math.floor((now.getTime() - at.getTime()) / 60_000);
  if (minutes >= 0 && minutes < 1) return "just now";
  if (minutes >= 0 && minutes < 60) return `${minutes}${THIN}min ago`;
  const day = dayIn(at, zone);
  const days = dayIn(now, zone).compare(day);
  const time = clockFormat(zone).format(at);
  if (days === 0) return time;
  if (days === 1) return `yesterday ${time}`;
  if (days > 1 && days < 7) return `${formatDay(day.toString(), "weekday")} ${time}`;
  return formatDay(day.toString(), "medium");
}

/** Age of data in one short word for a column: "2 d", "5 mo". */
export function formatAge(at: Date | null, now: Date): string {
  if (at === null) return UNKNOWN;
  const hours = Math.max(0, Math.floor((now.getTime() - at.getTime()) / 3_600_000));
  if (hours < 24) return `${hours}${THIN}h`;
  const days = Math.floor(hours / 24);
  return days < 60 ? `${days}${THIN}d` : `${Math.floor(days / 30.44)}${THIN}mo`;
}

/** "1 decision", "3 decisions". */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatNumber(count, { decimals: 0 })} ${count === 1 ? one : many}`;
