import "server-only";
import { createHash } from "node:crypto";
import type { z } from "zod";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, Prisma, pool, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { SHARED_DATA } from "@/lib/figures/schema";
import { UnreadableTable } from "@/lib/integrations/table";
import { type Inspection, inspectFile } from "../queries/file";
import { loadBytes, loadImport } from "../queries/loading";
import { findMapping } from "../queries/mappings";
import {
  type ImportFileInput,
  type ImportRefusal,
  MAX_FILE_BYTES,
  type MappingOptions,
  RATES_SOURCE,
  recordOf,
  type uploadInputSchema,
} from "../schema";

const MEDIA_TYPES = { csv: "text/csv", xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" };

async function storeFile(bytes: Uint8Array, sha256: string, mediaType: string): Promise<void> {
  await pool().query(
    `INSERT INTO "stored_file" ("sha256", "size", "mediaType", "bytes") VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
    [sha256, bytes.length, mediaType, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)],
  );
}

/** What an amount without a currency is in; rates name theirs in every row. */
async function currencyOf(ventureId: string): Promise<string | null> {
  if (ventureId === SHARED_DATA) return null;
  const venture = await db.venture.findUnique({ where: { id: ventureId }, select: { currency: true } });
  if (!venture) throw new AppError("NOT_FOUND");
  return venture.currency;
}

/** What the top of the file says, or why it is no table that can be read. */
export async function inspectUpload(
  input: Pick<ImportFileInput, "ventureId" | "kind" | "bytes">,
  given: Partial<MappingOptions>,
): Promise<Result<Inspection, ImportRefusal>> {
  const currency = await currencyOf(input.ventureId);
  try {
    const remembered = (signature: string) => findMapping(input.ventureId, input.kind, signature);
    return ok(await inspectFile(input.bytes, input.kind, currency, given, remembered));
  } catch (error) {
    if (error instanceof UnreadableTable) return refuse(error.problem);
    throw error;
  }
}

export type Received = { importId: string; inspection: Inspection };

/** Keeps the bytes as they came and what was seen in them. Uploading the same file again makes a new, separate import. */
export async function receiveFile(
  actor: Actor,
  input: ImportFileInput,
  now: Date,
): Promise<Result<Received, ImportRefusal>> {
  if (!maySeeVenture(actor, input.ventureId)) throw new AppError("NOT_FOUND");
  if (input.bytes.length > MAX_FILE_BYTES) return refuse("FILE_TOO_LARGE");
  const inspected = await inspectUpload(input, input.mapping?.options ?? {});
  if (!inspected.ok) return inspected;
  const { detection, mapping } = inspected.value;
  if (input.mapping?.targets) mapping.targets = input.mapping.targets;
  const sha256 = createHash("sha256").update(input.bytes).digest("hex");
  await storeFile(input.bytes, sha256, MEDIA_TYPES[detection.format]);
  const importId = await db.$transaction((tx) => keepImport(tx, actor, input, { detection, mapping, sha256 }, now));
  return ok({ importId, inspection: inspected.value });
}

type Kept = Pick<Inspection, "detection" | "mapping"> & { sha256: string };

async function keepImport(tx: Tx, actor: Actor, input: ImportFileInput, kept: Kept, now: Date): Promise<string> {
  const { ventureId, kind, fileName, asOf } = input;
  const { detection, mapping, sha256 } = kept;
  const name = kind === "rates" ? RATES_SOURCE : input.sourceName.trim();
  const row = { ventureId, name, kind: "import", ...(kind === "rates" ? { id: SHARED_DATA } : {}) };
  await tx.dataSource.createMany({ data: [row], skipDuplicates: true });
  const source = await tx.dataSource.findUniqueOrThrow({ where: { ventureId_name: { ventureId, name } } });
  const { id } = await tx.import.create({
    data: {
      ventureId,
      kind,
      status: "uploaded",
      fileSha256: sha256,
      fileName,
      format: detection.format,
      sourceId: source.id,
      mapping,
      detection,
      asOf,
      createdBy: actor.ref,
      createdAt: now,
    },
  });
  const payload = { importId: id, kind, fileName, sha256, source: name, size: input.bytes.length };
  const event = {
    ventureId: recordOf(ventureId),
    type: "import.received",
    actor: actor.ref,
    subject: `import:${id}`,
    payload,
    at: now,
  };
  await recordEvent(tx, event);
  return id;
}

type Upload = z.output<typeof uploadInputSchema>;

/** As the browser's form sends it: a day for `asOf`, which stands for noon of that day. */
export async function uploadFile(
  actor: Actor,
  { venture, kind, fileName, source, asOf, bytes }: Upload,
  now: Date,
): Promise<Result<{ importId: string }, ImportRefusal>> {
  const moment = asOf ? new Date(`${asOf}T12:00:00Z`) : now;
  const input = { ventureId: venture, kind, fileName, bytes, sourceName: source, asOf: moment };
  const received = await receiveFile(actor, input, now);
  return received.ok ? ok({ importId: received.value.importId }) : received;
}

/** Looks at the stored file again with another sheet, encoding, delimiter or header row; the mapping is suggested anew. */
export async function reinspectImport(
  actor: Actor,
  importId: string,
  options: Partial<MappingOptions>,
  now: Date,
): Promise<Result<Received, ImportRefusal>> {
  const { ventureId, kind, fileSha256, fileName } = await loadImport(actor, importId);
  const inspected = await inspectUpload({ ventureId, kind, bytes: await loadBytes(fileSha256) }, options);
  if (!inspected.ok) return inspected;
  const { detection, mapping } = inspected.value;
  const kept = await db.$transaction(async (tx) => {
    const { count } = await tx.import.updateMany({
      where: { id: importId, status: { in: ["uploaded", "previewed"] } },
      data: { status: "uploaded", detection, mapping, preview: Prisma.DbNull },
    });
    if (count === 0) return false;
    const payload = { importId, kind, fileName, options: { ...options } };
    await recordEvent(tx, {
      ventureId: recordOf(ventureId),
      type: "import.reread",
      actor: actor.ref,
      subject: `import:${importId}`,
      payload,
      at: now,
    });
    return true;
  });
  return kept ? ok({ importId, inspection: inspected.value }) : refuse("ALREADY_APPLIED");
}
