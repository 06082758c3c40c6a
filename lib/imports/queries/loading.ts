import "server-only";
import { fromDate } from "@internationalized/date";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, pool } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { SHARED_DATA } from "@/lib/figures/schema";
import { type Detection, type ImportKind, importKindSchema, type Mapping, mappingSchema } from "../schema";

/** An import as the mutations need it, seen by an actor who may see its venture. */
export type LoadedImport = {
  id: string;
  ventureId: string;
  kind: ImportKind;
  status: string;
  fileSha256: string;
  fileName: string;
  format: Detection["format"];
  sourceId: string;
  mapping: Mapping;
  detection: Detection;
  preview: unknown;
  asOf: Date;
  /** The calendar day of `asOf` where the venture is; of rates, in UTC. */
  asOfDay: string;
};

export async function loadImport(actor: Actor, importId: string): Promise<LoadedImport> {
  const row = await db.import.findUnique({ where: { id: importId } });
  if (!row || !maySeeVenture(actor, row.ventureId)) throw new AppError("NOT_FOUND");
  const kind = importKindSchema.safeParse(row.kind);
  if (!kind.success || row.detection === null) throw new AppError("NOT_FOUND");
  const timeZone =
    row.ventureId === SHARED_DATA
      ? "UTC"
      : (await db.venture.findUniqueOrThrow({ where: { id: row.ventureId }, select: { timeZone: true } })).timeZone;
  return {
    id: row.id,
    ventureId: row.ventureId,
    kind: kind.data,
    status: row.status,
    fileSha256: row.fileSha256,
    fileName: row.fileName,
    format: row.format === "xlsx" ? "xlsx" : "csv",
    sourceId: row.sourceId,
    mapping: mappingSchema.parse(row.mapping),
    detection: row.detection as Detection,
    preview: row.preview,
    asOf: row.asOf,
    asOfDay: fromDate(row.asOf, timeZone).toString().slice(0, 10),
  };
}

export async function loadBytes(sha256: string): Promise<Uint8Array> {
  const found = await pool().query<{ bytes: Buffer }>(`SELECT "bytes" FROM "stored_file" WHERE "sha256" = $1`, [
    sha256,
  ]);
  const [row] = found.rows;
  if (!row) throw new AppError("NOT_FOUND");
  return row.bytes;
}
