/** A file of rows and columns, read batch by batch, whatever its format. */
export type TableCell = string | number | { error: string };
export type TableRow = { rowNumber: number; cells: TableCell[] };
export type TableProblem = "EMPTY_FILE" | "NOT_A_TABLE" | "UNREADABLE_FILE" | "TOO_MANY_ROWS" | "CELL_TOO_LARGE";

/** The file as a whole cannot be read: damaged, hostile, or no table. */
export class UnreadableTable extends Error {
  readonly problem: TableProblem;

  constructor(problem: TableProblem, options?: ErrorOptions) {
    super(problem, options);
    this.name = "UnreadableTable";
    this.problem = problem;
  }
}

export type TableLimits = { rows: number; columns: number; cellCharacters: number; inflatedBytes: number };
export const TABLE_LIMITS: TableLimits = {
  rows: 1_000_001,
  columns: 1_000,
  cellCharacters: 32_767,
  inflatedBytes: 768 * 1024 * 1024,
};
