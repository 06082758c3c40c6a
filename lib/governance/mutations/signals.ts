import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { logger } from "@/lib/logger";
import { dayDate } from "@/lib/metrics/rules/periods";
import type { StateSignal } from "../schema";
import { watchTriggers } from "./watch-triggers";

/** A signal of one venture is for who sees it; one of the market for who sees all. */
function mayState(actor: Actor, ventureId: string | null): void {
  if (!isPermitted(actor.role, "governance:exchange")) throw new AppError("FORBIDDEN");
  if (ventureId ? !maySeeVenture(actor, ventureId) : actor.ventures !== "all") throw new AppError("NOT_FOUND");
}

/** The ventures whose triggers a signal can move. */
async function reached(ventureId: string | null): Promise<string[]> {
  if (ventureId) return [ventureId];
  const rows = await db.venture.findMany({ where: { stage: "active", archivedAt: null }, select: { id: true } });
  return rows.map(({ id }) => id);
}

/** The signal is stored: a look that fails is made good by night. Says how many causes fired. */
async function lookAgain(ventureId: string | null, now: Date): Promise<number> {
  let fired = 0;
  for (const id of await reached(ventureId)) {
    const seen = await watchTriggers(id, now).catch((error: unknown) =>
      logger.error({ err: error }, "Triggers failed"),
    );
    fired += seen ? seen.fired.length : 0;
  }
  return fired;
}

/** Keeps what a person states, with its source, and looks at the triggers that it may move. */
export async function stateSignal(
  actor: Actor,
  input: StateSignal,
  now: Date,
): Promise<Result<{ signalId: string; fired: number }, "IN_FUTURE">> {
  mayState(actor, input.ventureId);
  const { dated, ...said } = input;
  if (dated > now.toISOString().slice(0, 10))
    return refuse("IN_FUTURE", [{ path: "dated", expected: "a day that has come" }]);
  const { id } = await db.$transaction(async (tx) => {
    const row = await tx.governanceSignal.create({
      data: { ...said, dated: dayDate(dated), statedBy: actor.ref, statedAt: now },
    });
    await recordEvent(tx, {
      ...{ ventureId: input.ventureId, type: "signal.stated", actor: actor.ref, subject: `signal:${row.id}`, at: now },
      payload: { ...said, dated },
    });
    return row;
  });
  return ok({ signalId: id, fired: await lookAgain(input.ventureId, now) });
}

/** It was a mistake: its cause is over. What was delivered stays delivered. */
export async function withdrawSignal(actor: Actor, signalId: string, now: Date): Promise<Result<null, "WITHDRAWN">> {
  const signal = await db.governanceSignal.findUnique({ where: { id: signalId } });
  if (!signal) throw new AppError("NOT_FOUND");
  mayState(actor, signal.ventureId);
  const done = await db.$transaction(async (tx) => {
    const { count } = await tx.governanceSignal.updateMany({
      where: { id: signalId, withdrawnAt: null },
      data: { withdrawnAt: now, withdrawnBy: actor.ref },
    });
    if (count !== 1) return false;
    await recordEvent(tx, {
      ...{
        ventureId: signal.ventureId,
        type: "signal.withdrawn",
        actor: actor.ref,
        subject: `signal:${signalId}`,
        at: now,
      },
      payload: { title: signal.title, kind: signal.kind },
    });
    return true;
  });
  if (!done) return refuse("WITHDRAWN");
  await lookAgain(signal.ventureId, now);
  return ok(null);
}
