import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { namesByRef } from "@/lib/auth/people";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { askedView } from "@/lib/figures/rules";
import type { FigureView } from "@/lib/figures/schema";
import { balancesOn, ledgerAsk, ledgerScope } from "@/lib/ledger/queries";
import { PAYABLE_KINDS } from "@/lib/ledger/rules/accounts";
import { type Balance, balanceFigure } from "@/lib/ledger/rules/ledger-figures";
import { dayText } from "@/lib/metrics/rules/periods";
import type { Standing } from "../rules/bank-details";
import { freeToDraft, type InstructionState, RESERVING } from "../rules/instruction";
import type { Rail } from "../schema";
import { getPayees, type PayeeView } from "./payees";

export type InstructionView = {
  id: string;
  version: number;
  payee: string;
  masked: string;
  amountMinor: bigint;
  currency: string;
  endToEndId: string;
  remittance: string;
  status: InstructionState;
  statusReason: string | null;
  /** The payee's account is another by now, or not confirmed. */
  frozen: boolean;
  paidMinor: bigint;
  returnedMinor: bigint;
};
export type BatchView = {
  id: string;
  version: number;
  title: string;
  bank: string;
  currency: string;
  executeOn: string;
  status: string;
  memoId: string | null;
  memoStatus: string | null;
  totalMinor: bigint;
  file: { id: string; messageId: string; hash: string; format: string; sent: boolean } | null;
  instructions: InstructionView[];
};
export type OwedView = {
  accountId: string;
  kind: string;
  name: string;
  currency: string;
  payeeId: string | null;
  standing: Standing;
  rail: Rail | null;
  freeMinor: bigint;
  figure: FigureView;
};
export type OpenLineView = {
  id: string;
  bank: string;
  day: string;
  amountMinor: bigint;
  currency: string;
  party: string | null;
  remittance: string | null;
  endToEndId: string | null;
  reason: string | null;
};
/** A line that a person has explained; the newest can be taken back. */
export type ExplainedLineView = Omit<OpenLineView, "reason"> & { as: string; why: string; by: string };
export type BankView = {
  id: string;
  name: string;
  masked: string;
  rail: Rail;
  currency: string;
  balance: FigureView | null;
  statementOn: string | null;
};
export type PaymentsPage = {
  banks: BankView[];
  owed: OwedView[];
  batches: BatchView[];
  lines: OpenLineView[];
  explained: ExplainedLineView[];
};

const loadBatches = (ventureId: string) =>
  db.paymentBatch.findMany({
    where: { ventureId },
    orderBy: [{ createdAt: "desc" }],
    take: 50,
    include: {
      bankAccount: true,
      files: { where: { status: "live" } },
      instructions: {
        orderBy: [{ createdAt: "asc" }, { id: "asc" }],
        include: { payee: true, details: true, lines: { where: { status: { in: ["payment", "return"] } } } },
      },
    },
  });
type BatchRow = Awaited<ReturnType<typeof loadBatches>>[number];

function batchView(row: BatchRow, memoStatus: ReadonlyMap<string, string>, usable: ReadonlySet<string>): BatchView {
  const [file] = row.files;
  const instructions = row.instructions.map((one): InstructionView => {
    const sum = (status: string) =>
      one.lines.reduce((all, line) => (line.status === status ? all + line.amountMinor : all), 0n);
    const waits = ["draft", "proposed", "approved", "exported"].includes(one.status);
    return {
      ...{ id: one.id, version: one.version, payee: one.payee.name, masked: one.details.masked },
      ...{ amountMinor: one.amountMinor, currency: one.currency, endToEndId: one.endToEndId },
      ...{ remittance: one.remittance, status: one.status as InstructionState, statusReason: one.statusReason },
      ...{ frozen: waits && !usable.has(one.detailsId), paidMinor: -sum("payment"), returnedMinor: sum("return") },
    };
  });
  const counted = instructions.filter(({ status }) => status !== "cancelled");
  return {
    ...{ id: row.id, version: row.version, title: row.title, bank: row.bankAccount.name, currency: row.currency },
    ...{ executeOn: dayText(row.executeOn), status: row.status, memoId: row.memoId },
    memoStatus: row.memoId ? (memoStatus.get(row.memoId) ?? null) : null,
    totalMinor: counted.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
    file: file
      ? { id: file.id, messageId: file.messageId, hash: file.hash, format: file.format, sent: file.sentAt !== null }
      : null,
    instructions,
  };
}

const loadBanks = (ventureId: string) =>
  db.bankAccount.findMany({
    where: { ventureId },
    orderBy: { addedAt: "asc" },
    include: { statements: { orderBy: { importedAt: "desc" }, take: 1 } },
  });
type BankRow = Awaited<ReturnType<typeof loadBanks>>[number];

type Books = {
  balances: readonly Balance[];
  partyOf: ReadonlyMap<string, string>;
  figureOf: (of: Balance) => FigureView;
};

