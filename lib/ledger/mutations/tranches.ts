import "server-only";
import { randomUUID } from "node:crypto";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { requireStepUp } from "@/lib/auth/step-up";
import { db, type Prisma, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { dayDate, dayText, hasNotCome } from "@/lib/metrics/rules/periods";
import type { AccountRef, Line } from "../rules/entry";
import { heldBack, mayRelease, type ReleaseRefusal, type TrancheState } from "../rules/tranches";
import type { ClaimInput, CloseClaimInput, FreezeInput, InstructionInput, TrancheInput, TrancheKind } from "../schema";
import { carveOf, type DistributeRefusal, distributeSum } from "./distribute";
import { lockLedger, type PostRefusal, postTransaction } from "./post";

type Row = Awaited<ReturnType<Tx["deferredTranche"]["findUniqueOrThrow"]>>;

const assetOf = ({ id, kind, label, currency }: Pick<Row, "id" | "kind" | "label" | "currency">): AccountRef => ({
  kind: kind as TrancheKind,
  ...{ party: id, name: label, currency },
});
const contingentOf = ({ id, label, currency }: Pick<Row, "id" | "label" | "currency">): AccountRef => ({
  ...{ kind: "contingent" as const, party: id, name: label, currency },
});

type Said = { type: string; payload: Prisma.InputJsonObject };
const record = (tx: Tx, tranche: Pick<Row, "id" | "ventureId">, by: string, { type, payload }: Said, at: Date) =>
  recordEvent(tx, { ventureId: tranche.ventureId, type, actor: by, subject: `tranche:${tranche.id}`, payload, at });

async function locked(tx: Tx, actor: Actor, trancheId: string): Promise<Row> {
  const found = await tx.deferredTranche.findUnique({ where: { id: trancheId } });
  if (!found || !maySeeVenture(actor, found.ventureId)) throw new AppError("NOT_FOUND");
  await lockLedger(tx, found.ventureId);
  return tx.deferredTranche.findUniqueOrThrow({ where: { id: trancheId } });
}

async function stateOf(tx: Tx, tranche: Row): Promise<TrancheState & { opensOn: string }> {
  const claims = await tx.trancheClaim.findMany({ where: { trancheId: tranche.id } });
  const { _sum } = await tx.ledgerPosting.aggregate({
    where: { account: { ventureId: tranche.ventureId, kind: "contingent", party: tranche.id } },
    _sum: { amountMinor: true },
  });
  return { status: tranche.status, balanceMinor: -(_sum.amountMinor ?? 0n), claims, opensOn: dayText(tranche.opensOn) };
}

/** Money of the sale that comes later: what is held and what is owed of it stand against each other until it is released. */
export async function openTranche(
  actor: Actor,
  input: TrancheInput,
  now: Date,
): Promise<Result<{ trancheId: string }, "LABEL_TAKEN" | PostRefusal>> {
  const { ventureId, schedule, opensOn, endsOn, amountMinor, label, kind, ...terms } = input;
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  return db.$transaction(async (tx) => {
    await lockLedger(tx, ventureId);
    if ((await tx.deferredTranche.count({ where: { ventureId, label } })) > 0) return refuse("LABEL_TAKEN");
    const tranche = await tx.deferredTranche.create({
      data: {
        ...{ id: randomUUID(), ventureId, kind, label, amountMinor, ...terms, status: "open", version: 1 },
        ...{ opensOn: dayDate(opensOn), endsOn: dayDate(endsOn), createdBy: actor.ref, createdAt: now },
      },
    });
    const trancheId = tranche.id;
    const days = schedule.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1));
    await tx.deferredRelease.createMany({
      data: days.map((day, index) => ({ trancheId, ordinal: index + 1, ...day, dueOn: dayDate(day.dueOn) })),
    });
    const lines: Line[] = [
      { account: assetOf(tranche), amountMinor },
      { account: contingentOf(tranche), amountMinor: -amountMinor },
    ];
    const entry = { ventureId, kind: `${kind} opened`, description: label, effectiveOn: opensOn, lines };
    const posted = await postTransaction(tx, actor.ref, { ...entry, key: `tranche:${trancheId}` }, now);
    if (!posted.ok) throw new AppError("INTERNAL");
    const payload = { kind, label, amountMinor: amountMinor.toString(), currency: terms.currency, opensOn, endsOn };
    await record(tx, tranche, actor.ref, { type: "tranche.opened", payload }, now);
    return ok({ trancheId });
  });
}

