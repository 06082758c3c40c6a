import "server-only";
import { createHash, randomUUID } from "node:crypto";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { readCamt053, type Statement, type StatementRefusal } from "@/lib/integrations/payments/camt-053";
import { lockLedger, postTransaction } from "@/lib/ledger/mutations/post";
import type { AccountRef, Line } from "@/lib/ledger/rules/entry";
import type { TrancheKind } from "@/lib/ledger/schema";
import { dayDate, dayText } from "@/lib/metrics/rules/periods";
import type { Checked } from "../rules/bank-details";
import type { InstructionState } from "../rules/instruction";
import { type Known, type Match, matchMovement } from "../rules/reconcile";
import type { SettleInput, StatementInput } from "../schema";
import { accountOf, bankOf, moveInstruction } from "./batch-row";
import { opened } from "./files";
import { lineKey } from "./line-back";

type Bank = Awaited<ReturnType<Tx["bankAccount"]["findUniqueOrThrow"]>>;
type LineRow = Awaited<ReturnType<Tx["bankStatementLine"]["findUniqueOrThrow"]>>;

export type Imported = { statements: number; added: number; known: number; matched: number; open: number };
export type ImportRefusal = StatementRefusal | "OTHER_ACCOUNT";

const isOf = (statement: Statement, own: Checked): boolean =>
  own.rail === "sepa"
    ? statement.account === own.iban
    : statement.account.replace(/^0+/, "") === own.account.replace(/^0+/, "");

/**
 * Takes in a bank's statement and matches what it says with the payments that were sent: by end-to-end id and amount.
 * What does not fit waits for a person. The same file, or a line that another statement told before, adds nothing.
 */
export async function importStatement(
  actor: Actor,
  { bankAccountId, fileName, xml }: StatementInput,
  now: Date,
): Promise<Result<Imported, ImportRefusal>> {
  const read = readCamt053(xml);
  if (!read.ok) return read;
  const hash = createHash("sha256").update(xml).digest("hex");
  return db.$transaction(
    async (tx) => {
      const found = await tx.bankAccount.findUnique({ where: { id: bankAccountId } });
      if (!found || !maySeeVenture(actor, found.ventureId)) throw new AppError("NOT_FOUND");
      await lockLedger(tx, found.ventureId);
      const own = opened(found.id, found.sealed);
      if (read.value.some((statement) => !isOf(statement, own))) return refuse("OTHER_ACCOUNT");
      const counts: Imported = { statements: 0, added: 0, known: 0, matched: 0, open: 0 };
      for (const statement of read.value) await takeIn(tx, actor, found, statement, { hash, fileName, counts, now });
      if (counts.statements > 0) {
        const subject = `bank-account:${bankAccountId}`;
        const payload = { fileName, hash, ...counts };
        const event = { ventureId: found.ventureId, type: "bank-statement.imported", subject, payload };
        await recordEvent(tx, { ...event, actor: actor.ref, at: now });
      }
      return ok(counts);
    },
    { timeout: 60_000 },
  );
}

type Taking = { hash: string; fileName: string; counts: Imported; now: Date };

async function takeIn(tx: Tx, actor: Actor, bank: Bank, statement: Statement, taking: Taking): Promise<void> {
  const { hash, fileName, counts, now } = taking;
  const { statementId, fromOn, toOn, openingMinor, closingMinor, entries } = statement;
  const same = { bankAccountId: bank.id, hash, statementId };
  if ((await tx.bankStatement.count({ where: same })) > 0) {
    counts.known += entries.length;
    return;
  }
  const row = await tx.bankStatement.create({
    data: {
      ...{ id: randomUUID(), ventureId: bank.ventureId, ...same, fileName, openingMinor, closingMinor },
      ...{ fromOn: fromOn ? dayDate(fromOn) : null, toOn: toOn ? dayDate(toOn) : null },
      ...{ importedBy: actor.ref, importedAt: now },
    },
  });
  counts.statements += 1;
  for (const [index, entry] of entries.entries()) {
    const { entryRef, bookedOn, ...said } = entry;
    const key = { bankAccountId_entryRef: { bankAccountId: bank.id, entryRef } };
    if (await tx.bankStatementLine.findUnique({ where: key })) {
      counts.known += 1;
      continue;
    }
    const line = await tx.bankStatementLine.create({
      data: {
        ...{ id: randomUUID(), statementId: row.id, bankAccountId: bank.id, ordinal: index + 1, entryRef, ...said },
        ...{ bookedOn: dayDate(bookedOn), status: "open" },
      },
    });
    counts.added += 1;
    const match = await matchLine(tx, actor.ref, bank, line, now);
    counts[match.as === "open" ? "open" : "matched"] += 1;
  }
}

