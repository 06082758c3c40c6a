import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { fencedTransaction } from "@/lib/workflows/fence";
import { engineClient } from "@/lib/workflows/transport";
import { readCycleFacts } from "../../queries/cycle/cycles";
import { type CycleMove, type CyclePhase, nextCycleMove } from "../../rules/cycle/cycle";
import { prepareCycleReport, storeCycleReport } from "./cycle-report";
import { createCycle, lockCycles, recordCycle } from "./cycles";

const SYSTEM = "system:growth-cycle";

/** What a cycle's run has to do next, from what is stored now. */
export async function readCycleMove(cycleId: string, now: Date): Promise<CycleMove & { ventureId: string }> {
  const cycle = await db.growthCycle.findUnique({ where: { id: cycleId } });
  if (!cycle) throw new AppError("NOT_FOUND");
  return { ...nextCycleMove(await readCycleFacts(db, cycle), now), ventureId: cycle.ventureId };
}

type Cycle = Awaited<ReturnType<typeof db.growthCycle.findFirstOrThrow>>;

/**
 * One move of the loop as one transaction: under the lock the facts are read again, and only if they still ask for that
 * move it is made. So a step that is repeated, or an order that came in between, changes nothing twice.
 */
async function takeMove(
  cycleId: string,
  now: Date,
  kind: CycleMove["kind"],
  work: (tx: Tx, cycle: Cycle, move: CycleMove) => Promise<void>,
): Promise<boolean> {
  await engineClient();
  return fencedTransaction(async (tx) => {
    const known = await tx.growthCycle.findUniqueOrThrow({ where: { id: cycleId } });
    await lockCycles(tx, known.ventureId);
    const cycle = await tx.growthCycle.findUniqueOrThrow({ where: { id: cycleId } });
    const move = nextCycleMove(await readCycleFacts(tx, cycle), now);
    if (move.kind !== kind) return false;
    await work(tx, cycle, move);
    return true;
  });
}

/** Begins the analysis, or joins the one that a person began; `start` makes the run in the same commit. */
export const beginAnalysis = (
  cycleId: string,
  now: Date,
  start: (tx: Tx, ventureId: string) => Promise<{ runId: string }>,
): Promise<boolean> =>
  takeMove(cycleId, now, "analyse", async (tx, cycle) => {
    const { runId } = await start(tx, cycle.ventureId);
    const attempt = cycle.attempts + 1;
    await tx.growthCycle.update({ where: { id: cycleId }, data: { runId, attempts: attempt } });
    await recordCycle(tx, cycle, "analysis-begun", SYSTEM, { runId, attempt }, now);
  });

/** Goes to the next phase. */
export const advanceCycle = (cycleId: string, to: CyclePhase, now: Date): Promise<boolean> =>
  takeMove(cycleId, now, "advance", async (tx, cycle, move) => {
    if (move.kind !== "advance" || move.to !== to) return;
    await tx.growthCycle.update({ where: { id: cycleId }, data: { phase: to, phaseAt: now } });
    await recordCycle(tx, cycle, "advanced", SYSTEM, { from: cycle.phase, to }, now);
  });

/** Writes the turn's report and closes it; the next turn opens in the same commit. */
export async function closeCycle(cycleId: string, by: Actor, now: Date): Promise<boolean> {
  const report = await prepareCycleReport(by, await db.growthCycle.findUniqueOrThrow({ where: { id: cycleId } }), now);
  return takeMove(cycleId, now, "close", async (tx, cycle) => {
    const { artefactId } = await storeCycleReport(tx, cycle, report, now);
    const data = { status: "closed" as const, phase: "closed" as const, phaseAt: now, closedAt: now, artefactId };
    await tx.growthCycle.update({ where: { id: cycleId }, data });
    await recordCycle(tx, cycle, "closed", SYSTEM, { ordinal: cycle.ordinal, artefactId }, now);
    await createCycle(tx, cycle.ventureId, SYSTEM, now);
  });
}

/** 40.1 has ended while the loop was turning: the cycle ends without a review and no other follows. */
export const stopCycle = (cycleId: string, now: Date): Promise<boolean> =>
  takeMove(cycleId, now, "stop", async (tx, cycle) => {
    const ending = "Growth management (40.1) of the venture has ended.";
    const data = { status: "closed" as const, phase: "closed" as const, phaseAt: now, closedAt: now, ending };
    await tx.growthCycle.update({ where: { id: cycleId }, data });
    await recordCycle(tx, cycle, "ended", SYSTEM, { reason: ending }, now);
  });
