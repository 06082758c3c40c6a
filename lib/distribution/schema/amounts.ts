import { z } from "zod";
import { DECIMAL_TEXT, rational } from "../rules/exact";

const expected = 'a number, or a decimal string such as "1250000.50"';
const decimal = z.union([z.number(), z.string().regex(DECIMAL_TEXT, { error: expected, abort: true })], {
  error: expected,
});
const [LEAST, MOST] = [rational("1e-99"), rational("1e99")];
function isLegible(value: number | string): boolean {
  if (!DECIMAL_TEXT.test(String(value))) return false;
  const size = rational(value).abs();
  return size.n === 0n || (size.gte(LEAST) && size.lte(MOST));
}

/** Any amount: a JSON number or a decimal string, within what can be computed exactly. */
export const amount = decimal.refine(isLegible, { error: "a number between 1e-99 and 1e99", abort: true });
export const notNegative = amount.refine((value) => rational(value).s >= 0n, { error: "a number of at least 0" });
export const aboveZero = amount.refine((value) => rational(value).compare(0) > 0, { error: "a number above 0" });
export const fraction = notNegative.refine((value) => rational(value).compare(1) <= 0, {
  error: "a fraction from 0 to 1",
});
export const belowOne = notNegative.refine((value) => rational(value).compare(1) < 0, {
  error: "a fraction from 0 to below 1",
});
/** A rate of return; at −100 % and below there is no discount factor. */
export const rate = amount.refine((value) => rational(value).compare(-1) > 0, {
  error: "a rate above -1, as a fraction (8 % is 0.08)",
});
/** A rate of interest or discount. */
export const chargedRate = notNegative.describe("as a fraction: 8 % is 0.08");

/** A span of time. */
export const years = notNegative.refine((value) => rational(value).compare(1_000) <= 0, {
  error: "years, from 0 to 1000",
});

export const day = z.iso.date({ error: "a calendar day as YYYY-MM-DD, such as 2026-01-31" });
export const entryId = z.string({ error: "an id, a text" }).min(1, "an id, a text").max(200);
export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, "an ISO 4217 code such as USD")
  .optional()
  .describe("sets the minor unit (2 digits without it) and the unit of the figures");

/** An amount in an answer: a number, or its text where a number cannot say it exactly. */
export const stated = z
  .union([z.number(), z.string()])
  .describe("a number, or its text where a number cannot say it exactly");
export const statedOrNull = stated.nullable();
export const reasons = z.record(z.string(), z.string()).describe("why an output is null, by its name");
