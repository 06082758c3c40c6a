import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db, Prisma } from "@/lib/db";
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

const scopeOf = (actor: Actor) =>
  actor.ventures === "all" ? Prisma.empty : Prisma.sql`AND v."id" = ANY(${[...actor.ventures]}::uuid[])`;

const COLUMNS = Prisma.sql`
  v."id", v."slug", v."name", v."sector", v."currency", v."stage"::text AS "stage",
  COALESCE(r."openSubstages", '{}') AS "openSubstages", COALESCE(s."measures", '{}') AS "measures",
  s."asOf"::text AS "asOf", s."freshnessDays", COALESCE(s."contradictions", 0) AS "contradictions"`;

const STAGE = Prisma.sql`
  LEFT JOIN LATERAL (
    SELECT "openSubstages" FROM "stage_record" WHERE "ventureId" = v."id" AND "endedAt" IS NULL
    ORDER BY "ordinal" DESC LIMIT 1
  ) r ON true`;

function allow(actor: Actor): void {
  if (!isPermitted(actor.role, "venture:read")) throw new AppError("FORBIDDEN");
}

/** Every venture that the actor may see with its snapshot, by name: one query, whatever their number. */
export async function listVentureRows(actor: Actor): Promise<VentureRow[]> {
  allow(actor);
  return await db.$queryRaw<VentureRow[]>`
    SELECT ${COLUMNS} FROM "venture" v LEFT JOIN "venture_snapshot" s ON s."ventureId" = v."id" ${STAGE}
    WHERE v."archivedAt" IS NULL ${scopeOf(actor)} ORDER BY v."name"`;
}

/** The one of a venture's own page. */
export async function findVentureRow(actor: Actor, ventureId: string): Promise<VentureRow | null> {
  allow(actor);
  const rows = await db.$queryRaw<VentureRow[]>`
    SELECT ${COLUMNS} FROM "venture" v LEFT JOIN "venture_snapshot" s ON s."ventureId" = v."id" ${STAGE}
    WHERE v."id" = ${ventureId}::uuid AND v."archivedAt" IS NULL ${scopeOf(actor)}`;
  return rows[0] ?? null;
}

const LEVELLED = [
  "growth_rate",
  "valuation_change",
  "exit_readiness",
  "cash_runway",
  "customer_concentration",
  "team_retention",
];

const countTone = (tone: string) =>
  Prisma.join(
    LEVELLED.map(
      (key) =>
        Prisma.sql`(CASE WHEN s."measures" #>> ARRAY[${key}, 'level', 'tone']::text[] = ${tone} THEN 1 ELSE 0 END)`,
    ),
    " + ",
  );

export type Attention = { rows: VentureRow[]; total: number; critical: number };

/** The few that need attention first (exited ones last), and how many there are in all and at a critical level. */
export async function listNeedingAttention(actor: Actor, take: number): Promise<Attention> {
  allow(actor);
  const rows = await db.$queryRaw<(VentureRow & { total: number; critical: number })[]>`
    WITH ranked AS (
      SELECT v."id", v."stage" = 'exited' AS "gone", ${countTone("critical")} AS "critical", ${countTone("warning")} AS "warning",
        v."name"
      FROM "venture" v LEFT JOIN "venture_snapshot" s ON s."ventureId" = v."id"
      WHERE v."archivedAt" IS NULL ${scopeOf(actor)}
    ), counted AS (
      SELECT *, count(*) OVER ()::int AS "total", count(*) FILTER (WHERE "critical" > 0 AND NOT "gone") OVER ()::int AS "worried"
      FROM ranked ORDER BY "gone", "critical" DESC, "warning" DESC, "name" LIMIT ${take}
    )
    SELECT ${COLUMNS}, c."total", c."worried" AS "critical"
    FROM counted c JOIN "venture" v ON v."id" = c."id" LEFT JOIN "venture_snapshot" s ON s."ventureId" = v."id" ${STAGE}
    ORDER BY c."gone", c."critical" DESC, c."warning" DESC, c."name"`;
  const first = rows[0];
  return {
    rows: rows.map(({ total: _total, critical: _critical, ...row }) => row),
    total: first?.total ?? 0,
    critical: first?.critical ?? 0,
  };
}
