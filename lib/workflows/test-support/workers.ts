import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";

/** Real worker processes on the test's own database, for tests that kill and freeze them. */
const root = path.join(import.meta.dirname, "../../..");
const workers = new Set<ChildProcess>();

export type Settings = {
  executor: string;
  /** By the beginning of a run's id: it dies, freezes, or the run stands still, at this boundary (`crash-points.ts`). */
  crashAt?: Record<string, number[]>;
  crashWith?: "SIGKILL" | "SIGSTOP" | "HOLD";
  /** How long another process may be silent before this one takes its runs. */
  deadMs?: number;
  /** The same where nobody holds its name any more; as long as `deadMs` unless given. */
  goneMs?: number;
  /** Pause before each word of the built-in analyst. */
  paceMs?: number;
};

export async function startWorker(settings: Settings): Promise<ChildProcess> {
  const { executor, crashAt, crashWith = "SIGKILL", deadMs = 1_000, paceMs = 0 } = settings;
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: "test",
    ROLE: "worker",
    EXECUTOR_ID: executor,
    EXECUTOR_HEARTBEAT_MS: "100",
    EXECUTOR_DEAD_MS: String(deadMs),
    EXECUTOR_GONE_MS: String(settings.goneMs ?? deadMs),
    UNDO_WINDOW_MS: "0",
    AI_MODEL: "",
    BUILT_IN_PACE_MS: String(paceMs),
    LOG_LEVEL: "silent",
    CRASH_AT: crashAt === undefined ? "" : JSON.stringify(crashAt),
    CRASH_WITH: crashWith,
    OUTBOUND_PRIVATE: "1",
    OUTBOUND_RETRY_MS: "1",
    OUTBOUND_TIMEOUT_MS: "1000",
    // The engine's own driver warns about itself.
    NODE_OPTIONS: "--disable-warning=DeprecationWarning",
  };
  const args = ["--import", "./scripts/resolve.mjs", "lib/workflows/worker.ts"];
  const worker = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "pipe", "inherit"] });
  workers.add(worker);
  worker.once("exit", () => workers.delete(worker));
  listen(worker);
  await Promise.race([once(worker.stdout as NodeJS.ReadableStream, "data"), once(worker, "exit")]);
  if (worker.exitCode !== null) throw new Error("The worker ended before it began");
  return worker;
}

const held = new WeakMap<ChildProcess, Set<string>>();

function listen(worker: ChildProcess): void {
  const runs = new Set<string>();
  held.set(worker, runs);
  createInterface({ input: worker.stdout as NodeJS.ReadableStream }).on("line", (line) => {
    if (line.startsWith("held ")) runs.add(line.slice(5));
  });
}

/** The ids of the runs that stand still in it. */
export const heldIn = (worker: ChildProcess): ReadonlySet<string> => held.get(worker) ?? new Set();

export const isDead = (worker: ChildProcess): boolean => worker.signalCode !== null || worker.exitCode !== null;

export async function kill(worker: ChildProcess): Promise<void> {
  if (isDead(worker)) return;
  const gone = once(worker, "exit");
  worker.kill("SIGKILL");
  await gone;
}

export const killAll = async (): Promise<void> => {
  await Promise.all([...workers].map(kill));
};

/** Polls a condition of the database: there is no other signal between processes. */
export async function until<T>(
  what: string,
  read: () => Promise<T | null | undefined | false>,
  patience = 150_000,
): Promise<T> {
  const deadline = Date.now() + patience;
  for (let pause = 20; ; pause = Math.min(pause * 1.2, 200)) {
    const found = await read();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`Timed out waiting until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
