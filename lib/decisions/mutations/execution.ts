import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { db, type Tx } from "@/lib/db";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { startInitiative } from "@/lib/growth/mutations";
import { runEffect } from "@/lib/workflows/effects";
import { fencedTransaction } from "@/lib/workflows/fence";
import { newestValues } from "../queries/facts";
import { type CheckedCondition, checkConditions, conditionsUntil } from "../rules/conditions";
import { type Move, nextMove } from "../rules/next-move";
import { isOpen } from "../rules/verdict";
import { type Action, type Condition, conditionSchema } from "../schema";
import { asJson, type LockedMemo, lockMemo } from "./memo-row";
import { effectKey } from "./verdicts";

const SYSTEM = "system:memo";

type Verdict = Awaited<ReturnType<Tx["verdict"]["findUniqueOrThrow"]>>;

const verdictOf = (tx: Tx | typeof db, memo: { id: string; version: number }): Promise<Verdict | null> =>
  tx.verdict.findUnique({ where: { memoId_version: { memoId: memo.id, version: memo.version } } });

const conditionsOf = (verdict: Verdict | null): Condition[] => conditionSchema.array().parse(verdict?.conditions ?? []);

async function check(tx: Tx | typeof db, ventureId: string, conditions: Condition[]): Promise<CheckedCondition[]> {
  return checkConditions(
    conditions,
    await newestValues(
      tx,
      ventureId,
      conditions.map(({ metric }) => metric),
    ),
  );
}

/** What the memo's run has to do next, from what is stored now. */
export async function readNextMove(memoId: string, now: Date): Promise<Move> {
  const memo = await db.memo.findUnique({ where: { id: memoId } });
  if (!memo) throw new AppError("NOT_FOUND");
  const verdict = await verdictOf(db, memo);
  const conditions = memo.status === "conditional" ? conditionsOf(verdict) : [];
  const checked = await check(db, memo.ventureId, conditions);
  const done = await db.effect.findUnique({ where: { key: effectKey(memoId, memo.version) } });
  const facts = {
    status: memo.status,
    version: memo.version,
    expiresAt: memo.expiresAt,
    decidedAt: verdict?.decidedAt ?? null,
    done: done !== null,
    conditionsHold: checked.length === 0 ? null : checked.every((condition) => condition.holds),
    conditionsUntil: conditionsUntil(conditions),
    undoMs: env().UNDO_WINDOW_MS,
  };
  return nextMove(facts, now);
}

export type CarriedOut = { done: boolean; initiativeId: string | null };

/**
 * Carries out the approved option, once per memo and version, whoever tries and however often. Reads the memo again under
 * its lock: a verdict that was taken back, or a condition that no longer holds, means that nothing happens.
 */
export async function carryOut(memoId: string, version: number, step: { key: string; now: Date }): Promise<CarriedOut> {
  return fencedTransaction(async (tx) => {
    const memo = await lockMemo(tx, memoId);
    const verdict = await verdictOf(tx, memo);
    if (memo.version !== version || !verdict || !(await stillApproved(tx, memo, verdict))) {
      return { done: false, initiativeId: null };
    }
    const action = memo.content.options.find((option) => option.id === verdict.optionId)?.action;
    if (!action) throw new AppError("INVALID_INPUT");
    const effect = {
      key: effectKey(memoId, version),
      kind: action.type,
      ventureId: memo.ventureId,
      subject: `memo:${memoId}`,
    };
    const { result } = await runEffect(tx, { ...effect, at: step.now }, () => perform(tx, memo, action, step));
    return { done: true, initiativeId: result.initiativeId };
  });
}

async function stillApproved(tx: Tx, memo: LockedMemo, verdict: Verdict): Promise<boolean> {
  if (memo.status === "approved") return true;
  if (memo.status !== "conditional") return false;
  const checked = await check(tx, memo.ventureId, conditionsOf(verdict));
  return checked.length > 0 && checked.every((condition) => condition.holds);
}

async function perform(tx: Tx, memo: LockedMemo, action: Action, { key, now }: { key: string; now: Date }) {
  const { id, ventureId } = memo;
  const initiative = await startInitiative(tx, { memoId: id, ventureId, action, now });
  await recordEvent(tx, {
    ventureId,
    type: "initiative.started",
    actor: SYSTEM,
    subject: `initiative:${initiative.id}`,
    payload: asJson({ memoId: id, version: memo.version, step: key, action }),
    at: now,
  });
  return { initiativeId: initiative.id };
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
    where: { status: { in: ["pending", "question", "deferred"] }, expiresAt: { lte: now } },
    select: { id: true, version: true },
    orderBy: { id: "asc" },
  });
  let expired = 0;
  for (const { id, version } of over) if (await expireMemo(id, version, "expire", now)) expired += 1;
  return expired;
}
