import "server-only";
import { type Actor, venturesInSql } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { read } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { SnapshotMeasure } from "@/lib/metrics/queries/snapshots";

export type VentureRow = {
  id: string;
  slug: string;
  name: string;
  sector: string;
  currency: string;
  stage: "mature" | "active" | "exited";
  openSubstages: string[];
  measures: Readonly<Record<string, SnapshotMeasure | undefined>>;
  /** The day up to which the snapshot looks; null before the first one. */
  asOf: string | null;
  freshnessDays: number | null;
  contradictions: number;
};

// Plain SQL: the ORM takes several times as long to hand over a thousand rows with JSON in them.
const VISIBLE = `v."archivedAt" IS NULL AND ($1::uuid[] IS NULL OR v."id" = ANY($1))`;

export const FACTS = `v."id", v."slug", v."name", v."sector", v."currency", v."stage"::text AS "stage"`;
export const SNAPSHOT = `s."asOf"::text AS "asOf", s."freshnessDays", COALESCE(s."contradictions", 0) AS "contradictions"`;
const COLUMNS = `${FACTS}, COALESCE(r."openSubstages", '{}') AS "openSubstages", ${SNAPSHOT}`;
/** The few measures of the lists are kept small in the snapshot; a venture's own page reads all of them. */
export const HEADLINE = `COALESCE(s."headline", '{}') AS "measures"`;
const EVERYTHING = `COALESCE(s."measures", '{}') AS "measures"`;

const JOINS = `
  LEFT JOIN "venture_snapshot" s ON s."ventureId" = v."id"
  LEFT JOIN "stage_record" r ON r."ventureId" = v."id" AND r."endedAt" IS NULL
    AND NOT EXISTS (SELECT 1 FROM "stage_record" l WHERE l."ventureId" = v."id" AND l."ordinal" > r."ordinal")`;

function allow(actor: Actor): void {
  if (!isPermitted(actor.role, "venture:read")) throw new AppError("FORBIDDEN");
}

/** The one of a venture's own page. */
export async function findVentureRow(actor: Actor, ventureId: string): Promise<VentureRow | null> {
  allow(actor);
  const query = `SELECT ${COLUMNS}, ${EVERYTHING} FROM "venture" v ${JOINS} WHERE v."id" = $2 AND ${VISIBLE}`;
  return (await read<VentureRow>(query, [venturesInSql(actor), ventureId]))[0] ?? null;
}

export type Attention = { rows: VentureRow[]; total: number; critical: number };

// Ranked by a few small columns first; what is wide is read for the few alone.
const ATTENTION = `
  WITH first AS MATERIALIZED (
    SELECT v."id", v."nameKey", v."stage" = 'exited' AS "gone", COALESCE(s."critical", 0) AS "critical",
      COALESCE(s."warning", 0) AS "warning", (count(*) OVER ())::int AS "total",
      (count(*) FILTER (WHERE s."critical" > 0 AND v."stage" <> 'exited') OVER ())::int AS "worried"
    FROM "venture" v LEFT JOIN "venture_snapshot" s ON s."ventureId" = v."id" WHERE ${VISIBLE}
    ORDER BY "gone", "critical" DESC, "warning" DESC, v."nameKey" LIMIT $2)
  SELECT ${COLUMNS}, ${HEADLINE}, f."total", f."worried"
  FROM first f JOIN "venture" v ON v."id" = f."id" ${JOINS}
  ORDER BY f."gone", f."critical" DESC, f."warning" DESC, f."nameKey"`;

/** The few that need attention first (exited ones last), and how many there are in all and at a critical level. */
export async function listNeedingAttention(actor: Actor, take: number): Promise<Attention> {
  allow(actor);
  const rows = await read<VentureRow & { total: number; worried: number }>(ATTENTION, [venturesInSql(actor), take]);
  const { total = 0, worried = 0 } = rows[0] ?? {};
  return { rows, total, critical: worried };
}
