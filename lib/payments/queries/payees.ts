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
  /** Other payees who are paid to the same account. */
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

/** Payees of a sale with their accounts, masked, and who has confirmed them. */
export async function getPayees(actor: Actor, ventureId: string): Promise<PayeesPage> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const rows = await db.payee.findMany({
    where: { ventureId },
    orderBy: { name: "asc" },
    include: {
      details: { orderBy: { version: "desc" }, take: 1, include: { callback: { include: { release: true } } } },
    },
  });
  const newest = rows.flatMap(({ name, id, details }) => details.map((one) => ({ ...one, name, payeeId: id })));
  const refs = newest.flatMap(({ enteredBy, callback }) => [
    ...[enteredBy, callback?.calledBy ?? "", callback?.release?.releasedBy ?? ""],
  ]);
  const names = await namesByRef(db, refs);
  const nameOf = (ref: string) => names.get(ref) ?? "Somebody who left";
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
  const view = ({ id, version, party, name, kind, details }: (typeof rows)[number]): PayeeView => {
    const [one] = details;
    const { callback = null } = one ?? {};
    const state = one && { version: one.version, called: callback !== null, released: Boolean(callback?.release) };
    return {
      ...{ id, version, party, name, kind: kind as PayeeKind, standing: standingOf(state ?? null) },
      details: one
        ? {
            ...{ id: one.id, version: one.version, rail: one.rail as Rail, holder: one.holder, masked: one.masked },
            ...{ enteredBy: nameOf(one.enteredBy), own: one.enteredBy === actor.ref, enteredAt: one.enteredAt },
            reason: one.reason,
            callback: callback && {
              ...{ by: nameOf(callback.calledBy), own: callback.calledBy === actor.ref, at: callback.calledAt },
              ...{ numberCalled: callback.numberCalled, numberSource: callback.numberSource },
              confirmedBy: callback.confirmedBy,
            },
            released: callback?.release
              ? { by: nameOf(callback.release.releasedBy), at: callback.release.releasedAt }
              : null,
            sharedWith: newest
              .filter((other) => other.payeeId !== id && other.fingerprint === one.fingerprint)
              .map((other) => other.name),
          }
        : null,
    };
  };
  return { payees: rows.map(view), missing: [...missing.values()] };
}
