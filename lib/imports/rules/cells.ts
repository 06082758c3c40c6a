import type { Grain } from "@/lib/metrics/schema";
import { Exact } from "@/lib/money";
import type { MappingOptions } from "../schema";
import { type Day, type Period, parseDay, parsePeriod, periodOf, possibleOrders, serialDay } from "./dates";
import type { Cell } from "./detection";
import { minorUnits, parseDecimal, resolveCurrency, splitCurrency, spreadsheetNumber } from "./numbers";

export const REJECT_CODES = [
  "MISSING_VALUE",
  "UNREADABLE_NUMBER",
  "AMBIGUOUS_NUMBER",
  "TOO_MANY_DECIMALS",
  "TOO_LARGE",
  "UNREADABLE_DATE",
  "AMBIGUOUS_DATE",
  "UNREADABLE_TEXT",
  "TOO_LONG",
  "ERROR_CELL",
  "CURRENCY",
  "UNKNOWN_METRIC",
  "COMPUTED_METRIC",
  "NEGATIVE_VALUE",
  "UNKNOWN_CHOICE",
  "UNKNOWN_INTERVAL",
  "DRAFT",
  "END_BEFORE_START",
  "FUTURE_ACTUAL",
  "CONTRADICTION",
] as const;
export type RejectCode = (typeof REJECT_CODES)[number];

/** Read, or the reason why not as a sentence for the person who has the file. */
export type Read<T> = { value: T } | { code: RejectCode; message: string };

const fail = (code: RejectCode, message: string) => ({ code, message });
export const isFailed = <T>(read: Read<T>): read is { code: RejectCode; message: string } => "code" in read;

export type CellContext = { options: MappingOptions; date1904: boolean };

const errorCell = (cell: { error: string }) =>
  fail("ERROR_CELL", `The spreadsheet shows the error ${cell.error} here; mend the formula and export again`);

export function isBlank(cell: Cell | undefined): boolean {
  return cell === undefined || (typeof cell === "string" && cell.trim() === "");
}

/** What the database cannot hold, and what a decoder writes where it could not read. */
const unstorable = (text: string) => text.includes("\u0000") || text.includes("\ufffd");
const ASCII = /^[\x20-\x7e]*$/;

/** Trimmed, in one Unicode form, so that equal names are equal. */
export function readText(cell: Cell | undefined, maxLength: number): Read<string | null> {
  if (cell === undefined) return { value: null };
  if (typeof cell === "object") return errorCell(cell);
  const raw = typeof cell === "number" ? spreadsheetNumber(cell) : cell;
  const text = raw.trim();
  if (text === "") return { value: null };
  if (text.length > maxLength) return fail("TOO_LONG", `${text.length} characters; at most ${maxLength} fit`);
  if (ASCII.test(text)) return { value: text };
  if (unstorable(text))
    return fail("UNREADABLE_TEXT", "Characters that could not be decoded; check the encoding of the file");
  return { value: text.normalize("NFC") };
}

function decimalText(text: string, mark: MappingOptions["decimalMark"]): Read<string> {
  if (mark) {
    const value = parseDecimal(text, mark);
    return value === null
      ? fail("UNREADABLE_NUMBER", `"${short(text)}" is not a number with decimal mark "${mark}"`)
      : { value };
  }
  const point = parseDecimal(text, ".");
  const comma = parseDecimal(text, ",");
  if (point !== null && comma !== null && point !== comma)
    return fail("AMBIGUOUS_NUMBER", `"${short(text)}" can be read two ways; say which decimal mark the file uses`);
  const value = point ?? comma;
  return value === null ? fail("UNREADABLE_NUMBER", `"${short(text)}" is not a number`) : { value };
}

export const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

const MAX_WHOLE_DIGITS = 27;
const tooLarge = (decimal: string) => decimal.replace("-", "").split(".")[0]?.replace(/^0+/, "").length ?? 0;

/** A plain number (count, ratio); "12 %" is 0.12. */
export function readNumber(
  cell: Cell,
  context: CellContext,
  percentAllowed: boolean,
  decimals = DECIMALS,
): Read<string> {
  if (typeof cell === "object") return errorCell(cell);
  if (typeof cell === "number") return { value: rounded(spreadsheetNumber(cell), decimals) };
  const text = cell.trim();
  const percent = text.endsWith("%");
  if (percent && !percentAllowed) return fail("UNREADABLE_NUMBER", "A percentage, where a plain number is expected");
  const read = decimalText(percent ? text.slice(0, -1) : text, context.options.decimalMark);
  if (isFailed(read)) return read;
  const value = percent ? new Exact(read.value).div(100).toFixed() : read.value;
  if (tooLarge(value) > MAX_WHOLE_DIGITS) return fail("TOO_LARGE", "More digits than any number here can have");
  return { value: rounded(value, decimals) };
}

