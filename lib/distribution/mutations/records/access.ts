import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { hashToken, newToken } from "@/lib/auth/secrets";
import { db, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { todayOf } from "@/lib/metrics/queries/performance";
import { dayText } from "@/lib/metrics/rules/periods";
import { accessShut } from "../../rules/records/access";
import type { AccessRead, RecordRefusal, RevokeAccess } from "../../schema/records";

type Door = Awaited<ReturnType<Tx["holderAccess"]["findUniqueOrThrow"]>>;

async function lockedDoor(tx: Tx, actor: Actor, accessId: string): Promise<Door> {
  await tx.$queryRaw`SELECT 1 FROM "holder_access" WHERE "id" = ${accessId}::uuid FOR UPDATE`;
  const door = await tx.holderAccess.findUnique({ where: { id: accessId } });
  if (!door || !maySeeVenture(actor, door.ventureId)) throw new AppError("NOT_FOUND");
  return door;
}

type Ended = { by: string; reason: string; now: Date };

/** At once: sessions, codes and the link end. */
export async function endAccess(tx: Tx, door: Door, { by, reason, now }: Ended): Promise<void> {
  const { id, ventureId, holderId } = door;
  await tx.holderAccess.update({
    where: { id },
    data: { revokedAt: now, revokedReason: reason, linkHash: null, version: { increment: 1 } },
  });
  await tx.holderSession.updateMany({ where: { accessId: id, revokedAt: null }, data: { revokedAt: now } });
  await tx.holderCode.updateMany({ where: { accessId: id, usedAt: null }, data: { expiresAt: now, sealed: null } });
  await recordEvent(tx, {
    ...{ ventureId, type: "holder-access.revoked", actor: by, subject: `holder-access:${id}`, at: now },
    payload: { holderId, reason },
  });
}

export async function revokeAccess(
  actor: Actor,
  { accessId, reason }: RevokeAccess,
  now: Date,
): Promise<Result<null, RecordRefusal>> {
  return db.$transaction(async (tx) => {
    const door = await lockedDoor(tx, actor, accessId);
    if (door.revokedAt) return refuse("REVOKED");
    await endAccess(tx, door, { by: actor.ref, reason, now });
    return ok(null);
  });
}

/** A new link for a door that the chairman opened; shown once and kept only as its hash. The old one is dead, with its sessions. */
export async function makeAccessLink(
  actor: Actor,
  { accessId, version }: AccessRead,
  now: Date,
): Promise<Result<{ link: string }, RecordRefusal>> {
  const link = newToken("holder_");
  return db.$transaction(async (tx) => {
    const door = await lockedDoor(tx, actor, accessId);
    if (door.version !== version) return refuse("CONFLICT");
    const { ventureId, holderId, memoId } = door;
    const venture = await tx.venture.findUniqueOrThrow({ where: { id: ventureId } });
    const shut = accessShut({ revokedAt: door.revokedAt, expiresOn: dayText(door.expiresOn) }, todayOf(venture, now));
    if (shut) return refuse(shut);
    await tx.holderSession.updateMany({ where: { accessId, revokedAt: null }, data: { revokedAt: now } });
    await tx.holderAccess.update({
      where: { id: accessId },
      data: { linkHash: hashToken(link), linkMadeAt: now, version: { increment: 1 } },
    });
    await recordEvent(tx, {
      ...{
        ventureId,
        type: "holder-access.link-made",
        actor: actor.ref,
        subject: `holder-access:${accessId}`,
        at: now,
      },
      payload: { holderId, memoId },
    });
    return ok({ link });
  });
}
