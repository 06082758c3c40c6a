import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Actor } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { AppError, ok, type Result } from "@/lib/errors";
import { fencedTransaction } from "@/lib/workflows/fence";
import { engineClient, startInTransaction } from "@/lib/workflows/transport";
import { mayReverse, type ReverseRefusal } from "../rules/reversal";
import type { ActionClass, ReverseInput } from "../schema";
import { agentNamed } from "../schema/words";
import { demoteByRecord } from "./autonomy/demotion";
import { withdrawUnearned } from "./autonomy/unearned";
import { reverse, SYSTEM } from "./deeds";
import { lockMemo, lockVisibleMemo, wakeMemoRun, writeVersion } from "./memo-row";
import { endHold } from "./suspension";

export const reversalRun = (memoId: string, version: number): string => `reversal:${memoId}:${version}`;

/**
 * The chairman takes back a decision at any later time, the policy's or a person's. One transaction: the memo is closed as
 * reversed in its next version, the verdict, the run that undoes what was carried out, the event. Of two that reverse one
 * version the first wins; a run that was about to carry it out finds another version and does nothing.
 */
export async function reverseDecision(
  actor: Actor,
  input: ReverseInput,
  now: Date,
): Promise<Result<{ version: number }, ReverseRefusal>> {
  if (!isPermitted(actor.role, "memo:decide")) throw new AppError("FORBIDDEN");
  await engineClient();
  return fencedTransaction(async (tx) => {
    const memo = await lockVisibleMemo(tx, actor, input.memoId);
    const allowed = mayReverse(memo, input.version);
    if (!allowed.ok) return allowed;
    const { reason } = input;
    const next = { status: "reversed" as const, reason: "The decision was reversed", writtenBy: actor.ref, now };
    const version = await writeVersion(tx, memo, next);
    const verdict = { memoId: memo.id, version, verdict: "reversed", note: reason };
    await tx.verdict.create({ data: { ...verdict, decidedBy: actor.ref, decidedAt: now } });
    await wakeMemoRun(tx, memo.id, `${memo.version}:reversed`);
    const args = [memo.id, memo.version];
    await startInTransaction(tx, { name: "reversal", id: reversalRun(memo.id, memo.version), args });
    await recordEvent(tx, {
      ventureId: memo.ventureId,
      type: "memo.reversed",
      actor: actor.ref,
      subject: `memo:${memo.id}`,
      payload: { version: memo.version, reason, title: memo.title },
      at: now,
    });
    const { agent, actionClass } = await tx.proposal.findUniqueOrThrow({ where: { id: memo.proposalId } });
    const known = agentNamed(agent);
    if (known) {
      const about = { agent: known, actionClass: actionClass as ActionClass };
      await demoteByRecord(tx, about, now);
      await withdrawUnearned(tx, about, now);
    }
    return ok({ version });
  });
}

/** The reversal's own step: undoes what the memo's version brought about, if it did. */
export async function undoDeed(memoId: string, version: number, now: Date): Promise<{ undone: boolean }> {
  return fencedTransaction(async (tx) => {
    const memo = await lockMemo(tx, memoId);
    if (memo.status !== "reversed") return { undone: false };
    const known = await tx.event.findFirst({ where: { subject: `memo:${memoId}`, type: "memo.undone" } });
    await endHold(tx, { ...memo, version }, "The decision was reversed", {
      key: `memo:${memoId}:${version}:undo`,
      now,
    });
    const undone = await reverse(tx, memo, version, now);
    if (undone && !known) {
      await recordEvent(tx, {
        ventureId: memo.ventureId,
        type: "memo.undone",
        actor: SYSTEM,
        subject: `memo:${memoId}`,
        payload: { version, title: memo.title },
        at: now,
      });
    }
    return { undone };
  });
}
