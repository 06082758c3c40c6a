import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Tx } from "@/lib/db";
import * as deals from "@/lib/deals/mutations/deal-deeds";
import { AppError } from "@/lib/errors";
import { formatDay, formatFigure } from "@/lib/format";
import { pauseByMemo, resumeByMemo } from "@/lib/growth/mutations/initiatives/initiative-deeds";
import { clearCause, raiseCause } from "@/lib/stage/mutations/alert-cause";
import { pauseExit, resumeExit } from "@/lib/stage/mutations/exit-deeds";
import { pauseSale, resumeSale } from "@/lib/stage/mutations/realization-deeds";
import { failedConditions } from "../rules/condition-words";
import type { CheckedCondition } from "../rules/conditions";
import { effectKey } from "../rules/reversal";
import type { Action } from "../schema";
import { doAgain, SYSTEM, takeBack } from "./deeds";
import type { LockedMemo } from "./memo-row";

type At = { key: string; now: Date };
type Hold = {
  /** Says whether there was anything to hold. */
  suspend: (tx: Tx, memo: LockedMemo, action: Action, at: At) => Promise<boolean>;
  resume: (tx: Tx, memo: LockedMemo, action: Action, at: At) => Promise<void>;
};

/** What it pauses is known again by it. */
const because = ({ id }: LockedMemo): string => `Suspended: a condition of its approval does not hold (memo ${id})`;

/** A permission that is taken back and given again as it was. */
const permission: Hold = {
  suspend: async (tx, memo, { type }, { now }) => {
    await takeBack(tx, memo, type, now);
    return true;
  },
  resume: async (tx, memo, action, at) => {
    await doAgain(tx, memo, action, at);
  },
};

/** What of a venture runs and can wait. */
const saleOf = (tx: Tx, { ventureId }: LockedMemo, status: string) =>
  tx.realization.findFirst({ where: { ventureId, status }, orderBy: { ordinal: "desc" } });
const preparationOf = (tx: Tx, { ventureId, id }: LockedMemo, status: string) =>
  tx.exitPreparation.findFirst({ where: { ventureId, status, startedBy: `memo:${id}` } });

const initiative: Hold = {
  // One that nobody has begun cannot be begun while the approval is held (moveTo of growth asks).
  suspend: async (tx, memo, _action, { now }) => {
    const row = await tx.initiative.findUnique({ where: { memoId: memo.id }, select: { id: true } });
    if (row) await pauseByMemo(tx, row.id, because(memo), { memoId: memo.id, now });
    return row !== null;
  },
  resume: async (tx, memo, _action, { now }) => {
    const row = await tx.initiative.findUnique({ where: { memoId: memo.id }, select: { id: true } });
    if (row) await resumeByMemo(tx, row.id, because(memo), { memoId: memo.id, now });
  },
};

const preparation: Hold = {
  suspend: async (tx, memo, _action, { now }) => {
    const row = await preparationOf(tx, memo, "running");
    if (row) await pauseExit(tx, row.id, because(memo), { memoId: memo.id, now });
    return row !== null;
  },
  resume: async (tx, memo, _action, { now }) => {
    const row = await preparationOf(tx, memo, "paused");
    if (row?.reason === because(memo)) await resumeExit(tx, row.id, { memoId: memo.id, now });
  },
};

const sale: Hold = {
  suspend: async (tx, memo, _action, { now }) => {
    const row = await saleOf(tx, memo, "running");
    if (row) await pauseSale(tx, row.id, because(memo), { memoId: memo.id, now });
    return row !== null;
  },
  resume: async (tx, memo, _action, { now }) => {
    const row = await saleOf(tx, memo, "paused");
    if (row?.reason === because(memo)) await resumeSale(tx, row.id, { memoId: memo.id, now });
  },
};

/** The bank's file is neither made nor sent while the approval is held (lib/payments asks). */
const payments: Hold = {
  suspend: async (tx, _memo, action) => {
    if (action.type !== "payments.pay") return false;
    const batch = await tx.paymentBatch.findUnique({ where: { id: action.batchId }, select: { status: true } });
    return batch?.status === "approved" || batch?.status === "exported";
  },
  resume: async () => undefined,
};

const counter: Hold = {
  suspend: permission.suspend,
  // Terms that came with the memo became an offer of ours when they were approved; that one is cleared again.
  resume: async (tx, memo, action, at) => {
    if (action.type !== "deal.send-counter") return;
    const { dealId, terms } = action;
    const made = { dealId, versions: { some: { source: `Memo ${memo.id}` } } };
    const drafted = terms ? await tx.offer.findFirst({ where: made }) : null;
    if (!drafted) return permission.resume(tx, memo, action, at);
    await deals.clearCounter(tx, { dealId, offerId: drafted.id, offerVersion: 1 }, { memoId: memo.id, now: at.now });
  },
};

