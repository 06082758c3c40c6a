import type Excel from "exceljs";
import type { ReportDocument } from "@/lib/reports/rules/document";
import type { ExportSheet } from "@/lib/reports/rules/export-table";
import type { BookRow, BookSheet, BookStyle } from "@/lib/reports/rules/weekly/workbook";
import { figuresSheet, sheetsOfBlock } from "../xlsx-document";
import { sheetName, written } from "../xlsx-write";

/** The workbook, drawn: quiet type, inputs in blue as bankers mark them, hairlines under heads, sheets that print on one page's width. */

const INK = { argb: "FF1F2328" };
const MUTED = { argb: "FF55585E" };
const BLUE = { argb: "FF1F4A8A" };
const LINE: Partial<Excel.Borders> = { bottom: { style: "hair", color: { argb: "FFB9B6AE" } } };
const EDGE: Partial<Excel.Borders> = { bottom: { style: "thin", color: INK } };
const SUM: Partial<Excel.Borders> = { top: { style: "thin", color: INK } };

const FONTS: Readonly<Record<BookStyle, Partial<Excel.Font>>> = {
  title: { name: "Georgia", size: 18, bold: true, color: INK },
  lead: { name: "Georgia", size: 13, bold: true, color: INK },
  section: { name: "Calibri", size: 12, bold: true, color: INK },
  head: { name: "Calibri", size: 10, bold: true, color: MUTED },
  row: { name: "Calibri", size: 11, color: INK },
  note: { name: "Calibri", size: 10, color: MUTED },
  total: { name: "Calibri", size: 11, bold: true, color: INK },
};
const BORDERS: Partial<Record<BookStyle, Partial<Excel.Borders>>> = { head: EDGE, row: LINE, total: SUM };
const HEIGHTS: Partial<Record<BookStyle, number>> = { title: 26, lead: 20, section: 24 };

function drawRow(sheet: Excel.Worksheet, { style, cells }: BookRow, inputs: boolean): void {
  const row = sheet.addRow([]);
  const height = HEIGHTS[style];
  if (height) row.height = height;
  cells.forEach((cell, index) => {
    const target = row.getCell(index + 1);
    const { value, format } = written(cell);
    const isNumber = cell !== null && typeof cell === "object" && ("number" in cell || "formula" in cell);
    // A string is a string: nothing out of data can become a formula or a link.
    if (value !== null) target.value = value;
    if (format) target.numFmt = format;
    target.font = inputs && index === 1 && style === "row" ? { ...FONTS.row, color: BLUE } : FONTS[style];
    target.alignment = {
      vertical: "middle",
      horizontal: isNumber ? "right" : style === "head" && index > 0 ? "right" : "left",
    };
    const border = BORDERS[style];
    if (border) target.border = border;
  });
}

const PRINT = { orientation: "landscape", paperSize: 9, fitToPage: true, fitToWidth: 1, fitToHeight: 0 } as const;

function drawSheet(book: Excel.Workbook, { title, widths, rows, frozen }: BookSheet): void {
  const sheet = book.addWorksheet(title, {
    views: [{ showGridLines: false, ...(frozen > 0 ? { state: "frozen" as const, ySplit: frozen } : {}) }],
    pageSetup: PRINT,
  });
  sheet.columns = widths.map((width) => ({ width }));
  for (const row of rows) drawRow(sheet, row, title === "Inputs");
}

function drawTable(book: Excel.Workbook, { title, columns, rows }: ExportSheet, taken: Set<string>): void {
  const sheet = book.addWorksheet(sheetName(title, taken), {
    views: [{ showGridLines: false, state: "frozen", ySplit: 1 }],
    pageSetup: PRINT,
  });
  sheet.columns = columns.map(({ label, width }) => ({ width: width ?? Math.min(40, Math.max(10, label.length + 2)) }));
  drawRow(sheet, { style: "head", cells: columns.map(({ label }) => label) }, false);
  for (const cells of rows as Iterable<BookRow["cells"]>) drawRow(sheet, { style: "row", cells: [...cells] }, false);
}

/** Summary, inputs and checks first, then every table of the report on its own sheet, the figures with their proof last. */
export async function weeklyWorkbook(sheets: readonly BookSheet[], report: ReportDocument): Promise<Buffer> {
  const { default: ExcelJs } = await import("exceljs");
  const book = new ExcelJs.Workbook();
  const at = new Date(report.storedAt);
  Object.assign(book, { title: report.title, creator: "Chairman", created: at, modified: at });
  book.calcProperties.fullCalcOnLoad = true;
  const taken = new Set(sheets.map(({ title }) => title.toLowerCase()));
  for (const sheet of sheets) drawSheet(book, sheet);
  for (const table of [...report.blocks.flatMap(sheetsOfBlock), figuresSheet(report)]) drawTable(book, table, taken);
  return Buffer.from(await book.xlsx.writeBuffer());
}
