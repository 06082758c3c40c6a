import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { db } from "@/lib/db";
import { isPaused } from "@/lib/decisions/queries/policy";
import { logger } from "@/lib/logger";
import { lastingStep, type Step } from "./engine";

const LOOK_MS = 1_000;

/**
 * Returns when the chairman has not paused all agents, at once or later; also when `enough` says so. It stands between the
 * steps of a run and records nothing, so a run that is taken up again waits again. A database that is away is a pause.
 */
export async function whilePaused(enough: () => Promise<boolean> = async () => false): Promise<void> {
  for (;;) {
    const waits = await isPaused(db)
      .then(async (paused) => paused && !(await enough()))
      .catch((error: unknown) => {
        logger.error(error);
        return true;
      });
    if (!waits) return;
    await sleep(LOOK_MS, null, { ref: false });
  }
}

/** A run that somebody stopped need not wait to be stopped. */
export const isStopping = async (runId: string): Promise<boolean> =>
  (await db.agentRun.count({ where: { id: runId, status: "stopping" } })) > 0;

/** A step that is an agent's work: it does not begin while all agents are paused. */
export async function agentStep<T>(name: string, work: (step: Step) => Promise<T>): Promise<T> {
  await whilePaused();
  return lastingStep(name, work);
}