/** What the buyer claims is held back from release until it is settled or withdrawn. */
export async function recordClaim(
  actor: Actor,
  input: ClaimInput,
  now: Date,
): Promise<Result<{ claimId: string }, "CONFLICT" | "MORE_THAN_THERE_IS">> {
  const { trancheId, version, amountMinor, claimedOn, grounds } = input;
  return db.$transaction(async (tx) => {
    const tranche = await locked(tx, actor, trancheId);
    if (tranche.version !== version) return refuse("CONFLICT");
    const state = await stateOf(tx, tranche);
    if (heldBack(state) + amountMinor > state.balanceMinor) return refuse("MORE_THAN_THERE_IS");
    const claimId = randomUUID();
    await tx.trancheClaim.create({
      data: {
        ...{ id: claimId, trancheId, amountMinor, grounds, status: "open", version: 1 },
        ...{ claimedOn: dayDate(claimedOn), recordedBy: actor.ref, recordedAt: now },
      },
    });
    await tx.deferredTranche.update({ where: { id: trancheId }, data: { version: { increment: 1 } } });
    const payload = { claimId, amountMinor: amountMinor.toString(), claimedOn, grounds };
    await record(tx, tranche, actor.ref, { type: "tranche.claimed", payload }, now);
    return ok({ claimId });
  });
}

export async function closeClaim(
  actor: Actor,
  input: CloseClaimInput,
  now: Date,
): Promise<Result<null, "CONFLICT" | "CLOSED">> {
  const { claimId, version, status, resolution } = input;
  return db.$transaction(async (tx) => {
    const found = await tx.trancheClaim.findUnique({ where: { id: claimId } });
    if (!found) throw new AppError("NOT_FOUND");
    const tranche = await locked(tx, actor, found.trancheId);
    const claim = await tx.trancheClaim.findUniqueOrThrow({ where: { id: claimId } });
    if (claim.status !== "open") return refuse("CLOSED");
    if (claim.version !== version) return refuse("CONFLICT");
    await tx.trancheClaim.update({ where: { id: claimId }, data: { status, resolution, version: version + 1 } });
    const payload = { claimId, status, resolution };
    await record(tx, tranche, actor.ref, { type: "tranche.claim-closed", payload }, now);
    return ok(null);
  });
}

/** A dispute freezes one tranche; the rest of the sale goes on. */
export async function freezeTranche(
  actor: Actor,
  input: FreezeInput,
  now: Date,
): Promise<Result<{ version: number }, "CONFLICT" | "CLOSED">> {
  const { trancheId, version, frozen, reason } = input;
  return db.$transaction(async (tx) => {
    const tranche = await locked(tx, actor, trancheId);
    if (tranche.status === "closed") return refuse("CLOSED");
    if (tranche.version !== version) return refuse("CONFLICT");
    const data = { status: frozen ? "frozen" : "open", frozenReason: frozen ? reason : null, version: version + 1 };
    await tx.deferredTranche.update({ where: { id: trancheId }, data });
    const type = frozen ? "tranche.frozen" : "tranche.unfrozen";
    await record(tx, tranche, actor.ref, { type, payload: { reason } }, now);
    return ok({ version: version + 1 });
  });
}

export type RecordInstructionRefusal = "ALREADY_RECORDED" | "MORE_THAN_THERE_IS" | "BEFORE_IT_OPENED" | "DATED_AHEAD";

