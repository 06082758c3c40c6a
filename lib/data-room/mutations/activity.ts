import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { type RoomRow, recordRoom } from "./room-row";

export type Deed = {
  kind: "entered" | "opened" | "downloaded" | "read" | "searched" | "asked" | "agreed" | "declined";
  by: { ref: string; name: string };
  groupId: string | null;
  documentId?: string;
  versionId?: string;
  page?: number;
  seconds?: number;
  detail?: Record<string, string | number | null>;
};

/** As the record names it; "data-room.opened" is of the room itself, and of guests' deeds before these had a name. */
const EVENT_OF: Partial<Record<Deed["kind"], string>> = { opened: "data-room.document-opened" };

/** What somebody did in a room: a row to count, and an event of the record, in one transaction. */
export async function recordActivity(tx: Tx, room: RoomRow, deed: Deed, at: Date): Promise<void> {
  const { kind, by, groupId, documentId, versionId, page, seconds, detail } = deed;
  await tx.roomActivity.create({
    data: {
      roomId: room.id,
      groupId,
      actor: by.ref,
      actorName: by.name,
      kind,
      documentId,
      versionId,
      page,
      seconds,
      at,
    },
  });
  const subject = documentId ? `document:${documentId}` : `data-room:${room.id}`;
  const payload = { kind, groupId, versionId: versionId ?? null, seconds: seconds ?? null, ...detail };
  await recordRoom(tx, room, by, { type: EVENT_OF[kind] ?? `data-room.${kind}`, subject, payload }, at);
}

export type OpenedVersion = { hash: string; fileName: string; type: string; sizeBytes: number };

/** A member of the holding takes the file itself; who did is kept. */
export async function takeVersion(actor: Actor, versionId: string, now: Date): Promise<OpenedVersion> {
  const version = await db.roomDocumentVersion.findUnique({
    where: { id: versionId },
    include: { document: { include: { room: true } } },
  });
  const room = version?.document.room;
  if (!version || !room || !maySeeVenture(actor, room.ventureId)) throw new AppError("NOT_FOUND");
  const { documentId, hash, fileName, type, sizeBytes } = version;
  const by = { ref: actor.ref, name: actor.name };
  await db.$transaction((tx) =>
    recordActivity(tx, room, { kind: "downloaded", by, groupId: null, documentId, versionId }, now),
  );
  return { hash, fileName, type, sizeBytes: Number(sizeBytes) };
}

/** Everything of a room, or a frozen state of it, is taken along. */
export async function noteArchive(actor: Actor, roomId: string, archive: number | null, now: Date): Promise<void> {
  const room = await db.dataRoom.findUnique({ where: { id: roomId } });
  if (!room || !maySeeVenture(actor, room.ventureId)) throw new AppError("NOT_FOUND");
  const by = { ref: actor.ref, name: actor.name };
  await db.$transaction((tx) =>
    recordActivity(tx, room, { kind: "downloaded", by, groupId: null, detail: { all: "yes", archive } }, now),
  );
}
