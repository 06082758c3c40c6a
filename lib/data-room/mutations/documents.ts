import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { db, type Prisma, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { indexNumber } from "../rules/completeness";
import type { Describe, Place, RemoveDocuments, RestoreDocuments } from "../schema";
import { bumpRoom, dayDate, lockRoom, type RoomRow, recordRoom } from "./room-row";

type Refusal = "FROZEN" | "CONFLICT";
type Document = Awaited<ReturnType<Tx["roomDocument"]["findUniqueOrThrow"]>>;
type Read = { documentId: string; version: number };
type Change = {
  type: string;
  data: Prisma.RoomDocumentUncheckedUpdateInput;
  payload: Prisma.InputJsonObject;
};
/** What becomes of one document; null leaves it as it is. */
type Work = (tx: Tx, document: Document, room: RoomRow) => Promise<Change | null>;

/** Changes documents of one room at the versions that were read: all of them, or none. */
async function change(
  actor: Actor,
  reads: readonly Read[],
  work: Work,
  now: Date,
): Promise<Result<{ changed: number }, Refusal>> {
  const where = { id: { in: reads.map(({ documentId }) => documentId) } };
  const found = await db.roomDocument.findMany({ where, select: { roomId: true } });
  const [roomId, ...others] = new Set(found.map((one) => one.roomId));
  if (!roomId || others.length > 0 || found.length !== reads.length) throw new AppError("NOT_FOUND");
  return db.$transaction(
    async (tx) => {
      const room = await lockRoom(tx, actor, roomId);
      if (room.status === "frozen") return refuse("FROZEN" as const);
      const documents = new Map((await tx.roomDocument.findMany({ where })).map((one) => [one.id, one]));
      if (reads.some(({ documentId, version }) => documents.get(documentId)?.version !== version))
        return refuse("CONFLICT" as const);
      let changed = 0;
      for (const { documentId } of reads) {
        const document = documents.get(documentId);
        const made = document && (await work(tx, document, room));
        if (!made) continue;
        const { type, data, payload } = made;
        await tx.roomDocument.update({ where: { id: documentId }, data: { ...data, version: { increment: 1 } } });
        await recordRoom(tx, room, actor, { type, subject: `document:${documentId}`, payload }, now);
        changed += 1;
      }
      if (changed > 0) await bumpRoom(tx, room, now);
      return ok({ changed });
    },
    { timeout: 60_000 },
  );
}

/** Moves documents to an item, or back to the unsorted ones. */
export const placeDocuments = (actor: Actor, { documents, itemId }: Place, now: Date) =>
  change(
    actor,
    documents,
    async (tx, document, room) => {
      if (document.itemId === itemId) return null;
      const item = itemId ? await tx.roomItem.findFirst({ where: { id: itemId, roomId: room.id } }) : null;
      if (itemId && !item) throw new AppError("NOT_FOUND");
      const payload = { title: document.title, to: item ? indexNumber(item.section, item.number) : null };
      const ordinal = itemId ? await nextOrdinal(tx, itemId) : null;
      return { type: "document.placed", data: { itemId, ordinal }, payload };
    },
    now,
  );

export const describeDocument = (actor: Actor, { title, expiresOn, ...read }: Describe, now: Date) =>
  change(
    actor,
    [read],
    async (_tx, document) => ({
      type: "document.described",
      data: { title, expiresOn: expiresOn ? dayDate(expiresOn) : null },
      payload: { title, was: document.title, expiresOn },
    }),
    now,
  );

/** Out of the index and out of every guest's sight; the versions stay, and it can come back. */
export const removeDocuments = (actor: Actor, { documents, reason }: RemoveDocuments, now: Date) =>
  change(
    actor,
    documents,
    async (_tx, { title, removedAt }) =>
      removedAt ? null : { type: "document.removed", data: { removedAt: now }, payload: { title, reason } },
    now,
  );

export const restoreDocuments = (actor: Actor, { documents }: RestoreDocuments, now: Date) =>
  change(
    actor,
    documents,
    async (_tx, { title, removedAt }) =>
      removedAt ? { type: "document.restored", data: { removedAt: null }, payload: { title } } : null,
    now,
  );

export async function nextOrdinal(tx: Tx, itemId: string): Promise<number> {
  const last = await tx.roomDocument.aggregate({ where: { itemId }, _max: { ordinal: true } });
  return (last._max.ordinal ?? 0) + 1;
}
