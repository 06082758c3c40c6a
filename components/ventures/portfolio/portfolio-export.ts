import type { ExportCell, ExportSheet } from "@/lib/reports/rules/export-table";
import { figureCells, figureColumns, number } from "@/lib/reports/rules/export-table";
import type { ColumnKey } from "@/lib/reports/schema/portfolio";
import { COLUMN_NAMES } from "@/lib/reports/schema/portfolio";
import type { PortfolioLine } from "../venture-line";
import { isMeasure, wordsOf } from "./cells";

/** The months of a trend, oldest first. */
const MONTHS = Array.from({ length: 12 }, (_, index) => index);
const trendColumns = MONTHS.map((index) => ({
  label: index === 11 ? "Growth, newest month" : `Growth, ${11 - index} months before`,
}));

const columnsOf = (column: ColumnKey) => {
  if (column === "trend") return trendColumns;
  return isMeasure(column) ? figureColumns(COLUMN_NAMES[column]) : [{ label: COLUMN_NAMES[column] }];
};

function cellsOf(line: PortfolioLine, column: ColumnKey): ExportCell[] {
  if (column === "trend") {
    const from = line.trend.length - MONTHS.length;
    return MONTHS.map((index) => number(line.trend[from + index] ?? null, "ratio"));
  }
  if (!isMeasure(column)) return [wordsOf(line, column)];
  const held = line.figures[column];
  return figureCells(held?.figure, held?.level?.word ?? null);
}

/**
 * Exactly the columns of the view, in its order; exact values with their unit, level and figure id, so that a number in the
 * file can be found on the screen again.
 */
export function portfolioSheet(lines: readonly PortfolioLine[], columns: readonly ColumnKey[]): ExportSheet {
  const plain = ["Name", "Short name", "Currency"].map((label) => ({ label }));
  return {
    title: "Portfolio",
    columns: [...plain, ...columns.flatMap(columnsOf), { label: "As of", width: 12 }],
    rows: lines.map((line) => [
      ...[line.name, line.slug, line.currency],
      ...columns.flatMap((column) => cellsOf(line, column)),
      line.asOf ? { day: line.asOf.slice(0, 10) } : null,
    ]),
  };
}
