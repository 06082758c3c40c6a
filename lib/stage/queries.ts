import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, Prisma } from "@/lib/db";
import { formatDay } from "@/lib/format";

export type AlertEvent = {
  id: string;
  type: string;
  actor: string;
  actorName: string | null;
  at: Date;
  title: string;
  detail: string | null;
  venture: { slug: string; name: string } | null;
};

/** What a refused agent was refused has another shape of event; it is an alert like the others. */
const TYPES = [
  ...["alert.raised", "alert.cleared", "alert.acknowledged", "alert.unacknowledged", "agent.refused"],
  ...["alert.snoozed", "alert.woken", "alert.muted", "alert.unmuted"],
];

type Row = Omit<AlertEvent, "id" | "venture"> & {
  id: bigint;
  slug: string | null;
  name: string | null;
  until: string | null;
};

/** "Through 23 Dec 2026: the plan is agreed" */
const saidUntil = (type: string, until: string, reason: string | null): string =>
  type === "alert.muted" ? `Through ${formatDay(until)}: ${reason ?? ""}` : `Until ${formatDay(until)}`;

/** When alerts were raised, noted and ended, newest first: of one venture, or of all that the actor may see. */
export async function listAlertHistory(actor: Actor, take: number, ventureId: string | null): Promise<AlertEvent[]> {
  if (ventureId && !maySeeVenture(actor, ventureId)) return [];
  const scope =
    actor.ventures === "all" ? Prisma.empty : Prisma.sql`AND e."chain" = ANY(${[...actor.ventures]}::text[])`;
  const only = ventureId ? Prisma.sql`AND e."chain" = ${ventureId}` : Prisma.empty;
  const rows = await db.$queryRaw<Row[]>`
    SELECT e."id", e."type", e."actor", u."name" AS "actorName", e."at", v."slug", v."name",
      COALESCE(e."payload"->>'title', 'refused ' || (e."payload"->>'tool')) AS "title",
      COALESCE(e."payload"->>'detail', e."payload"->>'reason') AS "detail", e."payload"->>'until' AS "until"
    FROM "event" e
    LEFT JOIN "venture" v ON v."id"::text = e."chain"
    LEFT JOIN "app_user" u ON 'user:' || u."id"::text = e."actor"
    WHERE e."type" = ANY(${TYPES}::text[]) ${scope} ${only}
    ORDER BY e."id" DESC LIMIT ${take}`;
  return rows.map(({ id, slug, name, until, ...row }) => ({
    ...row,
    id: String(id),
    detail: until ? saidUntil(row.type, until, row.detail) : row.detail,
    venture: slug && name ? { slug, name } : null,
  }));
}
