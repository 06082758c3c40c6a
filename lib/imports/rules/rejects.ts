import { short } from "./cells";
import type { Reject } from "./row";

export type { Reject } from "./row";

/** One line of COPY's text format for `import_reject`. */
export function rejectLine(importId: string, { rowNumber, column, code, message, raw }: Reject): string {
  const fields = [importId, String(rowNumber), column, code, message, JSON.stringify({ value: raw })];
  return `${fields.map(plainLine).join("\t")}\n`;
}

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };
const plainLine = (text: string) =>
  text.replaceAll("\u0000", "").replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character);

const MAX_NAMED_ROWS = 5;

/** Says which rows of the file contradict each other. */
export function repeatReject(column: string, rowNumber: number, key: string, rows: readonly number[]): Reject {
  const others = rows.filter((row) => row !== rowNumber);
  const named = others.slice(0, MAX_NAMED_ROWS).join(", ");
  const more = others.length > MAX_NAMED_ROWS ? " and others" : "";
  const where = others.length === 0 ? "another column of this row" : `row ${named}${more}`;
  return {
    rowNumber,
    column: column || "key",
    code: "CONTRADICTION",
    message: `The same key stands in ${where} with different values; neither is imported`,
    raw: short(key),
  };
}
