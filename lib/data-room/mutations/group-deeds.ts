import "server-only";
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Terms } from "../schema/guests";
import { recordRoom } from "./room-row";

type By = { memoId: string; now: Date };

async function lockGroup(tx: Tx, groupId: string) {
  await tx.$queryRaw`SELECT 1 FROM "room_group" WHERE "id" = ${groupId}::uuid FOR UPDATE`;
  const group = await tx.roomGroup.findUnique({ where: { id: groupId }, include: { room: true } });
  if (!group) throw new AppError("NOT_FOUND");
  return group;
}

/** The chairman approved these terms: they are in force, and a link can be made. */
export async function approveTerms(tx: Tx, groupId: string, terms: Terms, { memoId, now }: By): Promise<void> {
  const group = await lockGroup(tx, groupId);
  await tx.roomGroup.update({
    where: { id: groupId },
    data: {
      ...{ terms, proposed: undefined, approvedMemoId: memoId, approvedAt: now, version: { increment: 1 } },
      ...{ revokedAt: null, revokedReason: null },
    },
  });
  await tx.$executeRaw`UPDATE "room_group" SET "proposed" = NULL WHERE "id" = ${groupId}::uuid`;
  const payload = { memoId, name: group.name, emails: terms.emails, grants: terms.grants, expiresOn: terms.expiresOn };
  const event = { type: "room-group.approved", subject: `room-group:${groupId}`, payload };
  await recordRoom(tx, group.room, { ref: "system:memo" }, event, now);
}

/** The approval was taken back: everybody is out at once, and the link is dead. */
export async function withdrawTerms(tx: Tx, groupId: string, { memoId, now }: By): Promise<void> {
  const group = await lockGroup(tx, groupId);
  if (group.approvedMemoId !== memoId) return;
  await shutGroup(tx, groupId, `The approval was taken back (memo ${memoId})`, now);
  const payload = { memoId, name: group.name };
  const event = { type: "room-group.revoked", subject: `room-group:${groupId}`, payload };
  await recordRoom(tx, group.room, { ref: "system:memo" }, event, now);
}

/** Sessions, codes and the link end with the group's access. */
export async function shutGroup(tx: Tx, groupId: string, reason: string, now: Date): Promise<void> {
  await tx.roomGroup.update({
    where: { id: groupId },
    data: { revokedAt: now, revokedReason: reason, linkHash: null, version: { increment: 1 } },
  });
  await tx.roomSession.updateMany({ where: { guest: { groupId }, revokedAt: null }, data: { revokedAt: now } });
  await tx.roomCode.updateMany({ where: { groupId, usedAt: null }, data: { expiresAt: now, sealed: null } });
}
