import "server-only";
import { DBOS, DBOSWorkflowConflictError } from "@dbos-inc/dbos-sdk";
import { clock } from "@/lib/clock";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { logger } from "@/lib/logger";
import { crashPoint } from "./crash-points";
import {
  beat,
  fenceTheDead,
  holdName,
  listOrphans,
  listOwnPending,
  markStopped,
  registerExecutor,
  releaseExecutorId,
  takeExecutorId,
  takeOverVersions,
  whileGone,
} from "./executors";
import { type Owner, runAsOwner } from "./fence";
import { APPLICATION, disconnectEngineClient, engineClient, enqueue, QUEUE, send } from "./transport";
import { turnsOf } from "./turns";

type Body = (...args: never[]) => Promise<unknown>;
type Registered = (...args: unknown[]) => Promise<unknown>;
type Engine = {
  bodies: Map<string, Body>;
  registered: Map<string, Registered>;
  owner: Owner | null;
  timer: NodeJS.Timeout | null;
  launching: Promise<void> | null;
  rejoining: Promise<void> | null;
};

// Next evaluates modules repeatedly; registration and launch happen once per process, and the newest body is used.
const store = globalThis as typeof globalThis & { __chairmanEngine?: Engine };
store.__chairmanEngine ??= {
  bodies: new Map(),
  registered: new Map(),
  owner: null,
  timer: null,
  launching: null,
  rejoining: null,
};
const engine = store.__chairmanEngine;

// A run that waits for months is recovered at every restart: the count says nothing about its health.
const ANY_NUMBER_OF_RESTARTS = 1_000_000_000;

/** Registers a durable run. Its body holds the order of steps and nothing else: no clock, no randomness, no database. */
export function defineWorkflow<Args extends unknown[], T>(name: string, body: (...args: Args) => Promise<T>): void {
  engine.bodies.set(name, body as unknown as Body);
  if (engine.registered.has(name)) return;
  const run: Registered = (...args) => {
    const current = engine.bodies.get(name) as Registered | undefined;
    const { owner } = engine;
    if (!current || !owner) throw new AppError("UNAVAILABLE");
    return runAsOwner(owner, () => current(...args));
  };
  engine.registered.set(name, DBOS.registerWorkflow(run, { name, maxRecoveryAttempts: ANY_NUMBER_OF_RESTARTS }));
}

/** Starts the run that has this id, once; a second call finds the first. Any process may call it, a worker executes it. */
export async function startWorkflow(name: string, id: string, ...args: unknown[]): Promise<void> {
  const registered = engine.registered.get(name);
  if (DBOS.isInWorkflow() && registered) {
    await DBOS.startWorkflow(registered, { workflowID: id, queueName: QUEUE })(...args);
    return;
  }
  await enqueue({ name, id, args });
}

/** At the times of a crontab in UTC the run `name` begins once, in whichever process; its argument is the moment that was due. */
export async function schedule(scheduleName: string, name: string, crontab: string): Promise<void> {
  const workflowFn = engine.registered.get(name);
  if (!workflowFn || !engine.owner) throw new AppError("UNAVAILABLE");
  const run = workflowFn as (due: Date, context: unknown) => Promise<void>;
  await DBOS.applySchedules([{ scheduleName, workflowFn: run, schedule: crontab, cronTimezone: "UTC" }]);
}

/**
 * True where the run takes this change of a body's order of steps: from here on in runs that had passed the place before,
 * in full in new ones. A body that does something otherwise than before asks for it under a name of its own.
 */
export const patched = (name: string): Promise<boolean> => DBOS.patch(name);

/** `key` names this step of this run for ever: an effect that carries it happens once. */
export type Step = { key: string; now: Date };

const RETRIES = { retriesAllowed: true, maxAttempts: 6, intervalSeconds: 0.2, backoffRate: 2 };
const FINAL: readonly string[] = ["INVALID_INPUT", "NOT_FOUND", "FORBIDDEN", "CONFLICT", "UNAUTHENTICATED"];

/** A checkpointed step: at least once, recorded when done. Write through `fencedTransaction` and `runEffect` with the key. */
export async function runStep<T>(name: string, work: (step: Step) => Promise<T>): Promise<T> {
  const workflowId = DBOS.workflowID ?? "";
  await crashPoint(workflowId);
  const attempt = async () => {
    await crashPoint(workflowId);
    try {
      const result = await work({ key: `${workflowId}/${DBOS.stepID}`, now: clock.now() });
      await crashPoint(workflowId);
      return result;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "FENCED") throw error;
      await rejoin();
      // The engine's word for "not yours any more": the run is left to its new owner, nothing is recorded.
      throw new DBOSWorkflowConflictError(workflowId);
    }
  };
  const shouldRetry = (error: unknown) => !(error instanceof AppError && FINAL.includes(error.code));
  const result = await DBOS.runStep(attempt, { ...RETRIES, name, shouldRetry });
  await crashPoint(workflowId);
  return result;
}

/** Between the rounds of attempts of a lasting step. */
const PAUSES_SECONDS = [10, 60, 600, 3_600] as const;
const MAXIMUM_RETRIES = 23;

/** The engine's word for a step that has failed as often as it may; replayed it is no instance of its class any more. */
const ranOut = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "dbosErrorCode" in error && error.dbosErrorCode === MAXIMUM_RETRIES;

/**
 * Runs that live for years come in hundreds (a portfolio is taken over, a night ends) and each of their steps takes a
 * connection. All at once they would leave none to requests and to the heartbeat, and each would wait for the others.
 */
const STEPS_AT_ONCE = 10;
const inTurn = turnsOf(STEPS_AT_ONCE);

