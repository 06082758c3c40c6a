import Papa from "papaparse";
import { z } from "zod";

const MOST_ROWS = 10_000;
const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const rowsSchema = z.array(z.record(z.string(), z.unknown())).min(1).max(MOST_ROWS);

const textOf = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(textOf).join(";");
  const read = cell.safeParse(value);
  return !read.success || read.data === null ? "" : String(read.data);
};

/** The first list of objects: the answer itself, or what stands under one of its names. */
function listIn(value: unknown): Record<string, unknown>[] | null {
  const whole = rowsSchema.safeParse(value);
  if (whole.success) return whole.data;
  if (value === null || typeof value !== "object" || Array.isArray(value)) return null;
  for (const inner of Object.values(value)) {
    const found = rowsSchema.safeParse(inner);
    if (found.success) return found.data;
  }
  return null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * What a tool answered, as the file that the importer reads: rows as structured content or as JSON, or text that is a table
 * with commas already. Null where there are no rows.
 */
export function remoteTable({ text, structured }: { text: string; structured: unknown }): string | null {
  const rows = listIn(structured) ?? listIn(parsed(text));
  if (!rows) return /^[^\n]*[,;\t][^\n]*\n/.test(text.trimStart()) && parsed(text) === null ? text : null;
  const fields = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return Papa.unparse({ fields, data: rows.map((row) => fields.map((field) => textOf(row[field]))) });
}
