import "server-only";
import { db } from "@/lib/db";
import { staleFigures } from "@/lib/figures/queries";
import type { FigureFact } from "../figure-claims";
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

/** A figure that a tool returned in this run: its revision, and how the venture's data stood just before. */
export type Returned = { revision: number; seal: string; given: boolean };

/** Changes with every change of the venture's data. */
export async function dataSeal(ventureId: string): Promise<string> {
  const [row] = await db.$queryRaw<{ seal: string }[]>`
    SELECT count(*) || ':' || coalesce(sum("version"), 0) AS "seal" FROM "dataset_version"
    WHERE "ventureId" = ${ventureId}::uuid`;
  return row?.seal ?? "";
}

/** The same, quickly: while the data is as it was when the tool read it, no figure of that tool can have gone stale. */
export async function standingsInRun(
  ventureId: string,
  ids: readonly string[],
  returned: ReadonlyMap<string, Returned>,
): Promise<Map<string, FigureStanding>> {
  if (ids.length === 0) return new Map();
  const seal = await dataSeal(ventureId);
  const isFresh = (id: string) => returned.get(id)?.seal === seal;
  const revisions = new Map([...returned].map(([id, { revision }]) => [id, revision]));
  const checked = await figureStandings(
    ventureId,
    ids.filter((id) => !isFresh(id)),
    revisions,
  );
  for (const id of ids.filter(isFresh)) checked.set(id, returned.get(id)?.given ? "given" : "current");
  return checked;
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

/** What the newest revision of each of these figures is. */
export async function listFigureFacts(ids: readonly string[]): Promise<Map<string, FigureFact>> {
  if (ids.length === 0) return new Map();
  const rows = await db.figure.findMany({
    where: { id: { in: [...ids] } },
    orderBy: { revision: "desc" },
    distinct: ["id"],
    select: { id: true, method: true, label: true, unit: true, value: true },
  });
  return new Map(rows.map(({ id, ...fact }) => [id, fact]));
}

export async function latestRevisions(ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.figure.groupBy({ by: ["id"], where: { id: { in: [...ids] } }, _max: { revision: true } });
  return new Map(rows.map((row) => [row.id, row._max.revision ?? 1]));
}
