import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { namesByRef } from "@/lib/auth/people";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { dayText } from "@/lib/metrics/rules/periods";
import type { InKindForm } from "../rules/accounts";
import { REQUEST_KINDS, type RequestContent, type RequestKind, requestContentSchema } from "../schema/requests";

export type RequestView = {
  id: string;
  version: number;
  kind: RequestKind;
  label: string;
  currency: string;
  amountMinor: bigint;
  paidOn: string;
  reason: string;
  by: string;
  /** The reader asked for it, so somebody else carries it out. */
  own: boolean;
  /** Of a closing: what each holder is to be owed before tax, as the statement has it. */
  holders: { id: string; name: string; amountMinor: bigint }[];
  planVersion: number | null;
  /** Owed to others before the holders. */
  charges: { name: string; amountMinor: bigint }[];
  /** Kept of what holders receive, and the office that it is owed to. */
  withholdings: { holder: string; office: string; amountMinor: bigint }[];
  /** Of a closing: what holders receive in stock or roll over, which nothing pays. */
  inKind: { holder: string; form: InKindForm; amountMinor: bigint }[];
};
export type DistributionView = {
  id: string;
  label: string;
  paidOn: string;
  currency: string;
  amountMinor: bigint;
  withheldMinor: bigint;
  holders: number;
  reversed: { on: string; reason: string } | null;
  /** The last one that stands: the only one that can be undone. */
  last: boolean;
};
export type DistributionsPage = { distributions: DistributionView[]; request: RequestView | null };

type Taken = Pick<RequestView, "charges" | "withholdings" | "inKind">;

/** What does not reach the holders: who carries a request out has to read all of it. */
async function takenOf(ventureId: string, content: RequestContent): Promise<Taken> {
  if (content.kind === "reversal") return { charges: [], withholdings: [], inKind: [] };
  const parties = content.withholdings.map(({ holderId }) => holderId);
  const accounts = await db.ledgerAccount.findMany({ where: { ventureId, kind: "payable", party: { in: parties } } });
  const holders = content.kind === "closing" ? content.holders : [];
  const names = new Map([
    ...accounts.map(({ party, name }) => [party, name] as const),
    ...holders.map(({ id, name }) => [id, name] as const),
  ]);
  return {
    charges: content.charges.map(({ name, amountMinor }) => ({ name, amountMinor })),
    withholdings: content.withholdings.map(({ holderId, name: office, amountMinor }) => ({
      ...{ holder: names.get(holderId) ?? holderId, office, amountMinor },
    })),
    inKind: (content.kind === "closing" ? content.inKind : []).map(({ holderId, form, amountMinor }) => ({
      ...{ holder: names.get(holderId) ?? holderId, form, amountMinor },
    })),
  };
}

async function openRequest(actor: Actor, ventureId: string): Promise<RequestView | null> {
  const row = await db.distributionRequest.findFirst({ where: { ventureId, status: "open" } });
  if (!row) return null;
  const content = requestContentSchema.parse(row.content);
  const names = await namesByRef(db, [row.requestedBy]);
  const { id, version, label, currency, amountMinor, reason, requestedBy } = row;
  return {
    ...{ id, version, label, currency, amountMinor, reason, paidOn: dayText(row.paidOn) },
    kind: REQUEST_KINDS.find((kind) => kind === row.kind) ?? "proceeds",
    ...{ by: names.get(requestedBy) ?? "Somebody who left", own: requestedBy === actor.ref },
    holders: content.kind === "closing" ? content.holders : [],
    planVersion: content.kind === "closing" ? content.planVersion : null,
    ...(await takenOf(ventureId, content)),
  };
}

/** What was distributed of a sale, undone or not, and what waits for a second person. */
export async function listDistributions(actor: Actor, ventureId: string): Promise<DistributionsPage> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const rows = await db.distribution.findMany({
    where: { basis: { ventureId } },
    orderBy: [{ basis: { version: "asc" } }, { ordinal: "asc" }],
    include: { basis: true, shares: true, transaction: { include: { reversedBy: true } } },
  });
  const last = new Map(
    rows.flatMap(({ id, basis, transaction }) => (transaction.reversedBy ? [] : [[basis.currency, id] as const])),
  );
  const distributions = rows.map(({ id, label, paidOn, amountMinor, basis, shares, transaction }): DistributionView => {
    const mirror = transaction.reversedBy;
    return {
      ...{ id, label, paidOn: dayText(paidOn), currency: basis.currency, amountMinor },
      withheldMinor: shares.reduce((sum, share) => sum + share.withheldMinor, 0n),
      holders: new Set(shares.map(({ holderId }) => holderId)).size,
      reversed: mirror && { on: dayText(mirror.effectiveOn), reason: mirror.description },
      last: last.get(basis.currency) === id,
    };
  });
  return { distributions, request: await openRequest(actor, ventureId) };
}
