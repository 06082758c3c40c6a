import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { fencedTransaction } from "@/lib/workflows/fence";
import { engineClient, startInTransaction } from "@/lib/workflows/transport";
import { ACTIVE, type RunInput } from "../queries/runs";

export type NewRun = {
  ventureId: string;
  agent: string;
  task: string;
  model: string;
  /** What was asked, for a task that answers. */
  input?: RunInput;
};
export type StartedRun = { runId: string /** It was running already. */; joined: boolean };

export const runWorkflowId = (runId: string): string => `run:${runId}`;

/** One run of an agent's task on a venture at a time: who asks while it runs is shown the running one. */
export async function startRun(actor: Actor, run: NewRun, now: Date): Promise<StartedRun> {
  if (!maySeeVenture(actor, run.ventureId)) throw new AppError("NOT_FOUND");
  await engineClient();
  return db.$transaction((tx) => startRunIn(tx, actor, run, now));
}

/** The same inside the caller's transaction; call `engineClient()` before it begins. */
export async function startRunIn(tx: Tx, actor: Actor, run: NewRun, now: Date): Promise<StartedRun> {
  const { ventureId, agent, task } = run;
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`run:${ventureId}:${agent}:${task}`}, 3))::text`;
  const venture = await tx.venture.findUnique({ where: { id: ventureId }, select: { id: true } });
  if (!venture) throw new AppError("NOT_FOUND");
  const active = await tx.agentRun.findFirst({ where: { ventureId, agent, task, status: { in: [...ACTIVE] } } });
  if (active) return { runId: active.id, joined: true };
  return { runId: await createRun(tx, actor, run, now), joined: false };
}

/** One question at a time: who asks while one is being answered waits for its answer. */
export async function startAsk(
  actor: Actor,
  run: Omit<NewRun, "task"> & { input: RunInput },
  now: Date,
): Promise<Result<StartedRun, "BEING_ANSWERED">> {
  const started = await startRun(actor, { ...run, task: "ask" }, now);
  return started.joined ? refuse("BEING_ANSWERED") : ok(started);
}

/** The run that answers a question on a memo, once per question, whoever asks for it and however often. */
export async function startAnswer(
  actor: Actor,
  run: Omit<NewRun, "task"> & { input: RunInput },
  now: Date,
): Promise<{ runId: string }> {
  await engineClient();
  return fencedTransaction(async (tx) => {
    const { questionId } = run.input;
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`answer:${questionId}`}, 3))::text`;
    const where = { task: "answer", input: { path: ["questionId"], equals: questionId ?? "" } };
    const known = await tx.agentRun.findFirst({ where, select: { id: true } });
    return { runId: known?.id ?? (await createRun(tx, actor, { ...run, task: "answer" }, now)) };
  });
}

async function createRun(tx: Tx, actor: Actor, run: NewRun, now: Date): Promise<string> {
  const { id } = await tx.agentRun.create({
    data: { ...run, input: run.input ?? {}, status: "queued", startedBy: actor.ref, createdAt: now },
  });
  await startInTransaction(tx, { name: "agentRun", id: runWorkflowId(id), args: [id] });
  await recordEvent(tx, {
    ventureId: run.ventureId,
    type: "run.started",
    actor: actor.ref,
    subject: `run:${id}`,
    payload: { agent: run.agent, task: run.task, model: run.model },
    at: now,
  });
  return id;
}

export type StopRefusal = "NOT_RUNNING";

/** The run ends at its next chunk; what it has written stays. */
export async function requestStop(actor: Actor, runId: string, now: Date): Promise<Result<null, StopRefusal>> {
  return db.$transaction(async (tx) => {
    const run = await tx.agentRun.findUnique({ where: { id: runId }, select: { ventureId: true, status: true } });
    if (!run || !maySeeVenture(actor, run.ventureId)) throw new AppError("NOT_FOUND");
    const { count } = await tx.agentRun.updateMany({
      where: { id: runId, status: { in: ["queued", "running"] } },
      data: { status: "stopping" },
    });
    if (count === 0) return run.status === "stopping" ? ok(null) : refuse("NOT_RUNNING");
    await recordEvent(tx, {
      ventureId: run.ventureId,
      type: "run.stop-requested",
      actor: actor.ref,
      subject: `run:${runId}`,
      payload: {},
      at: now,
    });
    return ok(null);
  });
}
