import "server-only";
import type { Db, Tx } from "@/lib/db";
import type { Quote } from "../schema";

export type StaleQuote = Quote & { label: string; why: string };

type Row = { root: string; revision: number; label: string; changed: boolean; dataset: string | null };

/**
 * Quoted figures that no longer say what was read: a newer revision has another value, or what the newest revision was
 * computed from changed since. A figure that was recomputed to the same value is not stale.
 */
export async function listStaleQuotes(tx: Db | Tx, quotes: readonly Quote[]): Promise<StaleQuote[]> {
  if (quotes.length === 0) return [];
  const ids = quotes.map((quote) => quote.id);
  const revisions = quotes.map((quote) => quote.revision);
  const rows = await tx.$queryRaw<Row[]>`
    WITH RECURSIVE quoted AS (
      SELECT * FROM unnest(${ids}::text[], ${revisions}::int[]) AS q(id, revision)
    ), newest AS (
      SELECT DISTINCT ON (f."id") f."id", f."revision", f."value" FROM "figure" f ORDER BY f."id", f."revision" DESC
    ), roots AS (
      SELECT q.id AS root, q.revision AS quoted, f."label", n."revision" AS latest, n."value" IS DISTINCT FROM f."value" AS changed
      FROM quoted q JOIN "figure" f ON f."id" = q.id AND f."revision" = q.revision JOIN newest n ON n."id" = q.id
    ), reached AS (
      SELECT DISTINCT root, root AS id, latest AS revision, false AS changed FROM roots
      UNION
      SELECT r.root, d."ref", n."revision", n."value" IS DISTINCT FROM f."value"
      FROM reached r
      JOIN "figure_dependency" d ON d."figureId" = r.id AND d."revision" = r.revision AND d."kind" = 'figure'
      JOIN "figure" f ON f."id" = d."ref" AND f."revision" = d."version"
      JOIN newest n ON n."id" = d."ref"
    )
    SELECT r.root, o.quoted AS revision, o."label", (o.changed OR bool_or(r.changed)) AS changed,
      min(v."dataset") AS dataset
    FROM reached r
    JOIN roots o ON o.root = r.root
    LEFT JOIN "figure_dependency" d
      ON d."figureId" = r.id AND d."revision" = r.revision AND d."kind" = 'dataset'
    LEFT JOIN "dataset_version" v
      ON v."ventureId" = d."ventureId" AND v."dataset" = d."ref" AND v."version" > d."version"
    GROUP BY r.root, o.quoted, o."label", o.changed
    HAVING o.changed OR bool_or(r.changed) OR min(v."dataset") IS NOT NULL`;
  return rows.map(({ root, revision, label, changed, dataset }) => ({
    id: root,
    revision,
    label,
    why: dataset && !changed ? `${plainDataset(dataset)} changed since` : "its value changed since",
  }));
}

const plainDataset = (dataset: string): string =>
  dataset.startsWith("metric:") ? dataset.slice("metric:".length).replaceAll("_", " ") : dataset;
