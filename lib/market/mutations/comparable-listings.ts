import "server-only";
import type { Tx } from "@/lib/db";

export type ComparableKey = { kind: string; name: string; metric: string; date: Date; source: string };
type Settling = { ventureId: string; keys: readonly ComparableKey[]; by: string; now: Date };

/**
 * After files of multiples changed: each multiple is what the newest file that names it says; one that no file names any
 * more is gone. What a person left out stays left out as long as it stands.
 */
export async function settleComparables(tx: Tx, { ventureId, keys, by, now }: Settling): Promise<void> {
  for (const key of keys) {
    const newest = await tx.comparableListing.findFirst({
      where: { ventureId, ...key, supersededAt: null },
      orderBy: [{ asOf: "desc" }, { id: "desc" }],
    });
    const own = { ventureId, ...key };
    const where = { ventureId_kind_name_metric_date_source: own };
    if (!newest) {
      await tx.comparable.deleteMany({ where: own });
      continue;
    }
    const stamp = { multiple: newest.multiple, loadedBy: by, loadedAt: now };
    await tx.comparable.upsert({ where, create: { ...own, ...stamp }, update: stamp });
  }
}

/** Every multiple that an import wrote. */
export const keysOfComparableImport = (tx: Tx, importId: string): Promise<ComparableKey[]> =>
  tx.comparableListing.findMany({
    where: { importId },
    distinct: ["kind", "name", "metric", "date", "source"],
    select: { kind: true, name: true, metric: true, date: true, source: true },
  });
