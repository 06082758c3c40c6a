import Fraction from "fraction.js";
import { Exact } from "@/lib/money";

/** A JSON number or a decimal string; a number is taken as its decimal text, so 0.1 is one tenth. */
export type Amount = number | string;

export const whole = (units: bigint): Fraction => new Fraction(units, 1n);
export const ZERO = whole(0n);
export const DECIMAL_TEXT = /^-?\d{1,60}(\.\d{1,60})?([eE][+-]?\d{1,2})?$/;

/** The exact rational behind a decimal text; the text must match `DECIMAL_TEXT`. */
export function rational(amount: Amount): Fraction {
  const [mantissa = "", exponent = "0"] = String(amount).toLowerCase().split("e");
  const [whole = "0", decimals = ""] = mantissa.split(".");
  const places = decimals.length - Number(exponent);
  const digits = BigInt(whole + decimals);
  return places > 0 ? new Fraction(digits, 10n ** BigInt(places)) : new Fraction(digits * 10n ** BigInt(-places), 1n);
}

export const sum = (parts: readonly Fraction[]): Fraction => parts.reduce((a, b) => a.add(b), ZERO);
export const lesser = (a: Fraction, b: Fraction): Fraction => (a.lt(b) ? a : b);
export const greater = (a: Fraction, b: Fraction): Fraction => (a.gt(b) ? a : b);
export const positive = (a: Fraction): boolean => a.s > 0n && a.n > 0n;
export const byValue = (a: Fraction, b: Fraction): number => a.compare(b);

/** Whole units below or at the value. */
export function floorUnits(value: Fraction): bigint {
  const quotient = value.n / value.d;
  if (value.s >= 0n) return quotient;
  return value.n % value.d === 0n ? -quotient : -quotient - 1n;
}

/** The double nearest to the value: 15 significant digits and more. For prices, fractions and exits, not for payments. */
export function approximate(value: Fraction): number {
  return new Exact((value.s * value.n).toString()).div(value.d.toString()).toNumber();
}

/** A payment: the JSON number when it says the decimal exactly, its text otherwise (beyond 15 digits or so). */
export function payment(value: Fraction): Amount {
  // The usual case, without the detour: up to four decimals and fifteen digits are one correctly rounded division.
  const scaled = 10_000n % value.d === 0n ? value.s * value.n * (10_000n / value.d) : null;
  if (scaled !== null && scaled > -(10n ** 15n) && scaled < 10n ** 15n) return Number(scaled) / 10_000;
  const near = approximate(value);
  if (Number.isFinite(near) && rational(near).equals(value)) return near;
  return new Exact((value.s * value.n).toString()).div(value.d.toString()).toFixed();
}
