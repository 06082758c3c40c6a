import type { ExportCell, ExportSheet } from "@/lib/reports/rules/export-table";

/** A byte order mark, or a spreadsheet reads UTF-8 as its own code page. */
export const CSV_START = "\ufeff";

/**
 * Text that a spreadsheet would run as a formula is made inert by an apostrophe (OWASP, CSV injection); the full-width
 * signs are formulas in East Asian settings. A plain number written as text stays one.
 */
export function inertCell(text: string): string {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(text) && !/^[+-]?\d+([.,]\d+)?$/.test(text) ? `'${text}` : text;
}

const quoted = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export const csvLine = (cells: readonly string[]): string =>
  `${cells.map((cell) => quoted(inertCell(cell))).join(",")}\r\n`;

/** Numbers with a point and every digit, days and moments as ISO 8601. */
function textOf(cell: ExportCell): string {
  if (cell === null) return "";
  if (typeof cell === "string") return inertCell(cell.replaceAll("\u0000", ""));
  if ("number" in cell) return cell.number;
  if ("formula" in cell) return cell.result === null ? "" : String(cell.result);
  return "day" in cell ? cell.day : cell.moment;
}

const BATCH = 500;

/** The table in pieces of some hundred lines. */
export async function* csvChunks({ columns, rows }: ExportSheet): AsyncGenerator<string> {
  let text = CSV_START + csvLine(columns.map(({ label }) => label));
  let held = 0;
  for await (const row of rows) {
    text += `${row.map((cell) => quoted(textOf(cell))).join(",")}\r\n`;
    held += 1;
    if (held < BATCH) continue;
    yield text;
    text = "";
    held = 0;
  }
  if (text) yield text;
}