/**
 * A step of a run that lives for years. Where another run would have failed for ever, because the database was away for a
 * minute or the code has a mistake that the next deploy mends, this one rests and tries again. Steps one after the other only.
 */
export async function lastingStep<T>(name: string, work: (step: Step) => Promise<T>): Promise<T> {
  for (let rounds = 0; ; rounds += 1) {
    try {
      return await runStep(name, (step) => inTurn(() => work(step)));
    } catch (error) {
      if (!ranOut(error)) throw error;
      logger.error({ err: error, run: DBOS.workflowID, step: name }, "A step keeps failing; its run tries again later");
      await DBOS.sleepSeconds(PAUSES_SECONDS[Math.min(rounds, PAUSES_SECONDS.length - 1)] ?? 3_600);
    }
  }
}

/** At most once per key, whoever sends and however often. The run must have been started. */
export async function sendOnce(workflowId: string, topic: string, message: unknown, key: string): Promise<void> {
  if (DBOS.isWithinWorkflow()) await DBOS.send(workflowId, message, topic, key);
  else await send({ workflowId, topic, message, key });
}

/** Waits, through restarts, for the next message of a topic; null when the time is up. A message is a hint: read the truth from the database. */
export async function receive<T>(topic: string, timeoutSeconds: number): Promise<T | null> {
  const workflowId = DBOS.workflowID ?? "";
  await crashPoint(workflowId);
  const message = await DBOS.recv<T>(topic, { timeoutSeconds, pollingIntervalMs: 30_000 });
  await crashPoint(workflowId);
  return message;
}

/** The process executes runs from here on: takes its name, recovers its own unfinished runs, watches over the others. */
export function launchEngine(): Promise<void> {
  engine.launching ??= launch().catch((error) => {
    engine.launching = null;
    throw error;
  });
  return engine.launching;
}

async function launch(): Promise<void> {
  if (env().ROLE === "web") {
    await engineClient();
    return;
  }
  await engineClient();
  const executorId = await takeExecutorId();
  engine.owner = await registerExecutor(executorId);
  DBOS.setConfig({
    name: APPLICATION,
    systemDatabaseUrl: env().DATABASE_URL,
    applicationVersion: env().APP_VERSION,
    executorID: executorId,
    enablePatching: true,
    logger: {
      info: (entry) => logger.debug(entry),
      debug: () => undefined,
      warn: (entry) => logger.warn(entry),
      error: (entry) => logger.error(entry),
    },
  });
  await takeOver();
  await DBOS.launch();
  engine.timer = setInterval(() => void watch(), env().EXECUTOR_HEARTBEAT_MS);
  engine.timer.unref();
}

let watching = false;

async function watch(): Promise<void> {
  const { owner } = engine;
  if (!owner || watching) return;
  watching = true;
  try {
    const standing = await beat(owner);
    if (standing !== "owner") return await (standing === "fenced" ? rejoin() : leave());
    // After a restart the predecessor's lock may outlive it by a moment, and a lost connection gives the name away.
    await holdName(owner.executorId);
    for (const id of await fenceTheDead(owner)) logger.warn({ executor: id }, "Executor declared dead");
    await takeOver();
    await adoptOrphans();
  } catch (error) {
    // The database may be away for a moment; the next beat tries again.
    logger.warn({ err: error }, "The heartbeat failed");
  } finally {
    watching = false;
  }
}

/** Looked at every tenth of a second; the engine's own queue once a second. */
const OWN_QUEUE = { queueName: QUEUE };

async function takeOver(): Promise<void> {
  const runs = await takeOverVersions();
  if (runs > 0) logger.warn({ version: env().APP_VERSION, runs }, "Took over the runs of an earlier version");
}

async function adoptOrphans(): Promise<void> {
  for (const { executorId, runs } of await listOrphans()) {
    await whileGone(executorId, async () => {
      await DBOS.resumeWorkflows(runs, OWN_QUEUE);
      logger.warn({ executor: executorId, runs: runs.length }, "Adopted the runs of a dead executor");
    });
  }
}

/** A process that was taken for dead comes back as a new owner; what it had in hand stays with whoever took it. */
function rejoin(): Promise<void> {
  engine.rejoining ??= (async () => {
    const { owner } = engine;
    if (!owner) return;
    const standing = await beat(owner);
    if (standing === "replaced") return leave();
    if (standing === "owner") return;
    engine.owner = await registerExecutor(owner.executorId);
    const mine = await listOwnPending(engine.owner);
    if (mine.length > 0) await DBOS.resumeWorkflows(mine, OWN_QUEUE);
    logger.warn({ executor: owner.executorId, epoch: engine.owner.epoch }, "Taken for dead; came back");
  })().finally(() => {
    engine.rejoining = null;
  });
  return engine.rejoining;
}

/** Another process has this executor's name: this one executes nothing any more. */
async function leave(): Promise<void> {
  logger.error({ executor: engine.owner?.executorId }, "Another process has taken this executor's name");
  await stopEngine();
}

export async function stopEngine(): Promise<void> {
  const { owner, timer } = engine;
  if (timer) clearInterval(timer);
  engine.timer = null;
  engine.owner = null;
  engine.launching = null;
  if (owner) await DBOS.shutdown({ workflowCompletionTimeoutMS: 2_000 });
  if (owner) await markStopped(owner);
  await releaseExecutorId();
  await disconnectEngineClient();
}

export type EngineState = { role: string; executorId: string | null; epoch: number | null; version: string };

export function engineState(): EngineState {
  const { owner } = engine;
  return {
    role: env().ROLE,
    executorId: owner?.executorId ?? null,
    epoch: owner?.epoch ?? null,
    version: env().APP_VERSION,
  };
}
