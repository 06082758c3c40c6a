import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import type { Prisma, Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { type Message, sendInTransaction, startInTransaction } from "@/lib/workflows/transport";
import { type MemoContent, memoContentSchema } from "../schema";

export const memoRun = (memoId: string): string => `memo:${memoId}`;
export const MEMO_TOPIC = "memo";

export type LockedMemo = Omit<Awaited<ReturnType<Tx["memo"]["findUniqueOrThrow"]>>, "content"> & {
  content: MemoContent;
};

/** Takes the memo's row for this transaction: everyone else who wants to change it waits, and then sees what was done. */
export async function lockMemo(tx: Tx, memoId: string): Promise<LockedMemo> {
  await tx.$queryRaw`SELECT 1 FROM "memo" WHERE "id" = ${memoId}::uuid FOR UPDATE`;
  const memo = await tx.memo.findUnique({ where: { id: memoId } });
  if (!memo) throw new AppError("NOT_FOUND");
  return { ...memo, content: memoContentSchema.parse(memo.content) };
}

export async function lockVisibleMemo(tx: Tx, actor: Actor, memoId: string): Promise<LockedMemo> {
  const memo = await lockMemo(tx, memoId);
  if (!maySeeVenture(actor, memo.ventureId)) throw new AppError("NOT_FOUND");
  return memo;
}

/** What a memo puts at stake; both null where no amount is known. */
export type Stake = { stakeMinor: bigint | null; stakeCurrency: string | null };

export type NextVersion = Pick<LockedMemo, "status"> & {
  title?: string;
  content?: MemoContent;
  deferredUntil?: Date | null;
  /** Left out: what was at stake stays. */
  stake?: Stake;
  reason: string;
  writtenBy: string;
  now: Date;
};

export const asJson = (value: unknown): Prisma.InputJsonObject => JSON.parse(JSON.stringify(value));

/** Whatever was read before is no longer what would be decided on: the memo goes on as its next version. */
export async function writeVersion(tx: Tx, memo: LockedMemo, next: NextVersion): Promise<number> {
  const { status, title = memo.title, content = memo.content, deferredUntil = null, reason, writtenBy, now } = next;
  const { stakeMinor, stakeCurrency } = next.stake ?? memo;
  const version = memo.version + 1;
  const body = { title, content: asJson(content) };
  await tx.memo.update({
    where: { id: memo.id },
    data: { ...body, status, version, deferredUntil, stakeMinor, stakeCurrency, updatedAt: now },
  });
  await tx.memoVersion.create({ data: { memoId: memo.id, version, ...body, reason, writtenBy, writtenAt: now } });
  return version;
}

export async function startMemoRun(tx: Tx, memoId: string): Promise<void> {
  await startInTransaction(tx, { name: "memo", id: memoRun(memoId), args: [memoId] });
}

/** Wakes the memo's run, in the transaction of the change; the run then reads the truth from the memo. */
export async function wakeMemoRun(tx: Tx, memoId: string, change: string): Promise<void> {
  await startMemoRun(tx, memoId);
  const message: Message = {
    workflowId: memoRun(memoId),
    topic: MEMO_TOPIC,
    message: { change },
    key: `${memoRun(memoId)}:${change}`,
  };
  await sendInTransaction(tx, message);
}
