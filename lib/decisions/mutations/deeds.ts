import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { clearApproach, withdrawApproach } from "@/lib/buyers/mutations/outreach";
import * as closing from "@/lib/closing/mutations/closing-deeds";
import { approveTerms, withdrawTerms } from "@/lib/data-room/mutations/group-deeds";
import type { Tx } from "@/lib/db";
import * as deals from "@/lib/deals/mutations/deal-deeds";
import { issueByMemo, withdrawByMemo } from "@/lib/distribution/mutations/records/issue";
import { clearDocument, withdrawDocument } from "@/lib/documents/mutations/document-deeds";
import { AppError } from "@/lib/errors";
import { startInitiative, stopInitiative } from "@/lib/growth/mutations";
import { pauseByMemo, raiseByMemo, resumeByMemo } from "@/lib/growth/mutations/initiatives/initiative-deeds";
import { approvePayments } from "@/lib/payments/mutations/approval";
import { scoreByMemo, unscoreByMemo } from "@/lib/readiness/mutations/score-deeds";
import {
  approveExit,
  beginPreparation,
  endPreparation,
  pauseExit,
  reopenExit,
  resumeExit,
  returnToGrowth,
} from "@/lib/stage/mutations/exit-deeds";
import { holdByMemo, pauseForBlock, regressTo39, returnTo40 } from "@/lib/stage/mutations/impediment-deeds";
import { delayExit, pauseSale, resumeExitSale, resumeSale } from "@/lib/stage/mutations/realization-deeds";
import { runEffect } from "@/lib/workflows/effects";
import { effectKey } from "../rules/reversal";
import type { Action } from "../schema";
import { grantByMemo, revokeByMemo } from "./autonomy/promotion-deed";
import { asJson, type LockedMemo } from "./memo-row";

/** What is done for an approved action, and how it is undone: one pair per kind of action. */
type Done = { initiativeId: string | null };
type At = { key: string; now: Date };
type Deed = {
  perform: (tx: Tx, memo: LockedMemo, action: Action, at: At) => Promise<Done>;
  reverse: (tx: Tx, memo: LockedMemo, now: Date) => Promise<void>;
};

export const SYSTEM = "system:memo";

type OfType<T extends Action["type"]> = Extract<Action, { type: T }>;

function asType<T extends Action["type"]>(action: Action, type: T): OfType<T> {
  if (action.type !== type) throw new AppError("INTERNAL");
  return action as OfType<T>;
}

/** The action of the memo that is of this type; a memo proposes one. */
function actionOf<T extends Action["type"]>(memo: LockedMemo, type: T): OfType<T> {
  const found = memo.content.options.find(({ action }) => action?.type === type)?.action;
  if (!found) throw new AppError("INTERNAL");
  return asType(found, type);
}

/** One reason for all that a memo pauses: what it paused is known again by it. */
const heldBy = (memo: LockedMemo): string => `The growth strategy is looked at again (memo ${memo.id})`;

