import "server-only";
import { db } from "@/lib/db";

export type FigureRow = { revision: number; value: string | null; unit: string };

/** The newest revision of each of these figures that belongs to the venture. */
export async function listFigureRows(ventureId: string, ids: readonly string[]): Promise<Map<string, FigureRow>> {
  const rows = await db.figure.findMany({
    where: { id: { in: [...new Set(ids)] }, ventureId },
    orderBy: { revision: "desc" },
    distinct: ["id"],
    select: { id: true, revision: true, value: true, unit: true },
  });
  return new Map(rows.map(({ id, ...row }) => [id, row]));
}

/** Those of the quoted names that the venture's data hold: customers, their segments and channels, plans. */
export async function listKnownNames(ventureId: string, quoted: readonly string[]): Promise<string[]> {
  if (quoted.length === 0) return [];
  const names = [...new Set(quoted)];
  const rows = await db.$queryRaw<{ name: string }[]>`
    SELECT unnest(ARRAY["name", "segment", "channel"]) AS name FROM "customer"
    WHERE "ventureId" = ${ventureId}::uuid AND "supersededAt" IS NULL
      AND ("name" = ANY(${names}) OR "segment" = ANY(${names}) OR "channel" = ANY(${names}))
    UNION
    SELECT "plan" FROM "subscription"
    WHERE "ventureId" = ${ventureId}::uuid AND "supersededAt" IS NULL AND "plan" = ANY(${names})`;
  return rows.map((row) => row.name).filter((name) => name !== null);
}
