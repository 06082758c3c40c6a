import "server-only";
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
