import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { dayDate, dayText } from "@/lib/metrics/rules/periods";
import { readEntryFacts, resolveStored } from "@/lib/ventures/queries";
import { entryGate } from "@/lib/ventures/rules";
import { fencedTransaction } from "@/lib/workflows/fence";
import { engineClient } from "@/lib/workflows/transport";
import { findRun, loadStageMove } from "../queries/run-facts";
import type { SignalOutcome, StageDoor, StageSignalInput } from "../schema/run";
import { raiseCause } from "./alert-cause";
import { nextLife, openLife } from "./opening";
import { beginStageRun, entryGateKey, lockStage, STAGE_SYSTEM, stageWorkflowId, wakeStage } from "./run";

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

const settingsOf = async (tx: Tx, ventureId: string) => {
  const settings = await tx.ventureSettings.findUnique({ where: { ventureId } });
  return resolveStored(settings ?? { profile: "balanced", autonomy: "assisted", overrides: {} }).parameters;
};

/** What the venture's score was before a trigger came with another. */
export type ScoreBefore = { score: string | null; assessedOn: string | null };

/** The score that came with the trigger is a fact of the venture like one that a person entered; the one before it. */
async function takeScore(
  tx: Tx,
  ventureId: string,
  { maturityScore, assessedOn }: StageSignalInput,
): Promise<ScoreBefore | null> {
  if (maturityScore === undefined) return null;
  const was = await tx.venture.findUniqueOrThrow({
    where: { id: ventureId },
    select: { maturityScore: true, maturityAssessedOn: true },
  });
  const assessed = assessedOn ? { maturityAssessedOn: dayDate(assessedOn) } : {};
  await tx.venture.update({
    where: { id: ventureId },
    data: { maturityScore, ...assessed, version: { increment: 1 } },
  });
  return {
    score: was.maturityScore?.toString() ?? null,
    assessedOn: was.maturityAssessedOn && dayText(was.maturityAssessedOn),
  };
}

const PATIENT = { timeout: 20_000, maxWait: 10_000 };

type Known = { key: string; outcome: SignalOutcome; runId: string | null };

type Told = { signal: StageSignalInput; door: StageDoor; by: string };

/** Begins the stage's run at its entry gate; the run itself opens it, now or when the gate holds. */
async function initiate(tx: Tx, ventureId: string, { signal, door, by }: Told, now: Date): Promise<string> {
  const { key, maturityScore = null, assessedOn = null } = signal;
  const ordinal = await nextLife(tx, ventureId);
  const { runId } = await beginStageRun(tx, { ventureId, ordinal, door, by, entryGate: null }, now);
  await recordEvent(tx, {
    ...{ ventureId, type: "stage.triggered", actor: by, subject: stageWorkflowId(ventureId, ordinal) },
    payload: { ordinal, door, key, maturityScore, assessedOn },
    at: now,
  });
  return runId;
}

const beyondMature = (stage: string) =>
  stage === "active" ? ("ALREADY_ACTIVE" as const) : stage === "exited" ? ("EXITED" as const) : null;

/** Whoever opens the stage holds the venture's row: the stage that is read after it stays until the commit. */
async function heldStage(tx: Tx, ventureId: string): Promise<string> {
  await tx.$queryRaw`SELECT 1 FROM "venture" WHERE "id" = ${ventureId}::uuid FOR UPDATE`;
  await lockStage(tx, ventureId);
  return (await tx.venture.findUniqueOrThrow({ where: { id: ventureId }, select: { stage: true } })).stage;
}

/**
 * The 39 → 40 trigger, through whichever door: once per the sender's key. The run begins at its entry gate: where the
 * gate holds the Coordinator opens the stage, otherwise it waits for better facts or for the chairman's reason.
 */
