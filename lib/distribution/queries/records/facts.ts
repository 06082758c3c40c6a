import "server-only";
import { loadCapTable, type StoredCapTable } from "@/lib/cap-table/queries";
import type { Tx } from "@/lib/db";
import { shareClassSchema } from "@/lib/distribution/schema";
import { carvedByEntry } from "@/lib/ledger/queries/basis";
import { trancheAmounts } from "@/lib/ledger/queries/tranches";
import { IN_KIND_FORMS } from "@/lib/ledger/rules/accounts";
import type { InKind } from "@/lib/ledger/rules/in-kind";
import { carveOutSchema, holdingSchema } from "@/lib/ledger/schema";
import { dayDate, dayText } from "@/lib/metrics/rules/periods";
import { Exact } from "@/lib/money";
import { type OpenTranche, type Payment, type RecordFacts, sharesIn, type Transfer } from "../../rules/records/book";
import { acquisitions, type Moved } from "../../rules/records/lineage";
import { type Held, lotsOf, type StatedCost } from "../../rules/records/lots";
import { LOT_COST } from "../../schema/records";

export type RecordVenture = { id: string; name: string; currency: string; timeZone: string };

/** The currencies in which a venture's proceeds were shared out, its own first. */
export async function recordCurrencies(tx: Tx, venture: RecordVenture): Promise<string[]> {
  const bases = await tx.distributionBasis.findMany({
    where: { ventureId: venture.id, distributions: { some: {} } },
    select: { currency: true },
    distinct: ["currency"],
    orderBy: { currency: "asc" },
  });
  const known = bases.map(({ currency }) => currency);
  return known.toSorted((a, b) => Number(b === venture.currency) - Number(a === venture.currency));
}

/** Everything paid up to a day, oldest first, and who shares: the newest basis that something rests on. */
async function loadPayments(tx: Tx, ventureId: string, currency: string, cutoff: string) {
  const bases = await tx.distributionBasis.findMany({
    where: { ventureId, currency },
    orderBy: { recordedAt: "asc" },
    include: {
      distributions: {
        where: { paidOn: { lte: dayDate(cutoff) } },
        orderBy: { ordinal: "asc" },
        include: { shares: { orderBy: [{ classId: "asc" }, { holderId: "asc" }] } },
      },
    },
  });
  const rows = bases.flatMap(({ distributions }) => distributions);
  const entries = await tx.ledgerTransaction.findMany({
    where: { id: { in: rows.map(({ transactionId }) => transactionId) } },
    include: { release: { select: { trancheId: true } }, reversedBy: { select: { effectiveOn: true } } },
  });
  const entryOf = new Map(entries.map((entry) => [entry.id, entry]));
  const inKind = await inKindOf(tx, [...entryOf.keys()]);
  const basis = bases.findLast(({ distributions }) => distributions.length > 0);
  const carveOut = carveOutSchema.nullable().parse(basis?.carveOut ?? null);
  const carved = await carvedByEntry(tx, { ventureId, currency }, carveOut);
  const payments = rows.map(({ id, label, paidOn, shares, transactionId }, index): Payment => {
    const entry = entryOf.get(transactionId);
    const undone = entry?.reversedBy?.effectiveOn;
    return {
      ...{ id, ordinal: index + 1, label, paidOn: dayText(paidOn), trancheId: entry?.release?.trancheId ?? null },
      reversed: undone !== undefined && dayText(undone) <= cutoff,
      inKind: inKind.get(transactionId) ?? [],
      carvedMinor: carved.get(transactionId) ?? 0n,
      shares: shares.map(({ classId, holderId, amountMinor, withheldMinor }) => ({
        ...{ classId, holderId, grossMinor: amountMinor, withheldMinor },
      })),
    };
  });
  return { payments, basis: basis ?? null, carveOut };
}

