import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { namesByRef } from "@/lib/auth/people";
import { type Db, db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { askedView } from "@/lib/figures/rules";
import type { FigureView } from "@/lib/figures/schema";
import { dayText } from "@/lib/metrics/rules/periods";
import { ledgerAsk, ledgerScope } from "../queries";
import { carvedMinor } from "../rules/carve-out";
import { type TrancheAmounts, trancheFigures } from "../rules/ledger-figures";
import { type CalendarLine, calendarOf, heldBack } from "../rules/tranches";
import type { TrancheKind } from "../schema";
import { type Basis, carvedByEntry, distributedMinor, findBasis } from "./basis";

type Loaded = Awaited<ReturnType<typeof load>>[number];

const load = (tx: Tx | Db, ventureId: string) =>
  tx.deferredTranche.findMany({
    where: { ventureId },
    orderBy: [{ opensOn: "asc" }, { label: "asc" }],
    include: {
      schedule: { orderBy: { ordinal: "asc" } },
      claims: { orderBy: { recordedAt: "asc" } },
      instructions: {
        orderBy: { recordedAt: "asc" },
        include: { transaction: { select: { id: true, reversedBy: { select: { id: true } } } } },
      },
    },
  });

/** What each tranche still owes, from the ledger. */
async function owedOf(tx: Tx | Db, ventureId: string): Promise<Map<string, bigint>> {
  const rows = await tx.$queryRaw<{ party: string; owed: bigint }[]>`
    SELECT a."party", (-sum(p."amountMinor"))::bigint AS "owed" FROM "ledger_account" a
    JOIN "ledger_posting" p ON p."accountId" = a."id"
    WHERE a."ventureId" = ${ventureId}::uuid AND a."kind" = 'contingent' GROUP BY a."party"`;
  return new Map(rows.map(({ party, owed }) => [party, owed]));
}

const amountsOf = (tranche: Loaded, balanceMinor: bigint): TrancheAmounts => ({
  ...{ id: tranche.id, label: tranche.label, currency: tranche.currency, balanceMinor },
  heldMinor: heldBack({ status: tranche.status, balanceMinor, claims: tranche.claims }),
});

/** For the figures of the ledger: what each tranche owes, and what of it is free. */
export async function trancheAmounts(tx: Tx, ventureId: string): Promise<TrancheAmounts[]> {
  const owed = await owedOf(tx, ventureId);
  return (await load(tx, ventureId)).map((tranche) => amountsOf(tranche, owed.get(tranche.id) ?? 0n));
}

function calendarWith(tranche: Loaded, balanceMinor: bigint, today: string): CalendarLine[] {
  const schedule = tranche.schedule.map(({ dueOn, amountMinor }) => ({ dueOn: dayText(dueOn), amountMinor }));
  return calendarOf(tranche.amountMinor, schedule, tranche.amountMinor - balanceMinor, today);
}

/** Each tranche with its days of release and what of them is covered. */
export async function trancheCalendars(tx: Tx, ventureId: string, today: string) {
  const owed = await owedOf(tx, ventureId);
  return (await load(tx, ventureId)).map((tranche) => {
    const { id, label, currency, status } = tranche;
    return { id, label, currency, status, calendar: calendarWith(tranche, owed.get(id) ?? 0n, today) };
  });
}

export type InstructionView = {
  id: string;
  documentName: string;
  documentHash: string;
  datedOn: string;
  buyerSigner: string;
  sellerSigner: string;
  sellersMinor: bigint;
  buyerMinor: bigint;
  /** Of what goes to the sellers the part of the agreed carve-out, named; null where there is none. */
  carved: { name: string; amountMinor: bigint } | null;
  recordedBy: string;
  recordedRef: string;
  carriedOut: boolean;
  /** What it released was undone: it needs an instruction of its own to be released again. */
  undone: boolean;
};
export type TrancheView = {
  id: string;
  version: number;
  kind: TrancheKind;
  label: string;
  currency: string;
  amountMinor: bigint;
  heldBy: string;
  endsOn: string;
  milestone: string | null;
  status: string;
  frozenReason: string | null;
  owed: FigureView;
  free: FigureView;
  calendar: (CalendarLine & { condition: string })[];
  claims: { id: string; version: number; amountMinor: bigint; claimedOn: string; grounds: string; status: string }[];
  instructions: InstructionView[];
};

type CarveOf = (instruction: { sellersMinor: bigint; transaction: { id: string } | null }) => InstructionView["carved"];

/** What an instruction has brought the carve-out, or would bring it now, by the terms that were fixed with the closing. */
async function carveReader(ventureId: string, currency: string): Promise<CarveOf> {
  const basis: Basis | null = await findBasis(db, ventureId, currency);
  if (!basis?.carveOut) return () => null;
  const { name } = basis.carveOut;
  const [before, done] = [await distributedMinor(db, basis), await carvedByEntry(db, basis, basis.carveOut)];
  return ({ sellersMinor, transaction }) => {
    const amountMinor = transaction
      ? (done.get(transaction.id) ?? 0n)
      : carvedMinor(basis, currency, before, sellersMinor);
    return amountMinor > 0n ? { name, amountMinor } : null;
  };
}

/** The money of the sale that comes later: what is held, when it is due, what is claimed of it, what let it go. */
export async function listTranches(actor: Actor, ventureId: string, today: string): Promise<TrancheView[]> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const tranches = await load(db, ventureId);
  const [owed, scope] = [await owedOf(db, ventureId), await ledgerScope(db, ventureId, today)];
  const refs = tranches.flatMap(({ instructions }) => instructions.map(({ recordedBy }) => recordedBy));
  const names = await namesByRef(db, refs);
  const ask = ledgerAsk(ventureId, today);
  const carves = new Map<string, CarveOf>();
  for (const { currency } of tranches)
    if (!carves.has(currency)) carves.set(currency, await carveReader(ventureId, currency));
  return tranches.map((tranche) => {
    const amounts = amountsOf(tranche, owed.get(tranche.id) ?? 0n);
    const { owed: owedFigure, free } = trancheFigures(scope, amounts);
    const calendar = calendarWith(tranche, amounts.balanceMinor, today);
    return {
      ...{ id: tranche.id, version: tranche.version, kind: tranche.kind as TrancheKind, label: tranche.label },
      ...{ currency: tranche.currency, amountMinor: tranche.amountMinor, heldBy: tranche.heldBy },
      ...{ endsOn: dayText(tranche.endsOn), milestone: tranche.milestone },
      ...{ status: tranche.status, frozenReason: tranche.frozenReason },
      ...{ owed: askedView(owedFigure, ask), free: askedView(free, ask) },
      calendar: calendar.map((line, index) => ({ ...line, condition: tranche.schedule[index]?.condition ?? "" })),
      claims: tranche.claims.map(({ id, version, amountMinor, claimedOn, grounds, status }) => ({
        ...{ id, version, amountMinor, claimedOn: dayText(claimedOn), grounds, status },
      })),
      instructions: tranche.instructions.map(({ transaction, datedOn, recordedBy, ...one }) => ({
        ...{ id: one.id, documentName: one.documentName, documentHash: one.documentHash },
        ...{ buyerSigner: one.buyerSigner, sellerSigner: one.sellerSigner },
        ...{ sellersMinor: one.sellersMinor, buyerMinor: one.buyerMinor, datedOn: dayText(datedOn) },
        ...{ recordedBy: names.get(recordedBy) ?? "Somebody who left", recordedRef: recordedBy },
        carved: carves.get(tranche.currency)?.({ sellersMinor: one.sellersMinor, transaction }) ?? null,
        ...{ carriedOut: transaction !== null, undone: Boolean(transaction?.reversedBy) },
      })),
    };
  });
}
