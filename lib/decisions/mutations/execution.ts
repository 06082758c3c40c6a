import "server-only";
import type { AgentName } from "@/lib/agents/schema";
import { recordEvent } from "@/lib/audit/mutations";
import { db, type Tx } from "@/lib/db";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { fencedTransaction } from "@/lib/workflows/fence";
import { type Measured, ventureSeal } from "../queries/conditions";
import { askPolicy } from "../queries/policy";
import { findUnasked } from "../queries/questions";
import { isHeld } from "../queries/suspension";
import { allHold, conditionsUntil, dealOf } from "../rules/conditions";
import { type Move, nextMove } from "../rules/next-move";
import { POLICY_ACTOR } from "../rules/policy";
import { effectKey } from "../rules/reversal";
import { isOpen, OPEN } from "../rules/verdict";
import { type ActionClass, type Condition, conditionSchema, memoContentSchema } from "../schema";
import { measureFor, recordLook } from "./conditions";
import { perform, SYSTEM } from "./deeds";
import { type LockedMemo, lockMemo, writeVersion } from "./memo-row";
import { endHold, forgetHold, holdDeed } from "./suspension";

type Verdict = Awaited<ReturnType<Tx["verdict"]["findUniqueOrThrow"]>>;

const verdictOf = (tx: Tx | typeof db, memo: { id: string; version: number }): Promise<Verdict | null> =>
  tx.verdict.findUnique({ where: { memoId_version: { memoId: memo.id, version: memo.version } } });

const conditionsOf = (verdict: Verdict | null): Condition[] => conditionSchema.array().parse(verdict?.conditions ?? []);

type StepOf = { key: string; now: Date };

/** What the memo's run has to do next, from what is stored now. Conditions are measured anew, and the look is kept. */
export async function readNextMove(memoId: string, step: StepOf): Promise<Move> {
  const memo = await db.memo.findUnique({ where: { id: memoId }, include: { proposal: true } });
  if (!memo) throw new AppError("NOT_FOUND");
  const verdict = await verdictOf(db, memo);
  const conditions = memo.status === "conditional" ? conditionsOf(verdict) : [];
  const held = await isHeld(db, memoId);
  const until = conditionsUntil(conditions);
  const done = (await db.effect.findUnique({ where: { key: effectKey(memoId, memo.version) } })) !== null;
  const facts = {
    status: memo.status,
    version: memo.version,
    expiresAt: memo.expiresAt,
    decidedAt: verdict?.decidedAt ?? null,
    done,
    held,
    // What was carried out is watched through the last day of its conditions, and not any longer.
    conditionsHold: until && (!done || until > step.now) ? await look(memo, conditions, step) : null,
    conditionsUntil: until,
    openQuestion: isOpen(memo.status) ? await findUnasked(memo) : null,
    undoMs: env().UNDO_WINDOW_MS,
  };
  return nextMove(facts, step.now);
}

type Conditional = Pick<LockedMemo, "id" | "version" | "ventureId"> & { content: unknown };

async function look(memo: Conditional, conditions: readonly Condition[], step: StepOf): Promise<boolean> {
  const measured = await measureFor(aboutOf(memo), conditions, step.now);
  return allHold(await fencedTransaction((tx) => recordLook(tx, { memo, conditions, measured, step })));
}

/** What its conditions are measured on: the venture, and the bidder that the recommended action names. */
const aboutOf = ({ ventureId, content }: Pick<Conditional, "ventureId" | "content">) => ({
  ...{ ventureId, dealId: dealOf(memoContentSchema.parse(content)) },
});

export type CarriedOut = { done: boolean; initiativeId: string | null };

/**
 * Carries out the approved option, once per memo and version, whoever tries and however often. Reads the memo again under
 * its lock: a verdict that was taken back, or a condition that no longer holds, means that nothing happens.
 */
export async function carryOut(memoId: string, version: number, step: StepOf): Promise<CarriedOut> {
  const measured = await measuredFor(memoId, version, step.now);
  return fencedTransaction(async (tx) => {
    const memo = await lockMemo(tx, memoId);
    const verdict = await verdictOf(tx, memo);
    if (memo.version !== version || !verdict || !(await stillApproved(tx, memo, verdict, measured, step))) {
      return { done: false, initiativeId: null };
    }
    const action = memo.content.options.find((option) => option.id === verdict.optionId)?.action;
    if (!action) throw new AppError("INVALID_INPUT");
    const { initiativeId } = await perform(tx, memo, action, step);
    return { done: true, initiativeId };
  });
}

