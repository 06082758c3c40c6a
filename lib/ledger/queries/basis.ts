import "server-only";
import type { Db, Tx } from "@/lib/db";
import { type ShareClass, shareClassSchema } from "@/lib/distribution/schema";
import { type WithholdingRate, withholdingRateSchema } from "@/lib/distribution/schema/split";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { classesOf } from "@/lib/valuation/queries/compute";
import { holdingsOf } from "../rules/holdings";
import { type CarveOut, carveOutSchema, type Holding, holdingSchema } from "../schema";

export type Basis = {
  id: string;
  ventureId: string;
  currency: string;
  version: number;
  classes: ShareClass[];
  holdings: Holding[];
  withholdings: WithholdingRate[];
  carveOut: CarveOut | null;
};

/** Distributions that were not undone. */
export const STANDING = { transaction: { reversedBy: null } } as const;

/** The newest basis: the one before it counts no longer. */
export async function findBasis(tx: Tx | Db, ventureId: string, currency: string): Promise<Basis | null> {
  const row = await tx.distributionBasis.findFirst({ where: { ventureId, currency }, orderBy: { version: "desc" } });
  if (!row) return null;
  return {
    ...{ id: row.id, ventureId, currency, version: row.version },
    classes: shareClassSchema.array().parse(row.classes),
    holdings: holdingSchema.array().parse(row.holdings),
    withholdings: withholdingRateSchema.array().parse(row.withholdings),
    carveOut: carveOutSchema.nullable().parse(row.carveOut),
  };
}

/** What each entry of the ledger brought the participants of a carve-out, in minor units, by the entry's id. */
export async function carvedByEntry(
  tx: Tx | Db,
  { ventureId, currency }: { ventureId: string; currency: string },
  carveOut: CarveOut | null,
): Promise<Map<string, bigint>> {
  if (!carveOut) return new Map();
  const rows = await tx.ledgerPosting.groupBy({
    by: ["transactionId"],
    where: { account: { ventureId, currency, kind: "fees", party: carveOut.party } },
    _sum: { amountMinor: true },
  });
  return new Map(rows.map(({ transactionId, _sum }) => [transactionId, -(_sum.amountMinor ?? 0n)]));
}

/** All that was distributed on a basis and stands: to its holders, and out of it by its carve-out. */
export async function distributedMinor(tx: Tx | Db, basis: Basis): Promise<bigint> {
  const rows = await tx.distribution.findMany({ where: { basisId: basis.id, ...STANDING } });
  const carved = await carvedByEntry(tx, basis, basis.carveOut);
  return rows.reduce(
    (all, { amountMinor, transactionId }) => all + amountMinor + (carved.get(transactionId) ?? 0n),
    0n,
  );
}

export type CapTableBasis = { classes: ShareClass[]; holdings: Holding[] };
export type BasisRefusal = "NO_CAP_TABLE" | "OTHER_CURRENCY";

/**
 * Who shares in the proceeds as the cap table has it on a day: classes, and holders by units of each. Who came by a share
 * after `upTo` has no part in them; null: as the split that was agreed reads the table.
 */
export async function basisFromCapTable(
  tx: Tx,
  ventureId: string,
  currency: string,
  { day, upTo }: { day: string; upTo: string | null },
): Promise<Result<CapTableBasis, BasisRefusal>> {
  const venture = await tx.venture.findUnique({ where: { id: ventureId } });
  if (!venture) throw new AppError("NOT_FOUND");
  if (venture.currency !== currency) return refuse("OTHER_CURRENCY");
  const held = await classesOf(tx, venture, day, upTo);
  if (!held.classes) return refuse("NO_CAP_TABLE", [{ path: "cap-table", expected: held.reason }]);
  return ok({ classes: held.classes, holdings: holdingsOf(held.table, held.classes) });
}
