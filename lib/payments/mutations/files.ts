import "server-only";
import { createHash, randomUUID } from "node:crypto";
import type { Actor } from "@/lib/auth/actor";
import { decryptSecret, encryptSecret } from "@/lib/auth/secrets";
import { requireStepUp } from "@/lib/auth/step-up";
import { db, type Tx } from "@/lib/db";
import { isHeld } from "@/lib/decisions/queries/suspension";
import { AppError, type FieldProblem, ok, type Result, refuse } from "@/lib/errors";
import { checkPain001 } from "@/lib/integrations/payments/check-pain-001";
import { checkNacha, writeNacha } from "@/lib/integrations/payments/nacha";
import { writePain001 } from "@/lib/integrations/payments/pain-001";
import { reverseTransaction } from "@/lib/ledger/mutations/post";
import { dayText } from "@/lib/metrics/rules/periods";
import type { Checked } from "../rules/bank-details";
import type { BatchRead, CancelInput } from "../schema";
import {
  type BatchRow,
  type InstructionRow,
  instructionsOf,
  lockBatch,
  moveBatch,
  moveInstruction,
  orderKey,
  recordBatch,
  unpayable,
} from "./batch-row";

export type Exported = { fileId: string; fileName: string; text: string; hash: string; repeated: boolean };
export type ExportRefusal = "NOT_APPROVED" | "SUSPENDED" | "PAYEE_FROZEN" | "NOT_COVERED" | "IN_THE_PAST" | "CONFLICT";

export const opened = (owner: string, sealed: string): Checked =>
  JSON.parse(decryptSecret("bank-details", owner, sealed)) as Checked;

const FORMATS = { sepa: { name: "pain.001.001.09", ending: "xml" }, ach: { name: "nacha", ending: "ach" } } as const;

/** The approval has conditions, and one of them does not hold now: nothing leaves before all do again. */
const isSuspended = async (tx: Tx, { memoId }: { memoId: string | null }): Promise<boolean> =>
  memoId !== null && (await isHeld(tx, memoId));

type FileRow = Awaited<ReturnType<Tx["paymentFile"]["findUniqueOrThrow"]>>;

function shown(file: FileRow, repeated: boolean): Exported {
  const ending = file.format === FORMATS.ach.name ? FORMATS.ach.ending : FORMATS.sepa.ending;
  const text = decryptSecret("payment-file", file.id, file.sealed);
  return { fileId: file.id, fileName: `${file.messageId}.${ending}`, text, hash: file.hash, repeated };
}

/**
 * The bank's file of an approved batch, made once: asked for again, it is the same bytes with the same message id, unless an
 * account was changed before it was sent. Needs proof of presence, every payee's account as it was approved, and money on the account for all that is on its way.
 */
export async function exportBatch(
  actor: Actor,
  { batchId }: Pick<BatchRead, "batchId">,
  now: Date,
): Promise<Result<Exported, ExportRefusal>> {
  requireStepUp(actor, now);
  return db.$transaction(
    async (tx) => {
      const batch = await lockBatch(tx, actor, batchId);
      const live = await tx.paymentFile.findFirst({ where: { batchId, status: "live" } });
      if (!live?.sentAt && (await isSuspended(tx, batch))) return refuse("SUSPENDED");
      const rows = await inState(tx, batchId, live ? "exported" : "approved");
      const frozen = await frozenOf(tx, rows);
      if (live) return frozen.length > 0 && !live.sentAt ? refuse("PAYEE_FROZEN", frozen) : ok(shown(live, true));
      if (batch.status !== "approved") return refuse("NOT_APPROVED");
      if (dayText(batch.executeOn) < dayText(now)) return refuse("IN_THE_PAST");
      if (frozen.length > 0) return refuse("PAYEE_FROZEN", frozen);
      if (rows.length === 0) return refuse("NOT_APPROVED");
      if (!(await isCovered(tx, batch))) return refuse("NOT_COVERED");
      const file = await makeFile(tx, actor, batch, rows, now);
      for (const row of rows) await moveInstruction(tx, row, { to: "exported" });
      await moveBatch(tx, batch, { status: "exported" });
      const { id: fileId, messageId, hash, format, payments } = file;
      const payload = { fileId, messageId, hash, format, payments, totalMinor: file.controlSumMinor.toString() };
      await recordBatch(tx, batch, actor.ref, { type: "payments.exported", payload }, now);
      return ok(shown(file, false));
    },
    { timeout: 30_000 },
  );
}

