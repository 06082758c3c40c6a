import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { mayOwn } from "@/lib/auth/people";
import { db, type Prisma, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { todayOf } from "@/lib/metrics/queries/performance";
import { dayDate } from "@/lib/metrics/rules/periods";
import { isAhead, mayMove } from "../rules/outreach";
import {
  type ArchiveBuyer,
  type BuyerRefusal,
  OUTREACH,
  type OutreachInput,
  type OutreachStage,
  type PlaceInput,
  type RestoreBuyer,
} from "../schema";
import { listChanged } from "./list-version";

type Locked = { stage: string; cleared: string[]; version: number; tier: string | null; tierReason: string | null };

/** The candidate's row, held until the transaction ends. */
async function lock(tx: Tx, ventureId: string, companyId: string): Promise<Locked> {
  const [row] = await tx.$queryRaw<Locked[]>`
    SELECT "stage", "cleared", "version", "tier", "tierReason" FROM "buyer_candidate"
    WHERE "ventureId" = ${ventureId}::uuid AND "companyId" = ${companyId}::uuid FOR UPDATE`;
  if (!row) throw new AppError("NOT_FOUND");
  return row;
}

type Said = { ventureId: string; companyId: string; type: string; payload: Prisma.InputJsonObject };
async function record(tx: Tx, by: string, { ventureId, companyId, type, payload }: Said, now: Date): Promise<void> {
  await listChanged(tx, ventureId, now);
  await recordEvent(tx, { ventureId, type, actor: by, subject: `buyer:${companyId}`, payload, at: now });
}

/** A person's choice of tier, with the reason that stays visible; null gives it back to the rule. */
export async function placeBuyer(
  actor: Actor,
  input: PlaceInput,
  now: Date,
): Promise<Result<{ version: number }, BuyerRefusal>> {
  const { ventureId, companyId, version, tier, reason } = input;
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  if (tier !== null && reason.length < 3)
    return refuse("REASON_REQUIRED", [{ path: "reason", expected: "why, in a few words" }]);
  return db.$transaction(async (tx) => {
    const row = await lock(tx, ventureId, companyId);
    if (row.version !== version) return refuse("CONFLICT");
    const data = { tier, tierReason: tier === null ? null : reason, version: version + 1 };
    await tx.buyerCandidate.update({ where: { ventureId_companyId: { ventureId, companyId } }, data });
    const payload = { before: row.tier, after: tier, reason };
    await record(tx, actor.ref, { ventureId, companyId, type: "buyer.placed", payload }, now);
    return ok({ version: version + 1 });
  });
}

/** Moves a buyer on the board, or sets who does what next. What leaves the holding needs the chairman's approval first. */
export async function moveOutreach(
  actor: Actor,
  input: OutreachInput,
  now: Date,
): Promise<Result<{ version: number }, BuyerRefusal>> {
  const { ventureId, companyId, version, stage, on, note, ownerId, nextStep, nextOn } = input;
  const venture = maySeeVenture(actor, ventureId) ? await db.venture.findUnique({ where: { id: ventureId } }) : null;
  if (!venture) throw new AppError("NOT_FOUND");
  return db.$transaction(async (tx) => {
    const row = await lock(tx, ventureId, companyId);
    if (row.version !== version) return refuse("CONFLICT");
    const from = OUTREACH.find((one) => one === row.stage) ?? "identified";
    const refusal = mayMove({ from, to: stage, cleared: row.cleared, on, today: todayOf(venture, now) });
    if (refusal) return refuse(refusal);
    if (!(await mayOwn(tx, ventureId, ownerId))) return refuse("NO_SUCH_PERSON");
    const data = { stage, ownerId, nextStep, nextOn: nextOn ? dayDate(nextOn) : null, version: version + 1 };
    await tx.buyerCandidate.update({ where: { ventureId_companyId: { ventureId, companyId } }, data });
    if (stage !== from || note !== "") {
      const step = { ventureId, companyId, stage, happened: dayDate(on), note, by: actor.ref, at: now };
      await tx.buyerStep.create({ data: step });
    }
    const payload = { from, to: stage, on, note, ownerId, nextStep, nextOn };
    await record(tx, actor.ref, { ventureId, companyId, type: "buyer.moved", payload }, now);
    return ok({ version: version + 1 });
  });
}

/** Puts a buyer away with a reason, or brings it back; what was kept of it stays either way. */
async function setAway(
  actor: Actor,
  { ventureId, companyId, version }: RestoreBuyer,
  archived: { at: Date; reason: string } | null,
  now: Date,
): Promise<Result<{ version: number }, BuyerRefusal>> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  return db.$transaction(async (tx) => {
    const row = await lock(tx, ventureId, companyId);
    if (row.version !== version) return refuse("CONFLICT");
    const data = { archivedAt: archived?.at ?? null, archivedReason: archived?.reason ?? null, version: version + 1 };
    await tx.buyerCandidate.update({ where: { ventureId_companyId: { ventureId, companyId } }, data });
    const type = archived ? "buyer.put-away" : "buyer.brought-back";
    await record(tx, actor.ref, { ventureId, companyId, type, payload: { reason: archived?.reason ?? null } }, now);
    return ok({ version: version + 1 });
  });
}

