import { type StageSignalInput, signalSchema } from "../schema/run";

/** A row of a file of stage 39: as a trigger, or why it is none. Rows are numbered as a spreadsheet does. */
export type HandOverRow = { row: number } & ({ signal: StageSignalInput } | { problem: string });

const COLUMNS = ["key", "venture", "maturity_score", "assessed_on", "note"] as const;
type Column = (typeof COLUMNS)[number];

const nameOf = (cell: string): string =>
  cell
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");

/** Where each column stands; null where `key` or `venture` is missing. */
function columnsOf(header: readonly string[]): Partial<Record<Column, number>> | null {
  const names = header.map(nameOf);
  const found = Object.fromEntries(
    COLUMNS.flatMap((column) => (names.includes(column) ? [[column, names.indexOf(column)]] : [])),
  ) as Partial<Record<Column, number>>;
  return found.key === undefined || found.venture === undefined ? null : found;
}

type Row = { rowNumber: number; cells: readonly string[] };

/**
 * Reads the rows of a file of stage 39: each mature venture with the key of its report. Null where the first row does not
 * name `key` and `venture`. A key that comes twice is a problem of its second row.
 */
export function handOverRows([header, ...rows]: readonly Row[]): HandOverRow[] | null {
  const columns = header ? columnsOf(header.cells) : null;
  if (!columns) return null;
  const seen = new Set<string>();
  return rows
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ""))
    .map(({ rowNumber: row, cells }): HandOverRow => {
      const said = (column: Column) => cells[columns[column] ?? -1]?.trim() || undefined;
      const score = said("maturity_score");
      const read = signalSchema.safeParse({
        ...{ key: said("key") ?? "", venture: said("venture") ?? "", trigger: "venture-mature" },
        maturityScore: score === undefined ? undefined : Number(score),
        ...{ assessedOn: said("assessed_on"), note: said("note") },
      });
      if (!read.success) {
        const [issue] = read.error.issues;
        return { row, problem: `${issue?.path.join(".") ?? "row"}: ${issue?.message ?? "not readable"}` };
      }
      if (seen.has(read.data.key)) return { row, problem: "key: it comes twice in this file" };
      seen.add(read.data.key);
      return { row, signal: read.data };
    });
}

/** What happened to a venture since the file brought it to the gate. */
export type SinceHandOver = {
  /** running, paused; anything else: the run is over. */
  status: string;
  /** By whom the stage was opened; null while it waits at the gate. */
  openedBy: string | null;
  /** Orders of the chairman and lines that he let pass. */
  orders: number;
  /** Decisions on its memos, by a person or by the policy. */
  verdicts: number;
  /** Preparations and sales. */
  substages: number;
};

/** Why the file can no longer be undone for this venture; null where it can. What somebody decided is ended by its own order. */
export function goneOn({ status, openedBy, orders, verdicts, substages }: SinceHandOver): string | null {
  if (status === "exited") return "it has left stage 40";
  if (status !== "running" && status !== "paused") return null;
  if (openedBy?.startsWith("user:")) return "the chairman has opened the stage";
  if (orders > 0) return "the chairman has given an order about it";
  if (verdicts > 0) return "a decision has been made in it";
  return substages > 0 ? "its preparation or its sale has begun" : null;
}
