import "server-only";
import { createHash } from "node:crypto";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { formatOf, openTable } from "@/lib/imports/queries/file";
import { cellText, detectDelimiter, detectEncoding } from "@/lib/imports/rules/detection";
import { decodeStart } from "@/lib/integrations/csv";
import { CSV_START, csvLine } from "@/lib/integrations/csv-write";
import { UnreadableTable } from "@/lib/integrations/table";
import {
  type FileRow,
  headerKey,
  type ReadLine,
  readInitiativeFile,
  suggestTargets,
  targetProblems,
} from "../../rules/initiatives/initiative-file";
import {
  type InitiativeFile,
  type InitiativeFileColumn,
  type InitiativeTarget,
  initiativeFileSchema,
} from "../../schema/initiative-file";
import { todayAt } from "./initiative-standing";

const MOST_READ = 1_000;

/** Rows of a CSV file or of the first sheet of a workbook, without the empty ones. */
async function rowsOf(bytes: Uint8Array): Promise<FileRow[]> {
  const format = formatOf(bytes);
  const encoding = format === "csv" ? detectEncoding(bytes) : "utf-8";
  const delimiter = format === "csv" ? detectDelimiter(decodeStart(bytes, encoding, 65_536)) : ",";
  const rows: FileRow[] = [];
  for await (const batch of openTable(bytes, format, { sheet: null, encoding, delimiter }).batches) {
    rows.push(...batch.map(({ rowNumber, cells }) => ({ rowNumber, cells: cells.map((cell) => cellText(cell)) })));
    if (rows.length > MOST_READ) break;
  }
  return rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
}

const LOADED = "initiative.file-loaded";
const targetsSchema = initiativeFileSchema.shape.targets;

/** What the columns were taken for when a file with the same headers was last taken over at this venture. */
async function rememberedTargets(ventureId: string, headers: string): Promise<InitiativeTarget[] | null> {
  const last = await db.event.findFirst({
    where: { chain: ventureId, type: LOADED, payload: { path: ["headers"], equals: headers } },
    orderBy: { seq: "desc" },
    select: { payload: true },
  });
  const { targets = null } = (last?.payload ?? {}) as { targets?: unknown };
  return targetsSchema.safeParse(targets).data ?? null;
}

export type ReadInitiatives = {
  importKey: string;
  /** The headers as one text, by which the mapping is remembered. */
  headers: string;
  columns: InitiativeFileColumn[];
  remembered: boolean;
  /** What has to be said about the columns before a row can be read. */
  unclear: string[];
  lines: ReadLine[];
  /** The rejected rows as a CSV file: what stood there, and why it is not taken. */
  rejected: string | null;
};

function rejectedFile([head, ...body]: readonly FileRow[], lines: readonly ReadLine[]): string | null {
  const reasons = new Map(
    lines.flatMap(({ rowNumber, state, problems }) =>
      state === "rejected"
        ? [[rowNumber, problems.map(({ column, expected }) => `${column}: ${expected}`).join("; ")] as const]
        : [],
    ),
  );
  if (!head || reasons.size === 0) return null;
  const rows = body.flatMap(({ rowNumber, cells }) => {
    const reason = reasons.get(rowNumber);
    return reason === undefined ? [] : [csvLine([...head.cells.map((_, at) => cells[at] ?? ""), reason])];
  });
  return CSV_START + csvLine([...head.cells, "Why it is not taken"]) + rows.join("");
}

function columnsOf(rows: readonly FileRow[], targets: readonly InitiativeTarget[]): InitiativeFileColumn[] {
  const [head, ...body] = rows;
  return (head?.cells ?? []).map((header, index) => ({
    ...{ header, target: targets[index] ?? "" },
    sample: body.find(({ cells }) => (cells[index] ?? "").trim() !== "")?.cells[index] ?? "",
  }));
}

/** A file that was taken over and can be taken back while nobody has worked on what it brought. */
export type LoadedFile = { importKey: string; fileName: string; initiatives: number; loadedOn: string };

export async function listInitiativeFiles(actor: Actor, ventureId: string): Promise<LoadedFile[]> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const groups = await db.initiative.groupBy({
    by: ["importKey"],
    where: { ventureId, importKey: { not: null } },
    _count: true,
    _max: { createdAt: true },
    orderBy: { _max: { createdAt: "desc" } },
  });
  const events = await db.event.findMany({ where: { chain: ventureId, type: LOADED }, orderBy: { seq: "asc" } });
  return groups.flatMap(({ importKey, _count, _max }) => {
    const event = events.findLast(({ subject }) => subject === `initiative-file:${importKey}`);
    if (!importKey || !event) return [];
    const { fileName = "" } = event.payload as { fileName?: string };
    return [{ importKey, fileName, initiatives: _count, loadedOn: (_max.createdAt ?? event.at).toISOString() }];
  });
}

/** What a file of initiatives would bring in; nothing is written. */
export async function readInitiatives(
  actor: Actor,
  { ventureId, base64, targets: said }: InitiativeFile,
  now: Date,
): Promise<Result<ReadInitiatives, "INVALID_INPUT">> {
  if (!isPermitted(actor.role, "venture:configure")) throw new AppError("FORBIDDEN");
  const venture = await db.venture.findUnique({ where: { id: ventureId }, select: { timeZone: true } });
  if (!venture || !maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const bytes = Buffer.from(base64, "base64");
  const importKey = createHash("sha256").update(bytes).digest("hex");
  const [held, people] = await Promise.all([
    db.initiative.findMany({ where: { ventureId }, select: { title: true } }),
    db.user.findMany({
      where: { disabledAt: null, OR: [{ grants: { none: {} } }, { grants: { some: { ventureId } } }] },
      select: { id: true, name: true, email: true },
    }),
  ]);
  try {
    const known = new Set(held.map(({ title }) => title));
    const context = { ventureId, importKey, people, today: todayAt(venture.timeZone, now) };
    const rows = await rowsOf(bytes);
    const head = rows[0]?.cells ?? [];
    const headers = headerKey(head);
    const memory = said ? null : await rememberedTargets(ventureId, headers);
    const targets = said ?? memory ?? suggestTargets(head);
    const shown = { importKey, headers, columns: columnsOf(rows, targets), remembered: memory !== null };
    const unclear = targetProblems(targets);
    if (unclear.length > 0 && rows.length > 1) return ok({ ...shown, unclear, lines: [], rejected: null });
    const read = readInitiativeFile(rows, known, context, targets);
    return read.ok ? ok({ ...shown, unclear, lines: read.value, rejected: rejectedFile(rows, read.value) }) : read;
  } catch (error) {
    if (!(error instanceof UnreadableTable)) throw error;
    return refuse("INVALID_INPUT", [{ path: "file", expected: "a CSV file or an XLSX workbook that can be read" }]);
  }
}
