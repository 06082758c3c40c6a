import "server-only";
import { createHash } from "node:crypto";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db } from "@/lib/db";
import { AppError, type Result, refuse } from "@/lib/errors";
import { formatOf, openTable } from "@/lib/imports/queries/file";
import { cellText, detectDelimiter, detectEncoding } from "@/lib/imports/rules/detection";
import { decodeStart } from "@/lib/integrations/csv";
import { UnreadableTable } from "@/lib/integrations/table";
import { type FileRow, type ReadLine, readInitiativeFile } from "../../rules/initiatives/initiative-file";
import type { InitiativeFile } from "../../schema/initiative-file";
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

/** What a file of initiatives would bring in; nothing is written. */
export async function readInitiatives(
  actor: Actor,
  { ventureId, base64 }: InitiativeFile,
  now: Date,
): Promise<Result<{ importKey: string; lines: ReadLine[] }, "INVALID_INPUT">> {
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
    const read = readInitiativeFile(await rowsOf(bytes), known, context);
    return read.ok ? { ok: true, value: { importKey, lines: read.value } } : read;
  } catch (error) {
    if (!(error instanceof UnreadableTable)) throw error;
    return refuse("INVALID_INPUT", [{ path: "file", expected: "a CSV file or an XLSX workbook that can be read" }]);
  }
}