const DEEDS: Readonly<Record<Action["type"], Deed>> = {
  "growth.start-initiative": {
    perform: async (tx, memo, given, { key, now }) => {
      const { id, ventureId } = memo;
      const action = asType(given, "growth.start-initiative");
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
    },
    reverse: (tx, memo, now) => stopInitiative(tx, memo.id, now),
  },
  "growth.pause-initiative": {
    perform: async (tx, memo, given, { now }) => {
      const { initiativeId, reason } = asType(given, "growth.pause-initiative");
      await pauseByMemo(tx, initiativeId, reason, { memoId: memo.id, now });
      return { initiativeId };
    },
    reverse: async (tx, memo, now) => {
      const { initiativeId, reason } = actionOf(memo, "growth.pause-initiative");
      await resumeByMemo(tx, initiativeId, reason, { memoId: memo.id, now });
    },
  },
  "growth.raise-budget": {
    perform: async (tx, memo, given, { now }) => {
      const { initiativeId, budgetMinor } = asType(given, "growth.raise-budget");
      await raiseByMemo(tx, initiativeId, BigInt(budgetMinor), 1, { memoId: memo.id, now });
      return { initiativeId };
    },
    reverse: async (tx, memo, now) => {
      const { initiativeId, budgetMinor } = actionOf(memo, "growth.raise-budget");
      await raiseByMemo(tx, initiativeId, BigInt(budgetMinor), -1, { memoId: memo.id, now });
    },
  },
  "growth.review-strategy": {
    perform: async (tx, memo, given, { now }) => {
      const { initiativeIds } = asType(given, "growth.review-strategy");
      for (const id of initiativeIds.toSorted()) await pauseByMemo(tx, id, heldBy(memo), { memoId: memo.id, now });
      return { initiativeId: initiativeIds[0] ?? "" };
    },
    reverse: async (tx, memo, now) => {
      const { initiativeIds } = actionOf(memo, "growth.review-strategy");
      for (const id of initiativeIds.toSorted()) await resumeByMemo(tx, id, heldBy(memo), { memoId: memo.id, now });
    },
  },
  "exit.open-room": {
    perform: async (tx, memo, given, { now }) => {
      const { groupId, terms } = asType(given, "exit.open-room");
      await approveTerms(tx, groupId, terms, { memoId: memo.id, now });
      return { initiativeId: null };
    },
    reverse: async (tx, memo, now) => {
      const { groupId } = actionOf(memo, "exit.open-room");
      await withdrawTerms(tx, groupId, { memoId: memo.id, now });
    },
  },
  "exit.approach-buyers": {
    perform: async (tx, { ventureId }, given, { now }) => {
      const { companyIds, what } = asType(given, "exit.approach-buyers");
      await clearApproach(tx, { ventureId, companyIds, what }, SYSTEM, now);
      return { initiativeId: null };
    },
    reverse: async (tx, memo, now) => {
      const { companyIds, what } = actionOf(memo, "exit.approach-buyers");
      await withdrawApproach(tx, { ventureId: memo.ventureId, companyIds, what }, SYSTEM, now);
    },
  },
  "exit.approve-exit": {
    perform: async (tx, memo, given, { now }) => {
      await approveExit(tx, asType(given, "exit.approve-exit").preparationId, { memoId: memo.id, now });
      return { initiativeId: null };
    },
    // What cannot be undone is never asked to be.
    reverse: () => {
      throw new AppError("CONFLICT");
    },
  },
  "exit.start-preparation": {
    perform: async (tx, memo, given, { now }) => {
      const { ventureId } = asType(given, "exit.start-preparation");
      await beginPreparation(tx, ventureId, { memoId: memo.id, now });
      return { initiativeId: null };
    },
    reverse: async (tx, memo, now) => {
      const { ventureId } = actionOf(memo, "exit.start-preparation");
      await endPreparation(tx, ventureId, { memoId: memo.id, now });
    },
  },
  "exit.score-criterion": {
    perform: async (tx, memo, given, { now }) => {
      await scoreByMemo(tx, asType(given, "exit.score-criterion"), { memoId: memo.id, agent: "agent:exit", now });
      return { initiativeId: null };
    },
    reverse: async (tx, memo, now) => {
      const by = { memoId: memo.id, agent: "agent:exit", now };
      await unscoreByMemo(tx, actionOf(memo, "exit.score-criterion"), by);
    },
  },
  "exit.return-to-growth": {
    perform: async (tx, memo, given, { now }) => {
      const { preparationId, reason } = asType(given, "exit.return-to-growth");
      await returnToGrowth(tx, preparationId, reason, { memoId: memo.id, now });
      return { initiativeId: null };
    },
    reverse: async (tx, memo, now) => {
      await reopenExit(tx, actionOf(memo, "exit.return-to-growth").preparationId, { memoId: memo.id, now });
    },
  },
  "exit.pause-preparation": {
    perform: async (tx, memo, given, { now }) => {
      const { preparationId, reason } = asType(given, "exit.pause-preparation");
      await pauseExit(tx, preparationId, reason, { memoId: memo.id, now });
      return { initiativeId: null };
    },
    reverse: async (tx, memo, now) => {
      await resumeExit(tx, actionOf(memo, "exit.pause-preparation").preparationId, { memoId: memo.id, now });
    },
  },
  "distribution.issue-statements": {
    perform: async (tx, memo, given, { now }) => {
      const { recordCurrency, expiresOn, holders } = asType(given, "distribution.issue-statements");
      const { id: memoId, ventureId } = memo;
      await issueByMemo(tx, { ventureId, currency: recordCurrency, expiresOn, holders }, { memoId, now });
      return { initiativeId: null };
    },
    reverse: async (tx, memo, now) => {
      await withdrawByMemo(tx, memo.ventureId, { memoId: memo.id, now });
    },
  },
  "payments.pay": {
    perform: async (tx, memo, given, { now }) => {
      const { batchId, digest } = asType(given, "payments.pay");
      await approvePayments(tx, batchId, digest, { memoId: memo.id, now });
      return { initiativeId: null };
    },
    // What cannot be undone is never asked to be.
    reverse: () => {
      throw new AppError("CONFLICT");
    },
  },
  "policy.promote": {
    perform: async (tx, memo, given, { now }) => {
      await grantByMemo(tx, asType(given, "policy.promote"), { memoId: memo.id, now });
      return { initiativeId: null };
    },
    reverse: async (tx, memo, now) => {
      await revokeByMemo(tx, actionOf(memo, "policy.promote"), { memoId: memo.id, now });
    },
  },
  "deal.prefer-bidder": {
    perform: async (tx, memo, given, { now }) => {
      await deals.preferBidder(tx, asType(given, "deal.prefer-bidder"), { memoId: memo.id, now });
      return { initiativeId: null };
    },
    reverse: async (tx, memo, now) => {
      await deals.withdrawPreference(tx, actionOf(memo, "deal.prefer-bidder"), { memoId: memo.id, now });
    },
  },
  "deal.sign-loi": {
    perform: async (tx, memo, given, { now }) => {
      await deals.enterByMemo(tx, asType(given, "deal.sign-loi"), "loi", { memoId: memo.id, now });
      return { initiativeId: null };
    },
    reverse: async (tx, memo, now) => {
      await deals.leaveByMemo(tx, actionOf(memo, "deal.sign-loi"), { memoId: memo.id, now });
    },
  },
  "deal.sign-agreement": {
    perform: async (tx, memo, given, { now }) => {
      const action = asType(given, "deal.sign-agreement");
      await deals.enterByMemo(tx, action, "definitive-agreement", { memoId: memo.id, now });
      return { initiativeId: null };
    },
    // What cannot be undone is never asked to be.
    reverse: () => {
      throw new AppError("CONFLICT");
    },
  },
  "deal.delay-exit": {
    perform: async (tx, memo, given, { now }) => {
      const { realizationId, reason } = asType(given, "deal.delay-exit");
      await delayExit(tx, realizationId, reason, { memoId: memo.id, now });
      return { initiativeId: null };
    },
    reverse: async (tx, memo, now) => {
      await resumeExitSale(tx, actionOf(memo, "deal.delay-exit").realizationId, { memoId: memo.id, now });
    },
  },
  "deal.pause-sale": {
    perform: async (tx, memo, given, { now }) => {
      const { realizationId, reason, impedimentId } = asType(given, "deal.pause-sale");
      const by = { memoId: memo.id, now };
      if (impedimentId) await pauseForBlock(tx, impedimentId, reason, by);
      else await pauseSale(tx, realizationId, reason, by);
      return { initiativeId: null };
    },
    reverse: async (tx, memo, now) => {
      await resumeSale(tx, actionOf(memo, "deal.pause-sale").realizationId, { memoId: memo.id, now });
    },
  },
  "deal.freeze-tranche": {
    perform: async (tx, memo, given, { now }) => {
      const { impedimentId, reason } = asType(given, "deal.freeze-tranche");
      await holdByMemo(tx, impedimentId, true, reason, { memoId: memo.id, now });
      return { initiativeId: null };
    },
    // Without the decision it stands as it was recorded: frozen until the dispute is over or the chairman sets it free.
    reverse: async (tx, memo, now) => {
      const { impedimentId, reason } = actionOf(memo, "deal.freeze-tranche");
      await holdByMemo(tx, impedimentId, true, reason, { memoId: memo.id, now });
    },
  },
  "deal.lift-freeze": {
    perform: async (tx, memo, given, { now }) => {
      const { impedimentId, reason } = asType(given, "deal.lift-freeze");
      await holdByMemo(tx, impedimentId, false, reason, { memoId: memo.id, now });
      return { initiativeId: null };
    },
    reverse: async (tx, memo, now) => {
      const { impedimentId, reason } = actionOf(memo, "deal.lift-freeze");
      await holdByMemo(tx, impedimentId, true, reason, { memoId: memo.id, now });
    },
  },
  "stage.regress-to-39": {
    perform: async (tx, memo, given, { now }) => {
      const { impedimentId, reason } = asType(given, "stage.regress-to-39");
      await regressTo39(tx, impedimentId, reason, { memoId: memo.id, now });
      return { initiativeId: null };
    },
    reverse: async (tx, memo, now) => {
      await returnTo40(tx, actionOf(memo, "stage.regress-to-39").impedimentId, { memoId: memo.id, now });
    },
  },
  "deal.send-counter": {
    perform: async (tx, memo, given, { now }) => {
      await deals.clearCounter(tx, asType(given, "deal.send-counter"), { memoId: memo.id, now });
      return { initiativeId: null };
    },
    reverse: async (tx, memo, now) => {
      await deals.withdrawCounter(tx, actionOf(memo, "deal.send-counter"), { memoId: memo.id, now });
    },
  },
  "deal.send-document": {
    perform: async (tx, memo, given, { now }) => {
      await clearDocument(tx, asType(given, "deal.send-document"), { memoId: memo.id, now });
      return { initiativeId: null };
    },
    reverse: async (tx, memo, now) => {
      await withdrawDocument(tx, actionOf(memo, "deal.send-document"), { memoId: memo.id, now });
    },
  },
  "deal.waive-condition": {
    perform: async (tx, memo, given, { now }) => {
      await closing.waiveByMemo(tx, asType(given, "deal.waive-condition"), { memoId: memo.id, now });
      return { initiativeId: null };
    },
    // What cannot be undone is never asked to be.
    reverse: () => {
      throw new AppError("CONFLICT");
    },
  },
  "deal.release-signatures": {
    perform: async (tx, memo, given, { now }) => {
      await closing.releaseByMemo(tx, asType(given, "deal.release-signatures"), { memoId: memo.id, now });
      return { initiativeId: null };
    },
    // What cannot be undone is never asked to be.
    reverse: () => {
      throw new AppError("CONFLICT");
    },
  },
  "deal.send-status": {
    perform: async (tx, memo, given, { now }) => {
      await closing.sendByMemo(tx, asType(given, "deal.send-status"), { memoId: memo.id, now });
      return { initiativeId: null };
    },
    // What cannot be undone is never asked to be.
    reverse: () => {
      throw new AppError("CONFLICT");
    },
  },
};

