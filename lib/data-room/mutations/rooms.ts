import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { mayOwn } from "@/lib/auth/people";
import { db } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { indexFor } from "../rules/index-template";
import type { Absent, AddItem, OpenRoom, SectionOwner } from "../schema";
import { bumpRoom, lockRoom, recordRoom } from "./room-row";

/** The room of a venture for this kind of deal, with its index; a second call finds the first. */
export async function openRoom(
  actor: Actor,
  { ventureId, dealType }: OpenRoom,
  now: Date,
): Promise<Result<{ roomId: string }>> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`data-room:${ventureId}`}, 0))`;
    const known = await tx.dataRoom.findUnique({ where: { ventureId_dealType: { ventureId, dealType } } });
    if (known) return ok({ roomId: known.id });
    const { sections, items } = indexFor(dealType);
    const room = await tx.dataRoom.create({ data: { ventureId, dealType, createdBy: actor.ref, createdAt: now } });
    await tx.roomSection.createMany({ data: sections.map((section) => ({ ...section, roomId: room.id })) });
    await tx.roomItem.createMany({ data: items.map((item) => ({ ...item, roomId: room.id })) });
    const payload = { dealType, items: items.length };
    await recordRoom(tx, room, actor, { type: "data-room.opened", subject: `data-room:${room.id}`, payload }, now);
    return ok({ roomId: room.id });
  });
}

/** "We have none of this", with the reason; or that it is expected again. */
export async function markAbsent(
  actor: Actor,
  { itemId, because }: Absent,
  now: Date,
): Promise<Result<null, "FROZEN">> {
  const found = await db.roomItem.findUnique({ where: { id: itemId }, select: { roomId: true } });
  if (!found) throw new AppError("NOT_FOUND");
  return db.$transaction(async (tx) => {
    const room = await lockRoom(tx, actor, found.roomId);
    if (room.status === "frozen") return refuse("FROZEN" as const);
    const absent = { absentBecause: because, absentBy: because ? actor.ref : null, absentAt: because ? now : null };
    const item = await tx.roomItem.update({ where: { id: itemId }, data: absent });
    await bumpRoom(tx, room, now);
    const type = because ? "data-room.item-absent" : "data-room.item-expected";
    const payload = { item: `${item.section}.${item.number}`, title: item.title, because };
    await recordRoom(tx, room, actor, { type, subject: `data-room:${room.id}`, payload }, now);
    return ok(null);
  });
}

/** An item that the template does not have; numbers are never given twice. */
export async function addItem(actor: Actor, input: AddItem, now: Date): Promise<Result<{ itemId: string }, "FROZEN">> {
  const { roomId, section, title, required } = input;
  return db.$transaction(async (tx) => {
    const room = await lockRoom(tx, actor, roomId);
    if (room.status === "frozen") return refuse("FROZEN" as const);
    const last = await tx.roomItem.aggregate({ where: { roomId, section }, _max: { number: true } });
    const number = (last._max.number ?? 0) + 1;
    const item = await tx.roomItem.create({ data: { roomId, section, number, title, required } });
    await bumpRoom(tx, room, now);
    const payload = { item: `${section}.${number}`, title, required };
    await recordRoom(tx, room, actor, { type: "data-room.item-added", subject: `data-room:${roomId}`, payload }, now);
    return ok({ itemId: item.id });
  });
}

/** Questions about the section go to this person from now on. */
export async function assignSection(
  actor: Actor,
  { roomId, section, ownerId }: SectionOwner,
  now: Date,
): Promise<Result<null>> {
  return db.$transaction(async (tx) => {
    const room = await lockRoom(tx, actor, roomId);
    if (!(await mayOwn(tx, room.ventureId, ownerId))) throw new AppError("NOT_FOUND");
    await tx.roomSection.update({ where: { roomId_number: { roomId, number: section } }, data: { ownerId } });
    const event = { type: "data-room.section-assigned", subject: `data-room:${roomId}`, payload: { section, ownerId } };
    await recordRoom(tx, room, actor, event, now);
    return ok(null);
  });
}
