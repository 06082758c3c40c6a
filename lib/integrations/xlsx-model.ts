import type { DocumentModel } from "@/lib/reports/rules/document";
import type { ExportCell, ExportSheet } from "@/lib/reports/rules/export-table";

/** A model as three sheets: what was put in, the steps as formulas, and whether they agree with the stored figures. */

const SHEETS = { inputs: "Inputs", steps: "Model", checks: "Checks" } as const;

export const modelNote = (title: string): string =>
  `${title}: the workbook (Excel) holds the inputs, every step as a live formula, and checks against the stored figures.`;

type Addresses = ReadonlyMap<string, string>;
type Rows = readonly { rows: readonly { key: string }[] }[];

/** Where each named cell stands: a row for the head, one for each section's title, the value in the second column. */
function addressesOf(sheet: string, sections: Rows): [string, string][] {
  let row = 1;
  return sections.flatMap(({ rows }) => {
    row += 1;
    return rows.map(({ key }): [string, string] => {
      row += 1;
      return [key, `${sheet}!$B$${row}`];
    });
  });
}

/** A formula over names as one over cells; a name that is nowhere is #REF!, never another cell. */
const placed = (formula: string, at: Addresses): string =>
  formula.replace(/\{(\w+)\}/g, (_, key: string) => at.get(key) ?? "#REF!");

/** Both are written as decimals of at most twelve places: what is left below that is rounding. */
const TOLERANCE = "MAX(1,ABS(C{row}))*0.000001";

function checkRow(
  { label, step, figure, within: most }: DocumentModel["checks"][number],
  index: number,
  at: Addresses,
  results: ReadonlyMap<string, number | null>,
): ExportCell[] {
  const row = index + 2;
  const result = results.get(step) ?? null;
  const stored = Number(figure.value);
  const difference = result === null ? null : result - stored;
  const allowed = most === undefined ? Math.max(1, Math.abs(stored)) * 1e-6 : Number(most);
  const agrees = difference !== null && Math.abs(difference) <= allowed;
  const within = most ?? TOLERANCE.replace("{row}", `${row}`);
  return [
    label,
    { formula: at.get(step) ?? "#REF!", result, unit: figure.unit },
    { number: figure.value ?? "0", unit: figure.unit },
    { formula: `B${row}-C${row}`, result: difference, unit: figure.unit },
    {
      formula: `IF(ISNUMBER(D${row}),IF(ABS(D${row})<=${within},"agrees","differs"),"differs")`,
      result: agrees ? "agrees" : "differs",
    },
    figure.id,
  ];
}

export function modelSheets(model: DocumentModel): ExportSheet[] {
  const at: Addresses = new Map([
    ...addressesOf(SHEETS.inputs, model.inputs),
    ...addressesOf(SHEETS.steps, model.steps),
  ]);
  const results = new Map([
    ...model.inputs.flatMap(({ rows }) => rows.map(({ key, value }) => [key, Number(value)] as const)),
    ...model.steps.flatMap(({ rows }) => rows.map(({ key, result }) => [key, result] as const)),
  ]);
  const checks = model.checks.map((check, index) => checkRow(check, index, at, results));
  const last = checks.length + 1;
  const agree = checks.every(
    (row) => typeof row[4] === "object" && row[4] !== null && "result" in row[4] && row[4].result === "agrees",
  );
  const all: ExportCell[] = [
    "All checks",
    null,
    null,
    null,
    {
      formula: `IF(COUNTIF(E2:E${last},"agrees")=ROWS(E2:E${last}),"agrees","differs")`,
      result: agree ? "agrees" : "differs",
    },
  ];
  return [
    {
      title: SHEETS.inputs,
      columns: [
        { label: "Input", width: 48 },
        { label: "Value", width: 20 },
        { label: "Unit", width: 10 },
        { label: "Source", width: 60 },
      ],
      rows: model.inputs.flatMap(({ title, rows }): ExportCell[][] => [
        [title],
        ...rows.map(({ label, value, unit, source }): ExportCell[] => [label, { number: value, unit }, unit, source]),
      ]),
    },
    {
      title: SHEETS.steps,
      columns: [
        { label: "Step", width: 60 },
        { label: "Value", width: 20 },
        { label: "Unit", width: 10 },
      ],
      rows: model.steps.flatMap(({ title, rows }): ExportCell[][] => [
        [title],
        ...rows.map(({ label, unit, formula, result }): ExportCell[] => [
          label,
          { formula: placed(formula, at), result, unit },
          unit,
        ]),
      ]),
    },
    {
      title: SHEETS.checks,
      columns: [
        { label: "Check", width: 48 },
        { label: "Model", width: 20 },
        { label: "Stored figure", width: 20 },
        { label: "Difference", width: 16 },
        { label: "Result", width: 12 },
        { label: "Figure", width: 20 },
      ],
      rows: checks.length > 0 ? [...checks, all] : [],
    },
  ];
}
