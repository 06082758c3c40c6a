import "server-only";
import { randomUUID } from "node:crypto";
import { recordEvent } from "@/lib/audit/mutations";
import type { Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { dayDate } from "@/lib/metrics/rules/periods";
import { wakeRealization } from "@/lib/stage/mutations/realization";
import { ACCOUNTS, type AccountKind } from "../rules/accounts";
import {
  type AccountRef,
  accountKey,
  checkEntry,
  type Entry,
  type EntryRefusal,
  type Line,
  mirrored,
  overdrawn,
} from "../rules/entry";

export type Posted = {
  transactionId: string /** It had been posted before; nothing was written. */;
  repeated: boolean;
};
export type PostRefusal = EntryRefusal | "OVERDRAWN" | "KEY_REUSED";

/**
 * One writer of a venture's money at a time, taken before anything else is locked: so that nothing waits in a circle, and
 * what is read after it is how things are until the commit.
 */
export async function lockLedger(tx: Tx, ventureId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`ledger:${ventureId}`}, 4))`;
}

type Known = { id: string; ref: AccountRef };

/** Accounts are opened when they are first posted to. */
async function accountsFor(tx: Tx, ventureId: string, lines: readonly Line[], by: string, now: Date): Promise<Known[]> {
  const refs = lines.map(({ account }) => account);
  const rows = refs.map(({ kind, party, name, currency }) => ({
    ...{ id: randomUUID(), ventureId, kind, party, name, currency, openedBy: by, openedAt: now },
    ...{ side: ACCOUNTS[kind].side, floored: ACCOUNTS[kind].floored },
  }));
  const where = { ventureId, OR: refs.map(({ kind, party, currency }) => ({ kind, party, currency })) };
  let stored = await tx.ledgerAccount.findMany({ where });
  if (stored.length < refs.length) {
    await tx.ledgerAccount.createMany({ data: rows, skipDuplicates: true });
    stored = await tx.ledgerAccount.findMany({ where });
  }
  return stored.map(({ id, kind, party, name, currency }) => ({
    id,
    ref: { kind: kind as AccountKind, party, name, currency },
  }));
}

/** Signed balances by account of what a line takes from; where all lines add, there is nothing to ask. */
async function balancesOf(tx: Tx, lines: readonly Line[], known: readonly Known[]): Promise<Map<string, bigint>> {
  const takes = ({ account, amountMinor }: Line) => amountMinor * BigInt(ACCOUNTS[account.kind].side) < 0n;
  const taken = new Set(lines.filter(takes).map(({ account }) => accountKey(account)));
  const accounts = known.filter(({ ref }) => taken.has(accountKey(ref)));
  if (accounts.length === 0) return new Map();
  const sums = await tx.ledgerPosting.groupBy({
    by: ["accountId"],
    where: { accountId: { in: accounts.map(({ id }) => id) } },
    _sum: { amountMinor: true },
  });
  const byId = new Map(sums.map(({ accountId, _sum }) => [accountId, _sum.amountMinor ?? 0n]));
  return new Map(accounts.map(({ id, ref }) => [accountKey(ref), byId.get(id) ?? 0n]));
}

type Extra = { reversesId?: string };

async function write(tx: Tx, by: string, entry: Entry, lines: readonly Line[], extra: Extra, now: Date) {
  const { ventureId, kind, description, effectiveOn, key, releaseId = null } = entry;
  const accounts = await accountsFor(tx, ventureId, lines, by, now);
  const idOf = new Map(accounts.map(({ id, ref }) => [accountKey(ref), id]));
  const short = overdrawn(lines, await balancesOf(tx, lines, accounts));
  if (short) {
    const of = [ACCOUNTS[short.kind].label, short.name].filter(Boolean).join(", ");
    return refuse("OVERDRAWN" as const, [{ path: `${short.kind} ${short.name}`.trim(), expected: `not on “${of}”` }]);
  }
  const id = randomUUID();
  const head = { id, ventureId, kind, description, key, releaseId, recordedBy: by, recordedAt: now, ...extra };
  await tx.ledgerTransaction.createMany({ data: [{ ...head, effectiveOn: dayDate(effectiveOn) }] });
  const rows = lines.map(({ account, amountMinor }) => {
    const accountId = idOf.get(accountKey(account));
    if (!accountId) throw new AppError("INTERNAL");
    return { transactionId: id, accountId, ventureId, currency: account.currency, amountMinor };
  });
  await tx.ledgerPosting.createMany({ data: rows.toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1)) });
  await bumpLedger(tx, ventureId, now);
  await recordEvent(tx, {
    ...{ ventureId, type: extra.reversesId ? "ledger.reversed" : "ledger.posted", actor: by, at: now },
    subject: `ledger:${id}`,
    payload: {
      ...{ kind, description, effectiveOn, key, releaseId, ...extra },
      lines: lines.map(({ account, amountMinor }) => ({ ...account, amountMinor: amountMinor.toString() })),
    },
  });
  await wakeRealization(tx, ventureId, `ledger:${id}`);
  return ok({ transactionId: id, repeated: false });
}

/** Figures that rest on the ledger are no longer current. */
async function bumpLedger(tx: Tx, ventureId: string, now: Date): Promise<void> {
  const key = { ventureId, dataset: "ledger" };
  await tx.datasetVersion.upsert({
    where: { ventureId_dataset: key },
    create: { ...key, version: 1, changedAt: now },
    update: { version: { increment: 1 }, changedAt: now },
  });
}

const shapeOf = (kind: string, lines: readonly Line[]): string =>
  JSON.stringify([
    kind,
    ...lines.map(({ account, amountMinor }) => `${accountKey(account)}=${amountMinor}`).toSorted(),
  ]);

async function linesOf(tx: Tx, transactionId: string): Promise<Line[]> {
  const rows = await tx.ledgerPosting.findMany({ where: { transactionId }, include: { account: true } });
  return rows.map(({ account: { kind, party, name, currency }, amountMinor }) => ({
    account: { kind: kind as AccountKind, party, name, currency },
    amountMinor,
  }));
}

/**
 * Posts an entry in the caller's transaction, with its event. The same key again is the first one's transaction; the same
 * key with other lines is refused. Nobody else posts for the venture until the caller commits.
 */
export async function postTransaction(
  tx: Tx,
  by: string,
  entry: Entry,
  now: Date,
): Promise<Result<Posted, PostRefusal>> {
  const lines = checkEntry(entry.lines);
  if (!lines.ok) return lines;
  await lockLedger(tx, entry.ventureId);
  const known = await tx.ledgerTransaction.findUnique({ where: { key: entry.key } });
  if (known) {
    const same = shapeOf(known.kind, await linesOf(tx, known.id)) === shapeOf(entry.kind, lines.value);
    if (!same || known.ventureId !== entry.ventureId) return refuse("KEY_REUSED");
    return ok({ transactionId: known.id, repeated: true });
  }
  return write(tx, by, entry, lines.value, {}, now);
}

/** Undoes a transaction by its mirror, once. What it had made payable and was ordered since stands in the way. */
export async function reverseTransaction(
  tx: Tx,
  by: string,
  original: { key: string; effectiveOn: string; reason: string },
  now: Date,
): Promise<Result<Posted, PostRefusal | "NO_SUCH_TRANSACTION">> {
  const found = await tx.ledgerTransaction.findUnique({ where: { key: original.key } });
  if (!found || found.reversesId) return refuse("NO_SUCH_TRANSACTION");
  await lockLedger(tx, found.ventureId);
  const known = await tx.ledgerTransaction.findUnique({ where: { reversesId: found.id } });
  if (known) return ok({ transactionId: known.id, repeated: true });
  const entry: Entry = {
    ...{ ventureId: found.ventureId, kind: `${found.kind} reversed`, description: original.reason },
    ...{ effectiveOn: original.effectiveOn, key: `${found.key}:reversed`, lines: [] },
  };
  return write(tx, by, entry, mirrored(await linesOf(tx, found.id)), { reversesId: found.id }, now);
}
