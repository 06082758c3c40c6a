/** Formulas of a spreadsheet with what they come to: each part writes its text and computes its value, so that the two agree. */

/** `value` is NaN where the sheet says #N/A. */
export type Formula = { text: string; value: number };
/** Cells one under the other. */
export type Column = { text: string; values: readonly number[] };

export const constant = (value: number): Formula => ({ text: String(value), value });
export const cell = (key: string, value: number): Formula => ({ text: `{${key}}`, value });
export function column(keys: readonly string[], values: readonly number[]): Column {
  return { text: `{${keys[0] ?? ""}}:{${keys.at(-1) ?? ""}}`, values };
}

const binary =
  (sign: string, of: (a: number, b: number) => number) =>
  (a: Formula, b: Formula): Formula => ({ text: `(${a.text}${sign}${b.text})`, value: of(a.value, b.value) });
export const plus = binary("+", (a, b) => a + b);
export const minus = binary("-", (a, b) => a - b);
export const times = binary("*", (a, b) => a * b);
export const over = binary("/", (a, b) => (b === 0 ? Number.NaN : a / b));
export const power = binary("^", (a, b) => a ** b);

/** By linear interpolation at a share of the way (type 7), as MEDIAN and QUARTILE do. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(at)] ?? Number.NaN, sorted[Math.ceil(at)] ?? Number.NaN];
  return low + (high - low) * (at - Math.floor(at));
}
const spoiled = (values: readonly number[]): boolean => values.length === 0 || values.some(Number.isNaN);

const call =
  (name: string, of: (values: readonly number[]) => number) =>
  (parts: readonly Formula[]): Formula => {
    const values = parts.map(({ value }) => value);
    return {
      text: `${name}(${parts.map(({ text }) => text).join(",")})`,
      value: spoiled(values) ? Number.NaN : of(values),
    };
  };
export const least = call("MIN", (values) => Math.min(...values));
export const most = call("MAX", (values) => Math.max(...values));
export const average = call("AVERAGE", (values) => values.reduce((a, b) => a + b, 0) / values.length);
export const total = call("SUM", (values) => values.reduce((a, b) => a + b, 0));
export const product = call("PRODUCT", (values) => values.reduce((a, b) => a * b, 1));
export const median = call("MEDIAN", (values) => quantile(values, 0.5));

export const medianIn = ({ text, values }: Column): Formula => ({
  text: `MEDIAN(${text})`,
  value: quantile(values, 0.5),
});
export const quartileIn = ({ text, values }: Column, which: 1 | 3): Formula => ({
  ...{ text: `QUARTILE(${text},${which})`, value: quantile(values, which / 4) },
});

/** `then` where `a` is below or at `b`, else `otherwise`. */
export function whereAtMost(a: Formula, b: Formula, then: Formula, otherwise: Formula): Formula {
  const value =
    Number.isNaN(a.value) || Number.isNaN(b.value) ? Number.NaN : a.value <= b.value ? then.value : otherwise.value;
  return { text: `IF(${a.text}<=${b.text},${then.text},${otherwise.text})`, value };
}
export const NONE: Formula = { text: "NA()", value: Number.NaN };
export const orElse = (first: Formula, second: Formula): Formula => ({
  ...{ text: `IFERROR(${first.text},${second.text})`, value: Number.isNaN(first.value) ? second.value : first.value },
});
