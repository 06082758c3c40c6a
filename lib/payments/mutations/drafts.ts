import "server-only";
import { randomBytes, randomUUID } from "node:crypto";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";
import { type ProposalRefusal, recordProposal } from "@/lib/decisions/mutations/proposals";
import { AppError, type FieldProblem, ok, type Result, refuse } from "@/lib/errors";
import { saveFigures } from "@/lib/figures/mutations";
import { lockLedger, reverseTransaction } from "@/lib/ledger/mutations/post";
import { type AccountKind, onOwnSide, PAYABLE_KINDS } from "@/lib/ledger/rules/accounts";
import { dayDate, dayText } from "@/lib/metrics/rules/periods";
import { RAIL_MOST, standingOf } from "../rules/bank-details";
import { batchMemo, batchSubject } from "../rules/batch-memo";
import { endToEndIdOf, freeToDraft, RESERVING } from "../rules/instruction";
import { batchFigures } from "../rules/payment-figures";
import type { BatchInput, BatchRead, CancelInput, Rail } from "../schema";
import {
  type BatchRow,
  digestOfLines,
  instructionsOf,
  lockBatch,
  moveBatch,
  moveInstruction,
  orderKey,
  recordBatch,
} from "./batch-row";

type Line = BatchInput["lines"][number];
type Drafted = { detailsId: string };

/** What is owed by an account and not yet counted on by another draft, in minor units. */
async function freeOf(tx: Tx, accountId: string, kind: AccountKind): Promise<bigint> {
  const posted = await tx.ledgerPosting.aggregate({ where: { accountId }, _sum: { amountMinor: true } });
  const drafts = await tx.paymentInstruction.aggregate({
    where: { accountId, status: { in: [...RESERVING] } },
    _sum: { amountMinor: true },
  });
  return freeToDraft(onOwnSide(kind, posted._sum.amountMinor ?? 0n), drafts._sum.amountMinor ?? 0n);
}

type For = { ventureId: string; currency: string; rail: Rail };

/** Why a line cannot be drafted: the payee is not the one who is owed, the account is not confirmed, too much, too large. */
async function problemOf(tx: Tx, line: Line, { ventureId, currency, rail }: For): Promise<string | Drafted> {
  const payee = await tx.payee.findFirst({
    where: { id: line.payeeId, ventureId },
    include: {
      details: { orderBy: { version: "desc" }, take: 1, include: { callback: { include: { release: true } } } },
    },
  });
  const account = await tx.ledgerAccount.findFirst({ where: { id: line.accountId, ventureId, currency } });
  const kind = account?.kind as AccountKind | undefined;
  if (!payee || !account || !kind || !PAYABLE_KINDS.includes(kind)) return "a payee and an account of this sale";
  if (account.party !== payee.party) return `the payee whom the account owes, not ${payee.name}`;
  const [details] = payee.details;
  const { callback = null } = details ?? {};
  const state = details && {
    version: details.version,
    called: callback !== null,
    released: Boolean(callback?.release),
  };
  if (!details || standingOf(state ?? null) !== "verified") return `confirmed bank details of ${payee.name}`;
  if (details.rail !== rail) return `an account of ${payee.name} that this bank account can pay`;
  if (line.amountMinor > RAIL_MOST[rail]) return "an amount that one payment can carry";
  if (line.amountMinor > (await freeOf(tx, line.accountId, kind))) return `no more than is owed to ${payee.name}`;
  return { detailsId: details.id };
}

export type DraftRefusal = "NO_ACCOUNT" | "NOT_PAYABLE" | "IN_THE_PAST";

type Drafting = { batch: BatchRow; rail: Rail; lines: readonly Line[] };

/** One by one: the next line for the same account sees this one. Refused whole where one of them cannot be paid. */
async function writeLines(tx: Tx, actor: Actor, { batch, rail, lines }: Drafting, now: Date): Promise<void> {
  const { id: batchId, ventureId, currency } = batch;
  const problems: FieldProblem[] = [];
  for (const [index, line] of lines.entries()) {
    const found = await problemOf(tx, line, { ventureId, currency, rail });
    if (typeof found === "string") {
      problems.push({ path: `lines.${index}`, expected: found });
      continue;
    }
    await tx.paymentInstruction.create({
      data: {
        ...{ id: randomUUID(), ventureId, batchId, currency, status: "draft", version: 1, ...line, ...found },
        ...{ endToEndId: endToEndIdOf(randomBytes(9)), idempotencyKey: `${batchId}:${index}` },
        ...{ createdBy: actor.ref, createdAt: now },
      },
    });
  }
  if (problems.length > 0) throw new NotPayable(problems);
}

