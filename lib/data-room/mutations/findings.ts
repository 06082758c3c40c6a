import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { Exact, minorDigits, toMinor } from "@/lib/money";
import type { AddFinding, SettleFinding } from "../schema";
import { bumpRoom, lockRoom, recordRoom } from "./room-row";

/** What was found in the documents, how bad it is, and what it may take off the price. */
export async function addFinding(
  actor: Actor,
  input: AddFinding,
  now: Date,
): Promise<Result<{ findingId: string }, "TOO_PRECISE">> {
  const { roomId, section, documentId, title, detail, severity, priceEffect } = input;
  return db.$transaction(async (tx) => {
    const room = await lockRoom(tx, actor, roomId);
    const { currency } = await tx.venture.findUniqueOrThrow({
      where: { id: room.ventureId },
      select: { currency: true },
    });
    if (priceEffect && new Exact(priceEffect).decimalPlaces() > minorDigits(currency))
      return refuse("TOO_PRECISE" as const);
    if (documentId && (await tx.roomDocument.count({ where: { id: documentId, roomId } })) === 0)
      throw new AppError("NOT_FOUND");
    const priceEffectMinor = priceEffect === null ? null : toMinor(priceEffect, currency);
    const finding = await tx.roomFinding.create({
      data: {
        roomId,
        section,
        documentId,
        title,
        detail,
        severity,
        priceEffectMinor,
        currency,
        foundBy: actor.ref,
        foundAt: now,
      },
    });
    await bumpRoom(tx, room, now);
    const payload = { section, title, severity, priceEffectMinor: priceEffectMinor?.toString() ?? null, currency };
    await recordRoom(tx, room, actor, { type: "finding.recorded", subject: `finding:${finding.id}`, payload }, now);
    return ok({ findingId: finding.id });
  });
}

/** Mitigated (it is mended), accepted (it is in the price), or open again; always with what was done about it. */
export async function settleFinding(actor: Actor, input: SettleFinding, now: Date): Promise<Result<null, "CONFLICT">> {
  const { findingId, version, status, resolution } = input;
  const found = await db.roomFinding.findUnique({ where: { id: findingId }, select: { roomId: true } });
  if (!found) throw new AppError("NOT_FOUND");
  return db.$transaction(async (tx) => {
    const room = await lockRoom(tx, actor, found.roomId);
    const { count } = await tx.roomFinding.updateMany({
      where: { id: findingId, version },
      data: { status, resolution, version: { increment: 1 } },
    });
    if (count === 0) return refuse("CONFLICT" as const);
    await bumpRoom(tx, room, now);
    const type = `finding.${status === "open" ? "reopened" : status}`;
    await recordRoom(tx, room, actor, { type, subject: `finding:${findingId}`, payload: { resolution } }, now);
    return ok(null);
  });
}
