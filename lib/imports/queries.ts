import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { namesByRef } from "@/lib/auth/people";
import { db, Prisma, pool } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { openTable } from "./queries/file";
import { loadBytes, loadImport } from "./queries/loading";
import { cellText } from "./rules/detection";
import { listAppliedChanges, listChanges as stagedChanges } from "./rules/staging";
import {
  type Detection,
  type ImportKind,
  invoiceLinesSchema,
  type Mapping,
  type Phase,
  type PreviewCounts,
  type Progress,
} from "./schema";

export type ImportSummary = {
  id: string;
  kind: string;
  status: string;
  fileName: string;
  source: string;
  counts: PreviewCounts;
  createdBy: string;
  createdAt: Date;
  appliedAt: Date | null;
  undoneAt: Date | null;
  undoReason: string | null;
  asOf: Date;
};

type Row = Awaited<ReturnType<typeof readImports>>[number];

const readImports = (where: { ventureId: string; id?: string; kind?: ImportKind }, take: number) =>
  db.import.findMany({ where, include: { source: true }, orderBy: [{ createdAt: "desc" }, { id: "desc" }], take });

const summaryOf = (row: Row, names: ReadonlyMap<string, string>): ImportSummary => ({
  id: row.id,
  kind: row.kind,
  status: row.status,
  fileName: row.fileName,
  source: row.source.name,
  counts: {
    total: row.rowsTotal,
    inserted: row.rowsInserted,
    changed: row.rowsChanged,
    same: row.rowsSame,
    rejected: row.rowsRejected,
  },
  createdBy: names.get(row.createdBy) ?? row.createdBy,
  createdAt: row.createdAt,
  appliedAt: row.appliedAt,
  undoneAt: row.undoneAt,
  undoReason: row.undoReason,
  asOf: row.asOf,
});

function requireVenture(actor: Actor, ventureId: string): void {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
}

/** Newest first; of one kind, where it is named. */
export async function listImports(
  actor: Actor,
  ventureId: string,
  limit = 50,
  kind?: ImportKind,
): Promise<ImportSummary[]> {
  requireVenture(actor, ventureId);
  const rows = await readImports({ ventureId, ...(kind ? { kind } : {}) }, limit);
  const names = await namesByRef(
    db,
    rows.map((row) => row.createdBy),
  );
  return rows.map((row) => summaryOf(row, names));
}

export type SourceSummary = {
  id: string;
  name: string;
  kind: string;
  /** Kinds of data that applied imports brought from it. */
  holds: string[];
  imports: number;
  /** The moment that its newest applied file speaks about; null: nothing applied. */
  asOf: Date | null;
  lastAppliedAt: Date | null;
};

export async function listSources(actor: Actor, ventureId: string): Promise<SourceSummary[]> {
  requireVenture(actor, ventureId);
  const sources = await db.dataSource.findMany({
    where: { ventureId },
    orderBy: { name: "asc" },
    include: { imports: { where: { status: "applied" }, select: { kind: true, asOf: true, appliedAt: true } } },
  });
  const latest = (moments: readonly (Date | null)[]) =>
    moments.reduce<Date | null>((best, at) => (at && (!best || at > best) ? at : best), null);
  return sources.map(({ id, name, kind, imports }) => ({
    id,
    name,
    kind,
    holds: [...new Set(imports.map((one) => one.kind))].sort(),
    imports: imports.length,
    asOf: latest(imports.map((one) => one.asOf)),
    lastAppliedAt: latest(imports.map((one) => one.appliedAt)),
  }));
}

export type ImportView = ImportSummary & {
  ventureId: string;
  kind: ImportKind;
  detection: Detection;
  mapping: Mapping;
  alreadyImported: { importId: string; appliedAt: string } | null;
  /** How many rows were not just copied, by what was done with them. */
  treated: Readonly<Record<string, number>>;
  rejectsKept: number;
};

export async function getImport(actor: Actor, importId: string): Promise<ImportView> {
  const loaded = await loadImport(actor, importId);
  const [row] = await readImports({ ventureId: loaded.ventureId, id: importId }, 1);
  if (!row) throw new AppError("NOT_FOUND");
  const { ventureId, kind, detection, mapping } = loaded;
  const preview = loaded.preview as Partial<Pick<ImportView, "alreadyImported" | "treated">> | null;
  const rejectsKept = await db.importReject.count({ where: { importId } });
  const summary = summaryOf(row, await namesByRef(db, [row.createdBy]));
  return {
    ...summary,
    ventureId,
    kind,
    detection,
    mapping,
    alreadyImported: preview?.alreadyImported ?? null,
    treated: preview?.treated ?? {},
    rejectsKept,
  };
}

