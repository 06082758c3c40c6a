import "server-only";
import type { Tx } from "@/lib/db";

/** Locks the versions of the data sets until the transaction ends, and answers them; one never written has version 0. */
export async function lockDatasets(tx: Tx, ventureId: string, datasets: readonly string[], now: Date) {
  const sorted = [...datasets].sort();
  const data = sorted.map((dataset) => ({ ventureId, dataset, version: 0, changedAt: now }));
  await tx.datasetVersion.createMany({ data, skipDuplicates: true });
  const rows = await tx.$queryRawUnsafe<{ dataset: string; version: number }[]>(
    `SELECT "dataset", "version" FROM "dataset_version" WHERE "ventureId" = $1::uuid AND "dataset" = ANY($2::text[])
     ORDER BY "dataset" FOR UPDATE`,
    ventureId,
    sorted,
  );
  return Object.fromEntries(rows.map((row) => [row.dataset, row.version]));
}

export async function bumpDatasets(tx: Tx, ventureId: string, datasets: readonly string[], now: Date): Promise<void> {
  await tx.datasetVersion.updateMany({
    where: { ventureId, dataset: { in: [...datasets] } },
    data: { version: { increment: 1 }, changedAt: now },
  });
}
