import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Tx } from "@/lib/db";
import { lockLedger } from "./post";

type Held = { trancheId: string; frozen: boolean; reason: string; by: string };

/**
 * Freezes one tranche, or sets it free, in the caller's transaction; the rest of the sale goes on. False where it stood so
 * already, or everything of it is released.
 */
export async function holdTranche(tx: Tx, { trancheId, frozen, reason, by }: Held, now: Date): Promise<boolean> {
  const known = await tx.deferredTranche.findUniqueOrThrow({ where: { id: trancheId } });
  await lockLedger(tx, known.ventureId);
  const { count } = await tx.deferredTranche.updateMany({
    where: { id: trancheId, status: frozen ? "open" : "frozen" },
    data: {
      ...{ status: frozen ? "frozen" : "open", frozenReason: frozen ? reason.slice(0, 300) : null },
      version: { increment: 1 },
    },
  });
  if (count === 0) return false;
  await recordEvent(tx, {
    ...{ ventureId: known.ventureId, type: frozen ? "tranche.frozen" : "tranche.unfrozen", actor: by, at: now },
    ...{ subject: `tranche:${trancheId}`, payload: { reason } },
  });
  return true;
}
