import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import type { Prisma, Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { roomDataset } from "../rules/room-figures";

export type RoomRow = Awaited<ReturnType<Tx["dataRoom"]["findUniqueOrThrow"]>>;

/** The room under its lock: of two who change it the second sees what the first did. */
export async function lockRoom(tx: Tx, actor: Actor, roomId: string): Promise<RoomRow> {
  const [room] = await tx.$queryRaw<RoomRow[]>`SELECT * FROM "data_room" WHERE "id" = ${roomId}::uuid FOR UPDATE`;
  if (!room || !maySeeVenture(actor, room.ventureId)) throw new AppError("NOT_FOUND");
  return room;
}

/** What a room holds has changed: figures that rest on it are no longer current. */
export async function bumpRoom(tx: Tx, room: RoomRow, now: Date): Promise<number> {
  const { version } = await tx.dataRoom.update({ where: { id: room.id }, data: { version: { increment: 1 } } });
  const key = { ventureId: room.ventureId, dataset: roomDataset(room.id) };
  await tx.datasetVersion.upsert({
    where: { ventureId_dataset: key },
    create: { ...key, version, changedAt: now },
    update: { version, changedAt: now },
  });
  return version;
}

export type RoomEvent = { type: string; subject: string; payload: Prisma.InputJsonObject };

/** Who did it may be a person, a guest or the system. */
export const recordRoom = (tx: Tx, room: RoomRow, by: { ref: string }, event: RoomEvent, at: Date) =>
  recordEvent(tx, {
    ventureId: room.ventureId,
    actor: by.ref,
    at,
    ...event,
    payload: { roomId: room.id, ...event.payload },
  });

export const dayDate = (day: string): Date => new Date(`${day}T00:00:00Z`);
