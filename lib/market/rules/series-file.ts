import Papa from "papaparse";
import { type FieldProblem, ok, type Result, refuse } from "@/lib/errors";
import { addDays } from "@/lib/metrics/rules/periods";
import { Exact } from "@/lib/money";
import type { RowProblem, SeriesFile } from "../schema/series";

const MOST_ROWS = 30_000;
const MOST_REJECTS = 50;
const DECIMAL = /^-?\d{1,13}(\.\d{1,30})?$/;
/** As many as are stored, so that the same file again is seen to be the same. */
const DECIMALS = 10;

export type FileTerms = { publishedAfter: number; revised: boolean; zeroIsGap: boolean };
export type FileValue = { row: number; day: string; knownOn: string; value: string };
export type ReadFile = {
  rows: number;
  values: FileValue[];
  gaps: number;
  rejected: number;
  rejects: RowProblem[];
};

/** The names in the first line of a file. */
export const columnsOf = (csv: string): string[] =>
  (Papa.parse<string[]>(csv.replace(/^\uFEFF/, ""), { preview: 1 }).data[0] ?? []).map((cell) => cell.trim());

/** "2026-06" and "2026-06-01" are days; anything that the calendar does not have is null. */
function dayOf(text: string): string | null {
  const day = /^\d{4}-\d{2}$/.test(text) ? `${text}-01` : text;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const moment = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(moment.getTime()) || moment.toISOString().slice(0, 10) !== day ? null : day;
}

type Reading = { terms: FileTerms; columns: SeriesFile["columns"]; today: string };
type Read = { value: FileValue } | { problem: string } | "gap";

/**
 * When a value was first known: the day that the file names, else the day of publication (today where the file has it
 * sooner); of a series that is revised, a file without that day is what was known when it was loaded, never earlier.
 */
function knownOnOf(row: Record<string, string>, day: string, { terms, columns, today }: Reading): string | null {
  const given = columns.knownOn === null ? "" : (row[columns.knownOn] ?? "").trim();
  if (given !== "") return dayOf(given);
  const published = addDays(day, terms.publishedAfter);
  return terms.revised || published > today ? today : published;
}

function readRow(row: Record<string, string>, number: number, reading: Reading): Read {
  const { columns, terms, today } = reading;
  const day = dayOf((row[columns.day] ?? "").trim());
  if (day === null) return { problem: `${columns.day}: a calendar day as YYYY-MM-DD` };
  if (day > today) return { problem: `${columns.day}: a day that has come` };
  const text = (row[columns.value] ?? "").trim();
  if (text === "") return "gap";
  if (!DECIMAL.test(text)) return { problem: `${columns.value}: a number such as 4.25` };
  if (terms.zeroIsGap && Number(text) === 0) return "gap";
  const knownOn = knownOnOf(row, day, reading);
  if (knownOn === null) return { problem: `${columns.knownOn}: a calendar day as YYYY-MM-DD` };
  if (knownOn < day) return { problem: `${columns.knownOn}: not before the day of the value` };
  return { value: { row: number, day, knownOn, value: new Exact(text).toDecimalPlaces(DECIMALS).toFixed() } };
}

/**
 * The values of a file, row by row: what cannot be read is named by its line and left out, a zero or an empty cell that
 * stands for a missing value is a gap, and a day that stands twice counts once (the second is rejected).
 */
export function readSeriesFile(
  { csv, columns }: Pick<SeriesFile, "csv" | "columns">,
  terms: FileTerms,
  today: string,
): Result<ReadFile, "INVALID_INPUT"> {
  const problems = missingColumns(csv, columns);
  if (problems.length > 0) return refuse("INVALID_INPUT", problems);
  const { data } = Papa.parse<Record<string, string>>(csv.replace(/^\uFEFF/, ""), {
    ...{ header: true, skipEmptyLines: true },
    transformHeader: (name) => name.trim(),
  });
  if (data.length > MOST_ROWS)
    return refuse("INVALID_INPUT", [{ path: "file", expected: `at most ${MOST_ROWS} rows` }]);
  const found: ReadFile = { rows: data.length, values: [], gaps: 0, rejected: 0, rejects: [] };
  const seen = new Set<string>();
  for (const [index, row] of data.entries()) {
    const number = index + 2;
    const read = readRow(row, number, { terms, columns, today });
    if (read === "gap") found.gaps += 1;
    else if ("problem" in read) reject(found, number, read.problem);
    else if (seen.has(`${read.value.day} ${read.value.knownOn}`)) reject(found, number, "a day that stands only once");
    else {
      seen.add(`${read.value.day} ${read.value.knownOn}`);
      found.values.push(read.value);
    }
  }
  return ok(found);
}

function reject(found: ReadFile, row: number, problem: string): void {
  found.rejected += 1;
  if (found.rejects.length < MOST_REJECTS) found.rejects.push({ row, problem });
}

function missingColumns(csv: string, { day, value, knownOn }: SeriesFile["columns"]): FieldProblem[] {
  const head = columnsOf(csv);
  return [day, value, ...(knownOn === null ? [] : [knownOn])]
    .filter((name) => !head.includes(name))
    .map((name) => ({ path: "line 1", expected: `the column ${name}` }));
}
