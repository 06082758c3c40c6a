import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Tx } from "@/lib/db";
import { isOpen } from "../rules/verdict";
import { lockMemo, wakeMemoRun } from "./memo-row";

/** Takes a memo off the chairman's desk because what it asked about is over; nothing where it is decided. */
export async function withdrawOutdated(tx: Tx, memoId: string, reason: string, by: string, now: Date): Promise<void> {
  const memo = await lockMemo(tx, memoId);
  if (!isOpen(memo.status)) return;
  const { ventureId, version } = memo;
  await tx.memo.update({ where: { id: memoId }, data: { status: "withdrawn", deferredUntil: null, updatedAt: now } });
  await wakeMemoRun(tx, memoId, `${version}:withdrawn`);
  const about = { ventureId, type: "memo.withdrawn", actor: by, subject: `memo:${memoId}`, at: now };
  await recordEvent(tx, { ...about, payload: { version, reason } });
}
