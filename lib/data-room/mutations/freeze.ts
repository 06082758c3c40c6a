import "server-only";
import { createHash } from "node:crypto";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { roomArchive } from "@/lib/integrations/documents/room-archive";
import { listHoldings } from "../queries/holdings";
import { type ManifestLine, manifestOf, manifestText } from "../rules/manifest";
import type { Freeze, Reopen } from "../schema";
import { lockRoom, recordRoom } from "./room-row";

async function measured(lines: readonly ManifestLine[]): Promise<{ hash: string; sizeBytes: number }> {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  for await (const piece of roomArchive(lines)) {
    hash.update(piece as Buffer);
    sizeBytes += (piece as Buffer).length;
  }
  return { hash: hash.digest("hex"), sizeBytes };
}

export type Frozen = { archiveId: string; manifestHash: string; archiveHash: string };
export type FreezeRefusal = "CONFLICT" | "FROZEN" | "EMPTY_ROOM";

/**
 * Fixes what the room holds: the hash of every document, of their list, and of the archive made of them. The archive is
 * made and hashed before the lock; the version that was read tells whether anything came in between.
 */
export async function freezeRoom(
  actor: Actor,
  { roomId, version, reason }: Freeze,
  now: Date,
): Promise<Result<Frozen, FreezeRefusal>> {
  const lines = await db.$transaction(async (tx) => {
    const room = await lockRoom(tx, actor, roomId);
    if (room.version !== version) return null;
    return manifestOf(await listHoldings(tx, roomId));
  });
  if (!lines) return refuse("CONFLICT");
  if (lines.length === 0) return refuse("EMPTY_ROOM");
  const manifestHash = createHash("sha256").update(manifestText(lines)).digest("hex");
  const archive = await measured(lines);
  return db.$transaction(async (tx) => {
    const room = await lockRoom(tx, actor, roomId);
    if (room.status === "frozen") return refuse("FROZEN" as const);
    if (room.version !== version) return refuse("CONFLICT" as const);
    const last = await tx.roomArchive.aggregate({ where: { roomId }, _max: { number: true } });
    const made = await tx.roomArchive.create({
      data: {
        ...{ roomId, number: (last._max.number ?? 0) + 1, manifestHash, archiveHash: archive.hash },
        ...{ sizeBytes: BigInt(archive.sizeBytes), manifest: lines, documents: lines.length, roomVersion: version },
        ...{ reason, frozenBy: actor.ref, frozenAt: now },
      },
    });
    await tx.dataRoom.update({ where: { id: roomId }, data: { status: "frozen" } });
    const payload = { number: made.number, manifestHash, archiveHash: archive.hash, documents: lines.length, reason };
    await recordRoom(tx, room, actor, { type: "data-room.frozen", subject: `data-room:${roomId}`, payload }, now);
    return ok({ archiveId: made.id, manifestHash, archiveHash: archive.hash });
  });
}

/** The frozen state stays as it was; the room goes on changing. */
export async function reopenRoom(
  actor: Actor,
  { roomId, reason }: Reopen,
  now: Date,
): Promise<Result<null, "NOT_FROZEN">> {
  return db.$transaction(async (tx) => {
    const room = await lockRoom(tx, actor, roomId);
    if (room.status !== "frozen") return refuse("NOT_FROZEN" as const);
    const archive = await tx.roomArchive.findFirst({ where: { roomId }, orderBy: { number: "desc" } });
    if (!archive) throw new AppError("INTERNAL");
    await tx.roomArchive.update({
      where: { id: archive.id },
      data: { reopenedBy: actor.ref, reopenedAt: now, reopenReason: reason },
    });
    await tx.dataRoom.update({ where: { id: roomId }, data: { status: "open" } });
    const event = {
      type: "data-room.reopened",
      subject: `data-room:${roomId}`,
      payload: { number: archive.number, reason },
    };
    await recordRoom(tx, room, actor, event, now);
    return ok(null);
  });
}
