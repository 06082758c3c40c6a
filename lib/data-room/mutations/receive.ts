import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";
import { env } from "@/lib/env";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { type FileRefusal, type Inspected, inspectFile } from "@/lib/integrations/documents/inspect-file";
import { blobStore, storageFolder } from "@/lib/integrations/storage/blob-store";
import { type Incoming, receiveFile } from "@/lib/integrations/storage/incoming";
import { engineClient, startInTransaction } from "@/lib/workflows/transport";
import { indexNumber } from "../rules/completeness";
import { type NameRefusal, readPath, type SafePath } from "../rules/file-names";
import { placeFor } from "../rules/placement";
import type { Upload } from "../schema";
import { nextOrdinal } from "./documents";
import { bumpRoom, lockRoom, type RoomRow, recordRoom } from "./room-row";

export type Sent = { body: AsyncIterable<Uint8Array>; announced: number | null };
export type Received = {
  documentId: string;
  versionId: string | null;
  version: number;
  /** "3.1.2"; null while it is unsorted. */
  number: string | null;
  title: string;
  /** The same bytes are in the room already; nothing was added. */
  duplicate: boolean;
};
export type ReceiveRefusal = "FROZEN" | "FILE_TOO_LARGE" | "CUT_SHORT" | "GONE" | NameRefusal | FileRefusal;

const textRun = (versionId: string): string => `room-text:${versionId}`;
const maxFileBytes = (): number => env().DATA_ROOM_MAX_FILE_MB * 1_048_576;

/**
 * One file: taken in as a stream, looked at, kept under its hash, then recorded. The same bytes are one document; the
 * same name from the same folder is its next version.
 */
export async function receiveDocument(
  actor: Actor,
  upload: Upload,
  sent: Sent,
  now: Date,
): Promise<Result<Received, ReceiveRefusal>> {
  const room = await db.dataRoom.findUnique({ where: { id: upload.roomId } });
  if (!room || !maySeeVenture(actor, room.ventureId)) throw new AppError("NOT_FOUND");
  if (room.status === "frozen") return refuse("FROZEN");
  const named = readPath(upload.path);
  if (!named.ok) return named;
  const incoming = await receiveFile(storageFolder(), sent.body, {
    maxBytes: maxFileBytes(),
    announced: sent.announced,
  });
  if (!incoming.ok) return incoming;
  const file = incoming.value;
  try {
    const inspected = await inspectFile(file.path, file.sizeBytes, named.value.extension);
    if (!inspected.ok) {
      await noteRefused(actor, room, { path: upload.path, hash: file.hash, refusal: inspected.refusal }, now);
      return inspected;
    }
    await blobStore().keep(file);
    await engineClient();
    const slot = await findSlot(upload, named.value);
    const taken = { upload, path: named.value, slot, file, inspected: inspected.value };
    return await db.$transaction((tx) => recordFile(tx, actor, taken, now), { timeout: 30_000, maxWait: 30_000 });
  } finally {
    await file.discard();
  }
}

type Slot = Awaited<ReturnType<typeof findSlot>>;
type Taken = { upload: Upload; path: SafePath; slot: Slot; file: Incoming; inspected: Inspected };

/** A file that was turned away is worth knowing about. */
const noteRefused = (
  actor: Actor,
  room: RoomRow,
  payload: { path: string; hash: string; refusal: string },
  now: Date,
) =>
  db.$transaction((tx) =>
    recordRoom(tx, room, actor, { type: "data-room.file-refused", subject: `data-room:${room.id}`, payload }, now),
  );

