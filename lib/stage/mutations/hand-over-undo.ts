import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db, type Tx } from "@/lib/db";
import { AppError, type FieldProblem, ok, type Result, refuse } from "@/lib/errors";
import { dayDate } from "@/lib/metrics/rules/periods";
import { engineClient } from "@/lib/workflows/transport";
import { goneOn } from "../rules/hand-over";
import type { StageSignalInput, UndoHandOver } from "../schema/run";
import { RUN_UNDER_WAY, recordStage, stageWorkflowId, writeMove } from "./run";
import { endStage, holdStage } from "./run-orders";
import type { ScoreBefore } from "./signals";

type Signal = Awaited<ReturnType<Tx["stageSignal"]["findMany"]>>[number];
type Run = NonNullable<Awaited<ReturnType<Tx["stageRun"]["findUnique"]>>>;
type Held = { signal: Signal; name: string; run: Run | null; memoIds: readonly string[]; why: string | null };

async function whyNot(tx: Tx, run: Run): Promise<string | null> {
  const { id: runId, ventureId, ordinal, startedAt, status } = run;
  const since = { ventureId, startedAt: { gte: startedAt } };
  const opened = await tx.event.findFirst({
    where: { subject: stageWorkflowId(ventureId, ordinal), type: "stage.initiated" },
    select: { actor: true },
  });
  return goneOn({
    ...{ status, openedBy: opened?.actor ?? null },
    orders: await tx.stageMove.count({ where: { runId, kind: "order" } }),
    verdicts: await tx.verdict.count({ where: { memo: { ventureId }, decidedAt: { gte: startedAt } } }),
    substages: (await tx.exitPreparation.count({ where: since })) + (await tx.realization.count({ where: since })),
  });
}

/** Each venture of the file, held, with why it could not be undone. */
async function holdAll(tx: Tx, signals: readonly Signal[]): Promise<Held[]> {
  const held: Held[] = [];
  for (const signal of signals) {
    const { ventureId, runId } = signal;
    const { memoIds } = await holdStage(tx, ventureId, true);
    const run = runId ? await tx.stageRun.findUnique({ where: { id: runId } }) : null;
    const { name } = await tx.venture.findUniqueOrThrow({ where: { id: ventureId }, select: { name: true } });
    held.push({ signal, name, run, memoIds, why: run ? await whyNot(tx, run) : null });
  }
  return held;
}

/** The score of before, unless somebody has entered another meanwhile. */
async function restoreScore(tx: Tx, { ventureId, body, before }: Signal): Promise<boolean> {
  if (before === null) return false;
  const { maturityScore } = body as StageSignalInput;
  const { score, assessedOn } = before as ScoreBefore;
  const assessed = { maturityAssessedOn: assessedOn === null ? null : dayDate(assessedOn) };
  const { count } = await tx.venture.updateMany({
    where: { id: ventureId, maturityScore },
    data: { maturityScore: score, ...assessed, version: { increment: 1 } },
  });
  return count === 1;
}

type Undoing = { by: Actor; reason: string; handOverId: string; now: Date };

async function undoOne(tx: Tx, { signal, run, memoIds }: Held, { by, reason, handOverId, now }: Undoing) {
  const { key, ventureId } = signal;
  if (run && RUN_UNDER_WAY.includes(run.status)) {
    const version = run.version + 1;
    const text = `The file of stage 39 was undone: ${reason}`;
    await endStage(tx, { run, by, reason: text, now, memoIds }, "cancelled");
    await tx.stageRun.update({ where: { id: run.id }, data: { version } });
    await writeMove(tx, run.id, { kind: "order", cause: `order:${version}`, text, by: by.ref }, now);
    await recordStage(tx, run, "ordered", by.ref, { order: "cancel", to: null, reason: text, handOverId }, now);
  }
  const scoreRestored = await restoreScore(tx, signal);
  await tx.stageSignal.delete({ where: { key } });
  await recordEvent(tx, {
    ...{ ventureId, type: "stage.trigger-undone", actor: by.ref, subject: `hand-over:${handOverId}`, at: now },
    payload: { key, scoreRestored, reason },
  });
}

const PATIENT = { timeout: 30_000, maxWait: 10_000 };

/**
 * Undoes a file of stage 39 as a whole: each venture that it brought to the gate is mature again with the score of before,
 * and its keys are free. Where somebody has decided something about one of them nothing is undone: that takes the chairman's
 * own order.
 */
export async function undoHandOver(
  actor: Actor,
  { handOverId, reason }: UndoHandOver,
  now: Date,
): Promise<Result<{ ventures: number }, "UNDONE_ALREADY" | "GONE_ON">> {
  if (!isPermitted(actor.role, "stage:trigger")) throw new AppError("FORBIDDEN");
  await engineClient();
  return db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "stage_hand_over" WHERE "id" = ${handOverId}::uuid FOR UPDATE`;
    const handOver = await tx.stageHandOver.findUnique({
      where: { id: handOverId },
      include: { signals: { orderBy: { ventureId: "asc" } } },
    });
    if (!handOver?.signals.every(({ ventureId }) => maySeeVenture(actor, ventureId))) throw new AppError("NOT_FOUND");
    if (handOver.undoneAt) return refuse("UNDONE_ALREADY");
    const held = await holdAll(tx, handOver.signals);
    const problems = held.flatMap(({ name, why }): FieldProblem[] =>
      why ? [{ path: name, expected: `${name} as the file left it, but ${why}` }] : [],
    );
    if (problems.length > 0) return refuse("GONE_ON", problems);
    for (const one of held) await undoOne(tx, one, { by: actor, reason, handOverId, now });
    const data = { undoneBy: actor.ref, undoneAt: now, reason };
    await tx.stageHandOver.update({ where: { id: handOverId }, data });
    await recordEvent(tx, {
      ...{
        ventureId: null,
        type: "stage.hand-over-undone",
        actor: actor.ref,
        subject: `hand-over:${handOverId}`,
        at: now,
      },
      payload: { title: handOver.fileName, reason, ventures: held.length },
    });
    return ok({ ventures: held.length });
  }, PATIENT);
}
