import "server-only";
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { atOneMoment, todayOf } from "@/lib/metrics/queries/performance";
import { groupOf } from "../schema/run";
import { holdsIn, lifeOf, loadCriteria } from "./criteria";
import type { StageVenture } from "./stage-facts";

export type ExitGateFacts = {
  /** Growth optimized, exit executed, value captured: by the facts, or let pass by the chairman. */
  met: boolean;
  lines: { id: string; label: string; holds: boolean; found: string[] }[];
};

/** The exit gate as the criteria of the stage judge it, in the caller's transaction. */
export async function loadExitGate(tx: Tx, venture: StageVenture, now: Date): Promise<ExitGateFacts> {
  const { ordinal } = await lifeOf(tx, venture.id);
  const { lines } = await loadCriteria(tx, venture, ordinal, todayOf(venture, now));
  const gate = lines.filter(({ id }) => groupOf(id) === "exit");
  return {
    met: holdsIn(lines, "exit"),
    lines: gate.map(({ id, label, holds, found }) => ({ id, label, holds, found })),
  };
}

/** The exit gate of a venture, for whoever coordinates the stage. */
export async function exitGateFacts(ventureId: string, now: Date): Promise<ExitGateFacts> {
  return atOneMoment(async (tx) => {
    const venture = await tx.venture.findUnique({ where: { id: ventureId } });
    if (!venture) throw new AppError("NOT_FOUND");
    return loadExitGate(tx, venture, now);
  });
}
