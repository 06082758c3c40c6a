import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { db, Prisma } from "@/lib/db";
import type { FigureView } from "@/lib/figures/schema";
import { ALERT_METRICS } from "@/lib/stage/schema";

export type VentureRef = { slug: string; name: string };

export type StandingAlert = {
  id: string;
  kind: string;
  severity: string;
  title: string;
  detail: string;
  raisedAt: Date;
  acknowledgedAt: Date | null;
  /** The name of who took note of it. */
  acknowledgedBy: string | null;
  venture: VentureRef | null;
  /** What it was decided from, as it is now; null where it is not about one figure. */
  figure: FigureView | null;
};

/** Alerts that stand, the gravest and newest first. Those of the holding itself only for who sees everything. */
export async function listStandingAlerts(actor: Actor, take: number, ventureId?: string): Promise<StandingAlert[]> {
  const scope =
    actor.ventures === "all" ? Prisma.empty : Prisma.sql`AND a."ventureId" = ANY(${[...actor.ventures]}::uuid[])`;
  const only = ventureId ? Prisma.sql`AND a."ventureId" = ${ventureId}::uuid` : Prisma.empty;
  const rows = await db.$queryRaw<(Omit<StandingAlert, "venture"> & { slug: string | null; name: string | null })[]>`
    SELECT a."id", a."kind", a."severity", a."title", a."detail", a."raisedAt", a."acknowledgedAt",
      COALESCE(u."name", a."acknowledgedBy") AS "acknowledgedBy", v."slug", v."name",
      (s."measures" -> (${JSON.stringify(ALERT_METRICS)}::jsonb ->> a."kind")) - 'spark'::text - 'level'::text AS figure
    FROM "alert" a LEFT JOIN "venture" v ON v."id" = a."ventureId"
    LEFT JOIN "venture_snapshot" s ON s."ventureId" = a."ventureId"
    LEFT JOIN "app_user" u ON 'user:' || u."id"::text = a."acknowledgedBy"
    WHERE a."clearedAt" IS NULL AND v."archivedAt" IS NULL ${scope} ${only}
    ORDER BY CASE a."severity" WHEN 'critical' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END,
      a."acknowledgedAt" IS NOT NULL, a."raisedAt" DESC
    LIMIT ${take}`;
  return rows.map(({ slug, name, ...alert }) => ({ ...alert, venture: slug && name ? { slug, name } : null }));
}

export type NewsEvent = {
  id: string;
  type: string;
  actor: string;
  actorName: string | null;
  at: Date;
  subject: string;
  payload: unknown;
  venture: VentureRef | null;
};

/** Coming and going of people and the seals of the log are in the record; they are no news. */
const NO_NEWS = ["session", "audit", "access-token", "password", "second-factor", "identity", "user", "demo"];
/** Steps on the way to something that is news itself. */
const NO_NEWS_YET = ["import.received", "import.previewed", "import.reread", "cap-table.terms-answered", "run.started"];
const LOOK_BACK = 400;

/** What happened in the ventures since a moment, newest first, without what the reader did. Looks at the last few hundred events. */
export async function listNews(actor: Actor, since: Date | null, take: number): Promise<NewsEvent[]> {
  const scope =
    actor.ventures === "all" ? Prisma.empty : Prisma.sql`WHERE "chain" = ANY(${[...actor.ventures]}::text[])`;
  const newer = since ? Prisma.sql`AND e."at" > ${since}` : Prisma.empty;
  const rows = await db.$queryRaw<
    (Omit<NewsEvent, "venture" | "id"> & { id: bigint; slug: string | null; name: string | null })[]
  >`
    SELECT e."id", e."type", e."actor", u."name" AS "actorName", e."at", e."subject", e."payload", v."slug", v."name"
    FROM (SELECT * FROM "event" ${scope} ORDER BY "id" DESC LIMIT ${LOOK_BACK}) e
    LEFT JOIN "venture" v ON v."id"::text = e."chain"
    LEFT JOIN "app_user" u ON 'user:' || u."id"::text = e."actor"
    WHERE e."actor" <> ${actor.ref} AND NOT split_part(e."type", '.', 1) = ANY(${NO_NEWS}::text[])
      AND NOT e."type" = ANY(${NO_NEWS_YET}::text[]) ${newer}
    ORDER BY e."id" DESC LIMIT ${take}`;
  return rows.map(({ id, slug, name, ...event }) => ({
    ...event,
    id: String(id),
    venture: slug && name ? { slug, name } : null,
  }));
}
