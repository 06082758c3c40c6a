import "server-only";
import { db } from "@/lib/db";
import { staleFigures } from "@/lib/figures/queries";
import type { FigureStanding } from "../grounding";

type Row = { id: string; revision: number; ventureId: string | null; stored: boolean };

/**
 * How figures stand at this moment for text about this venture. `returned` are the revisions that tools returned in this
 * run; a stored figure that no tool returned counts when it is the venture's, computed from its data, and current.
 */
export async function figureStandings(
  ventureId: string,
  ids: readonly string[],
  returned: ReadonlyMap<string, number>,
): Promise<Map<string, FigureStanding>> {
  if (ids.length === 0) return new Map();
  const rows = await db.$queryRaw<Row[]>`
    SELECT DISTINCT ON ("id") "id", "revision", "ventureId"::text AS "ventureId",
      jsonb_path_exists("sources"::jsonb, '$[*] ? (@.kind == "dataset")') OR EXISTS (
        SELECT 1 FROM "figure_dependency" d WHERE d."figureId" = f."id" AND d."revision" = f."revision"
      ) AS "stored"
    FROM "figure" f WHERE "id" = ANY(${[...ids]}) ORDER BY "id", "revision" DESC`;
  const quotes = rows.map(({ id, revision }) => ({ id, revision: returned.get(id) ?? revision }));
  const stale = new Set((await staleFigures(quotes)).map(({ id }) => id));
  return new Map(rows.map((row) => [row.id, standing(row, ventureId, returned, stale)]));
}

function standing(
  row: Row,
  ventureId: string,
  returned: ReadonlyMap<string, number>,
  stale: ReadonlySet<string>,
): FigureStanding {
  if (row.ventureId !== null && row.ventureId !== ventureId) return "foreign";
  if (row.ventureId === null || (!row.stored && !returned.has(row.id))) return "given";
  return stale.has(row.id) ? "stale" : "current";
}

export async function latestRevisions(ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.figure.groupBy({ by: ["id"], where: { id: { in: [...ids] } }, _max: { revision: true } });
  return new Map(rows.map((row) => [row.id, row._max.revision ?? 1]));
}