/** What holders got in kind, by entry of the ledger. */
async function inKindOf(tx: Tx, transactionIds: string[]): Promise<Map<string, InKind[]>> {
  const rows = await tx.ledgerPosting.findMany({
    where: { transactionId: { in: transactionIds }, account: { kind: { in: [...IN_KIND_FORMS] } } },
    include: { account: true },
    orderBy: { accountId: "asc" },
  });
  const lines = rows.flatMap(({ transactionId, account: { kind, party: holderId }, amountMinor }) => {
    const form = IN_KIND_FORMS.find((one) => one === kind);
    return form ? [{ transactionId, line: { holderId, form, amountMinor: -amountMinor } }] : [];
  });
  return new Map(
    [...Map.groupBy(lines, ({ transactionId }) => transactionId)].map(([id, own]) => [id, own.map(({ line }) => line)]),
  );
}

const STATEMENT_LINES = ["payment", "return"];

async function loadTransfers(tx: Tx, ventureId: string, currency: string, cutoff: string) {
  const accounts = await tx.ledgerAccount.findMany({ where: { ventureId, currency, kind: "payable" } });
  const byAccount = new Map(accounts.map(({ id, party }) => [id, party]));
  const rows = await tx.paymentInstruction.findMany({
    where: { ventureId, accountId: { in: [...byAccount.keys()] }, createdAt: { lt: dayAfter(cutoff) } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    include: { batch: true, lines: { where: { status: { in: STATEMENT_LINES } }, orderBy: { bookedOn: "asc" } } },
  });
  const transfers = rows.map(({ id, accountId, endToEndId, amountMinor, status, batch, lines }): Transfer => {
    const sum = (kind: string) =>
      lines.reduce((all, line) => (line.status === kind ? all + line.amountMinor : all), 0n);
    const booked = lines.findLast((line) => line.status === "payment");
    return {
      ...{ id, holderId: byAccount.get(accountId) ?? "", reference: endToEndId, amountMinor, state: status },
      ...{ executeOn: dayText(batch.executeOn), bookedMinor: -sum("payment"), returnedMinor: sum("return") },
      bookedOn: booked ? dayText(booked.bookedOn) : null,
    };
  });
  return { transfers, accounts: new Map(accounts.map(({ id, party }) => [party, id])) };
}

/** When a day is over everywhere. */
const dayAfter = (day: string): Date => new Date(dayDate(day).getTime() + 36 * 3_600_000);

/** The last day up to the cutoff on which something was booked, claimed or paid. */
async function lastDay(tx: Tx, ventureId: string, transfers: readonly Transfer[], cutoff: string): Promise<string> {
  const upTo = { lte: dayDate(cutoff) };
  const entry = await tx.ledgerTransaction.aggregate({
    where: { ventureId, effectiveOn: upTo },
    _max: { effectiveOn: true },
  });
  const claim = await tx.trancheClaim.aggregate({
    where: { tranche: { ventureId }, claimedOn: upTo },
    _max: { claimedOn: true },
  });
  const stored = [entry._max.effectiveOn, claim._max.claimedOn].map((day) => day && dayText(day));
  return [...stored, ...transfers.map(({ bookedOn }) => bookedOn)].reduce<string>(
    (last, day) => (day !== null && day <= cutoff && day > last ? day : last),
    "",
  );
}

async function loadTranches(tx: Tx, ventureId: string, currency: string): Promise<OpenTranche[]> {
  const [rows, amounts] = [
    await tx.deferredTranche.findMany({
      where: { ventureId, currency },
      orderBy: [{ endsOn: "asc" }, { label: "asc" }],
    }),
    new Map((await trancheAmounts(tx, ventureId)).map((one) => [one.id, one])),
  ];
  return rows.map(({ id, label, kind, heldBy, endsOn, status, amountMinor }) => {
    const { balanceMinor = 0n, heldMinor = 0n } = amounts.get(id) ?? {};
    const owed = { amountMinor, owedMinor: balanceMinor, claimedMinor: heldMinor };
    return { id, label, kind, heldBy, endsOn: dayText(endsOn), status, ...owed };
  });
}

async function movesOf(tx: Tx, packageId: string): Promise<Moved[]> {
  const where = { packageId, objectType: { startsWith: "TX_" } };
  const rows = await tx.capTableObject.findMany({ where, orderBy: { position: "asc" } });
  return rows.map(({ objectType, date, payload }) => ({
    ...{ objectType, date: date && dayText(date), payload: payload as Record<string, unknown> },
  }));
}

const decimal = (value: { s: bigint; n: bigint; d: bigint }): string =>
  new Exact((value.s * value.n).toString()).div(value.d.toString()).toFixed();

function heldOf({ table }: StoredCapTable): Held[] {
  return (table?.securities ?? []).map(({ id, customId, kind, classId, holderId, outstanding, price, currency }) => ({
    ...{ id, label: customId ?? id, kind, holderId, currency, units: decimal(outstanding) },
    ...{ classId: kind === "stock" ? (classId ?? "") : id, price: price && decimal(price) },
  }));
}

function classNames({ table }: StoredCapTable): Map<string, string> {
  const stock = (table?.classes ?? []).map(({ definition }): [string, string] => [definition.id, definition.name]);
  const words = { "equity-compensation": "Options", warrant: "Warrant", convertible: "Convertible", stock: "Shares" };
  const others = (table?.securities ?? [])
    .filter(({ kind }) => kind !== "stock")
    .map(({ id, kind, customId }): [string, string] => [id, `${words[kind]} ${customId ?? id}`]);
  return new Map([...stock, ...others]);
}

async function statedCosts(tx: Tx, ventureId: string): Promise<Map<string, StatedCost>> {
  const rows = await tx.lotCost.findMany({ where: { ventureId }, orderBy: { id: "asc" } });
  return new Map(
    rows.map(({ securityId, amountMinor, currency, evidence }) => [securityId, { amountMinor, currency, evidence }]),
  );
}

/** Everything that the record of a venture's distributions says, up to a day; null before the first of the currency. */
export async function loadRecordFacts(
  tx: Tx,
  venture: RecordVenture,
  currency: string,
  cutoff: string,
): Promise<RecordFacts | null> {
  const { id: ventureId, name } = venture;
  const { payments, basis, carveOut } = await loadPayments(tx, ventureId, currency, cutoff);
  const [first] = payments;
  if (!basis || !first) return null;
  const tranches = await loadTranches(tx, ventureId, currency);
  const { transfers, accounts } = await loadTransfers(tx, ventureId, currency, cutoff);
  const stored = await loadCapTable(tx, ventureId, first.paidOn);
  const versions = new Map(
    (await tx.datasetVersion.findMany({ where: { ventureId } })).map(({ dataset, version }) => [dataset, version]),
  );
  const group = await tx.groupHolding.findUnique({ where: { ventureId } });
  const holdings = holdingSchema.array().parse(basis.holdings);
  const gross = new Map<string, bigint>();
  for (const { classId, holderId, grossMinor } of sharesIn(payments)) {
    const key = JSON.stringify([classId, holderId]);
    gross.set(key, (gross.get(key) ?? 0n) + grossMinor);
  }
  const lots = lotsOf({
    ...{ currency, soldOn: first.paidOn, held: heldOf(stored), holdings },
    gross: (classId, holderId) => gross.get(JSON.stringify([classId, holderId])) ?? 0n,
    acquired: acquisitions(stored.package ? await movesOf(tx, stored.package.id) : []),
    stated: await statedCosts(tx, ventureId),
  });
  const asOf = await lastDay(tx, ventureId, transfers, cutoff);
  return {
    ...{
      ventureId,
      venture: name,
      currency,
      today: cutoff,
      asOf,
      classNames: classNames(stored),
    },
    holders: holdersOf(holdings, group?.holderIds ?? []),
    groupIds: group?.holderIds ?? null,
    basis: { classes: shareClassSchema.array().parse(basis.classes), holdings, carveOut },
    ...{ payments, tranches, transfers, lots, accounts },
    versions: {
      ...{ ledger: versions.get("ledger") ?? 0, capTable: versions.get("cap-table") ?? 0 },
      lotCost: versions.get(LOT_COST) ?? 0,
    },
  };
}

function holdersOf(holdings: readonly { holderId: string; name: string }[], group: readonly string[]) {
  const names = new Map(holdings.map(({ holderId, name }) => [holderId, name]));
  return [...names]
    .map(([id, name]) => ({ id, name, group: group.includes(id) }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1));
}
