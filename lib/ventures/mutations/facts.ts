import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { mayOwn } from "@/lib/auth/people";
import { isPermitted } from "@/lib/auth/permissions";
import { clock } from "@/lib/clock";
import { db, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { changedFacts } from "../rules";
import { type ChangeVenture, changeVentureSchema, type NameOwner } from "../schema";

const asDay = (date: Date | null): string | null => date?.toISOString().slice(0, 10) ?? null;
const asDate = (day: string | null): Date | null => (day ? new Date(`${day}T00:00:00Z`) : null);

function allow(actor: Actor, ventureId: string): void {
  if (!isPermitted(actor.role, "venture:configure")) throw new AppError("FORBIDDEN");
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
}

/** The row, locked until the transaction ends. */
async function lockVenture(tx: Tx, ventureId: string) {
  await tx.$queryRaw`SELECT 1 FROM "venture" WHERE "id" = ${ventureId}::uuid FOR UPDATE`;
  const row = await tx.venture.findUnique({ where: { id: ventureId } });
  if (!row) throw new AppError("NOT_FOUND");
  return row;
}

/** Whether any amount of the venture is stored: then its currency is what they were meant in. */
async function hasAmounts(tx: Tx, ventureId: string): Promise<boolean> {
  const where = { ventureId };
  const found = await Promise.all([
    tx.metricPoint.findFirst({ where: { ...where, currency: { not: null } }, select: { id: true } }),
    tx.invoice.findFirst({ where, select: { id: true } }),
    tx.subscription.findFirst({ where, select: { id: true } }),
    tx.initiative.findFirst({ where, select: { id: true } }),
    tx.proposal.findFirst({ where, select: { id: true } }),
  ]);
  return found.some((row) => row !== null);
}

/**
 * Changes what a venture is called and where it belongs, if nobody changed it since `version`. The currency stays once
 * anything is counted in it. Its short name stays for good: it is part of every address.
 */
export async function changeVenture(
  actor: Actor,
  input: ChangeVenture,
): Promise<Result<{ version: number }, "CURRENCY_IN_USE">> {
  const { ventureId, version, ...facts } = changeVentureSchema.parse(input);
  allow(actor, ventureId);
  return await db.$transaction(async (tx) => {
    const row = await lockVenture(tx, ventureId);
    if (row.archivedAt) throw new AppError("NOT_FOUND");
    if (row.version !== version) throw new AppError("CONFLICT");
    const before = {
      ...row,
      foundedOn: asDay(row.foundedOn),
      maturityAssessedOn: asDay(row.maturityAssessedOn),
      maturityScore: row.maturityScore?.toNumber() ?? null,
    };
    const changed = changedFacts(before, facts);
    if (changed.length === 0) return ok({ version });
    if (before.currency !== facts.currency && (await hasAmounts(tx, ventureId))) return refuse("CURRENCY_IN_USE");
    const dates = { foundedOn: asDate(facts.foundedOn), maturityAssessedOn: asDate(facts.maturityAssessedOn) };
    await tx.venture.update({ where: { id: ventureId }, data: { ...facts, ...dates, version: version + 1 } });
    await recordEvent(tx, {
      ventureId,
      type: "venture.changed",
      actor: actor.ref,
      subject: `venture:${ventureId}`,
      payload: { changed: changed.map((change) => ({ ...change })), version: version + 1 },
      at: clock.now(),
    });
    return ok({ version: version + 1 });
  });
}

/** Names who answers for a venture, or that nobody does, if nobody changed its facts since `version`. */
export async function nameOwner(
  actor: Actor,
  { ventureId, version, ownerId }: NameOwner,
): Promise<Result<{ version: number }, "NOT_AN_OWNER">> {
  allow(actor, ventureId);
  return await db.$transaction(async (tx) => {
    const row = await lockVenture(tx, ventureId);
    if (row.archivedAt) throw new AppError("NOT_FOUND");
    if (row.version !== version) throw new AppError("CONFLICT");
    if (!(await mayOwn(tx, ventureId, ownerId))) return refuse("NOT_AN_OWNER");
    if (row.ownerId === ownerId) return ok({ version });
    await tx.venture.update({ where: { id: ventureId }, data: { ownerId, version: version + 1 } });
    await recordEvent(tx, {
      ventureId,
      type: "venture.owner-named",
      actor: actor.ref,
      subject: `venture:${ventureId}`,
      payload: { from: row.ownerId, to: ownerId, version: version + 1 },
      at: clock.now(),
    });
    return ok({ version: version + 1 });
  });
}

export type ArchiveRefusal = "OPEN_MEMOS" | "AGENT_AT_WORK" | "ALREADY_ARCHIVED";

/** Puts a venture away: nothing is deleted, nobody sees it, no agent works on it. What waits or runs comes first. */
export async function archiveVenture(
  actor: Actor,
  ventureId: string,
  reason: string,
): Promise<Result<{ ventureId: string }, ArchiveRefusal>> {
  allow(actor, ventureId);
  return await db.$transaction(async (tx) => {
    const row = await lockVenture(tx, ventureId);
    if (row.archivedAt) return refuse("ALREADY_ARCHIVED");
    if (
      (await tx.memo.count({
        where: { ventureId, status: { in: ["pending", "question", "deferred", "confirming"] } },
      })) > 0
    )
      return refuse("OPEN_MEMOS");
    if ((await tx.agentRun.count({ where: { ventureId, status: { in: ["queued", "running", "stopping"] } } })) > 0)
      return refuse("AGENT_AT_WORK");
    await setArchived(tx, actor, ventureId, reason);
    return ok({ ventureId });
  });
}

/** Brings an archived venture back as it was. */
export async function restoreVenture(
  actor: Actor,
  ventureId: string,
): Promise<Result<{ ventureId: string; slug: string }, "NOT_ARCHIVED">> {
  allow(actor, ventureId);
  return await db.$transaction(async (tx) => {
    const row = await lockVenture(tx, ventureId);
    if (!row.archivedAt) return refuse("NOT_ARCHIVED");
    await setArchived(tx, actor, ventureId, null);
    return ok({ ventureId, slug: row.slug });
  });
}

/** `reason` null brings it back. */
async function setArchived(tx: Tx, actor: Actor, ventureId: string, reason: string | null): Promise<void> {
  const now = clock.now();
  await tx.venture.update({ where: { id: ventureId }, data: { archivedAt: reason === null ? null : now } });
  await recordEvent(tx, {
    ventureId,
    type: reason === null ? "venture.restored" : "venture.archived",
    actor: actor.ref,
    subject: `venture:${ventureId}`,
    payload: reason === null ? {} : { reason },
    at: now,
  });
}