/** What a stored number has, unless its column says otherwise. */
const DECIMALS = 10;
const rounded = (decimal: string, decimals: number) =>
  (decimal.split(".")[1]?.length ?? 0) > decimals ? new Exact(decimal).toDecimalPlaces(decimals).toFixed() : decimal;

export type Amount = { decimal: string; currency: string };

/** Money with the currency of its column, its sign or the default. */
export function readAmount(cell: Cell, currencyColumn: string | null, context: CellContext): Read<Amount> {
  if (typeof cell === "object") return errorCell(cell);
  const { digits, candidates } =
    typeof cell === "number" || /^[\d.,()\s+-]*$/.test(cell)
      ? { digits: cell, candidates: null }
      : splitCurrency(cell.trim());
  const decimal: Read<string> =
    typeof digits === "number"
      ? { value: spreadsheetNumber(digits) }
      : decimalText(digits, context.options.decimalMark);
  if (isFailed(decimal)) return decimal;
  if (tooLarge(decimal.value) > MAX_WHOLE_DIGITS) return fail("TOO_LARGE", "More digits than any amount can have");
  const currency = resolveCurrency(currencyColumn, candidates, context.options.currency);
  if ("problem" in currency) return fail("CURRENCY", currency.problem);
  return { value: { decimal: decimal.value, currency: currency.currency } };
}

const MAX_MINOR = 2n ** 63n - 1n;

/** In the minor unit, exact: an amount finer than its currency is refused, not rounded. */
export function readMinor(
  cell: Cell,
  currencyColumn: string | null,
  context: CellContext,
): Read<{ minor: string; currency: string }> {
  const read = readAmount(cell, currencyColumn, context);
  if (isFailed(read)) return read;
  const { decimal, currency } = read.value;
  const minor = context.options.amountScale === "minor" ? wholeMinor(decimal) : minorUnits(decimal, currency);
  if (minor === null)
    return fail(
      "TOO_MANY_DECIMALS",
      `"${decimal}" is finer than the smallest unit of ${currency}; round it in the source`,
    );
  const size = BigInt(minor);
  if (size > MAX_MINOR || size < -MAX_MINOR) return fail("TOO_LARGE", "More digits than any amount can have");
  return { value: { minor, currency } };
}

const wholeMinor = (decimal: string) => (/\.\d*[1-9]/.test(decimal) ? null : (decimal.split(".")[0] ?? null));

export function readDay(cell: Cell, context: CellContext): Read<Day> {
  if (typeof cell === "object") return errorCell(cell);
  const value =
    typeof cell === "number" ? serialDay(cell, context.date1904) : parseDay(cell.trim(), context.options.dateOrder);
  return value === null ? unreadableDate(cell, context) : { value };
}

function unreadableDate(cell: string | number, context: CellContext) {
  const text = String(cell).trim();
  if (context.options.dateOrder === null && (possibleOrders(text)?.length ?? 0) > 1)
    return fail("AMBIGUOUS_DATE", `"${short(text)}" is two dates; say whether the day or the month comes first`);
  return fail("UNREADABLE_DATE", `"${short(text)}" is not a date; write it as 2026-03-31`);
}

export function readPeriod(cell: Cell, context: CellContext): Read<Period> {
  if (typeof cell === "object") return errorCell(cell);
  const { dateOrder, grain } = context.options;
  const value =
    typeof cell === "number" ? numericPeriod(cell, context.date1904, grain) : parsePeriod(cell, dateOrder, grain);
  if (value !== null) return { value };
  const failed = unreadableDate(cell, context);
  return failed.code === "AMBIGUOUS_DATE"
    ? failed
    : fail("UNREADABLE_DATE", `"${short(String(cell))}" is not a period; write it as 2026-03 or 2026-Q1`);
}

/** 202603 as a number is March 2026; smaller numbers are serial days. */
function numericPeriod(cell: number, date1904: boolean, grain: Grain): Period | null {
  if (Number.isInteger(cell) && cell >= 190_001 && cell <= 220_012) return parsePeriod(String(cell), null, grain);
  const exact = serialDay(cell, date1904);
  return exact === null ? null : periodOf(exact, grain);
}