type Drafts = Result<{ batchId: string; repeated: boolean }, DraftRefusal>;

async function writeBatch(tx: Tx, actor: Actor, input: BatchInput, now: Date): Promise<Drafts> {
  const { requestId: id, ventureId, bankAccountId, title, executeOn, lines } = input;
  await lockLedger(tx, ventureId);
  const known = await tx.paymentBatch.findUnique({ where: { id } });
  if (known && known.ventureId !== ventureId) throw new AppError("NOT_FOUND");
  if (known) return ok({ batchId: id, repeated: true });
  const bank = await tx.bankAccount.findFirst({ where: { id: bankAccountId, ventureId } });
  if (!bank) return refuse("NO_ACCOUNT");
  const { currency } = bank;
  const batch = await tx.paymentBatch.create({
    data: {
      ...{ id, ventureId, bankAccountId, title, currency, status: "draft", version: 1 },
      ...{ executeOn: dayDate(executeOn), createdBy: actor.ref, createdAt: now },
    },
  });
  await writeLines(tx, actor, { batch, rail: bank.rail as Rail, lines }, now);
  const sum = lines.reduce((all, { amountMinor }) => all + amountMinor, 0n);
  const payload = { payments: lines.length, totalMinor: sum.toString(), currency, executeOn };
  await recordBatch(tx, batch, actor.ref, { type: "payments.drafted", payload }, now);
  return ok({ batchId: id, repeated: false });
}

/** Payments of what the ledger owes, each to the account that was confirmed. The same request again is the same batch. */
export async function draftBatch(actor: Actor, input: BatchInput, now: Date): Promise<Drafts> {
  if (!maySeeVenture(actor, input.ventureId)) throw new AppError("NOT_FOUND");
  if (input.executeOn < dayText(now)) return refuse("IN_THE_PAST");
  return db
    .$transaction((tx) => writeBatch(tx, actor, input, now), { timeout: 30_000 })
    .catch((error: unknown) => {
      if (error instanceof NotPayable) return refuse("NOT_PAYABLE" as const, error.problems);
      throw error;
    });
}

/** Ends the transaction, so that nothing of a batch stays where a line of it cannot be paid. */
class NotPayable extends Error {
  readonly problems: readonly FieldProblem[];
  constructor(problems: readonly FieldProblem[]) {
    super("not payable");
    this.problems = problems;
  }
}

export type ProposeRefusal = "CONFLICT" | "NOT_A_DRAFT" | "EMPTY" | ProposalRefusal;

/** Asks the chairman, and a second person, to pay a batch as it stands. Safe to repeat: one memo for each version. */
export async function proposeBatch(
  actor: Actor,
  { batchId, version, why }: BatchRead & { why: string },
  now: Date,
): Promise<Result<{ memoId: string }, ProposeRefusal>> {
  const read = await readForMemo(actor, batchId, version, now);
  if (!read.ok) return read;
  const { ventureId, facts } = read.value;
  const memo = batchMemo({ ...facts, why });
  const outcome = await recordProposal(
    actor,
    {
      ...{ ventureId, agent: null, runId: null, actionClass: "payments.pay", ...memo },
      ...{ stakeMinor: facts.totalMinor.toString(), stakeCurrency: facts.currency },
      dedupeKey: `${batchSubject(batchId)}:${version}`,
    },
    now,
  );
  if (!outcome.ok) return outcome;
  const { memoId } = outcome.value;
  return db.$transaction(async (tx) => {
    const batch = await lockBatch(tx, actor, batchId);
    if (batch.memoId === memoId) return ok({ memoId });
    if (batch.status !== "draft" || batch.version !== version) return refuse("CONFLICT");
    for (const row of await instructionsOf(tx, batchId))
      if (row.status === "draft") await moveInstruction(tx, row, { to: "proposed" });
    await moveBatch(tx, batch, { status: "proposed", memoId });
    await recordBatch(tx, batch, actor.ref, { type: "payments.proposed", payload: { memoId } }, now);
    return ok({ memoId });
  });
}

