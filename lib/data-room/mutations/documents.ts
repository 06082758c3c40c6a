import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import type { Describe, Place, RemoveDocument } from "../schema";
import { nextOrdinal } from "./receive";
import { bumpRoom, dayDate, lockRoom, type RoomRow, recordRoom } from "./room-row";

type Refusal = "FROZEN" | "CONFLICT";
type Document = Awaited<ReturnType<Tx["roomDocument"]["findUniqueOrThrow"]>>;

/** The room and the document as they are under the lock; a document of another version was changed by somebody else. */
async function locked(
  tx: Tx,
  actor: Actor,
  read: { documentId: string; version: number },
): Promise<Result<{ room: RoomRow; document: Document }, Refusal>> {
  const found = await tx.roomDocument.findUnique({ where: { id: read.documentId }, select: { roomId: true } });
  if (!found) throw new AppError("NOT_FOUND");
  const room = await lockRoom(tx, actor, found.roomId);
  const document = await tx.roomDocument.findUniqueOrThrow({ where: { id: read.documentId } });
  if (room.status === "frozen") return refuse("FROZEN");
  return document.version === read.version ? ok({ room, document }) : refuse("CONFLICT");
}

/** Moves documents to an item, or back to the unsorted ones. All or none. */
export async function placeDocuments(
  actor: Actor,
  { documents, itemId }: Place,
  now: Date,
): Promise<Result<{ moved: number }, Refusal>> {
  return db
    .$transaction(
      async (tx) => {
        let moved = 0;
        for (const read of documents) {
          const held = await locked(tx, actor, read);
          if (!held.ok) throw new Refused(held.refusal);
          moved += await placeOne(tx, actor, { ...held.value, itemId }, now);
        }
        return ok({ moved });
      },
      { timeout: 60_000 },
    )
    .catch((error: unknown) => {
      if (error instanceof Refused) return refuse(error.refusal);
      throw error;
    });
}

/** Leaves the transaction, so that nothing of a list is done. */
class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal);
    this.refusal = refusal;
  }
}

type Move = { room: RoomRow; document: Document; itemId: string | null };

async function placeOne(tx: Tx, actor: Actor, { room, document, itemId }: Move, now: Date): Promise<number> {
  if (document.itemId === itemId) return 0;
  const item = itemId ? await tx.roomItem.findFirst({ where: { id: itemId, roomId: room.id } }) : null;
  if (itemId && !item) throw new AppError("NOT_FOUND");
  const ordinal = itemId ? await nextOrdinal(tx, itemId) : null;
  await tx.roomDocument.update({ where: { id: document.id }, data: { itemId, ordinal, version: { increment: 1 } } });
  await bumpRoom(tx, room, now);
  const payload = { title: document.title, to: item ? `${item.section}.${item.number}` : null };
  await recordRoom(tx, room, actor, { type: "document.placed", subject: `document:${document.id}`, payload }, now);
  return 1;
}

export async function describeDocument(actor: Actor, input: Describe, now: Date): Promise<Result<null, Refusal>> {
  const { title, expiresOn } = input;
  return db.$transaction(async (tx) => {
    const held = await locked(tx, actor, input);
    if (!held.ok) return held;
    const { room, document } = held.value;
    await tx.roomDocument.update({
      where: { id: document.id },
      data: { title, expiresOn: expiresOn ? dayDate(expiresOn) : null, version: { increment: 1 } },
    });
    await bumpRoom(tx, room, now);
    const payload = { title, was: document.title, expiresOn };
    await recordRoom(tx, room, actor, { type: "document.described", subject: `document:${document.id}`, payload }, now);
    return ok(null);
  });
}

/** Out of the index and out of every guest's sight; its versions stay, and it can come back. */
export async function removeDocument(actor: Actor, input: RemoveDocument, now: Date): Promise<Result<null, Refusal>> {
  return db.$transaction(async (tx) => {
    const held = await locked(tx, actor, input);
    if (!held.ok) return held;
    const { room, document } = held.value;
    await tx.roomDocument.update({ where: { id: document.id }, data: { removedAt: now, version: { increment: 1 } } });
    await bumpRoom(tx, room, now);
    const payload = { title: document.title, reason: input.reason };
    await recordRoom(tx, room, actor, { type: "document.removed", subject: `document:${document.id}`, payload }, now);
    return ok(null);
  });
}

export async function restoreDocument(
  actor: Actor,
  input: { documentId: string; version: number },
  now: Date,
): Promise<Result<null, Refusal>> {
  return db.$transaction(async (tx) => {
    const held = await locked(tx, actor, input);
    if (!held.ok) return held;
    const { room, document } = held.value;
    await tx.roomDocument.update({ where: { id: document.id }, data: { removedAt: null, version: { increment: 1 } } });
    await bumpRoom(tx, room, now);
    const event = { type: "document.restored", subject: `document:${document.id}`, payload: { title: document.title } };
    await recordRoom(tx, room, actor, event, now);
    return ok(null);
  });
}
