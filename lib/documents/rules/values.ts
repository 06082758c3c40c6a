import { Exact, minorDigits } from "@/lib/money";

/** How a stored value is written in a contract: in full, never rounded, the same in every year and on every machine. */

export const FORMATS = {
  text: ["plain", "upper"],
  money: ["code", "number"],
  percent: ["percent"],
  day: ["long", "iso"],
  count: ["plain"],
} as const;
export type FieldFormat = keyof typeof FORMATS;

const MONTHS = [
  ...["January", "February", "March", "April", "May", "June"],
  ...["July", "August", "September", "October", "November", "December"],
] as const;

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ",");

/** "48500000 EUR" as "EUR 48,500,000.00"; digits beyond the currency's own are kept, never cut. */
function money(value: string, style: string): string | null {
  const [amount = "", currency = ""] = value.split(" ");
  if (!/^-?\d+(\.\d+)?$/.test(amount) || !/^[A-Z]{3}$/.test(currency)) return null;
  const exact = new Exact(amount);
  const text = exact.abs().toFixed(Math.max(minorDigits(currency), exact.decimalPlaces()));
  const [whole = "", rest] = text.split(".");
  const number = `${exact.isNegative() ? "−" : ""}${grouped(whole)}${rest ? `.${rest}` : ""}`;
  return style === "number" ? number : `${currency} ${number}`;
}

function day(value: string, style: string): string | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  const month = MONTHS[Number(found?.[2]) - 1];
  if (!found || !month) return null;
  return style === "iso" ? value : `${Number(found[3])} ${month} ${found[1]}`;
}

/** A stored value in words, or null where it is none of that kind. `style` is one of FORMATS. */
export function written(value: string, kind: FieldFormat, style: string = FORMATS[kind][0]): string | null {
  const plain = value.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
  if (plain === "") return null;
  switch (kind) {
    case "money":
      return money(plain, style);
    case "day":
      return day(plain, style);
    case "percent":
      return /^\d+(\.\d+)?$/.test(plain) ? `${new Exact(plain).times(100).toFixed()}%` : null;
    case "count":
      return /^\d+$/.test(plain) ? grouped(plain) : null;
    case "text":
      return style === "upper" ? plain.toUpperCase() : plain;
  }
}
