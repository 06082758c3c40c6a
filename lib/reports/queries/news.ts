import "server-only";
import { type Actor, venturesInSql } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { read } from "@/lib/db";
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

const STANDING = `
  SELECT a."id", a."kind", COALESCE(c."severity", a."severity") AS "severity", a."title", a."detail", a."raisedAt",
    a."acknowledgedAt",
    COALESCE(u."name", a."acknowledgedBy") AS "acknowledgedBy", v."slug", v."name",
    (s."measures" -> ($3::jsonb ->> a."kind")) - 'spark'::text - 'level'::text AS figure
  FROM "alert" a LEFT JOIN "venture" v ON v."id" = a."ventureId"
  LEFT JOIN "venture_snapshot" s ON s."ventureId" = a."ventureId"
  LEFT JOIN "app_user" u ON 'user:' || u."id"::text = a."acknowledgedBy"
  LEFT JOIN "alert_setting" c ON c."kind" = a."kind"
  WHERE COALESCE('dashboard' = ANY(c."channels"), true)
    AND (a."mutedUntil" IS NULL OR a."mutedUntil" < $5::date)
    AND (a."snoozedUntil" IS NULL OR a."snoozedAt" < a."raisedAt" OR a."snoozedUntil" <= $5::date)
    AND a."clearedAt" IS NULL AND v."archivedAt" IS NULL AND ($1::uuid[] IS NULL OR a."ventureId" = ANY($1))
    AND ($4::uuid IS NULL OR a."ventureId" = $4)
  ORDER BY CASE COALESCE(c."severity", a."severity") WHEN 'critical' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END,
    a."acknowledgedAt" IS NOT NULL, a."raisedAt" DESC
  LIMIT $2`;

/** Alerts that stand and are told on dashboards, neither muted nor put off, the gravest and newest first. Those of the holding itself only for who sees everything. */
export async function listStandingAlerts(
  actor: Actor,
  take: number,
  ventureId?: string,
  now = clock.now(),
): Promise<StandingAlert[]> {
  const rows = await read<Omit<StandingAlert, "venture"> & { slug: string | null; name: string | null }>(STANDING, [
    ...[venturesInSql(actor), take, JSON.stringify(ALERT_METRICS), ventureId ?? null],
    now.toISOString().slice(0, 10),
  ]);
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
const NO_NEWS = [
  "session",
  "audit",
  "access-token",
  "password",
  "second-factor",
  "identity",
  "user",
  "demo",
  "portfolio-view",
];
/** Steps on the way to something that is news itself. */
const NO_NEWS_YET = [
  "import.received",
  "import.previewed",
  "import.reread",
  "cap-table.terms-answered",
  "run.started",
  "ledger.posted",
];
/** What guests read is told by the data room's engagement; that they come, ask or stay out is news. */
const NEWS_OF_GUESTS = ["data-room.agreed", "data-room.declined", "data-room.asked"];
const LOOK_BACK = 400;

// Who and where are looked up for the few that are shown: a chain is text, so no index serves its venture.
const newsIn = (scope: string): string => `
  SELECT e."id", e."type", e."actor", coalesce(u."name", g."email") AS "actorName", e."at", e."subject", e."payload", v."slug", v."name"
  FROM (
    SELECT * FROM (
      SELECT * FROM "event" WHERE ${scope} ORDER BY "id" DESC LIMIT ${LOOK_BACK}) latest
    WHERE "actor" <> $2 AND ("actor" NOT LIKE 'guest:%' OR "type" = ANY($7::text[])) AND NOT split_part("type", '.', 1) = ANY($3::text[]) AND NOT "type" = ANY($4::text[])
      AND ($5::timestamptz IS NULL OR "at" > $5)
    ORDER BY "id" DESC LIMIT $6) e
  LEFT JOIN "venture" v ON v."id"::text = e."chain"
  LEFT JOIN "app_user" u ON 'user:' || u."id"::text = e."actor"
  LEFT JOIN "room_guest" g ON 'guest:' || g."id"::text = e."actor"
  ORDER BY e."id" DESC`;
// Two texts and so two plans: the end of the whole log, or the index on the chains of the few.
const NEWS_OF_ALL = newsIn("$1::text[] IS NULL");
const NEWS_OF_SOME = newsIn('"chain" = ANY($1::text[])');

/** What happened in the ventures since a moment, newest first, without what the reader did. Looks at the last few hundred events. */
export async function listNews(actor: Actor, since: Date | null, take: number): Promise<NewsEvent[]> {
  const text = actor.ventures === "all" ? NEWS_OF_ALL : NEWS_OF_SOME;
  const rows = await read<Omit<NewsEvent, "venture"> & { slug: string | null; name: string | null }>(text, [
    ...[venturesInSql(actor), actor.ref, NO_NEWS, NO_NEWS_YET, since, take, NEWS_OF_GUESTS],
  ]);
  return rows.map(({ slug, name, ...event }) => ({ ...event, venture: slug && name ? { slug, name } : null }));
}
