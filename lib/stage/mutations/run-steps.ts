import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Actor } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { openDueCycle, wakeCycleOf } from "@/lib/growth/mutations/cycle/cycles";
import { atOneMoment } from "@/lib/metrics/queries/performance";
import { fencedTransaction } from "@/lib/workflows/fence";
import { engineClient } from "@/lib/workflows/transport";
import { findRun, loadStageMove, type RunRow } from "../queries/run-facts";
import { GROW_CAUSE, type StageMove } from "../rules/stage-run";
import { CRITERIA, type CriterionId } from "../schema/run";
import { wakeExit } from "./exit-preparation";
import { clearGate } from "./gate-alert";
import { lockStage, RUN_UNDER_WAY, recordStage, STAGE_SYSTEM, stageWorkflowId, writeMove } from "./run";

/** What the run of a stage has to do next, from what is stored now. */
export async function readStageMove(runId: string, now: Date): Promise<StageMove & { ventureId: string }> {
  return atOneMoment(async (tx) => {
    const run = await findRun(tx, runId);
    if (!run) throw new AppError("NOT_FOUND");
    return { ...(await loadStageMove(tx, run, now)).move, ventureId: run.ventureId };
  });
}

/** Under the lock, with what is stored now: the work is done only if the facts still ask for this move. */
async function takeMove<K extends StageMove["kind"]>(
  runId: string,
  kind: K,
  now: Date,
  work: (tx: Tx, run: RunRow, move: Extract<StageMove, { kind: K }>, holding: string[]) => Promise<void>,
): Promise<boolean> {
  await engineClient();
  return fencedTransaction(async (tx) => {
    const known = await findRun(tx, runId);
    if (!known) throw new AppError("NOT_FOUND");
    await lockStage(tx, known.ventureId);
    const run = (await findRun(tx, runId)) ?? known;
    const { move, holding } = await loadStageMove(tx, run, now);
    if (move.kind !== kind) return false;
    await work(tx, run, move as Extract<StageMove, { kind: K }>, holding);
    return true;
  });
}

/** Growth management begins, or waits for its person or its day as the loop's own rule says. */
export async function beginGrowth(runId: string, coordinator: Actor, now: Date): Promise<void> {
  const run = await atOneMoment((tx) => findRun(tx, runId));
  if (!run) throw new AppError("NOT_FOUND");
  const opened = await openDueCycle(run.ventureId, now);
  await takeMove(runId, "grow", now, async (tx) => {
    const text = opened
      ? "Growth management (40.1) began."
      : "Growth management (40.1) is open; its loop begins by its own rule.";
    await writeMove(tx, runId, { kind: "begun", cause: GROW_CAUSE, text, by: coordinator.ref }, now);
    await recordStage(tx, run, "growth-begun", coordinator.ref, { opened }, now);
  });
}

/** What a child came to, or what the chairman was asked and answered. */
export const noteStage = (runId: string, now: Date): Promise<boolean> =>
  takeMove(runId, "note", now, async (tx, run, { note }) => {
    await writeMove(tx, runId, note, now);
    const payload = { cause: note.cause, text: note.text, memoId: note.memoId ?? null };
    await recordStage(tx, run, "noted", note.by, payload, now);
  });

const named = (ids: readonly string[]): string => ids.map((id) => CRITERIA[id as CriterionId] ?? id).join(", ");

/** Which criteria hold has changed since it was last noted. */
export const noteCriteria = (runId: string, now: Date): Promise<boolean> =>
  takeMove(runId, "criteria", now, async (tx, run, _move, holding) => {
    const subject = stageWorkflowId(run.ventureId, run.ordinal);
    const where = { subject, type: "stage.criteria-changed" };
    const last = await tx.event.findFirst({ where, orderBy: { seq: "desc" } });
    const before = last ? (last.payload as { holding: string[] }).holding : [];
    const [gained, lost] = [holding.filter((id) => !before.includes(id)), before.filter((id) => !holding.includes(id))];
    const parts = [
      ...(gained.length > 0 ? [`Met: ${named(gained)}.`] : []),
      ...(lost.length > 0 ? [`No longer met: ${named(lost)}.`] : []),
    ];
    const text = parts.join(" ") || "No criterion is met yet.";
    const cause = `criteria:${(await tx.event.count({ where })) + 1}`;
    await writeMove(tx, runId, { kind: "criteria", cause, text, by: STAGE_SYSTEM }, now);
    await recordStage(tx, run, "criteria-changed", STAGE_SYSTEM, { holding, gained, lost }, now);
  });

/**
 * The venture has left: every substage closes, the venture is exited, and `venture.exited` says so to whoever hands the
 * retrospective to governance. In one commit, once.
 */
export const leaveStage = (runId: string, coordinator: Actor, now: Date): Promise<boolean> =>
  takeMove(runId, "exit", now, async (tx, run) => {
    const { ventureId, ordinal } = run;
    const key = { ventureId_ordinal: { ventureId, ordinal } };
    const record = await tx.stageRecord.findUniqueOrThrow({ where: key });
    const exitedAt = record.endedAt ?? now;
    if (!record.endedAt) {
      await tx.stageRecord.update({ where: key, data: { endedAt: now, outcome: "exited", openSubstages: [] } });
      await tx.venture.update({ where: { id: ventureId }, data: { stage: "exited" } });
      await endChildren(tx, ventureId, run.id);
    }
    await clearGate(tx, ventureId, coordinator.ref, now);
    const text = "The venture exited successfully.";
    await writeMove(tx, runId, { kind: "exit", cause: "exit", text, by: coordinator.ref }, now);
    await tx.stageRun.update({
      where: { id: runId },
      data: { status: "exited", endedAt: now, reason: null, version: { increment: 1 } },
    });
    const certificate = await tx.stageCertificate.findUniqueOrThrow({ where: key, select: { id: true } });
    await recordEvent(tx, {
      ...{ ventureId, type: "venture.exited", actor: coordinator.ref, subject: stageWorkflowId(ventureId, ordinal) },
      payload: { ordinal, exitedAt: exitedAt.toISOString(), certificateId: certificate.id },
      at: now,
    });
  });

/** Growth and preparation see that their substage is closed and end by themselves; they are only told to look. */
async function endChildren(tx: Tx, ventureId: string, key: string): Promise<void> {
  await wakeCycleOf(tx, ventureId, `stage:${key}`);
  const running = await tx.exitPreparation.findMany({ where: { ventureId, status: { in: RUN_UNDER_WAY } } });
  for (const { id } of running) await wakeExit(tx, id, `stage:${key}`);
}

/** The stage was ended from elsewhere: the run says so and is over. */
export const stopStage = (runId: string, now: Date): Promise<boolean> =>
  takeMove(runId, "stop", now, async (tx, run, { outcome }) => {
    const status = outcome === "regressed" ? "regressed" : "cancelled";
    const reason = run.reason ?? "The stage was ended.";
    await tx.stageRun.update({
      where: { id: runId },
      data: { status, reason, endedAt: now, version: { increment: 1 } },
    });
    await recordStage(tx, run, "ended", STAGE_SYSTEM, { outcome }, now);
  });
