import "server-only";
import type { Tx } from "@/lib/db";
import { positive } from "@/lib/distribution/rules/exact";
import type { ShareClass } from "@/lib/distribution/schema";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { Exact } from "@/lib/money";
import { classesOf } from "@/lib/valuation/queries/compute";
import type { Holding } from "../schema";

export type CapTableBasis = { classes: ShareClass[]; holdings: Holding[] };
export type BasisRefusal = "NO_CAP_TABLE" | "OTHER_CURRENCY";

/** Who shares in the proceeds as the cap table has it on a day: classes, and holders by units of each. */
export async function basisFromCapTable(
  tx: Tx,
  ventureId: string,
  currency: string,
  day: string,
): Promise<Result<CapTableBasis, BasisRefusal>> {
  const venture = await tx.venture.findUnique({ where: { id: ventureId } });
  if (!venture) throw new AppError("NOT_FOUND");
  if (venture.currency !== currency) return refuse("OTHER_CURRENCY");
  const held = await classesOf(tx, venture, day);
  if (!held.classes) return refuse("NO_CAP_TABLE", [{ path: "cap-table", expected: held.reason }]);
  const known = new Set(held.classes.map(({ id }) => id));
  const units = new Map<string, { holding: Omit<Holding, "units">; units: Exact }>();
  for (const { id, kind, classId: stock, holderId, outstanding } of held.table.securities) {
    const classId = kind === "stock" ? (stock ?? "") : id;
    if (!known.has(classId) || !positive(outstanding)) continue;
    const key = `${classId} ${holderId}`;
    const before = units.get(key);
    const more = new Exact(outstanding.n.toString()).div(outstanding.d.toString());
    const holding = { classId, holderId, name: held.table.holders.get(holderId) ?? holderId };
    units.set(key, { holding, units: before ? before.units.plus(more) : more });
  }
  const holdings = [...units.values()].map(({ holding, units: sum }) => ({ ...holding, units: sum.toFixed() }));
  return ok({ classes: held.classes, holdings });
}
