import "server-only";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { PoolClient } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { pool } from "@/lib/db";
import type { TableRow } from "@/lib/integrations/table";
import { openTable } from "../queries/file";
import { InvoiceFold } from "../rules/invoice-lines";
import { type Reject, rejectLine } from "../rules/rejects";
import { type ReaderInput, type RowOutcome, type RowReader, rowReader } from "../rules/rows";
import { copyIntoStaging, copyLine, createStaging, dropStaging, factValues } from "../rules/staging";
import type { Detection, ImportKind, Mapping } from "../schema";
import { reportProgress } from "./progress";
import { settleRepeats } from "./repeats";

export type StageInput = {
  importId: string;
  kind: ImportKind;
  format: Detection["format"];
  bytes: Uint8Array;
  mapping: Mapping;
  headers: readonly string[];
  asOfDay: string;
};

/** `repeated` are identical rows that the file has twice; `treated`, how many rows were not just copied, by treatment. */
export type Staged = { rejected: number; repeated: number; treated: Record<string, number> };

const REPORT_EVERY = 10_000;
/** More are counted, but not kept one by one. */
export const MAX_KEPT_REJECTS = 100_000;

/** What a run through the file collects beside the rows that go into the staging table. */
export type Tally = {
  position: number;
  rejected: number;
  /** Lines that stand twice under one line number. */
  repeated: number;
  rejects: Reject[];
  firstOfKey: Map<string, number>;
  repeats: Map<string, number[]>;
  treated: Record<string, number>;
  kind: ImportKind;
  /** Where rows are lines of invoices: what they add up to, written when the whole file is read. */
  fold: InvoiceFold | null;
};

/** Reads the file once, into a table of its own: `client` must hold the lock of the import. */
export async function stageFile(client: PoolClient, input: StageInput): Promise<Staged> {
  const { importId, kind, format, bytes, mapping } = input;
  await client.query(dropStaging(importId));
  await client.query(createStaging(kind, importId));
  const table = openTable(bytes, format, mapping.options);
  const read = rowReader({ ...input, date1904: table.date1904 } satisfies ReaderInput);
  const tally = newTally(input);
  const total = format === "csv" ? countLines(bytes) : 0;
  const lines = stagedLines(table.batches, read, tally, mapping.options.headerRow, (done) =>
    reportProgress(importId, "staging", done, total),
  );
  await pipeline(Readable.from(lines, { objectMode: false }), client.query(copyFrom(copyIntoStaging(kind, importId))));
  const repeated = tally.repeats.size > 0 ? await settleRepeats(client, input, tally) : 0;
  await keepRejects(client, importId, tally.rejects);
  return { rejected: tally.rejected, repeated: repeated + tally.repeated, treated: tally.treated };
}

function newTally({ kind, mapping, headers }: StageInput): Tally {
  const inLines = kind === "invoices" && mapping.options.invoiceRows === "lines";
  return {
    ...{ position: 0, rejected: 0, repeated: 0, rejects: [], firstOfKey: new Map(), repeats: new Map(), treated: {} },
    kind,
    fold: inLines ? new InvoiceFold(headers[mapping.targets.indexOf("externalId")] ?? "") : null,
  };
}

async function* stagedLines(
  batches: AsyncGenerator<TableRow[]>,
  read: RowReader,
  tally: Tally,
  headerRow: number,
  report: (done: number) => void,
): AsyncGenerator<string> {
  let rows = 0;
  let reported = 0;
  for await (const batch of batches) {
    let lines = "";
    for (const { rowNumber, cells } of batch) {
      if (rowNumber > headerRow) lines += stageRow(read, tally, rowNumber, cells);
    }
    rows += batch.length;
    if (rows - reported >= REPORT_EVERY) {
      reported = rows;
      report(rows);
    }
    if (lines !== "") yield lines;
  }
  if (tally.fold) yield* foldedLines(tally.fold, tally);
}

const INVOICES_AT_ONCE = 5_000;

function* foldedLines(fold: InvoiceFold, tally: Tally): Generator<string> {
  const { facts, rejects, rejected, repeated, summed } = fold.finish();
  countRejects(tally, rejects, rejected);
  tally.repeated += repeated;
  if (summed > 0) tally.treated.lines_summed = summed;
  for (let at = 0; at < facts.length; at += INVOICES_AT_ONCE) {
    const some = facts.slice(at, at + INVOICES_AT_ONCE);
    yield some.map((fact) => copyLine(++tally.position, fact.rowNumber, factValues(tally.kind, fact))).join("");
  }
}

function countRejects(tally: Tally, rejects: readonly Reject[], rejected: number): void {
  tally.rejected += rejected;
  if (tally.rejects.length < MAX_KEPT_REJECTS) for (const reject of rejects) tally.rejects.push(reject);
}

function stageRow(read: RowReader, tally: Tally, rowNumber: number, cells: TableRow["cells"]): string {
  const outcome = read(cells, rowNumber);
  for (const treatment of outcome.treatments ?? []) tally.treated[treatment] = (tally.treated[treatment] ?? 0) + 1;
  if (tally.fold) {
    tally.fold.add(outcome, rowNumber);
    return "";
  }
  if (outcome.rejected > 0) countRejects(tally, outcome.rejects, outcome.rejected);
  return linesOf(outcome, tally, rowNumber);
}

function linesOf(outcome: RowOutcome, tally: Tally, rowNumber: number): string {
  let lines = "";
  for (const fact of outcome.facts) {
    tally.position += 1;
    const first = tally.firstOfKey.get(fact.key);
    if (first === undefined) tally.firstOfKey.set(fact.key, tally.position);
    else tally.repeats.set(fact.key, [...(tally.repeats.get(fact.key) ?? [first]), tally.position]);
    lines += copyLine(tally.position, rowNumber, factValues(tally.kind, fact));
  }
  return lines;
}

function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1;
  return lines;
}

async function keepRejects(client: PoolClient, importId: string, rejects: readonly Reject[]): Promise<void> {
  await client.query(`DELETE FROM "import_reject" WHERE "importId" = $1`, [importId]);
  if (rejects.length === 0) return;
  const seen = new Set<string>();
  const lines = rejects.flatMap((reject) => {
    const key = `${reject.rowNumber}\t${reject.column}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [rejectLine(importId, reject)];
  });
  const target = `COPY "import_reject" ("importId", "rowNumber", "column", "code", "message", "raw") FROM STDIN`;
  await pipeline(Readable.from([lines.join("")], { objectMode: false }), client.query(copyFrom(target)));
}

const MAX_AT_ONCE = 4;
let running = 0;
const waiting: (() => void)[] = [];

/**
 * Runs `work` with a connection that holds the import's lock, so that no two previews of one import meet. At most four
 * at once in a process, so that imports never take all connections.
 */
export async function withImportLock<T>(importId: string, work: (client: PoolClient) => Promise<T>): Promise<T> {
  if (running >= MAX_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  const client = await pool().connect();
  let broken: Error | undefined;
  try {
    await client.query("SELECT pg_advisory_lock(hashtextextended($1, 0))", [importId]);
    return await work(client);
  } catch (error) {
    // A connection in an unknown state (half a COPY) is closed, which also frees the lock.
    broken = error instanceof Error ? error : new Error("The import stopped", { cause: error });
    throw error;
  } finally {
    if (!broken) await client.query("SELECT pg_advisory_unlock(hashtextextended($1, 0))", [importId]);
    client.release(broken);
    running -= 1;
    waiting.shift()?.();
  }
}