export type Change = {
  rowNumber: number | null;
  key: Record<string, string | null>;
  next: Record<string, string | null>;
  previous: Record<string, string | null>;
};

const PAGE = 50;

/** A page of what a previewed import would change, or of what an applied one did change. Pages count from 1. */
export async function listChanges(
  actor: Actor,
  importId: string,
  outcome: "new" | "changed" | "same",
  page: number,
): Promise<Change[]> {
  const { kind, status, ventureId, sourceId } = await loadImport(actor, importId);
  const offset = (Math.max(1, page) - 1) * PAGE;
  if (status === "previewed") {
    const found = await pool()
      .query<Change>(stagedChanges(kind, importId, outcome), [ventureId, sourceId, PAGE, offset])
      .catch(() => null);
    return found?.rows ?? [];
  }
  if (outcome === "same" || status === "uploaded") return [];
  return (await pool().query<Change>(listAppliedChanges(kind, outcome), [importId, PAGE, offset])).rows;
}

export type RejectView = { rowNumber: number; column: string; code: string; message: string; raw: string };

export async function listRejects(actor: Actor, importId: string, page: number | "all"): Promise<RejectView[]> {
  await loadImport(actor, importId);
  const rows = await db.importReject.findMany({
    where: { importId },
    orderBy: [{ rowNumber: "asc" }, { column: "asc" }],
    ...(page === "all" ? {} : { skip: (Math.max(1, page) - 1) * PAGE, take: PAGE }),
  });
  return rows.map(({ rowNumber, column, code, message, raw }) => ({
    rowNumber,
    column,
    code,
    message,
    raw: String((raw as { value?: unknown } | null)?.value ?? ""),
  }));
}

export async function findProgress(actor: Actor, importId: string): Promise<Progress | null> {
  await loadImport(actor, importId);
  const row = await db.importProgress.findUnique({ where: { importId } });
  return row && { phase: row.phase as Phase, done: row.done, total: row.total };
}

export type SourceRow = {
  fileName: string;
  sourceName: string;
  importedBy: string;
  importedAt: Date;
  header: string[];
  cells: string[];
  rowNumber: number;
  /** The other lines of the same invoice, where the file has a row per line. */
  otherLines: { rowNumber: number; cells: string[] }[];
};

/** The last link of a figure's proof: the row of the stored file as it came. */
export async function getSourceRow(actor: Actor, importId: string, rowNumber: number): Promise<SourceRow> {
  const loaded = await loadImport(actor, importId);
  const [row] = await readImports({ ventureId: loaded.ventureId, id: importId }, 1);
  if (!row) throw new AppError("NOT_FOUND");
  const others = await listOtherLines(importId, rowNumber);
  const found = await findRows(loaded, [rowNumber, ...others]);
  const header = loaded.detection.headers;
  const names = await namesByRef(db, [row.createdBy]);
  const [own, ...otherLines] = [rowNumber, ...others].map((number) => {
    const cells = found.get(number);
    if (!cells) throw new AppError("NOT_FOUND");
    return { rowNumber: number, cells: header.map((_, i) => cells[i] ?? "") };
  });
  return {
    fileName: row.fileName,
    sourceName: row.source.name,
    importedBy: names.get(row.createdBy) ?? row.createdBy,
    importedAt: row.appliedAt ?? row.createdAt,
    header,
    cells: own?.cells ?? [],
    rowNumber,
    otherLines,
  };
}

const MOST_LINES = 500;

async function listOtherLines(importId: string, rowNumber: number): Promise<number[]> {
  const invoice = await db.invoice.findFirst({
    where: { importId, rowNumber, NOT: { lines: { equals: Prisma.DbNull } } },
    select: { lines: true },
  });
  const lines = invoiceLinesSchema.parse(invoice?.lines ?? []);
  return lines.flatMap(({ row }) => (row === rowNumber ? [] : [row])).slice(0, MOST_LINES);
}

async function findRows(
  loaded: Awaited<ReturnType<typeof loadImport>>,
  wanted: readonly number[],
): Promise<Map<number, string[]>> {
  const bytes = await loadBytes(loaded.fileSha256);
  const last = Math.max(...wanted);
  const found = new Map<number, string[]>();
  for await (const batch of openTable(bytes, loaded.format, loaded.mapping.options).batches) {
    for (const row of batch) if (wanted.includes(row.rowNumber)) found.set(row.rowNumber, row.cells.map(cellText));
    if ((batch.at(-1)?.rowNumber ?? 0) >= last) break;
  }
  return found;
}
