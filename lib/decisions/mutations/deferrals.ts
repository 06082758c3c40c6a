import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { db } from "@/lib/db";
import { fencedTransaction } from "@/lib/workflows/fence";
import { lockMemo } from "./memo-row";

/**
 * Memos whose day has come are open again, in the version that was deferred; the inbox shows them from that moment anyway,
 * this says so in the record. With a question that nobody answered they wait for the answer.
 */
export async function returnDeferred(now: Date): Promise<number> {
  const due = await db.memo.findMany({
    where: { status: "deferred", deferredUntil: { lte: now }, expiresAt: { gt: now } },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  let returned = 0;
  for (const { id } of due) if (await putBack(id, now)) returned += 1;
  return returned;
}

async function putBack(memoId: string, now: Date): Promise<boolean> {
  return fencedTransaction(async (tx) => {
    const memo = await lockMemo(tx, memoId);
    if (memo.status !== "deferred" || memo.deferredUntil === null || memo.deferredUntil > now) return false;
    const open = await tx.memoQuestion.count({ where: { memoId, answeredAt: null } });
    const status = open > 0 ? ("question" as const) : ("pending" as const);
    await tx.memo.update({ where: { id: memoId }, data: { status, deferredUntil: null, updatedAt: now } });
    await recordEvent(tx, {
      ventureId: memo.ventureId,
      type: "memo.returned",
      actor: "system:watch",
      subject: `memo:${memoId}`,
      payload: { version: memo.version, status },
      at: now,
    });
    return true;
  });
}