/** What both parties signed (of an earn-out: that its milestone was met). Recording it moves nothing. */
export async function recordInstruction(
  actor: Actor,
  input: InstructionInput,
  now: Date,
): Promise<Result<{ instructionId: string }, RecordInstructionRefusal>> {
  const { trancheId, datedOn, documentHash, sellersMinor, buyerMinor, ...said } = input;
  return db.$transaction(async (tx) => {
    const tranche = await locked(tx, actor, trancheId);
    const known = { trancheId_documentHash: { trancheId, documentHash } };
    if (await tx.releaseInstruction.findUnique({ where: known })) return refuse("ALREADY_RECORDED");
    const state = await stateOf(tx, tranche);
    if (sellersMinor + buyerMinor > state.balanceMinor) return refuse("MORE_THAN_THERE_IS");
    if (datedOn < state.opensOn) return refuse("BEFORE_IT_OPENED");
    if (hasNotCome(datedOn, now)) return refuse("DATED_AHEAD");
    const instructionId = randomUUID();
    await tx.releaseInstruction.create({
      data: {
        ...{ id: instructionId, trancheId, documentHash, sellersMinor, buyerMinor, ...said },
        kind: tranche.kind === "earn-out" ? "milestone" : "joint",
        ...{ datedOn: dayDate(datedOn), recordedBy: actor.ref, recordedAt: now },
      },
    });
    const amounts = { sellersMinor: sellersMinor.toString(), buyerMinor: buyerMinor.toString() };
    const payload = { instructionId, documentHash, datedOn, ...amounts, ...said };
    await record(tx, tranche, actor.ref, { type: "tranche.instructed", payload }, now);
    return ok({ instructionId });
  });
}

export type CarryRefusal = ReleaseRefusal | DistributeRefusal;
export type Released = { transactionId: string; repeated: boolean };

/**
 * Carries a recorded instruction out, once: what both parties named is owed to the agreed carve-out and to the holders, as
 * if all payments so far were one, and to the buyer. Needs proof of presence and another person than the one who recorded it; no money leaves by it.
 */
export async function releaseTranche(
  actor: Actor,
  instructionId: string,
  now: Date,
): Promise<Result<Released, CarryRefusal>> {
  requireStepUp(actor, now);
  return db.$transaction(
    async (tx) => {
      const instruction = await tx.releaseInstruction.findUnique({ where: { id: instructionId } });
      if (!instruction) throw new AppError("NOT_FOUND");
      const tranche = await locked(tx, actor, instruction.trancheId);
      const done = await tx.ledgerTransaction.findUnique({ where: { releaseId: instructionId } });
      if (done) return ok({ transactionId: done.id, repeated: true });
      const state = await stateOf(tx, tranche);
      const allowed = mayRelease(state, { ...instruction, datedOn: dayText(instruction.datedOn) }, actor.ref);
      if (!allowed.ok) return allowed;
      const posted = await carry(tx, actor.ref, tranche, instruction, now);
      if (!posted.ok) return posted;
      const left = state.balanceMinor - instruction.sellersMinor - instruction.buyerMinor;
      const status = left === 0n ? "closed" : tranche.status;
      await tx.deferredTranche.update({ where: { id: tranche.id }, data: { status, version: { increment: 1 } } });
      const payload = { instructionId, transactionId: posted.value.transactionId, leftMinor: left.toString() };
      await record(tx, tranche, actor.ref, { type: "tranche.released", payload }, now);
      return ok({ transactionId: posted.value.transactionId, repeated: false });
    },
    { timeout: 30_000 },
  );
}

type Instruction = Awaited<ReturnType<Tx["releaseInstruction"]["findUniqueOrThrow"]>>;

async function carry(tx: Tx, by: string, tranche: Row, instruction: Instruction, now: Date) {
  const { ventureId, currency, label, buyer } = tranche;
  const { id: releaseId, sellersMinor, buyerMinor } = instruction;
  const from: Line[] = [{ account: contingentOf(tranche), amountMinor: sellersMinor + buyerMinor }];
  const back: AccountRef = { kind: "payable", party: "buyer", name: buyer, currency };
  const carved = await carveOf(tx, ventureId, currency, sellersMinor);
  const others: Line[] = [...carved.lines, ...(buyerMinor > 0n ? [{ account: back, amountMinor: -buyerMinor }] : [])];
  const [on, key] = [dayText(instruction.datedOn), `release:${releaseId}`];
  const toHolders = sellersMinor - carved.amountMinor;
  if (toHolders === 0n) {
    const entry = { ventureId, kind: "release", description: label, effectiveOn: on, key, releaseId };
    return postTransaction(tx, by, { ...entry, lines: [...from, ...others] }, now);
  }
  const sum = { ventureId, currency, label: `${label}, released`, on, key, toHolders, releaseId };
  return distributeSum(tx, by, { ...sum, from, others, withholdings: "by-rate" }, now);
}
