import "server-only";
import { type Actor, ventureScope } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";

export type Suspension = { since: string; reason: string; used: boolean };

/** The suspension that stands of this version of a conditional approval; null while its conditions hold. */
export async function findSuspension(memoId: string, version: number): Promise<Suspension | null> {
  const row = await db.approvalSuspension.findFirst({ where: { memoId, version, resumedAt: null } });
  return row && { since: row.suspendedAt.toISOString(), reason: row.reason, used: row.used };
}

/** Is what a memo brought about held now? For whoever is about to use it. */
export const isHeld = async (tx: Tx | typeof db, memoId: string): Promise<boolean> =>
  (await tx.approvalSuspension.count({ where: { memoId, resumedAt: null } })) > 0;

export type Suspended = { memoId: string; title: string; venture: string; reason: string; suspendedAt: string };

/** Approvals whose effect is held because a condition does not hold, the newest first. */
export async function listSuspended(actor: Actor): Promise<Suspended[]> {
  const rows = await db.approvalSuspension.findMany({ where: { resumedAt: null }, orderBy: { suspendedAt: "desc" } });
  if (rows.length === 0) return [];
  const memos = await db.memo.findMany({
    where: { ...ventureScope(actor), id: { in: rows.map(({ memoId }) => memoId) }, status: "conditional" },
    select: { id: true, title: true, ventureId: true },
  });
  const ventures = await db.venture.findMany({ where: { id: { in: memos.map(({ ventureId }) => ventureId) } } });
  const names = new Map(ventures.map(({ id, name }) => [id, name]));
  return rows.flatMap(({ memoId, reason, suspendedAt }) => {
    const memo = memos.find(({ id }) => id === memoId);
    if (!memo) return [];
    const venture = names.get(memo.ventureId) ?? "";
    return [{ memoId, title: memo.title, venture, reason, suspendedAt: suspendedAt.toISOString() }];
  });
}
