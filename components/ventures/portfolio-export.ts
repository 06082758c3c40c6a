import { type ExportSheet, figureCells, figureColumns } from "@/lib/reports/rules/export-table";
import { stageWords } from "./stage-words";
import { COLUMNS, type VentureLine } from "./venture-line";

const NAMES = {
  growth: "Growth",
  valuation: "Valuation",
  valuationChange: "Change in a quarter",
  readiness: "Readiness",
  runway: "Runway",
  concentration: "Top 3 customers",
  retention: "Team kept",
} as const;

/** Exact values with their unit, level and figure id, so that a number in the file can be found on the screen again. */
export function portfolioSheet(lines: readonly VentureLine[]): ExportSheet {
  const plain = ["Name", "Short name", "Sector", "Currency", "Stage"].map((label) => ({ label }));
  return {
    title: "Portfolio",
    columns: [...plain, { label: "As of", width: 12 }, ...COLUMNS.flatMap((column) => figureColumns(NAMES[column]))],
    rows: lines.map((line) => [
      ...[line.name, line.slug, line.sector, line.currency, stageWords(line.stage, line.openSubstages)],
      line.asOf ? { day: line.asOf.slice(0, 10) } : null,
      ...COLUMNS.flatMap((column) => {
        const held = line.figures[column];
        return figureCells(held?.figure, held?.level?.word ?? null);
      }),
    ]),
  };
}
