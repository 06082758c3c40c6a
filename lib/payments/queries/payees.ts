import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { namesByRef } from "@/lib/auth/people";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { PAYABLE_KINDS } from "@/lib/ledger/rules/accounts";
import { type Standing, standingOf } from "../rules/bank-details";
import type { PayeeKind, Rail } from "../schema";

export type DetailsView = {
  id: string;
  version: number;
  rail: Rail;
  holder: string;
  masked: string;
  enteredBy: string;
  /** The reader entered it, so somebody else has to call. */
  own: boolean;
  enteredAt: Date;
  reason: string;
  callback: {
    by: string;
    own: boolean;
    at: Date;
    numberCalled: string;
    numberSource: string;
    confirmedBy: string;
  } | null;
  released: { by: string; at: Date } | null;
  /** Other payees who are paid to the same account, and an account of ours that is the same. */
  sharedWith: string[];
};
export type PayeeView = {
  id: string;
  version: number;
  party: string;
  name: string;
  kind: PayeeKind;
  standing: Standing;
  details: DetailsView | null;
};
export type PayeesPage = {
  payees: PayeeView[];
  /** Whom the ledger owes something, and who is no payee yet. */
  missing: { party: string; name: string; kind: PayeeKind }[];
};

const KIND_OF: Readonly<Record<string, PayeeKind>> = { payable: "holder", withholding: "tax" };

const load = (ventureId: string) =>
  db.payee.findMany({
    where: { ventureId },
    orderBy: { name: "asc" },
    include: {
      details: { orderBy: { version: "desc" }, take: 1, include: { callback: { include: { release: true } } } },
    },
  });
type Row = Awaited<ReturnType<typeof load>>[number];
type Newest = Row["details"][number] & { name: string; payeeId: string };

/** Whom the ledger owes something, and who is no payee yet. */
async function missingOf(ventureId: string, rows: readonly Row[]): Promise<PayeesPage["missing"]> {
  const owed = await db.ledgerAccount.findMany({
    where: { ventureId, kind: { in: [...PAYABLE_KINDS] }, party: { notIn: rows.map(({ party }) => party) } },
    orderBy: { name: "asc" },
  });
  const missing = new Map(
    owed.map(({ party, name, kind }) => {
      const as: PayeeKind = party === "buyer" ? "buyer" : (KIND_OF[kind] ?? "adviser");
      return [party, { party, name, kind: as }];
    }),
  );
  return [...missing.values()];
}

type Ours = { name: string; fingerprint: string };
type Reading = { actor: Actor; nameOf: (ref: string) => string; newest: readonly Newest[]; ours: readonly Ours[] };

function callbackOf(callback: NonNullable<Newest["callback"]>, { actor, nameOf }: Reading): DetailsView["callback"] {
  const { calledBy, calledAt, numberCalled, numberSource, confirmedBy } = callback;
  return { by: nameOf(calledBy), own: calledBy === actor.ref, at: calledAt, numberCalled, numberSource, confirmedBy };
}

function detailsView(one: Row["details"][number], payeeId: string, reading: Reading): DetailsView {
  const { actor, nameOf, newest, ours } = reading;
  const { callback } = one;
  const release = callback?.release;
  return {
    ...{ id: one.id, version: one.version, rail: one.rail as Rail, holder: one.holder, masked: one.masked },
    ...{ enteredBy: nameOf(one.enteredBy), own: one.enteredBy === actor.ref, enteredAt: one.enteredAt },
    ...{ reason: one.reason, callback: callback && callbackOf(callback, reading) },
    released: release ? { by: nameOf(release.releasedBy), at: release.releasedAt } : null,
    sharedWith: [
      ...newest
        .filter((other) => other.payeeId !== payeeId && other.fingerprint === one.fingerprint)
        .map((other) => other.name),
      ...ours.filter(({ fingerprint }) => fingerprint === one.fingerprint).map(({ name }) => `our own, ${name}`),
    ],
  };
}

/** Payees of a sale with their accounts, masked, and who has confirmed them. */
export async function getPayees(actor: Actor, ventureId: string): Promise<PayeesPage> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const rows = await load(ventureId);
  const newest = rows.flatMap(({ name, id, details }) => details.map((one) => ({ ...one, name, payeeId: id })));
  const refs = newest.flatMap(({ enteredBy, callback }) => [
    ...[enteredBy, callback?.calledBy ?? "", callback?.release?.releasedBy ?? ""],
  ]);
  const names = await namesByRef(db, refs);
  const ours = await db.bankAccount.findMany({ where: { ventureId }, select: { name: true, fingerprint: true } });
  const reading = { actor, newest, ours, nameOf: (ref: string) => names.get(ref) ?? "Somebody who left" };
  const payees = rows.map(({ id, version, party, name, kind, details: [one] }): PayeeView => {
    const called = Boolean(one?.callback);
    const state = one && { version: one.version, called, released: Boolean(one.callback?.release) };
    return {
      ...{ id, version, party, name, kind: kind as PayeeKind, standing: standingOf(state ?? null) },
      details: one ? detailsView(one, id, reading) : null,
    };
  });
  return { payees, missing: await missingOf(ventureId, rows) };
}
