import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { namesByRef } from "@/lib/auth/people";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { getRoomHead } from "../queries";
import type { ManifestLine } from "../rules/manifest";

export type ArchiveLine = {
  id: string;
  number: number;
  manifestHash: string;
  archiveHash: string;
  sizeBytes: number;
  documents: number;
  reason: string;
  frozenBy: string;
  frozenAt: string;
  reopenedAt: string | null;
  reopenReason: string | null;
};

export async function listArchives(actor: Actor, roomId: string): Promise<ArchiveLine[]> {
  await getRoomHead(actor, roomId);
  const rows = await db.roomArchive.findMany({
    where: { roomId },
    orderBy: { number: "desc" },
    omit: { manifest: true },
  });
  const people = await namesByRef(
    db,
    rows.map(({ frozenBy }) => frozenBy),
  );
  return rows.map((row) => ({
    ...{
      id: row.id,
      number: row.number,
      manifestHash: row.manifestHash,
      archiveHash: row.archiveHash,
      sizeBytes: Number(row.sizeBytes),
    },
    ...{
      documents: row.documents,
      reason: row.reason,
      frozenBy: people.get(row.frozenBy) ?? row.frozenBy,
      frozenAt: row.frozenAt.toISOString(),
    },
    ...{ reopenedAt: row.reopenedAt?.toISOString() ?? null, reopenReason: row.reopenReason },
  }));
}

export async function getArchive(
  actor: Actor,
  archiveId: string,
): Promise<{ roomId: string; number: number; manifest: ManifestLine[] }> {
  const row = await db.roomArchive.findUnique({ where: { id: archiveId } });
  if (!row) throw new AppError("NOT_FOUND");
  await getRoomHead(actor, row.roomId);
  return { roomId: row.roomId, number: row.number, manifest: row.manifest as ManifestLine[] };
}
