import Papa from "papaparse";
import type { Design } from "../schema/design";
import { type Count, type CountProblem, lastDay, type ReadCounts, wholeProblems } from "./counts";
import { primaryOf } from "./design";

/** Column of the file → place among the sums. */
const SUM_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  successes: ["successes"],
  sum: ["sum"],
  sum_squares: ["sumSquares"],
  denominator_sum: ["denominator", "sum"],
  denominator_sum_squares: ["denominator", "sumSquares"],
  denominator_sum_product: ["denominator", "sumProduct"],
  pre_sum: ["pre", "sum"],
  pre_sum_squares: ["pre", "sumSquares"],
  pre_sum_product: ["pre", "sumProduct"],
  pre_denominator_sum: ["pre", "denominator", "sum"],
  pre_denominator_sum_squares: ["pre", "denominator", "sumSquares"],
  pre_denominator_sum_product: ["pre", "denominator", "sumProduct"],
  cross_numerator_pre_denominator: ["pre", "cross", "numeratorPreDenominator"],
  cross_denominator_pre_numerator: ["pre", "cross", "denominatorPreNumerator"],
  cross_denominator_pre_denominator: ["pre", "cross", "denominatorPreDenominator"],
};
export const CSV_COLUMNS: readonly string[] = ["arm", "metric", "day", "n", ...Object.keys(SUM_COLUMNS)];

const NUMBER = /^-?\d{1,30}(\.\d{1,20})?$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

function place(tree: Record<string, unknown>, path: readonly string[], value: string): void {
  const [name, ...rest] = path;
  if (name === undefined) return;
  if (rest.length === 0) tree[name] = value;
  else {
    tree[name] ??= {};
    place(tree[name] as Record<string, unknown>, rest, value);
  }
}

const sameName = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();
export const findNamed = <T extends { key: string; name: string }>(list: readonly T[], said: string): T | undefined =>
  list.find(({ key }) => key === said.trim()) ??
  list.find(({ key, name }) => sameName(key, said) || sameName(name, said));

function readRow(cells: Readonly<Record<string, string>>, design: Design): Count | string {
  const arm = findNamed(design.arms, cells.arm ?? "");
  if (!arm) return `no arm "${cells.arm ?? ""}" in the design`;
  const metric = cells.metric ? findNamed(design.metrics, cells.metric) : primaryOf(design);
  if (!metric) return `no metric "${cells.metric}" in the design`;
  const day = cells.day?.trim() || null;
  if (day !== null && !(DAY.test(day) && !Number.isNaN(Date.parse(`${day}T00:00:00Z`))))
    return `"${day}" is no day (YYYY-MM-DD)`;
  const units = Number(cells.n?.trim() || "x");
  if (!Number.isSafeInteger(units) || units < 0) return `n is "${cells.n ?? ""}", not a whole number of units`;
  const sums: Record<string, unknown> = {};
  for (const [column, path] of Object.entries(SUM_COLUMNS)) {
    const value = cells[column]?.trim() ?? "";
    if (value === "") continue;
    if (!NUMBER.test(value)) return `${column} is "${value}", not a number with a decimal point`;
    place(sums, path, value);
  }
  return { arm: arm.key, metric: metric.key, day, units, sums: sums as Count["sums"] };
}

/** Arm totals or daily counts, one row per arm, metric and day. Without a metric column: the primary metric. */
export function readCsvCounts(text: string, design: Design): ReadCounts {
  const parsed = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ""), {
    ...{ header: true, skipEmptyLines: "greedy" as const },
    transformHeader: (name) =>
      name
        .trim()
        .toLowerCase()
        .replaceAll(/[\s-]+/g, "_"),
  });
  const columns = parsed.meta.fields ?? [];
  const problems: CountProblem[] = columns
    .filter((column) => !CSV_COLUMNS.includes(column))
    .map((column) => ({ row: 1, problem: `no such column "${column}"` }));
  for (const needed of ["arm", "n"])
    if (!columns.includes(needed)) problems.push({ row: 1, problem: `the column "${needed}" is missing` });
  if (problems.length > 0) return { counts: [], problems, through: null };
  const counts: Count[] = [];
  for (const [index, cells] of parsed.data.entries()) {
    const read = readRow(cells, design);
    if (typeof read === "string") problems.push({ row: index + 2, problem: read });
    else counts.push(read);
  }
  return { counts, problems: [...problems, ...wholeProblems(counts, design)], through: lastDay(counts) };
}