/** The payment with the line's end-to-end id from this account, and what the bank has said of it until now. */
async function knownOf(tx: Tx, bank: Bank, { endToEndId }: LineRow) {
  if (!endToEndId) return null;
  const row = await tx.paymentInstruction.findUnique({ where: { endToEndId }, include: { batch: true } });
  if (!row || row.batch.bankAccountId !== bank.id) return null;
  const lines = await tx.bankStatementLine.findMany({
    where: { instructionId: row.id, status: { in: ["payment", "return"] } },
    select: { amountMinor: true, status: true },
  });
  const sum = (status: string) =>
    lines.reduce((all, line) => (line.status === status ? all + line.amountMinor : all), 0n);
  const { status, amountMinor, currency, batch, ...rest } = row;
  const known: Known = {
    ...{ status: status as InstructionState, amountMinor, currency },
    ...{ paidMinor: -sum("payment"), returnedMinor: sum("return") },
  };
  return { row: { status, amountMinor, currency, ...rest }, batch, known };
}

async function matchLine(tx: Tx, by: string, bank: Bank, line: LineRow, now: Date): Promise<Match> {
  const found = await knownOf(tx, bank, line);
  const match = matchMovement(line, found?.known ?? null);
  if (match.as === "open" || !found) {
    const reason = match.as === "open" ? match.reason : null;
    await tx.bankStatementLine.update({ where: { id: line.id }, data: { status: "open", reason } });
    return match;
  }
  const { row, batch } = found;
  const other: AccountRef =
    match.as === "payment"
      ? { kind: "transit", party: bank.id, name: bank.name, currency: bank.currency }
      : await accountOf(tx, row.accountId);
  const lines: Line[] = [
    { account: bankOf(bank), amountMinor: line.amountMinor },
    { account: other, amountMinor: -line.amountMinor },
  ];
  const description = `${batch.title}: ${row.remittance}`;
  await book(
    tx,
    by,
    bank,
    line,
    { kind: match.as === "payment" ? "payment" : "payment returned", description, lines },
    now,
  );
  const data = { status: match.as, reason: null, instructionId: row.id };
  await tx.bankStatementLine.update({ where: { id: line.id }, data });
  if (match.becomes) {
    await moveInstruction(tx, row, { to: match.becomes });
    await recordEvent(tx, {
      ...{ ventureId: bank.ventureId, type: `payments.${match.becomes}`, actor: by, at: now },
      subject: `payments:${batch.id}`,
      payload: { instructionId: row.id, endToEndId: row.endToEndId, lineId: line.id },
    });
    await closeBatch(tx, batch.id);
  }
  return match;
}

/** A batch is over when none of its payments is open any more. */
async function closeBatch(tx: Tx, batchId: string): Promise<void> {
  const over = ["confirmed", "failed", "returned", "cancelled"];
  if ((await tx.paymentInstruction.count({ where: { batchId, status: { notIn: over } } })) > 0) return;
  await tx.paymentBatch.updateMany({
    where: { id: batchId, status: "sent" },
    data: { status: "closed", version: { increment: 1 } },
  });
}

type Booking = { kind: string; description: string; lines: Line[] };