export const archiveBuyer = (actor: Actor, { reason, ...read }: ArchiveBuyer, now: Date) =>
  setAway(actor, read, { at: now, reason }, now);
export const restoreBuyer = (actor: Actor, read: RestoreBuyer, now: Date) => setAway(actor, read, null, now);

type Clearance = { ventureId: string; companyIds: readonly string[]; what: string };

/** Part of an approved memo's effect: these buyers may be sent this. Giving it twice changes nothing. */
export async function clearApproach(
  tx: Tx,
  { ventureId, companyIds, what }: Clearance,
  by: string,
  now: Date,
): Promise<void> {
  for (const companyId of companyIds.toSorted()) {
    const row = await lock(tx, ventureId, companyId);
    if (row.cleared.includes(what)) continue;
    const data = { cleared: [...row.cleared, what], version: { increment: 1 } };
    await tx.buyerCandidate.update({ where: { ventureId_companyId: { ventureId, companyId } }, data });
    await record(tx, by, { ventureId, companyId, type: "buyer.cleared", payload: { what } }, now);
  }
}

/** Takes the approval back; what was sent under it stays sent and recorded. */
export async function withdrawApproach(
  tx: Tx,
  { ventureId, companyIds, what }: Clearance,
  by: string,
  now: Date,
): Promise<void> {
  for (const companyId of companyIds.toSorted()) {
    const row = await lock(tx, ventureId, companyId);
    const data = { cleared: row.cleared.filter((one) => one !== what), version: { increment: 1 } };
    await tx.buyerCandidate.update({ where: { ventureId_companyId: { ventureId, companyId } }, data });
    await record(tx, by, { ventureId, companyId, type: "buyer.clearance-withdrawn", payload: { what } }, now);
  }
}

type Followed = { ventureId: string; companyId: string; to: OutreachStage; on: string; note: string };

/**
 * The board goes where the sale, or a letter that went with the chairman's leave, has gone; forward only, but for who
 * leaves the sale or comes back to it. A company that is no candidate of the venture is left alone.
 */
export async function followSale(
  tx: Tx,
  { ventureId, companyId, to, on, note }: Followed,
  by: string,
  now: Date,
): Promise<void> {
  const where = { ventureId_companyId: { ventureId, companyId } };
  if ((await tx.buyerCandidate.count({ where: { ventureId, companyId } })) === 0) return;
  const row = await lock(tx, ventureId, companyId);
  const from = OUTREACH.find((one) => one === row.stage) ?? "identified";
  if (!isAhead(from, to)) return;
  await tx.buyerCandidate.update({ where, data: { stage: to, version: row.version + 1 } });
  const step = { ventureId, companyId, stage: to, happened: dayDate(on), note, by, at: now };
  await tx.buyerStep.create({ data: step });
  await record(tx, by, { ventureId, companyId, type: "buyer.moved", payload: { from, to, on, note } }, now);
}
