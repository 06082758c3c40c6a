import "server-only";
import { db } from "@/lib/db";

/** The rows behind a figure of an experiment: the counts of the revision that it was computed from. */
export async function listCountRows(
  experimentId: string,
  revision: number,
  slice: { skip: number; take: number },
): Promise<{
  columns: string[];
  rows: { key: string; cells: string[]; supersededAt: string | null }[];
  total: number;
}> {
  const columns = ["arm", "metric", "day", "units", "sums", "file"];
  const found = await db.experimentImport.findUnique({ where: { experimentId_revision: { experimentId, revision } } });
  if (!found) return { columns, rows: [], total: 0 };
  const where = { importId: found.id };
  const [total, counts] = await Promise.all([
    db.experimentCount.count({ where }),
    db.experimentCount.findMany({ where, orderBy: { rowNumber: "asc" }, ...slice }),
  ]);
  const rows = counts.map(({ rowNumber, arm, metric, day, units, sums }) => ({
    key: `${found.id}:${rowNumber}`,
    cells: [arm, metric, day?.toISOString().slice(0, 10) ?? "", units.toString(), JSON.stringify(sums), found.fileName],
    supersededAt: found.supersededAt?.toISOString() ?? null,
  }));
  return { columns, rows, total };
}
