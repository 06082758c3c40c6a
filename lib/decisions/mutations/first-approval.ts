import "server-only";
import type { Tx } from "@/lib/db";
import { FIRST_APPROVAL } from "../rules/second-person";
import { decidedVersion } from "../rules/verdict";
import { type Condition, conditionSchema, type VerdictInput } from "../schema";
import type { LockedMemo } from "./memo-row";

export type First = { by: string; optionId: string | null; conditional: boolean; conditions: Condition[] };

/** Of a memo that waits for a second person: what the first one said, on the version before. */
export async function findFirstApproval(tx: Tx, memo: LockedMemo): Promise<First | null> {
  if (memo.status !== "confirming") return null;
  const at = { memoId: memo.id, version: decidedVersion(memo) };
  const given = await tx.verdict.findUniqueOrThrow({ where: { memoId_version: at } });
  const conditions = conditionSchema.array().parse(given.conditions);
  return { by: given.decidedBy, optionId: given.optionId, conditional: conditions.length > 0, conditions };
}

type Given = { memoId: string; version: number; verdict: string; conditions: unknown };

/** Is that verdict what the person says again? A first approval is stored as that, a second one as what it confirms. */
export async function isSameVerdict(tx: Tx, given: Given, input: VerdictInput): Promise<boolean> {
  const { memoId, version, verdict, conditions } = given;
  if (verdict === input.verdict) return true;
  const conditional = Array.isArray(conditions) && conditions.length > 0;
  if (verdict === FIRST_APPROVAL) return input.verdict === (conditional ? "conditional" : "approved");
  if (verdict !== "conditional" || input.verdict !== "approved") return false;
  return (await tx.verdict.count({ where: { memoId, version: version - 1, verdict: FIRST_APPROVAL } })) > 0;
}