const inState = async (tx: Tx, batchId: string, state: string): Promise<InstructionRow[]> =>
  (await instructionsOf(tx, batchId)).filter(({ status }) => status === state);

/** Payments whose payee has another account by now, or one that is not confirmed. */
async function frozenOf(tx: Tx, rows: readonly InstructionRow[]): Promise<FieldProblem[]> {
  const problems: FieldProblem[] = [];
  for (const row of rows) {
    const expected = await unpayable(tx, row);
    if (expected) problems.push({ path: row.endToEndId, expected });
  }
  return problems;
}

/** Is there as much on the account as all payments of it that are on their way? */
async function isCovered(tx: Tx, { ventureId, bankAccountId, currency }: BatchRow): Promise<boolean> {
  const { _sum } = await tx.ledgerPosting.aggregate({
    where: { account: { ventureId, party: bankAccountId, currency, kind: { in: ["bank", "transit"] } } },
    _sum: { amountMinor: true },
  });
  return (_sum.amountMinor ?? 0n) >= 0n;
}

async function makeFile(tx: Tx, actor: Actor, batch: BatchRow, rows: InstructionRow[], now: Date): Promise<FileRow> {
  const id = randomUUID();
  const bank = await tx.bankAccount.findUniqueOrThrow({ where: { id: batch.bankAccountId } });
  const details = await tx.payeeDetails.findMany({ where: { id: { in: rows.map(({ detailsId }) => detailsId) } } });
  const to = new Map(details.map((one) => [one.id, { holder: one.holder, number: opened(one.id, one.sealed) }]));
  const lines = rows.map((row) => {
    const known = to.get(row.detailsId);
    if (!known) throw new AppError("INTERNAL");
    return { row, ...known };
  });
  const messageId = `CH${dayText(now).replace(/-/g, "")}${id.replace(/-/g, "").slice(0, 12).toUpperCase()}`;
  const given = { messageId, createdAt: now, executeOn: dayText(batch.executeOn) };
  const own = opened(bank.id, bank.sealed);
  const text = own.rail === "sepa" ? transfers(given, bank.holder, own, lines) : credits(given, bank, own, lines);
  const problems = own.rail === "sepa" ? checkPain001(text) : checkNacha(text);
  // A file that a bank would misread must not exist.
  if (problems.length > 0) throw new AppError("INTERNAL", { cause: new Error(problems.join("; ")) });
  const file = await tx.paymentFile.create({
    data: {
      ...{ id, batchId: batch.id, format: FORMATS[own.rail].name, messageId, status: "live", payments: rows.length },
      ...{ hash: createHash("sha256").update(text).digest("hex"), sealed: encryptSecret("payment-file", id, text) },
      controlSumMinor: rows.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
      ...{ createdBy: actor.ref, createdAt: now },
    },
  });
  const items = rows.map(({ id: instructionId, endToEndId, amountMinor, currency, detailsId }) => ({
    ...{ fileId: id, instructionId, endToEndId, amountMinor, currency, detailsId, live: true },
  }));
  await tx.paymentFileItem.createMany({ data: items });
  return file;
}

type Given = { messageId: string; createdAt: Date; executeOn: string };
type PayLine = { row: InstructionRow; holder: string; number: Checked };
type Own<Rail extends Checked["rail"]> = Extract<Checked, { rail: Rail }>;

function transfers(given: Given, name: string, own: Own<"sepa">, lines: readonly PayLine[]): string {
  const all = lines.map(({ row, holder, number }) => {
    if (number.rail !== "sepa") throw new AppError("INTERNAL");
    const { endToEndId, amountMinor, remittance } = row;
    return { endToEndId, amountMinor, remittance, payee: holder, iban: number.iban, bic: number.bic };
  });
  const debtor = { name, iban: own.iban, bic: own.bic };
  return writePain001({ ...given, currency: "EUR", debtor, transfers: all });
}

type AchBank = { holder: string; companyId: string | null; bankName: string };

function credits(given: Given, bank: AchBank, own: Own<"ach">, lines: readonly PayLine[]): string {
  const entries = lines.map(({ row, holder, number }) => {
    if (number.rail !== "ach") throw new AppError("INTERNAL");
    const { routing, account, accountType, owner } = number;
    const { endToEndId, amountMinor } = row;
    return { endToEndId, amountMinor, payee: holder, routing, account, accountType, owner };
  });
  const { holder: name, companyId, bankName } = bank;
  return writeNacha({
    ...given,
    origin: { name, companyId: companyId ?? "", routing: own.routing, bankName },
    entries,
  });
}

