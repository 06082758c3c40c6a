import type { z } from "zod";
import { type FieldProblem, ok, type Result, refuse } from "@/lib/errors";

const MOST_PROBLEMS = 20;
const MOST_ROWS = 5_000;

/** Cells of one line; a cell in double quotes may hold commas and doubled quotes, not line breaks. */
function cellsOf(line: string): string[] {
  const cells: string[] = [];
  for (const match of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)) {
    cells.push((match[1]?.replaceAll('""', '"') ?? match[2] ?? "").trim());
  }
  return cells;
}

/** Where a problem is: the line of the file and the column. */
const placed = (line: number, issue: { path: readonly PropertyKey[]; message: string }): FieldProblem => ({
  path: `line ${line}, ${issue.path.map(String).join(".") || "row"}`,
  expected: issue.message,
});

/**
 * The rows of a small CSV file with exactly these columns in its head, in any order, each read by the schema. All or
 * nothing: every row that cannot be read is named by its line, and none is taken.
 */
export function readRows<Schema extends z.ZodType>(
  text: string,
  columns: readonly string[],
  schema: Schema,
): Result<z.output<Schema>[], "INVALID_INPUT"> {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  const head = cellsOf(lines[0] ?? "").map((cell) => cell.toLowerCase());
  const absent = columns.filter((column) => !head.includes(column));
  if (absent.length > 0)
    return refuse("INVALID_INPUT", [{ path: "line 1", expected: `the columns ${absent.join(", ")}` }]);
  const rows: z.output<Schema>[] = [];
  const problems: FieldProblem[] = [];
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line.trim() === "") continue;
    const cells = cellsOf(line);
    const read = schema.safeParse(Object.fromEntries(head.map((name, at) => [name, cells[at] ?? ""])));
    if (read.success) rows.push(read.data);
    else problems.push(...read.error.issues.map((issue) => placed(index + 1, issue)));
    if (rows.length > MOST_ROWS)
      return refuse("INVALID_INPUT", [{ path: "file", expected: `at most ${MOST_ROWS} rows` }]);
  }
  if (problems.length > 0) return refuse("INVALID_INPUT", problems.slice(0, MOST_PROBLEMS));
  return rows.length > 0 ? ok(rows) : refuse("INVALID_INPUT", [{ path: "line 2", expected: "at least one row" }]);
}
