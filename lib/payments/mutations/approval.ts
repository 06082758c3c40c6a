import "server-only";
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { postTransaction } from "@/lib/ledger/mutations/post";
import type { Line } from "@/lib/ledger/rules/entry";
import { dayText } from "@/lib/metrics/rules/periods";
import {
  accountOf,
  type BatchRow,
  digestOfLines,
  type InstructionRow,
  instructionsOf,
  lockBatch,
  moveBatch,
  moveInstruction,
  orderKey,
  recordBatch,
  transitOf,
  unpayable,
} from "./batch-row";

const SYSTEM = "system:memo";
type By = { memoId: string; now: Date };
type Bank = { id: string; name: string; currency: string };

/** The payee is owed no longer; the payment is on its way. The database refuses to owe anybody less than nothing. */
async function order(tx: Tx, row: InstructionRow, batch: BatchRow, bank: Bank, now: Date): Promise<string | null> {
  const { amountMinor } = row;
  const lines: Line[] = [
    { account: await accountOf(tx, row.accountId), amountMinor },
    { account: transitOf(bank), amountMinor: -amountMinor },
  ];
  const entry = { ventureId: row.ventureId, kind: "payment ordered", description: `${batch.title}: ${row.remittance}` };
  const at = { effectiveOn: dayText(now), key: orderKey(row.id), lines };
  const posted = await postTransaction(tx, SYSTEM, { ...entry, ...at }, now);
  return posted.ok ? null : "The ledger no longer owes this";
}

/**
 * Two people approved these payments, word for word (`digest`): each is ordered of the ledger, once. One whose payee has
 * another account by now, or that is not owed any more, is left out and says so.
 */
export async function approvePayments(tx: Tx, batchId: string, digest: string, { memoId, now }: By): Promise<void> {
  const batch = await lockBatch(tx, null, batchId);
  const rows = (await instructionsOf(tx, batchId)).filter(({ status }) => status === "draft" || status === "proposed");
  // The memo is known before the batch is marked with it; a batch that was changed or decided since is not this memo's.
  if (batch.status !== "proposed" && batch.status !== "draft") throw new AppError("CONFLICT");
  if (batch.memoId !== null && batch.memoId !== memoId) throw new AppError("CONFLICT");
  if (rows.length === 0 || digestOfLines(rows) !== digest) throw new AppError("CONFLICT");
  const bank = await tx.bankAccount.findUniqueOrThrow({ where: { id: batch.bankAccountId } });
  const left: { endToEndId: string; reason: string }[] = [];
  for (const row of rows) {
    if (row.status === "draft") await moveInstruction(tx, row, { to: "proposed" });
    const reason = (await unpayable(tx, row)) ?? (await order(tx, row, batch, bank, now));
    await moveInstruction(tx, row, reason === null ? { to: "approved" } : { to: "cancelled", reason });
    if (reason !== null) left.push({ endToEndId: row.endToEndId, reason });
  }
  const status = left.length === rows.length ? "cancelled" : "approved";
  await moveBatch(tx, batch, { status, memoId });
  const payload = { memoId, approved: rows.length - left.length, leftOut: left };
  await recordBatch(tx, batch, SYSTEM, { type: "payments.approved", payload }, now);
}