async function lockFile(tx: Tx, actor: Actor, fileId: string) {
  const found = await tx.paymentFile.findUnique({ where: { id: fileId } });
  if (!found) throw new AppError("NOT_FOUND");
  const batch = await lockBatch(tx, actor, found.batchId);
  return { batch, file: await tx.paymentFile.findUniqueOrThrow({ where: { id: fileId } }) };
}

export type SendRefusal = "VOID" | "SUSPENDED" | "PAYEE_FROZEN";

/** The file was handed to the bank. From here on nothing takes a payment back but the bank. */
export async function markSent(
  actor: Actor,
  fileId: string,
  now: Date,
): Promise<Result<{ repeated: boolean }, SendRefusal>> {
  requireStepUp(actor, now);
  return db.$transaction(async (tx) => {
    const { batch, file } = await lockFile(tx, actor, fileId);
    if (file.sentAt) return ok({ repeated: true });
    if (file.status !== "live") return refuse("VOID");
    if (await isSuspended(tx, batch)) return refuse("SUSPENDED");
    const rows = await inState(tx, batch.id, "exported");
    // All of them are asked before the first is moved: a refusal leaves nothing half sent.
    const frozen = await frozenOf(tx, rows);
    if (frozen.length > 0) return refuse("PAYEE_FROZEN", frozen);
    for (const row of rows) await moveInstruction(tx, row, { to: "sent" });
    await tx.paymentFile.update({ where: { id: fileId }, data: { sentBy: actor.ref, sentAt: now } });
    await moveBatch(tx, batch, { status: "sent" });
    const payload = { fileId, messageId: file.messageId, hash: file.hash };
    await recordBatch(tx, batch, actor.ref, { type: "payments.sent", payload }, now);
    return ok({ repeated: false });
  });
}

/**
 * A file that was not sent is thrown away; its payments are approved as before and can go into another one. Whoever made
 * it may have handed it to the bank already, so somebody else has to say that it never got there.
 */
export async function voidFile(
  actor: Actor,
  { fileId, reason }: { fileId: string; reason: string },
  now: Date,
): Promise<Result<null, "SENT" | "VOID" | "SECOND_PERSON">> {
  requireStepUp(actor, now);
  return db.$transaction(async (tx) => {
    const { batch, file } = await lockFile(tx, actor, fileId);
    if (file.sentAt) return refuse("SENT");
    if (file.status !== "live") return refuse("VOID");
    if (file.createdBy === actor.ref) return refuse("SECOND_PERSON");
    await tx.paymentFileItem.updateMany({ where: { fileId }, data: { live: false } });
    await tx.paymentFile.update({ where: { id: fileId }, data: { status: "void", voidReason: reason } });
    for (const row of await inState(tx, batch.id, "exported")) await moveInstruction(tx, row, { to: "approved" });
    await moveBatch(tx, batch, { status: "approved" });
    const payload = { fileId, messageId: file.messageId, reason };
    await recordBatch(tx, batch, actor.ref, { type: "payments.file-voided", payload }, now);
    return ok(null);
  });
}

export type FailRefusal = "CONFLICT" | "NOT_SENT" | "PARTLY_PAID";

/** The bank says that it did not carry a payment out: what was ordered is undone, and owed again. */
export async function markFailed(actor: Actor, input: CancelInput, now: Date): Promise<Result<null, FailRefusal>> {
  requireStepUp(actor, now);
  const { instructionId, version, reason } = input;
  return db.$transaction(async (tx) => {
    const found = await tx.paymentInstruction.findUnique({ where: { id: instructionId } });
    if (!found) throw new AppError("NOT_FOUND");
    const batch = await lockBatch(tx, actor, found.batchId);
    const row = await tx.paymentInstruction.findUniqueOrThrow({ where: { id: instructionId } });
    if (row.version !== version) return refuse("CONFLICT");
    if (row.status !== "sent") return refuse("NOT_SENT");
    const booked = await tx.bankStatementLine.count({
      where: { instructionId, status: { in: ["payment", "return"] } },
    });
    if (booked > 0) return refuse("PARTLY_PAID");
    const undo = { key: orderKey(row.id), effectiveOn: dayText(now), reason };
    const undone = await reverseTransaction(tx, actor.ref, undo, now);
    if (!undone.ok) throw new AppError("INTERNAL");
    await moveInstruction(tx, row, { to: "failed", reason });
    const payload = { instructionId, endToEndId: row.endToEndId, reason };
    await recordBatch(tx, batch, actor.ref, { type: "payments.failed", payload }, now);
    return ok(null);
  });
}