/** What a suspended approval takes back and gives again, as often as its conditions turn; the caller keeps count. */
export const takeBack = (tx: Tx, memo: LockedMemo, type: Action["type"], now: Date) =>
  DEEDS[type].reverse(tx, memo, now);
export const doAgain = (tx: Tx, memo: LockedMemo, action: Action, at: At) =>
  DEEDS[action.type].perform(tx, memo, action, at);

/** Once per memo and version, whoever tries and however often. */
export async function perform(tx: Tx, memo: LockedMemo, action: Action, at: At): Promise<Done> {
  const effect = {
    key: effectKey(memo.id, memo.version),
    kind: action.type,
    ventureId: memo.ventureId,
    subject: `memo:${memo.id}`,
    at: at.now,
  };
  const { result } = await runEffect(tx, effect, () => DEEDS[action.type].perform(tx, memo, action, at));
  return result;
}

/** Undoes what was carried out for this version; false where nothing was. Once, whoever tries and however often. */
export async function reverse(tx: Tx, memo: LockedMemo, version: number, now: Date): Promise<boolean> {
  const key = effectKey(memo.id, version);
  const done = await tx.effect.findUnique({ where: { key } });
  if (!done) return false;
  const type = done.kind as Action["type"];
  const effect = {
    key: `${key}:reversed`,
    kind: `${type}.reversed`,
    ventureId: memo.ventureId,
    subject: `memo:${memo.id}`,
    at: now,
  };
  await runEffect(tx, effect, async () => {
    await DEEDS[type].reverse(tx, memo, now);
    return { reversed: true };
  });
  return true;
}
