import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db, Prisma } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { VentureRef } from "./news";

export type TakenDecision = {
  id: string;
  memoId: string;
  title: string;
  verdict: string;
  /** The memo was opened again after it: by whoever gave the verdict, or by the policy whose own verdict it was. */
  takenBack: boolean;
  note: string;
  conditions: number;
  version: number;
  /** Who decided, as an actor's ref, and the person's name where it was one. */
  by: string;
  byName: string | null;
  at: Date;
  proposedBy: string;
  venture: VentureRef;
  stake: { amountMinor: string; currency: string } | null;
};

type DecisionRow = Omit<TakenDecision, "venture" | "stake"> & {
  slug: string;
  name: string;
  stakeMinor: bigint | null;
  stakeCurrency: string | null;
};

/** Approvals, the first of two among them, rejections and reversals, newest first; questions and deferrals are none. `before` is the id of the last row seen. */
export async function listDecisions(
  actor: Actor,
  take: number,
  before: string | null,
): Promise<{ decisions: TakenDecision[]; next: string | null }> {
  if (!isPermitted(actor.role, "memo:read")) throw new AppError("FORBIDDEN");
  const scope =
    actor.ventures === "all" ? Prisma.empty : Prisma.sql`AND m."ventureId" = ANY(${[...actor.ventures]}::uuid[])`;
  const older = before
    ? Prisma.sql`AND (d."decidedAt", d."id") < (SELECT "decidedAt", "id" FROM "verdict" WHERE "id" = ${before}::uuid)`
    : Prisma.empty;
  const rows = await db.$queryRaw<DecisionRow[]>`
    SELECT d."id", m."id" AS "memoId", COALESCE(w."title", m."title") AS "title", d."verdict", d."note",
      EXISTS (SELECT 1 FROM "event" e
        WHERE e."subject" = 'memo:' || m."id"::text AND e."type" = 'memo.reopened'
          AND (e."payload"->>'version')::int = d."version" + CASE d."verdict" WHEN 'first-approval' THEN 2 ELSE 1 END
      ) AS "takenBack", jsonb_array_length(d."conditions")::int AS "conditions", d."version", d."decidedBy" AS "by", u."name" AS "byName",
      d."decidedAt" AS "at", m."proposedBy", v."slug", v."name", m."stakeMinor", m."stakeCurrency"
    FROM "verdict" d
    JOIN "memo" m ON m."id" = d."memoId"
    JOIN "venture" v ON v."id" = m."ventureId"
    LEFT JOIN "memo_version" w ON w."memoId" = d."memoId" AND w."version" = d."version"
    LEFT JOIN "app_user" u ON 'user:' || u."id"::text = d."decidedBy"
    WHERE d."verdict" IN ('first-approval', 'approved', 'conditional', 'rejected', 'reversed') ${scope} ${older}
    ORDER BY d."decidedAt" DESC, d."id" DESC LIMIT ${take + 1}`;
  const decisions = rows.slice(0, take).map(toDecision);
  return { decisions, next: rows.length > take ? (decisions.at(-1)?.id ?? null) : null };
}

function toDecision({ slug, name, stakeMinor, stakeCurrency, ...row }: DecisionRow): TakenDecision {
  const stake =
    stakeMinor !== null && stakeCurrency ? { amountMinor: stakeMinor.toString(), currency: stakeCurrency } : null;
  return { ...row, venture: { slug, name }, stake };
}
