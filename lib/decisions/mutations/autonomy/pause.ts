import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Actor } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";

function mayPause(actor: Actor): void {
  if (!isPermitted(actor.role, "pause:all")) throw new AppError("FORBIDDEN");
}

const lock = (tx: Tx) => tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('global-pause', 42))`;

const record = (tx: Tx, type: string, by: string, pauseId: string, reason: string, at: Date) =>
  recordEvent(tx, { ventureId: null, type, actor: by, subject: `pause:${pauseId}`, payload: { reason }, at });

/** All agents stop before their next step and nothing is decided without a person, until a chairman lets them go on. */
export async function pauseAll(
  actor: Actor,
  reason: string,
  now: Date,
): Promise<Result<{ pauseId: string }, "PAUSED">> {
  mayPause(actor);
  return db.$transaction(async (tx) => {
    await lock(tx);
    if (await tx.globalPause.findFirst({ where: { resumedAt: null } })) return refuse("PAUSED");
    const { id } = await tx.globalPause.create({ data: { reason, pausedBy: actor.ref, pausedAt: now } });
    await record(tx, "agents.paused", actor.ref, id, reason, now);
    return ok({ pauseId: id });
  });
}

/** Each agent goes on at the step before which it stopped. */
export async function resumeAll(actor: Actor, pauseId: string, now: Date): Promise<Result<null, "NOT_PAUSED">> {
  mayPause(actor);
  return db.$transaction(async (tx) => {
    await lock(tx);
    const data = { resumedAt: now, resumedBy: actor.ref };
    const { count } = await tx.globalPause.updateMany({ where: { id: pauseId, resumedAt: null }, data });
    if (count !== 1) return refuse("NOT_PAUSED");
    const { reason } = await tx.globalPause.findUniqueOrThrow({ where: { id: pauseId } });
    await record(tx, "agents.resumed", actor.ref, pauseId, reason, now);
    return ok(null);
  });
}
