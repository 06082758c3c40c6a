import "server-only";
import type { Tx } from "@/lib/db";

export const DATASET = "cap-table";

export async function lockDataset(tx: Tx, ventureId: string, now: Date): Promise<void> {
  await tx.datasetVersion.createMany({
    data: [{ ventureId, dataset: DATASET, version: 0, changedAt: now }],
    skipDuplicates: true,
  });
  await tx.$queryRaw`SELECT 1 AS locked FROM "dataset_version"
    WHERE "ventureId" = ${ventureId}::uuid AND "dataset" = ${DATASET} FOR UPDATE`;
}

export async function bumpDataset(tx: Tx, ventureId: string, now: Date): Promise<number> {
  const where = { ventureId_dataset: { ventureId, dataset: DATASET } };
  const row = await tx.datasetVersion.update({ where, data: { version: { increment: 1 }, changedAt: now } });
  return row.version;
}
