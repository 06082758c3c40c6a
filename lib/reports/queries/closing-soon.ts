import "server-only";
import { type Actor, venturesInSql } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { read } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { VentureRef } from "./news";

/** What comes to an end by a day that is known, or is to be done by it. */
export const SOON_KINDS = ["closing", "exclusivity", "offer", "step", "release"] as const;
export type SoonKind = (typeof SOON_KINDS)[number];

export type Soon = {
  kind: SoonKind;
  /** The deal, offer or tranche. */
  id: string;
  /** The bidder, or the tranche. */
  who: string;
  /** What is to be done, of a step. */
  what: string | null;
  on: string;
  /** Of a closing: an item of its checklist is overdue. */
  behind: boolean;
  venture: VentureRef;
};

// A closing that is late still closes; what else is over is no matter of days any more.
const SOON = `
  WITH running AS (
    SELECT d.* FROM "deal" d
    WHERE d."stage" NOT IN ('not-started', 'complete', 'fallen-through') AND ($1::uuid[] IS NULL OR d."ventureId" = ANY($1))),
  ends AS (
    SELECT 'closing' AS "kind", d."id"::text, d."ventureId", d."bidder" AS "who", NULL AS "what", (d."facts" ->> 'closesOn')::date AS "on",
      EXISTS (SELECT 1 FROM "closing_item" i WHERE i."dealId" = d."id" AND i."removedAt" IS NULL
        AND i."state" IN ('open', 'in-progress') AND (i."task" ->> 'dueOn')::date < $2::date) AS "behind"
    FROM running d WHERE d."stage" <> 'negotiating'
    UNION ALL
    SELECT 'exclusivity', d."id"::text, d."ventureId", d."bidder", NULL, (d."facts" ->> 'exclusiveUntil')::date, false FROM running d
    UNION ALL
    SELECT 'step', d."id"::text, d."ventureId", d."bidder", NULLIF(d."facts" ->> 'nextStep', ''), (d."facts" ->> 'nextOn')::date, false
    FROM running d
    UNION ALL
    SELECT 'offer', o."id"::text, d."ventureId", d."bidder", NULL, (n."terms" ->> 'validUntil')::date, false
    FROM running d JOIN "offer" o ON o."dealId" = d."id" AND o."kind" = 'bid'
    JOIN LATERAL (SELECT "terms" FROM "offer_version" WHERE "offerId" = o."id" ORDER BY "version" DESC LIMIT 1) n ON true
    UNION ALL
    SELECT 'release', t."id"::text, t."ventureId", t."label", NULL, r."dueOn", false
    FROM "deferred_tranche" t JOIN "deferred_release" r ON r."trancheId" = t."id"
    WHERE t."status" = 'open' AND ($1::uuid[] IS NULL OR t."ventureId" = ANY($1)))
  SELECT e."kind", e."id", e."who", e."what", e."on"::text AS "on", e."behind",
    json_build_object('slug', v."slug", 'name', v."name") AS "venture"
  FROM ends e JOIN "venture" v ON v."id" = e."ventureId" AND v."archivedAt" IS NULL
  WHERE e."on" <= $3::date AND (e."kind" = 'closing' OR e."on" >= $2::date)
  ORDER BY e."on", e."kind", v."name", e."who" LIMIT $4`;

/** How far one looks ahead. */
const DAYS = 75;

/** What closes or ends within the next ten weeks, the next first, in the ventures that the actor may see. */
export async function listClosingSoon(actor: Actor, today: string, take: number): Promise<Soon[]> {
  if (!isPermitted(actor.role, "venture:read")) throw new AppError("FORBIDDEN");
  const until = new Date(Date.parse(today) + DAYS * 86_400_000).toISOString().slice(0, 10);
  return await read<Soon>(SOON, [venturesInSql(actor), today, until, take]);
}
