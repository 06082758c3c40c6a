import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { isDead, kill } from "@/lib/workflows/test-support/workers";

const DAY_MS = 86_400_000;
const root = path.join(import.meta.dirname, "../../..");
const file = path.join(mkdtempSync(path.join(tmpdir(), "life-")), "clock");
let ahead = 0;
let worker: ChildProcess | null = null;

/** The clock of the test and of every process that it starts. */
export const lifeClock = { now: () => new Date(Date.now() + ahead) };

/** Lets days pass, or turns the clock back. */
export function passDays(days: number): void {
  ahead += days * DAY_MS;
  writeFileSync(file, String(ahead));
}
passDays(0);

/** The clock stands at this moment from now on. */
export const setTo = (moment: string): void => passDays((Date.parse(moment) - lifeClock.now().getTime()) / DAY_MS);

/** The next process, of this version of the product: the one before it is killed without warning. */
export async function restart(version: 1 | 2): Promise<void> {
  await stopLife();
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...{ NODE_ENV: "test", ROLE: "worker", EXECUTOR_ID: "life", APP_VERSION: `v${version}`, LIFE_BODY: `${version}` },
    ...{ LIFE_CLOCK: file, EXECUTOR_HEARTBEAT_MS: "100", EXECUTOR_DEAD_MS: "1000", UNDO_WINDOW_MS: "0", WATCH: "0" },
    ...{
      AI_MODEL: "",
      BUILT_IN_PACE_MS: "0",
      LOG_LEVEL: "silent",
      NODE_OPTIONS: "--disable-warning=DeprecationWarning",
    },
  };
  const args = ["--import", "./scripts/resolve.mjs", "lib/stage/test-support/life-worker.ts"];
  worker = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "pipe", "inherit"] });
  await Promise.race([once(worker.stdout as NodeJS.ReadableStream, "data"), once(worker, "exit")]);
  if (isDead(worker)) throw new Error("The worker ended before it began");
}

/** SIGKILL, wherever it is. */
export async function stopLife(): Promise<void> {
  if (worker) await kill(worker);
  worker = null;
}