export async function receiveSignal(
  actor: Actor,
  signal: StageSignalInput,
  door: Exclude<StageDoor, "chairman" | "takeover">,
  now: Date,
  handOverId: string | null = null,
): Promise<Result<Known, "ALREADY_ACTIVE" | "EXITED">> {
  if (!isPermitted(actor.role, "stage:trigger")) throw new AppError("FORBIDDEN");
  await engineClient();
  return db.$transaction(async (tx) => {
    const { key, venture: given } = signal;
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`stage-signal:${key}`}, 19))`;
    const venture = await tx.venture.findFirst({
      where: { AND: [UUID.test(given) ? { id: given } : { slug: given }, { archivedAt: null }] },
    });
    if (!venture || !maySeeVenture(actor, venture.id)) throw new AppError("NOT_FOUND");
    const known = await tx.stageSignal.findUnique({ where: { key } });
    if (known) {
      if (known.ventureId !== venture.id) throw new AppError("CONFLICT");
      return ok({ key, outcome: "known" as const, runId: await waitingRun(tx, venture.id) });
    }
    const refusal = beyondMature(venture.stage) ?? beyondMature(await heldStage(tx, venture.id));
    if (refusal) return refuse(refusal);
    const before = await takeScore(tx, venture.id, signal);
    const { passed } = entryGate(await readEntryFacts(tx, venture.id), await settingsOf(tx, venture.id));
    const runId = await initiate(tx, venture.id, { signal, door, by: actor.ref }, now);
    const outcome = passed ? ("initiated" as const) : ("waiting" as const);
    const came = { key, ventureId: venture.id, door, body: { ...signal }, by: actor.ref, outcome, receivedAt: now };
    await tx.stageSignal.create({ data: { ...came, runId, handOverId, ...(before && { before }) } });
    if (!passed) await tellWaiting(tx, venture, now);
    return ok({ key, outcome, runId });
  }, PATIENT);
}

const waitingRun = async (tx: Tx, ventureId: string): Promise<string | null> =>
  (await tx.stageRun.findFirst({ where: { ventureId }, orderBy: { ordinal: "desc" } }))?.id ?? null;

/** The chairman is told that a venture waits at its gate. */
async function tellWaiting(tx: Tx, { id: ventureId, name }: { id: string; name: string }, now: Date): Promise<void> {
  const title = `${name} waits at the entry gate of stage 40`;
  const detail = "Stage 39 reported it mature; a line of the gate is not met. Ends when the stage is opened.";
  const cause = { causeKey: entryGateKey(ventureId), ventureId, kind: "entry-gate", severity: "warning" as const };
  await raiseCause(tx, { ...cause, title, detail }, { by: STAGE_SYSTEM, now });
}

/** The gate of a waiting run holds now: the Coordinator opens the stage. Once; told again, it is open. */
export async function openWaiting(runId: string, coordinator: Actor, now: Date): Promise<void> {
  await engineClient();
  await fencedTransaction(async (tx) => {
    const known = await findRun(tx, runId);
    if (!known) throw new AppError("NOT_FOUND");
    const { ventureId } = known;
    await tx.$queryRaw`SELECT 1 FROM "venture" WHERE "id" = ${ventureId}::uuid FOR UPDATE`;
    await lockStage(tx, ventureId);
    const run = (await findRun(tx, runId)) ?? known;
    const { move } = await loadStageMove(tx, run, now);
    if (move.kind !== "open") return;
    const gate = entryGate(await readEntryFacts(tx, ventureId), await settingsOf(tx, ventureId));
    const door = run.door as StageDoor;
    await openLife(tx, coordinator.ref, { ventureId, gate, overrideReason: null, door }, now);
  });
}

/** For a venture in stage 40 without a run, as from before there were runs: the night begins it. */
export async function beginDueStage(ventureId: string, now: Date): Promise<boolean> {
  const due = async (tx: Tx | typeof db) => {
    const record = await tx.stageRecord.findFirst({
      where: { ventureId, endedAt: null, venture: { archivedAt: null } },
      orderBy: { ordinal: "desc" },
    });
    if (!record) return null;
    const key = { ventureId_ordinal: { ventureId, ordinal: record.ordinal } };
    return (await tx.stageRun.findUnique({ where: key })) ? null : record;
  };
  if (!(await due(db))) return false;
  await engineClient();
  return db.$transaction(async (tx) => {
    await lockStage(tx, ventureId);
    const record = await due(tx);
    if (!record) return false;
    const { ordinal } = record;
    const begin = { ventureId, ordinal, door: "takeover" as const, by: "system:stage", entryGate: null };
    await beginStageRun(tx, begin, now);
    await wakeStage(tx, ventureId, "due");
    return true;
  });
}
