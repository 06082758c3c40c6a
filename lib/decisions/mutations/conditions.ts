import "server-only";
import { db } from "@/lib/db";
import { fencedTransaction } from "@/lib/workflows/fence";
import { engineClient } from "@/lib/workflows/transport";
import { lockMemo, wakeMemoRun } from "./memo-row";

/**
 * Stored values of a venture changed: the runs of its conditional approvals look at once whether their conditions hold,
 * instead of at their next hour. Waking a run decides nothing; it reads the memo and the values itself.
 */
export async function wakeConditional(ventureId: string, now: Date): Promise<number> {
  const waiting = await db.memo.findMany({
    where: { ventureId, status: "conditional" },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  if (waiting.length === 0) return 0;
  await engineClient();
  let woken = 0;
  for (const { id } of waiting) {
    await fencedTransaction(async (tx) => {
      const memo = await lockMemo(tx, id);
      if (memo.status !== "conditional") return;
      await wakeMemoRun(tx, id, `${memo.version}:facts:${now.toISOString()}`);
      woken += 1;
    });
  }
  return woken;
}
