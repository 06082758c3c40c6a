import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { type Db, db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { askedView } from "@/lib/figures/rules";
import type { FigureView } from "@/lib/figures/schema";
import { dayDate, dayText } from "@/lib/metrics/rules/periods";
import { ACCOUNT_KINDS, type AccountKind, onOwnSide } from "./rules/accounts";
import { type Balance, balanceFigure, LEDGER_DATASET, type LedgerScope, trialFigures } from "./rules/ledger-figures";

export async function ledgerScope(tx: Tx | Db, ventureId: string, day: string): Promise<LedgerScope> {
  const key = { ventureId, dataset: LEDGER_DATASET };
  const known = await tx.datasetVersion.findUnique({ where: { ventureId_dataset: key } });
  return { ventureId, version: known?.version ?? 0, day };
}

type Sum = { id: string; kind: string; name: string; currency: string; signed: bigint | null; postings: number };

/** Every account's balance at the end of a day, in the order of the chart. */
export async function balancesOn(tx: Tx | Db, ventureId: string, day: string): Promise<Balance[]> {
  const rows = await tx.$queryRaw<Sum[]>`
    SELECT a."id", a."kind", a."name", a."currency", sum(p."amountMinor")::bigint AS "signed", count(p.*)::int AS "postings"
    FROM "ledger_account" a
    LEFT JOIN ("ledger_posting" p JOIN "ledger_transaction" t ON t."id" = p."transactionId" AND t."effectiveOn" <= ${dayDate(day)})
      ON p."accountId" = a."id"
    WHERE a."ventureId" = ${ventureId}::uuid
    GROUP BY a."id" ORDER BY a."currency", a."name", a."id"`;
  const balances = rows.map(
    ({ id, kind, name, currency, signed, postings }): Balance => ({
      ...{ accountId: id, kind: kind as AccountKind, name, currency, signedMinor: signed ?? 0n, postings },
    }),
  );
  const place = ({ kind }: Balance) => ACCOUNT_KINDS.indexOf(kind);
  return balances.toSorted((a, b) => place(a) - place(b));
}

export type AccountView = {
  id: string;
  kind: AccountKind;
  name: string;
  currency: string;
  figure: FigureView;
  postings: number;
};
export type LedgerView = {
  day: string;
  accounts: AccountView[];
  /** Debits and credits by currency. */
  trial: { currency: string; debit: FigureView; credit: FigureView; balanced: boolean }[];
};

export const ledgerAsk = (venture: string, day: string) => ({ of: "ledger", args: { venture, day } });

/** The accounts of a venture's sale with what stands on them at the end of a day, and the trial balance. */
export async function getLedger(actor: Actor, ventureId: string, day: string): Promise<LedgerView> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const scope = await ledgerScope(db, ventureId, day);
  const balances = await balancesOn(db, ventureId, day);
  const ask = ledgerAsk(ventureId, day);
  const trial = trialFigures(scope, balances);
  const currencies = [...new Set(trial.map(({ unit }) => unit))];
  return {
    day,
    accounts: balances.map((balance) => ({
      ...{ id: balance.accountId, kind: balance.kind, name: balance.name, currency: balance.currency },
      ...{ figure: askedView(balanceFigure(scope, balance), ask), postings: balance.postings },
    })),
    trial: currencies.flatMap((currency) => {
      const [debit, credit] = trial.filter(({ unit }) => unit === currency);
      if (!debit || !credit) return [];
      const balanced = debit.value === credit.value;
      return [{ currency, debit: askedView(debit, ask), credit: askedView(credit, ask), balanced }];
    }),
  };
}

export type StatementLine = {
  transactionId: string;
  day: string;
  kind: string;
  description: string;
  /** On the account's own side: above zero makes it more. */
  amountMinor: bigint;
  balanceMinor: bigint;
  reversed: boolean;
};
export type AccountStatement = {
  account: { id: string; kind: AccountKind; name: string; currency: string };
  openingMinor: bigint;
  lines: StatementLine[];
  closingMinor: bigint;
};

/** What moved on an account in a span of days, with the balance after each line. */
export async function getAccountStatement(
  actor: Actor,
  accountId: string,
  span: { from?: string | null; to: string },
): Promise<AccountStatement> {
  const account = await db.ledgerAccount.findUnique({ where: { id: accountId } });
  if (!account || !maySeeVenture(actor, account.ventureId)) throw new AppError("NOT_FOUND");
  const kind = account.kind as AccountKind;
  const rows = await db.ledgerPosting.findMany({
    where: { accountId, transaction: { effectiveOn: { lte: dayDate(span.to) } } },
    include: { transaction: { include: { reversedBy: { select: { id: true } } } } },
    orderBy: [
      { transaction: { effectiveOn: "asc" } },
      { transaction: { recordedAt: "asc" } },
      { transactionId: "asc" },
    ],
  });
  let balance = 0n;
  const all = rows.map(({ transaction, amountMinor }) => {
    const amount = onOwnSide(kind, amountMinor);
    balance += amount;
    const { id, effectiveOn, kind: what, description, reversedBy } = transaction;
    const line = { transactionId: id, day: dayText(effectiveOn), kind: what, description, amountMinor: amount };
    return { ...line, balanceMinor: balance, reversed: reversedBy !== null };
  });
  const before = all.filter(({ day }) => span.from && day < span.from);
  const openingMinor = before.at(-1)?.balanceMinor ?? 0n;
  const { id, name, currency } = account;
  const lines = all.slice(before.length);
  return { account: { id, kind, name, currency }, openingMinor, lines, closingMinor: balance };
}