async function readForMemo(actor: Actor, batchId: string, version: number, now: Date) {
  return db.$transaction(async (tx) => {
    const batch = await lockBatch(tx, actor, batchId);
    if (batch.version !== version) return refuse("CONFLICT" as const);
    if (batch.status !== "draft") return refuse("NOT_A_DRAFT" as const);
    const rows = await tx.paymentInstruction.findMany({
      where: { batchId, status: "draft" },
      include: { payee: true, details: true },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    });
    if (rows.length === 0) return refuse("EMPTY" as const);
    const bank = await tx.bankAccount.findUniqueOrThrow({ where: { id: batch.bankAccountId } });
    const { ventureId, title, currency } = batch;
    const lines = rows.map(({ id, payee, amountMinor }) => ({ id, payee: payee.name, amountMinor }));
    const { each, total } = batchFigures({ ventureId, batchId, title, currency, day: dayText(now), lines });
    const quotes = await saveFigures(tx, ventureId, [...each, total], now);
    const payments = rows.map(({ payee, details, remittance }, index) => ({
      ...{ payee: payee.name, account: `${details.holder}, ${details.masked}`, remittance },
      figure: each[index]?.id ?? "",
    }));
    const totalMinor = rows.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    const from = `${bank.name} (${bank.masked})`;
    const facts = { batchId, digest: digestOfLines(rows), title, from, currency, totalMinor, payments, quotes };
    return ok({ ventureId, facts: { ...facts, total: total.id, executeOn: dayText(batch.executeOn) } });
  });
}

export type ReopenRefusal = "CONFLICT" | "STILL_OPEN" | "NOT_PROPOSED";

/** The memo was rejected, withdrawn or ran out: the payments are drafts again, to be changed or proposed anew. */
export async function reopenBatch(actor: Actor, read: BatchRead, now: Date): Promise<Result<null, ReopenRefusal>> {
  return db.$transaction(async (tx) => {
    const batch = await lockBatch(tx, actor, read.batchId);
    if (batch.version !== read.version) return refuse("CONFLICT");
    if (batch.status !== "proposed") return refuse("NOT_PROPOSED");
    const memo = batch.memoId ? await tx.memo.findUnique({ where: { id: batch.memoId } }) : null;
    if (memo && !["rejected", "expired", "withdrawn"].includes(memo.status)) return refuse("STILL_OPEN");
    for (const row of await instructionsOf(tx, batch.id))
      if (row.status === "proposed") await moveInstruction(tx, row, { to: "draft" });
    await moveBatch(tx, batch, { status: "draft", memoId: null });
    await recordBatch(tx, batch, actor.ref, { type: "payments.reopened", payload: { memoId: memo?.id ?? null } }, now);
    return ok(null);
  });
}

export type CancelRefusal = "CONFLICT" | "TOO_LATE" | "STILL_PROPOSED";

/** Takes a payment out before it is in a file; what was ordered of the ledger is undone by its mirror. */
export async function cancelPayment(actor: Actor, input: CancelInput, now: Date): Promise<Result<null, CancelRefusal>> {
  const { instructionId, version, reason } = input;
  return db.$transaction(async (tx) => {
    const found = await tx.paymentInstruction.findUnique({ where: { id: instructionId } });
    if (!found) throw new AppError("NOT_FOUND");
    const batch = await lockBatch(tx, actor, found.batchId);
    const row = await tx.paymentInstruction.findUniqueOrThrow({ where: { id: instructionId } });
    if (row.version !== version) return refuse("CONFLICT");
    // What two people are reading is not changed under their eyes.
    if (row.status === "proposed") return refuse("STILL_PROPOSED");
    if (row.status !== "draft" && row.status !== "approved") return refuse("TOO_LATE");
    if (row.status === "approved") {
      const undone = await reverseTransaction(
        tx,
        actor.ref,
        { key: orderKey(row.id), effectiveOn: dayText(now), reason },
        now,
      );
      if (!undone.ok) throw new AppError("INTERNAL");
    }
    await moveInstruction(tx, row, { to: "cancelled", reason });
    const left = (await instructionsOf(tx, batch.id)).filter(({ status }) => status !== "cancelled");
    if (left.length === 0) await moveBatch(tx, batch, { status: "cancelled" });
    const payload = { instructionId, endToEndId: row.endToEndId, reason };
    await recordBatch(tx, batch, actor.ref, { type: "payments.cancelled", payload }, now);
    return ok(null);
  });
}
