import Papa from "papaparse";
import { stageWords } from "./stage-words";
import { COLUMNS, type VentureLine } from "./venture-line";

/** Exact values with their unit, level and figure id, so that a number in the file can be found on the screen again. */
export function portfolioCsv(lines: readonly VentureLine[]): string {
  const rows = lines.map((line) => {
    const figures = COLUMNS.flatMap((column) => {
      const held = line.figures[column];
      return [
        [column, held?.figure.value ?? (held?.figure.reason === "not-burning" ? "unlimited" : "")],
        [`${column} unit`, held?.figure.unit ?? ""],
        [`${column} level`, held?.level?.word ?? ""],
        [`${column} figure`, held?.figure.id ?? ""],
      ];
    });
    const { name, slug, sector, currency, asOf } = line;
    const stage = stageWords(line.stage, line.openSubstages);
    return { name, slug, sector, currency, stage, "as of": asOf ?? "", ...Object.fromEntries(figures) };
  });
  // Without it a spreadsheet would run a name that begins with "=".
  return Papa.unparse(rows, { escapeFormulae: true, newline: "\r\n" });
}
