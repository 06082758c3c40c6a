import { isCurrency } from "@/lib/money";
import { short } from "./cells";
import type { ReaderInput, Row, RowOutcome } from "./row";

/** Digits that a stored rate has on each side of its point: numeric(24, 12). */
const MOST_DIGITS = 12;

export function rateReader(row: Row, { asOfDay }: ReaderInput) {
  return (): RowOutcome => {
    const day = row.date("day", true);
    if (day && day > asOfDay)
      row.reject("day", "FUTURE_ACTUAL", `A rate of ${day}, after the date of the file, ${asOfDay}`);
    const base = readCurrency(row, "base");
    const quote = readCurrency(row, "quote");
    if (base && base === quote) row.reject("quote", "CURRENCY", `${base} into itself is no exchange rate`);
    const rate = readRate(row);
    const source = row.text("source", true);
    return row.outcome(`${base}/${quote}/${day}`, () => [base, quote, day, rate, source]);
  };
}

function readCurrency(row: Row, key: "base" | "quote"): string | null {
  const text = row.text(key, true);
  if (text === null) return null;
  const code = text.toUpperCase();
  return isCurrency(code)
    ? code
    : row.reject(key, "CURRENCY", `"${short(text)}" is no currency; write its ISO code, such as EUR`);
}

function readRate(row: Row): string | null {
  const rate = row.number("rate", MOST_DIGITS);
  if (rate === null)
    return row.rejects.some(({ column }) => column === row.header("rate")) ? null : row.missing("rate");
  if (Number(rate) <= 0) return row.reject("rate", "NEGATIVE_VALUE", "A rate is more than zero");
  const whole = rate.split(".")[0] ?? "";
  return whole.length > MOST_DIGITS
    ? row.reject("rate", "TOO_LARGE", "More digits than any exchange rate can have")
    : rate;
}
