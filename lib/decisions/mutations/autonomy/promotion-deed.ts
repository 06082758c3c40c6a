import "server-only";
import type { z } from "zod";
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { mayEverBeRoutine } from "../../rules/policy";
import type { promoteSchema } from "../../schema";
import { liftByMemo, removeRow, writeRow } from "./rows";

type Promote = z.infer<typeof promoteSchema>;
type By = { memoId: string; now: Date };

/** Who gave the last verdict of these kinds on the memo: what it brings about stands in that person's name. */
async function decider(tx: Tx, memoId: string, kinds: readonly string[]): Promise<string> {
  const where = { memoId, verdict: { in: [...kinds] } };
  const verdict = await tx.verdict.findFirst({ where, orderBy: { version: "desc" } });
  if (!verdict?.decidedBy.startsWith("user:")) throw new AppError("FORBIDDEN");
  return verdict.decidedBy;
}

/** Part of an approved memo's effect: the agent may do it by itself from now on, in the name of who approved it. */
export async function grantByMemo(tx: Tx, given: Promote, { memoId, now }: By): Promise<void> {
  const by = await decider(tx, memoId, ["approved", "conditional"]);
  const { ventureId, agent, actionClass, limitUsd, reason } = given;
  if (!mayEverBeRoutine(actionClass)) throw new AppError("FORBIDDEN");
  const key = { ventureId, agent, actionClass };
  await writeRow(tx, key, { level: "auto", limitUsd, reason, memoId, by }, now);
  await liftByMemo(tx, { agent, actionClass }, { by, reason }, now);
}

/** Taken back: what was set before holds again, unless somebody has changed it since. */
export async function revokeByMemo(tx: Tx, given: Promote, { memoId, now }: By): Promise<void> {
  const by = await decider(tx, memoId, ["reversed", "approved", "conditional"]);
  const { ventureId, agent, actionClass, before } = given;
  const key = { ventureId, agent, actionClass };
  const row = await tx.policyRow.findUnique({ where: { ventureId_agent_actionClass: key } });
  if (row?.memoId !== memoId) return;
  if (before) await writeRow(tx, key, { ...before, by }, now);
  else await removeRow(tx, key, { by, reason: "The decision to let the agent do it by itself was taken back" }, now);
}