async function recordFile(tx: Tx, actor: Actor, taken: Taken, now: Date): Promise<Result<Received, ReceiveRefusal>> {
  const { upload, path, file, inspected } = taken;
  const room = await lockRoom(tx, actor, upload.roomId);
  if (room.status === "frozen") return refuse("FROZEN");
  const twin = await findTwin(tx, actor, room, taken, now);
  if (twin) return ok(twin);
  const known = await findKnown(tx, taken);
  if (upload.documentId && !known) return refuse("GONE");
  const document = known ?? (await placeNew(tx, taken, now));
  const number = (document.versions.at(0)?.number ?? 0) + 1;
  const version = await tx.roomDocumentVersion.create({
    data: {
      ...{ documentId: document.id, number, hash: file.hash, sizeBytes: BigInt(file.sizeBytes), fileName: path.name },
      ...{ type: inspected.type, flags: inspected.flags, pages: inspected.pages },
      ...{ uploadedBy: actor.ref, uploadedAt: now },
    },
  });
  await startInTransaction(tx, { name: "room-text", id: textRun(version.id), args: [version.id] });
  await bumpRoom(tx, room, now);
  const payload = {
    ...{ title: document.title, version: number, hash: file.hash, sizeBytes: file.sizeBytes, type: inspected.type },
    flags: inspected.flags,
  };
  const type = number === 1 ? "document.added" : "document.replaced";
  await recordRoom(tx, room, actor, { type, subject: `document:${document.id}`, payload }, now);
  return ok({
    documentId: document.id,
    versionId: version.id,
    version: number,
    number: numberIn(document),
    title: document.title,
    duplicate: false,
  });
}

const HELD = { item: true, versions: { orderBy: { number: "desc" as const }, take: 1 } };

/** A live document of the room whose newest version is these bytes; lying unsorted, it goes where this one was sent. */
async function findTwin(
  tx: Tx,
  actor: Actor,
  room: RoomRow,
  { file, slot }: Taken,
  now: Date,
): Promise<Received | null> {
  const rows = await tx.roomDocument.findMany({
    where: { roomId: room.id, removedAt: null, versions: { some: { hash: file.hash } } },
    include: HELD,
  });
  const twin = rows.find(({ versions }) => versions[0]?.hash === file.hash);
  if (!twin) return null;
  const { id: documentId, title } = twin;
  const placed = !twin.item && slot ? { item: slot, ordinal: await nextOrdinal(tx, slot.id) } : twin;
  if (placed !== twin && slot) {
    const data = { itemId: slot.id, ordinal: placed.ordinal, version: { increment: 1 } };
    await tx.roomDocument.update({ where: { id: documentId }, data });
    await bumpRoom(tx, room, now);
    const payload = { title, to: indexNumber(slot.section, slot.number) };
    await recordRoom(tx, room, actor, { type: "document.placed", subject: `document:${documentId}`, payload }, now);
  }
  const version = twin.versions[0]?.number ?? 1;
  return { documentId, versionId: null, version, number: numberIn(placed), title, duplicate: true };
}

const numberIn = ({ item, ordinal }: { item: { section: number; number: number } | null; ordinal: number | null }) =>
  item ? indexNumber(item.section, item.number, ordinal) : null;

async function findKnown(tx: Tx, { upload, path }: Taken) {
  const { roomId, documentId } = upload;
  if (documentId)
    return tx.roomDocument.findFirst({ where: { id: documentId, roomId, removedAt: null }, include: HELD });
  const rows = await tx.roomDocument.findMany({
    where: { roomId, removedAt: null, cameFrom: path.folders.join("/"), versions: { some: { fileName: path.name } } },
    include: HELD,
  });
  // Put beside another on purpose: it is a document of its own.
  return (
    rows.find((row) => row.versions[0]?.fileName === path.name && (!upload.itemId || row.itemId === upload.itemId)) ??
    null
  );
}

/** Read before the lock: items of an index are never taken away. */
async function findSlot({ roomId, itemId }: Upload, path: SafePath) {
  const select = { id: true, section: true, number: true, title: true };
  const slots = await db.roomItem.findMany({ where: { roomId }, select });
  const slot = itemId ? slots.find(({ id }) => id === itemId) : placeFor(path.folders, path.name, slots);
  if (itemId && !slot) throw new AppError("NOT_FOUND");
  return slots.find(({ id }) => id === slot?.id) ?? null;
}

async function placeNew(tx: Tx, { upload, path, slot }: Taken, now: Date) {
  const { roomId } = upload;
  const dot = path.name.lastIndexOf(".");
  const document = await tx.roomDocument.create({
    data: {
      ...{ roomId, itemId: slot?.id ?? null, ordinal: slot ? await nextOrdinal(tx, slot.id) : null },
      ...{ title: dot > 0 ? path.name.slice(0, dot) : path.name, cameFrom: path.folders.join("/"), createdAt: now },
    },
  });
  return { ...document, item: slot, versions: [] };
}
