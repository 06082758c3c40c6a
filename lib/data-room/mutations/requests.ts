import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { placeFor } from "../rules/placement";
import { requestLines } from "../rules/request-lines";
import type { AddRequests, CloseRequest, LinkRequest } from "../schema";
import { bumpRoom, dayDate, lockRoom, type RoomRow, recordRoom } from "./room-row";

/** A list of a buyer, or our own: each line a request, at the item that its words name. */
export async function addRequests(
  actor: Actor,
  input: AddRequests,
  now: Date,
): Promise<Result<{ added: number }, "INVALID_INPUT">> {
  const lines = requestLines(input.lines).slice(0, 500);
  if (lines.length === 0) return refuse("INVALID_INPUT", [{ path: "lines", expected: "at least one request" }]);
  const { roomId, source, dueOn } = input;
  return db.$transaction(async (tx) => {
    const room = await lockRoom(tx, actor, roomId);
    const slots = await tx.roomItem.findMany({ where: { roomId } });
    const last = await tx.roomRequest.aggregate({ where: { roomId }, _max: { number: true } });
    const first = (last._max.number ?? 0) + 1;
    await tx.roomRequest.createMany({
      data: lines.map((text, at) => ({
        ...{ roomId, number: first + at, text, source, createdBy: actor.ref, createdAt: now },
        ...{ itemId: placeFor([text], "", slots)?.id ?? null, dueOn: dueOn ? dayDate(dueOn) : null },
      })),
    });
    await bumpRoom(tx, room, now);
    const payload = { source, added: lines.length, first };
    await recordRoom(tx, room, actor, { type: "data-room.requested", subject: `data-room:${roomId}`, payload }, now);
    return ok({ added: lines.length });
  });
}

type Request = Awaited<ReturnType<Tx["roomRequest"]["findUniqueOrThrow"]>>;

async function locked(
  tx: Tx,
  actor: Actor,
  read: { requestId: string; version: number },
): Promise<Result<{ room: RoomRow; request: Request }, "CONFLICT">> {
  const found = await tx.roomRequest.findUnique({ where: { id: read.requestId }, select: { roomId: true } });
  if (!found) throw new AppError("NOT_FOUND");
  const room = await lockRoom(tx, actor, found.roomId);
  const request = await tx.roomRequest.findUniqueOrThrow({ where: { id: read.requestId } });
  return request.version === read.version ? ok({ room, request }) : refuse("CONFLICT");
}

/** The documents that answer a request, and where in the index it belongs. */
export async function linkRequest(actor: Actor, input: LinkRequest, now: Date): Promise<Result<null, "CONFLICT">> {
  const { requestId, documentIds, itemId } = input;
  return db.$transaction(async (tx) => {
    const held = await locked(tx, actor, input);
    if (!held.ok) return held;
    const { room } = held.value;
    const ids = [...new Set(documentIds)];
    if ((await tx.roomDocument.count({ where: { id: { in: ids }, roomId: room.id } })) !== ids.length)
      throw new AppError("NOT_FOUND");
    if (itemId && (await tx.roomItem.count({ where: { id: itemId, roomId: room.id } })) === 0)
      throw new AppError("NOT_FOUND");
    await tx.roomRequestDocument.deleteMany({ where: { requestId } });
    await tx.roomRequestDocument.createMany({ data: ids.map((documentId) => ({ requestId, documentId })) });
    await tx.roomRequest.update({ where: { id: requestId }, data: { itemId, version: { increment: 1 } } });
    await bumpRoom(tx, room, now);
    const payload = { number: held.value.request.number, documents: ids };
    await recordRoom(tx, room, actor, { type: "request.linked", subject: `request:${requestId}`, payload }, now);
    return ok(null);
  });
}

/** Answered needs a document; refused, a reason. */
export async function closeRequest(
  actor: Actor,
  input: CloseRequest,
  now: Date,
): Promise<Result<null, "CONFLICT" | "NOTHING_LINKED" | "REASON_NEEDED">> {
  const { requestId, status, reason } = input;
  return db.$transaction(async (tx) => {
    const held = await locked(tx, actor, input);
    if (!held.ok) return held;
    if (status === "answered" && (await tx.roomRequestDocument.count({ where: { requestId } })) === 0)
      return refuse("NOTHING_LINKED" as const);
    if (status === "refused" && reason.length < 3) return refuse("REASON_NEEDED" as const);
    const { room, request } = held.value;
    const closedAt = status === "open" ? null : now;
    await tx.roomRequest.update({
      where: { id: requestId },
      data: { status, reason: reason || null, closedAt, version: { increment: 1 } },
    });
    await bumpRoom(tx, room, now);
    const payload = { number: request.number, reason };
    await recordRoom(
      tx,
      room,
      actor,
      { type: `request.${status === "open" ? "reopened" : status}`, subject: `request:${requestId}`, payload },
      now,
    );
    return ok(null);
  });
}