/** For a conditional approval, measured before its memo is locked. */
async function measuredFor(memoId: string, version: number, now: Date): Promise<Measured | null> {
  const memo = await db.memo.findUnique({ where: { id: memoId } });
  if (memo?.status !== "conditional" || memo.version !== version) return null;
  return measureFor(aboutOf(memo), conditionsOf(await verdictOf(db, memo)), now);
}

const isApproval = (status: string): boolean => status === "approved" || status === "conditional";

/** Facts that changed since they were measured mean another look, not an act on yesterday's figures. */
async function stillApproved(
  tx: Tx,
  memo: LockedMemo,
  verdict: Verdict,
  measured: Measured | null,
  step: StepOf,
): Promise<boolean> {
  // What was done stays done: its own traces are no change of the facts.
  if (await tx.effect.findUnique({ where: { key: effectKey(memo.id, memo.version) } })) return isApproval(memo.status);
  if (memo.status === "approved") return verdict.decidedBy !== POLICY_ACTOR || (await policyStands(tx, memo, step.now));
  if (memo.status !== "conditional" || !measured) return false;
  if ((await ventureSeal(tx, memo.ventureId)) !== measured.seal) return false;
  return allHold(await recordLook(tx, { memo, conditions: conditionsOf(verdict), measured, step }));
}

/**
 * What the policy decided is asked of it again at the moment of acting: autonomy may have been taken back since, or a figure
 * may have changed. Then the memo waits for the chairman, in its next version.
 */
async function policyStands(tx: Tx, memo: LockedMemo, now: Date): Promise<boolean> {
  const { agent, actionClass } = await tx.proposal.findUniqueOrThrow({ where: { id: memo.proposalId } });
  const { ventureId, content, id: memoId } = memo;
  const asked = { ventureId, content, memoId, agent: agent as AgentName, actionClass: actionClass as ActionClass };
  const { shadow: _, ...policy } = await askPolicy(tx, asked, now);
  if (policy.outcome === "execute") return true;
  const next = { status: "pending" as const, reason: policy.sentence, writtenBy: POLICY_ACTOR, now };
  const version = await writeVersion(tx, memo, next);
  await recordEvent(tx, {
    ventureId,
    type: "memo.reopened",
    actor: POLICY_ACTOR,
    subject: `memo:${memoId}`,
    payload: { version, takenBack: "approved", reversed: false, ...policy },
    at: now,
  });
  return false;
}

/**
 * Holds what was carried out because a condition does not hold any more, or lets it go on because all do again; measured
 * once more, so that facts that turned again in between mean another look.
 */
export async function turnHold(
  memoId: string,
  version: number,
  to: "suspend" | "resume",
  step: StepOf,
): Promise<boolean> {
  const measured = await measuredFor(memoId, version, step.now);
  return fencedTransaction(async (tx) => {
    const memo = await lockMemo(tx, memoId);
    if (memo.version !== version || memo.status !== "conditional" || !measured) return false;
    const conditions = conditionsOf(await verdictOf(tx, memo));
    const checked = await recordLook(tx, { memo, conditions, measured, step });
    if (allHold(checked) !== (to === "resume")) return false;
    if (to === "suspend") await holdDeed(tx, memo, checked, step);
    else await endHold(tx, memo, "Every condition holds again", step);
    return true;
  });
}

/** Nobody decided in time, or the conditions did not come true: the memo is closed without an effect. */
export async function expireMemo(
  memoId: string,
  version: number,
  why: "expire" | "lapse",
  now: Date,
): Promise<boolean> {
  return fencedTransaction(async (tx) => {
    const memo = await lockMemo(tx, memoId);
    const due = why === "expire" ? isOpen(memo.status) && memo.expiresAt <= now : memo.status === "conditional";
    if (memo.version !== version || !due) return false;
    await tx.memo.update({ where: { id: memoId }, data: { status: "expired", deferredUntil: null, updatedAt: now } });
    if (why === "lapse") await forgetHold(tx, memo, now);
    const type = why === "expire" ? "memo.expired" : "memo.lapsed";
    const payload = { version };
    await recordEvent(tx, {
      ventureId: memo.ventureId,
      type,
      actor: SYSTEM,
      subject: `memo:${memoId}`,
      payload,
      at: now,
    });
    return true;
  });
}

/** For memos whose run does not live to see it; each memo's own run does the same at its time. */
export async function expireMemos(now: Date): Promise<number> {
  const over = await db.memo.findMany({
    where: { status: { in: [...OPEN] }, expiresAt: { lte: now } },
    select: { id: true, version: true },
    orderBy: { id: "asc" },
  });
  let expired = 0;
  for (const { id, version } of over) if (await expireMemo(id, version, "expire", now)) expired += 1;
  return expired;
}