/** A line of the bank is one entry of the ledger, whoever tries and however often. */
async function book(tx: Tx, by: string, bank: Bank, line: LineRow, booking: Booking, now: Date): Promise<void> {
  const at = { ventureId: bank.ventureId, effectiveOn: dayText(line.bookedOn), key: await lineKey(tx, line.id) };
  const posted = await postTransaction(tx, by, { ...at, ...booking }, now);
  if (!posted.ok) throw new AppError("CONFLICT", { problems: posted.problems ?? [] });
}

export type SettleRefusal =
  | "OTHER_MONEY"
  | "ALREADY_SETTLED"
  | "WRONG_DIRECTION"
  | "NO_TRANCHE"
  | "STILL_OPEN"
  | "OVERDRAWN";

/** Says what a line of the bank is that no payment explains: by a person, with a reason. */
export async function settleLine(actor: Actor, input: SettleInput, now: Date): Promise<Result<null, SettleRefusal>> {
  const { lineId, as, trancheId, reason } = input;
  return db.$transaction(async (tx) => {
    const found = await tx.bankStatementLine.findUnique({ where: { id: lineId } });
    const bank = found && (await tx.bankAccount.findUnique({ where: { id: found.bankAccountId } }));
    if (!found || !bank || !maySeeVenture(actor, bank.ventureId)) throw new AppError("NOT_FOUND");
    await lockLedger(tx, bank.ventureId);
    const line = await tx.bankStatementLine.findUniqueOrThrow({ where: { id: lineId } });
    if (line.status !== "open") return refuse("ALREADY_SETTLED");
    if (as === "match") {
      const match = await matchLine(tx, actor.ref, bank, line, now);
      return match.as === "open" ? refuse("STILL_OPEN", [{ path: "lineId", expected: match.reason }]) : ok(null);
    }
    // The books of this account are in its own currency; anything else would be a wrong amount.
    if (line.currency !== bank.currency && as !== "not-ours") return refuse("OTHER_MONEY");
    if (as === "charges" ? line.amountMinor > 0n : as !== "not-ours" && line.amountMinor < 0n)
      return refuse("WRONG_DIRECTION");
    if (as !== "not-ours") {
      const other = await otherSide(tx, bank, as, trancheId);
      if (!other) return refuse("NO_TRANCHE");
      const lines: Line[] = [
        { account: bankOf(bank), amountMinor: line.amountMinor },
        { account: other, amountMinor: -line.amountMinor },
      ];
      const description = line.party ?? line.remittance ?? reason;
      const at = { ventureId: bank.ventureId, effectiveOn: dayText(line.bookedOn), key: await lineKey(tx, line.id) };
      const posted = await postTransaction(tx, actor.ref, { ...at, kind: `received ${as}`, description, lines }, now);
      if (!posted.ok) return refuse("OVERDRAWN", posted.problems);
    }
    const data = { status: "settled", settledAs: as, reason, settledBy: actor.ref, settledAt: now };
    await tx.bankStatementLine.update({ where: { id: lineId }, data });
    await recordEvent(tx, {
      ...{ ventureId: bank.ventureId, type: "bank-line.settled", actor: actor.ref, at: now },
      ...{ subject: `bank-account:${bank.id}`, payload: { lineId, as, trancheId, reason } },
    });
    return ok(null);
  });
}

async function otherSide(tx: Tx, bank: Bank, as: string, trancheId: string | null): Promise<AccountRef | null> {
  const { currency, ventureId } = bank;
  if (as === "charges") return { kind: "charges", party: bank.id, name: bank.name, currency };
  if (as === "proceeds") return { kind: "proceeds", party: "", name: "", currency };
  const tranche = trancheId
    ? await tx.deferredTranche.findFirst({ where: { id: trancheId, ventureId, currency } })
    : null;
  return tranche && { kind: tranche.kind as TrancheKind, party: tranche.id, name: tranche.label, currency };
}