async function booksOf(ventureId: string, today: string): Promise<Books> {
  const [balances, scope] = [await balancesOn(db, ventureId, today), await ledgerScope(db, ventureId, today)];
  const ledger = await db.ledgerAccount.findMany({ where: { ventureId } });
  const ask = ledgerAsk(ventureId, today);
  return {
    balances,
    partyOf: new Map(ledger.map(({ id, party }) => [id, party])),
    figureOf: (balance) => askedView(balanceFigure(scope, balance), ask),
  };
}

function bankView(row: BankRow, { balances, partyOf, figureOf }: Books): BankView {
  const { id, name, masked, rail, currency, statements } = row;
  const balance = balances.find((one) => one.kind === "bank" && partyOf.get(one.accountId) === id);
  return {
    ...{ id, name, masked, rail: rail as Rail, currency, balance: balance ? figureOf(balance) : null },
    statementOn: statements[0] ? dayText(statements[0].importedAt) : null,
  };
}

/** What is owed and to whom, less what drafts count on already. */
async function owedOf(ventureId: string, books: Books, payees: readonly PayeeView[]): Promise<OwedView[]> {
  const { balances, partyOf, figureOf } = books;
  const reserved = await db.paymentInstruction.groupBy({
    by: ["accountId"],
    where: { ventureId, status: { in: [...RESERVING] } },
    _sum: { amountMinor: true },
  });
  const reservedOf = new Map(reserved.map(({ accountId, _sum }) => [accountId, _sum.amountMinor ?? 0n]));
  const byParty = new Map(payees.map((payee) => [payee.party, payee]));
  return balances
    .filter(({ kind, signedMinor }) => PAYABLE_KINDS.includes(kind) && signedMinor !== 0n)
    .map((balance) => {
      const payee = byParty.get(partyOf.get(balance.accountId) ?? "");
      return {
        ...{ accountId: balance.accountId, kind: balance.kind, name: balance.name, currency: balance.currency },
        ...{ payeeId: payee?.id ?? null, standing: payee?.standing ?? ("unverified" as const) },
        rail: payee?.details?.rail ?? null,
        freeMinor: freeToDraft(-balance.signedMinor, reservedOf.get(balance.accountId) ?? 0n),
        figure: figureOf(balance),
      };
    });
}

async function memoStatuses(batches: readonly BatchRow[]): Promise<Map<string, string>> {
  const memoIds = batches.flatMap(({ memoId }) => memoId ?? []);
  const memos = await db.memo.findMany({ where: { id: { in: memoIds } }, select: { id: true, status: true } });
  return new Map(memos.map(({ id, status }) => [id, status]));
}

async function openLines(ventureId: string, banks: readonly BankRow[]): Promise<OpenLineView[]> {
  const lines = await db.bankStatementLine.findMany({
    where: { status: "open", statement: { ventureId } },
    orderBy: [{ bookedOn: "desc" }, { ordinal: "asc" }],
    take: 200,
  });
  return lines.map((line) => ({ ...lineView(line, banks), reason: line.reason }));
}

type LineRow = Awaited<ReturnType<typeof db.bankStatementLine.findFirstOrThrow>>;

const lineView = (line: LineRow, banks: readonly BankRow[]): Omit<OpenLineView, "reason"> => {
  const { id, bankAccountId, bookedOn, amountMinor, currency, party, remittance, endToEndId } = line;
  const bank = banks.find((one) => one.id === bankAccountId)?.name ?? "";
  return { id, bank, day: dayText(bookedOn), amountMinor, currency, party, remittance, endToEndId };
};

async function explainedLines(ventureId: string, banks: readonly BankRow[]): Promise<ExplainedLineView[]> {
  const lines = await db.bankStatementLine.findMany({
    where: { status: "settled", statement: { ventureId } },
    orderBy: [{ settledAt: "desc" }, { id: "asc" }],
    take: 50,
  });
  const names = await namesByRef(
    db,
    lines.flatMap(({ settledBy }) => settledBy ?? []),
  );
  return lines.map((line) => ({
    ...{ ...lineView(line, banks), as: line.settledAs ?? "", why: line.reason ?? "" },
    by: names.get(line.settledBy ?? "") ?? "Somebody who left",
  }));
}

/** What a sale owes and may be paid, the payments on their way, and what the bank says that nobody has explained. */
export async function getPaymentsPage(actor: Actor, ventureId: string, today: string): Promise<PaymentsPage> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const [banks, books, batches, { payees }] = await Promise.all([
    loadBanks(ventureId),
    booksOf(ventureId, today),
    loadBatches(ventureId),
    getPayees(actor, ventureId),
  ]);
  const statuses = await memoStatuses(batches);
  const usable = new Set(
    payees.flatMap(({ standing, details }) => (standing === "verified" && details ? [details.id] : [])),
  );
  return {
    banks: banks.map((row) => bankView(row, books)),
    owed: await owedOf(ventureId, books, payees),
    batches: batches.map((row) => batchView(row, statuses, usable)),
    lines: await openLines(ventureId, banks),
    explained: await explainedLines(ventureId, banks),
  };
}
