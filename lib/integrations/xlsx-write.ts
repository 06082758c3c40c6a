import { once } from "node:events";
import { PassThrough } from "node:stream";
import Excel from "exceljs";
import { minorDigits } from "@/lib/money";
import type { ExportCell, ExportSheet } from "@/lib/reports/rules/export-table";

const MOST_ROWS = 1_048_575;
const MOST_CHARACTERS = 32_767;
/** Digits that a spreadsheet's number keeps; a longer whole part is written as text, not rounded. */
const EXACT_DIGITS = 15;

const FORMATS: Readonly<Record<string, string>> = {
  ratio: "0.0%",
  percent: '0.0"\u202f%"',
  months: "0.0",
  count: "#,##0",
  shares: "#,##0",
  multiple: '0.0"×"',
  score: "0",
  days: "0",
};

function numberFormat(unit: string | undefined): string {
  if (!unit) return "General";
  if (!/^[A-Z]{3}$/.test(unit)) return FORMATS[unit] ?? "General";
  const digits = minorDigits(unit);
  return `[$${unit}] #,##0${digits > 0 ? `.${"0".repeat(digits)}` : ""}`;
}

export type Written = { value: Excel.CellValue; format?: string };

/** A cell as exceljs takes it. */
export function written(cell: ExportCell): Written {
  if (cell === null) return { value: null };
  if (typeof cell === "string")
    return { value: cell.length > MOST_CHARACTERS ? `${cell.slice(0, MOST_CHARACTERS - 1)}…` : cell };
  if ("formula" in cell) {
    const result = cell.result ?? { error: "#N/A" as const };
    return { value: { formula: cell.formula, result }, format: numberFormat(cell.unit) };
  }
  if ("day" in cell) return { value: new Date(`${cell.day}T00:00:00Z`), format: "yyyy-mm-dd" };
  if ("moment" in cell) return { value: new Date(cell.moment), format: "yyyy-mm-dd hh:mm:ss" };
  const whole = cell.number.replace(/^[+-]/, "").split(".")[0] ?? "";
  const value = Number(cell.number);
  if (whole.length > EXACT_DIGITS || !Number.isFinite(value)) return { value: cell.number };
  return { value, format: numberFormat(cell.unit) };
}

/** Sheet names have 31 characters at most, none of []:*?/\ and are each used once. */
export function sheetName(title: string, taken: Set<string>): string {
  const plain =
    title
      .replace(/[[\]:*?/\\']/g, " ")
      .replace(/\s+/g, " ")
      .trim()
      .slice(0, 28) || "Sheet";
  const name = [plain, ...Array.from({ length: 99 }, (_, index) => `${plain} ${index + 2}`)].find(
    (candidate) => !taken.has(candidate.toLowerCase()),
  );
  taken.add((name ?? plain).toLowerCase());
  return name ?? plain;
}

type Book = Excel.stream.xlsx.WorkbookWriter;

function openSheet(book: Book, { title, columns }: ExportSheet, taken: Set<string>): Excel.Worksheet {
  const sheet = book.addWorksheet(sheetName(title, taken), { views: [{ state: "frozen", ySplit: 1 }] });
  sheet.columns = columns.map(({ label, width }) => ({ width: width ?? Math.min(40, Math.max(10, label.length + 2)) }));
  const head = sheet.addRow(columns.map(({ label }) => label));
  head.font = { bold: true };
  head.commit();
  return sheet;
}

async function writeSheet(book: Book, from: ExportSheet, taken: Set<string>, out: PassThrough): Promise<void> {
  let sheet = openSheet(book, from, taken);
  let count = 0;
  for await (const cells of from.rows) {
    if (count === MOST_ROWS) {
      sheet.commit();
      sheet = openSheet(book, from, taken);
      count = 0;
    }
    count += 1;
    const row = sheet.addRow([]);
    cells.forEach((cell, index) => {
      const { value, format } = written(cell);
      if (value === null) return;
      // A string is a string: nothing out of data can become a formula or a link.
      const target = row.getCell(index + 1);
      target.value = value;
      if (format) target.numFmt = format;
    });
    row.commit();
    if (out.writableNeedDrain) await once(out, "drain");
  }
  sheet.commit();
}

export type BookHead = { title: string; createdAt: Date };

/** A workbook as it is written: rows leave as they come, so that a large table is never held whole. */
export function xlsxStream({ title, createdAt }: BookHead, sheets: readonly ExportSheet[]): PassThrough {
  const out = new PassThrough({ highWaterMark: 1024 * 1024 });
  const book = new Excel.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false });
  Object.assign(book, { title, creator: "Chairman", created: createdAt, modified: createdAt });
  const taken = new Set<string>();
  const write = async () => {
    for (const sheet of sheets) await writeSheet(book, sheet, taken, out);
    await book.commit();
  };
  write().catch((error: unknown) => out.destroy(error instanceof Error ? error : new Error(String(error))));
  return out;
}
