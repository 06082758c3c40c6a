import type { CapTable } from "@/lib/cap-table/rules/positions";
import { positive } from "@/lib/distribution/rules/exact";
import type { ShareClass } from "@/lib/distribution/schema";
import { Exact } from "@/lib/money";
import type { Holding } from "../schema";

/**
 * Who holds what of each class, in the order in which the holders first appear in the cap table: of stock by shares, of
 * single securities all, and with a SAFE the top-up of its discount.
 */
export function holdingsOf(table: CapTable, classes: readonly ShareClass[]): Holding[] {
  const known = new Set(classes.map(({ id }) => id));
  const byHolder = new Map<string, Map<string, Exact>>();
  for (const { id, kind, classId, holderId, outstanding } of table.securities) {
    const units = new Exact(outstanding.n.toString()).div(outstanding.d.toString());
    const own = byHolder.get(holderId) ?? new Map<string, Exact>();
    const named = kind === "stock" ? [classId ?? ""] : [id, `${id}:discount`];
    if (positive(outstanding))
      for (const one of named.filter((name) => known.has(name)))
        own.set(one, (own.get(one) ?? new Exact(0)).plus(units));
    byHolder.set(holderId, own);
  }
  return [...byHolder].flatMap(([holderId, own]) =>
    [...own].map(([classId, units]) => ({
      ...{
        classId,
        holderId,
        name: table.holders.get(holderId) ?? holderId,
        units: units.toDecimalPlaces(20).toFixed(),
      },
    })),
  );
}
