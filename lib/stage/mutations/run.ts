import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { db, type Prisma, type Tx } from "@/lib/db";
import { sendInTransaction, startInTransaction } from "@/lib/workflows/transport";
import type { Note } from "../rules/stage-run";
import type { EntryGate, StageDoor } from "../schema/run";
import { clearCause } from "./alert-cause";

export const STAGE_TOPIC = "stage";
export const STAGE_SYSTEM = "system:stage";
export const stageWorkflowId = (ventureId: string, ordinal: number): string => `stage40:${ventureId}:${ordinal}`;
export const RUN_UNDER_WAY = ["running", "paused"];
/** Why a substage waits that the pause of the whole has paused: it goes on with the whole. */
export const STAGE_PAUSED = "The stage is paused.";

/** Of two that move, order or judge a stage at once the second waits and sees what the first did. */
export async function lockStage(tx: Tx, ventureId: string): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`stage:${ventureId}`}, 17))::text`;
}

type RunKey = { ventureId: string; ordinal: number };

export const recordStage = (
  tx: Tx,
  { ventureId, ordinal }: RunKey,
  what: string,
  actor: string,
  payload: Prisma.InputJsonObject,
  at: Date,
) =>
  recordEvent(tx, {
    ...{ ventureId, type: `stage.${what}`, actor, subject: stageWorkflowId(ventureId, ordinal), payload, at },
  });

/** Notes what was done, once per cause; false where it was noted before. */
export async function writeMove(
  tx: Tx,
  runId: string,
  { kind, cause, text, by, memoId }: Note,
  at: Date,
): Promise<boolean> {
  if (await tx.stageMove.findUnique({ where: { runId_cause: { runId, cause } } })) return false;
  const ordinal = (await tx.stageMove.count({ where: { runId } })) + 1;
  await tx.stageMove.create({
    data: { runId, cause, ordinal, kind, text: text.slice(0, 1_000), by, memoId: memoId ?? null, at },
  });
  return true;
}

export const entryGateKey = (ventureId: string): string => `entry-gate:${ventureId}`;

/** The venture waits at its entry gate no longer. */
export const clearEntryGate = (tx: Tx, ventureId: string, by: string, now: Date): Promise<boolean> =>
  clearCause(tx, entryGateKey(ventureId), { by, now });

type Begin = RunKey & { door: StageDoor; by: string; entryGate: EntryGate | null };

/** Begins the run of a life in stage 40, or tells the one that waited at its entry gate how it was opened. */
export async function beginStageRun(tx: Tx, begin: Begin, now: Date): Promise<{ runId: string }> {
  const { ventureId, ordinal, door, by } = begin;
  const known = await tx.stageRun.findUnique({ where: { ventureId_ordinal: { ventureId, ordinal } } });
  const entryGate = begin.entryGate ?? undefined;
  if (known) {
    await tx.stageRun.update({
      where: { id: known.id },
      data: { version: { increment: 1 }, ...(entryGate && { entryGate }) },
    });
    if ((await tx.stageRecord.count({ where: { ventureId, ordinal } })) > 0)
      await clearEntryGate(tx, ventureId, by, now);
    await wakeStageRun(tx, known, `begin:${known.version + 1}`);
    return { runId: known.id };
  }
  // The run of an earlier life, which might have gone on, is over now.
  await wakeStage(tx, ventureId, `life:${ordinal}`);
  const { id } = await tx.stageRun.create({
    data: {
      ...{ ventureId, ordinal, door, status: "running", startedBy: by, startedAt: now },
      ...(entryGate && { entryGate }),
    },
  });
  await startInTransaction(tx, { name: "stage40", id: stageWorkflowId(ventureId, ordinal), args: [id] });
  return { runId: id };
}

const wakeStageRun = (tx: Tx, { ventureId, ordinal }: RunKey, key: string): Promise<void> => {
  const workflowId = stageWorkflowId(ventureId, ordinal);
  return sendInTransaction(tx, { workflowId, topic: STAGE_TOPIC, message: key, key: `${workflowId}:${key}` });
};

/** The run of the venture's stage looks again, now. A hint: what it finds is in the database. */
export async function wakeStage(tx: Tx, ventureId: string, key: string): Promise<void> {
  const runs = await tx.stageRun.findMany({ where: { ventureId, status: { in: RUN_UNDER_WAY } } });
  for (const run of runs) await wakeStageRun(tx, run, key);
}

/** After an import: its gates and criteria may have changed with the facts. Once per `key`. */
export const lookAtStage = (ventureId: string, key: string): Promise<void> =>
  db.$transaction((tx) => wakeStage(tx, ventureId, key));
