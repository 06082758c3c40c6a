import "server-only";
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { formatMinor } from "@/lib/format";
import { listLedger } from "../../queries/initiatives/initiative-standing";
import { budgetUse } from "../../rules/initiatives/initiative-budget";
import { ledgerDataset } from "../../rules/initiatives/initiative-figures";
import { isOpenInitiative } from "../../rules/initiatives/initiative-state";
import { setStatus } from "./initiative-plan";
import { bumpDataset, lockInitiative, writeChange, writePlan } from "./initiative-row";
import { markOverBudget } from "./initiative-spend";

/** What approved memos about running initiatives do, and how each is undone. The caller holds the memo's lock and its key. */

const SYSTEM = "system:memo";
type Of = { memoId: string; now: Date };

/** Pauses it if it runs; one that has meanwhile ended stays as it is. */
export async function pauseByMemo(tx: Tx, initiativeId: string, reason: string, { memoId, now }: Of): Promise<void> {
  const initiative = await lockInitiative(tx, initiativeId, now);
  if (initiative.status !== "running") return;
  await setStatus(tx, initiative, { to: "paused", reason, by: SYSTEM, now, payload: { memoId } });
}

/** Undoes the pause of this memo: one that was paused again since, or has ended, stays as it is. */
export async function resumeByMemo(tx: Tx, initiativeId: string, reason: string, { memoId, now }: Of): Promise<void> {
  const initiative = await lockInitiative(tx, initiativeId, now);
  if (initiative.status !== "paused" || initiative.statusReason !== reason) return;
  const back = "The decision to pause it was taken back";
  await setStatus(tx, initiative, { to: "running", reason: back, by: SYSTEM, now, payload: { memoId } });
}

/** Adds to the approved budget, or takes that addition back (`sign` −1). What has been spent stays spent. */
export async function raiseByMemo(
  tx: Tx,
  initiativeId: string,
  amountMinor: bigint,
  sign: 1 | -1,
  { memoId, now }: Of,
): Promise<void> {
  const known = await lockInitiative(tx, initiativeId, now);
  if (sign === 1 && !isOpenInitiative(known.status)) throw new AppError("CONFLICT");
  const change = amountMinor * BigInt(sign);
  await tx.initiative.update({
    where: { id: initiativeId },
    data: { budgetMinor: known.budgetMinor + change, raisedMinor: known.raisedMinor + change },
  });
  const initiative = await lockInitiative(tx, initiativeId, now);
  await bumpDataset(tx, initiative.ventureId, ledgerDataset(initiativeId), now);
  await bumpDataset(tx, initiative.ventureId, "initiatives", now);
  await markOverBudget(tx, initiative, budgetUse(await listLedger(tx, initiativeId), initiative.budgetMinor), now);
  await writePlan(tx, initiativeId, now);
  await writeChange(tx, initiative, {
    what: sign === 1 ? "budget raised" : "budget lowered again",
    detail: `by ${formatMinor(amountMinor, initiative.currency)}, to ${formatMinor(initiative.budgetMinor, initiative.currency)}`,
    event: sign === 1 ? "initiative.budget-raised" : "initiative.budget-lowered",
    payload: { memoId, amountMinor: amountMinor.toString(), currency: initiative.currency },
    by: SYSTEM,
    now,
  });
}
