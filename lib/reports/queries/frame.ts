import "server-only";
import { type Actor, venturesInSql } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { read } from "@/lib/db";

export type Frame = {
  /** Memos that wait for a decision of this person: the number beside "Inbox". */
  waiting: number;
  /** The pause of all agents, while one stands: who paused them, and why. */
  pause: { by: string; reason: string } | null;
};

// One query, since every page asks it.
const FRAME = `
  SELECT count(*)::int AS "waiting",
    (SELECT json_build_object('by', COALESCE(u."name", p."pausedBy"), 'reason', p."reason")
      FROM "global_pause" p LEFT JOIN "app_user" u ON 'user:' || u."id"::text = p."pausedBy"
      WHERE p."resumedAt" IS NULL LIMIT 1) AS "pause"
  FROM "memo" m
  WHERE "status" IN ('pending', 'question', 'deferred', 'confirming') AND "expiresAt" > $1
    AND ("deferredUntil" IS NULL OR "deferredUntil" <= $1) AND ($2::uuid[] IS NULL OR "ventureId" = ANY($2))
    AND NOT ("status" = 'confirming' AND EXISTS (SELECT 1 FROM "verdict" f WHERE f."memoId" = m."id"
      AND f."version" = m."version" - 1 AND f."decidedBy" = $3))`;

/** What stands around every page for those who read memos. */
export async function getFrame(actor: Actor, now: Date): Promise<Frame> {
  const nothing = { waiting: 0, pause: null };
  if (!isPermitted(actor.role, "memo:read")) return nothing;
  const [frame] = await read<Frame>(FRAME, [now, venturesInSql(actor), actor.ref]);
  return frame ?? nothing;
}
