import "server-only";
import type { Tx } from "@/lib/db";
import type { ShareClass } from "@/lib/distribution/schema";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { classesOf } from "@/lib/valuation/queries/compute";
import { holdingsOf } from "../rules/holdings";
import type { Holding } from "../schema";

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