/** What can be held once it was carried out. Everything else stands: it happened while every condition held. */
const HOLDS: Readonly<Partial<Record<Action["type"], Hold>>> = {
  "growth.start-initiative": initiative,
  "growth.raise-budget": permission,
  "exit.open-room": permission,
  "exit.approach-buyers": permission,
  "exit.start-preparation": preparation,
  "exit.approve-exit": sale,
  "deal.prefer-bidder": permission,
  "deal.sign-loi": permission,
  "deal.send-counter": counter,
  "deal.send-document": permission,
  "payments.pay": payments,
  "policy.promote": permission,
};

async function deedOf(tx: Tx, memo: LockedMemo): Promise<Action | null> {
  const done = await tx.effect.findUnique({ where: { key: effectKey(memo.id, memo.version) } });
  return memo.content.options.find(({ action }) => action?.type === done?.kind)?.action ?? null;
}

/** Used permissions cannot be taken back: a letter that is signed, a counter that is sent. */
async function holdOrUsed(tx: Tx, memo: LockedMemo, at: At): Promise<boolean> {
  const action = await deedOf(tx, memo);
  const hold = action && HOLDS[action.type];
  if (!action || !hold) return false;
  try {
    return await hold.suspend(tx, memo, action, at);
  } catch (error) {
    if (error instanceof AppError && error.code === "CONFLICT") return false;
    throw error;
  }
}

const causeOf = (memoId: string): string => `approval-suspended:${memoId}`;
const standing = (tx: Tx, { id: memoId, version }: Pick<LockedMemo, "id" | "version">) =>
  tx.approvalSuspension.findFirst({ where: { memoId, version, resumedAt: null } });

/** A condition does not hold any more: what the approval brought about is held from this moment, and everybody is told. */
export async function holdDeed(tx: Tx, memo: LockedMemo, checked: readonly CheckedCondition[], at: At): Promise<void> {
  if (await standing(tx, memo)) return;
  const { id: memoId, ventureId, version, title } = memo;
  const { currency } = await tx.venture.findUniqueOrThrow({ where: { id: ventureId }, select: { currency: true } });
  const reason = failedConditions(checked, currency, { figure: formatFigure, day: formatDay });
  const used = !(await holdOrUsed(tx, memo, at));
  const ordinal = (await tx.approvalSuspension.count({ where: { memoId, version } })) + 1;
  await tx.approvalSuspension.create({ data: { memoId, version, ordinal, reason, used, suspendedAt: at.now } });
  const detail = used ? `${reason} What it allowed has been done and stands.` : reason;
  const cause = { causeKey: causeOf(memoId), ventureId, kind: "approval-suspended", severity: "critical" as const };
  await raiseCause(tx, { ...cause, title: `approval suspended: ${title}`, detail }, { by: SYSTEM, now: at.now });
  const about = { ventureId, actor: SYSTEM, subject: `memo:${memoId}`, at: at.now };
  await recordEvent(tx, { ...about, type: "memo.suspended", payload: { version, reason, used } });
}

/** All conditions hold again, or the approval is taken back: what was held goes on, so that it can be undone as it was done. */
export async function endHold(tx: Tx, memo: LockedMemo, why: string, at: At): Promise<void> {
  const held = await standing(tx, memo);
  if (!held) return;
  const { id: memoId, ventureId, version } = memo;
  const action = await deedOf(tx, memo);
  if (action && !held.used) await HOLDS[action.type]?.resume(tx, memo, action, at);
  const which = { memoId_version_ordinal: { memoId, version, ordinal: held.ordinal } };
  await tx.approvalSuspension.update({ where: which, data: { resumedAt: at.now } });
  await clearCause(tx, causeOf(memoId), { by: SYSTEM, now: at.now });
  const about = { ventureId, actor: SYSTEM, subject: `memo:${memoId}`, at: at.now };
  await recordEvent(tx, { ...about, type: "memo.resumed", payload: { version, why } });
}

/** Its last day is over: the approval has lapsed, and what is held stays held; nobody needs to be told any longer. */
export const forgetHold = async (tx: Tx, { id }: LockedMemo, now: Date): Promise<void> =>
  void (await clearCause(tx, causeOf(id), { by: SYSTEM, now }));
