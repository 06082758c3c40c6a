import "server-only";
import { createHash } from "node:crypto";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import type { Prisma, Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { lockLedger } from "@/lib/ledger/mutations/post";
import type { AccountKind } from "@/lib/ledger/rules/accounts";
import type { AccountRef } from "@/lib/ledger/rules/entry";
import { standingOf } from "../rules/bank-details";
import { type InstructionState, linesText, mayBecome, type PaymentLine } from "../rules/instruction";

export type BatchRow = Awaited<ReturnType<Tx["paymentBatch"]["findUniqueOrThrow"]>>;
export type InstructionRow = Awaited<ReturnType<Tx["paymentInstruction"]["findUniqueOrThrow"]>>;

/** The batch with the venture's ledger held: all that pays in a venture stands in one queue. */
export async function lockBatch(tx: Tx, actor: Actor | null, batchId: string): Promise<BatchRow> {
  const found = await tx.paymentBatch.findUnique({ where: { id: batchId } });
  if (!found || (actor && !maySeeVenture(actor, found.ventureId))) throw new AppError("NOT_FOUND");
  await lockLedger(tx, found.ventureId);
  return tx.paymentBatch.findUniqueOrThrow({ where: { id: batchId } });
}

export const instructionsOf = (tx: Tx, batchId: string): Promise<InstructionRow[]> =>
  tx.paymentInstruction.findMany({ where: { batchId }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] });

export const digestOfLines = (lines: readonly PaymentLine[]): string =>
  createHash("sha256").update(linesText(lines)).digest("hex");

type Step = { to: InstructionState; reason?: string | null };

/** From the state that was read to the next, or not at all: a table of the database refuses every other way. */
export async function moveInstruction(tx: Tx, row: InstructionRow, { to, reason = null }: Step): Promise<void> {
  if (!mayBecome(row.status as InstructionState, to)) throw new AppError("CONFLICT");
  const { count } = await tx.paymentInstruction.updateMany({
    where: { id: row.id, version: row.version },
    data: { status: to, statusReason: reason, version: { increment: 1 } },
  });
  if (count !== 1) throw new AppError("CONFLICT");
  row.status = to;
  row.version += 1;
}

export async function moveBatch(tx: Tx, batch: BatchRow, data: { status: string; memoId?: string | null }) {
  const next = { ...data, version: { increment: 1 } };
  const { count } = await tx.paymentBatch.updateMany({ where: { id: batch.id, version: batch.version }, data: next });
  if (count !== 1) throw new AppError("CONFLICT");
}

/** Why a payment may not go to the account that it was drafted for; null where it may. */
export async function unpayable(tx: Tx, { payeeId, detailsId }: InstructionRow): Promise<string | null> {
  const newest = await tx.payeeDetails.findFirst({
    where: { payeeId },
    orderBy: { version: "desc" },
    include: { callback: { include: { release: true } } },
  });
  if (newest?.id !== detailsId) return "The payee's account was changed after this was drafted";
  const { version, callback } = newest;
  const released = Boolean(callback?.release);
  const standing = standingOf({ version, called: callback !== null, released });
  return standing === "verified" ? null : "The payee's account is not confirmed";
}

export async function accountOf(tx: Tx, accountId: string): Promise<AccountRef> {
  const { kind, party, name, currency } = await tx.ledgerAccount.findUniqueOrThrow({ where: { id: accountId } });
  return { kind: kind as AccountKind, party, name, currency };
}

type BankRow = { id: string; name: string; currency: string };
export const bankOf = ({ id, name, currency }: BankRow): AccountRef => ({ kind: "bank", party: id, name, currency });
export const transitOf = ({ id, name, currency }: BankRow): AccountRef => ({
  ...{ kind: "transit", party: id, name, currency },
});

export const orderKey = (instructionId: string): string => `order:${instructionId}`;

type Said = { type: string; payload: Prisma.InputJsonObject };
export const recordBatch = (tx: Tx, batch: BatchRow, by: string, { type, payload }: Said, at: Date) =>
  recordEvent(tx, {
    ...{ ventureId: batch.ventureId, type, actor: by, at, subject: `payments:${batch.id}` },
    payload: { title: batch.title, ...payload },
  });
