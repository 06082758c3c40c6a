import type { Decimal } from "decimal.js";
import { z } from "zod";
import { refuse } from "@/lib/errors";
import { Exact } from "@/lib/money";

/** A number, or the reason why there is none. */
export type Measure = { value: Exact } | { value: null; reason: string };

export const known = (value: Decimal.Value): { value: Exact } => ({ value: new Exact(value) });
export const unknown = (reason: string): Measure => ({ value: null, reason });
export const MISSING = unknown("missing-input");

/** `numerator ÷ denominator`; over zero there is no ratio. */
export function ratio(numerator: Decimal.Value, denominator: Decimal.Value): Measure {
  const below = new Exact(denominator);
  return below.isZero() ? unknown("zero-denominator") : known(new Exact(numerator).div(below));
}

/** Applies `of` to a known measure and passes an unknown one on with its reason. */
export function mapMeasure(measure: Measure, of: (value: Exact) => Measure): Measure {
  return measure.value === null ? measure : of(measure.value);
}

/** Inputs that cannot both be true: which field, and what it would have to be. */
export const contradicts = (path: string, expected: string) => refuse("CONTRADICTION" as const, [{ path, expected }]);

export const sum = (values: readonly Decimal.Value[]): Exact =>
  values.reduce<Exact>((total, value) => total.plus(value), new Exact(0));

/** For an answer in JSON: 17 significant digits, rounded once, here. Never minus zero. */
export function plain(value: Exact): number {
  return Number(value.toSignificantDigits(17)) + 0;
}

/** Numbers for the answer, and the reasons of those that do not exist. */
export function answer<Name extends string>(measures: Readonly<Record<Name, Measure>>) {
  const values = {} as Record<Name, number | null>;
  const reasons: Record<string, string> = {};
  for (const [name, measure] of Object.entries(measures) as [Name, Measure][]) {
    values[name] = measure.value === null ? null : plain(measure.value);
    if (measure.value === null) reasons[name] = measure.reason;
  }
  return { ...values, reasons };
}

const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$/;
const LIMIT = new Exact("1e24");

function parse(raw: number | string): Exact | null {
  if (typeof raw === "string" && !DECIMAL.test(raw)) return null;
  const value = new Exact(raw);
  return value.isFinite() && value.abs().lte(LIMIT) && value.decimalPlaces() <= 40 ? value : null;
}

/** A number or decimal text, read exactly; `expected` is what a wrong one is told. */
export const decimal = (expected: string, fits: (value: Exact) => boolean = () => true) =>
  z
    .union([z.number(), z.string()], { error: `${expected} (a number or decimal text)` })
    .describe(expected)
    .transform((raw, context): Exact => {
      const value = parse(raw);
      if (value && fits(value)) return value;
      context.addIssue({ code: "custom", message: `${expected} (a number or decimal text)` });
      return z.NEVER;
    });

export const amount = (expected = "an amount of at least 0") => decimal(expected, (value) => value.gte(0));
export const share = (expected = "a fraction from 0 to 1") =>
  decimal(expected, (value) => value.gte(0) && value.lte(1));
export const wholeNumber = (expected = "a whole number of at least 0") =>
  decimal(expected, (value) => value.isInteger() && value.gte(0));

export const identifier = z
  .string({ error: "a name of at least one character" })
  .min(1, "a name of at least one character");

/** A day that the calendar has, as YYYY-MM-DD. */
export const day = z.iso.date({ error: "a calendar day as YYYY-MM-DD" });

/** "2023-01" of "2023-01-15". */
export const monthOf = (date: string): string => date.slice(0, 7);

/** Months since year 0: the difference of two is their distance in calendar months. */
export const monthIndex = (date: string): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;

/** Code point order: the same on every machine and in PostgreSQL's "C" collation. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
