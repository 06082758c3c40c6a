import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startRun } from "@/lib/agents/mutations/runs";
import { listChunks } from "@/lib/agents/queries/chunks";
import { applyChunk, EMPTY_RUN, effectiveLog } from "@/lib/agents/run-stream";
import { mintActor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { newVenture } from "./test-support/run-stage";
import { disconnectEngineClient } from "./transport";

/**
 * One run, killed with SIGKILL at one boundary after the other (between steps, inside them, before and after each write of
 * the stream), taken up by the next process each time. It must end as one that nobody disturbed.
 */
const root = path.join(import.meta.dirname, "../..");
// Every boundary takes minutes; the usual run takes every ninth.
const STRIDE = Number(process.env.KILL_STRIDE ?? "9");
const analyst = mintActor({
  id: "u",
  ref: "user:u",
  name: "Ana",
  role: "analyst",
  ventures: "all",
  sessionId: null,
  steppedUpAt: null,
});
let last: ChildProcess | null = null;

function startWorker(crashAt: number | null): ChildProcess {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: "test",
    ROLE: "worker",
    EXECUTOR_ID: "killed",
    BUILT_IN_PACE_MS: "0",
    LOG_LEVEL: "silent",
    AI_MODEL: "",
    CRASH_AT: crashAt === null ? "" : String(crashAt),
    NODE_OPTIONS: "--disable-warning=DeprecationWarning",
  };
  const args = ["--import", "./scripts/resolve.mjs", "lib/workflows/worker.ts"];
  last = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "ignore", "inherit"] });
  return last;
}

const statusOf = async (id: string) => (await db.agentRun.findUniqueOrThrow({ where: { id } })).status;

/** Waits until the run is over, or its worker is. */
async function follow(worker: ChildProcess, runId: string): Promise<"over" | "killed"> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; ) {
    if ((await statusOf(runId)) === "succeeded") return "over";
    if (worker.signalCode !== null) return "killed";
    if (worker.exitCode !== null) throw new Error(`The worker ended by itself with ${worker.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("The run did not end");
}

async function end(worker: ChildProcess): Promise<void> {
  if (worker.signalCode !== null) return;
  const gone = once(worker, "exit");
  worker.kill("SIGKILL");
  await gone;
}

async function begin(ventureId: string): Promise<string> {
  const run = { ventureId, agent: "growth", task: "analyse", model: "built-in analyst" };
  return (await startRun(analyst, run, new Date())).runId;
}

/** What is left of a run: what a reader holds, the report, the events. */
async function tracesOf(runId: string) {
  const chunks = await listChunks(runId, 0, 10_000);
  const { view } = chunks.reduce(applyChunk, EMPTY_RUN);
  const artefacts = await db.artefact.findMany({ where: { runId } });
  const events = await db.event.findMany({ where: { subject: `run:${runId}` }, orderBy: { seq: "asc" } });
  const run = await db.agentRun.findUniqueOrThrow({ where: { id: runId } });
  expect(chunks.map(({ seq }) => seq)).toEqual(chunks.map((_, index) => index + 1));
  return {
    said: effectiveLog(chunks).map(({ chunk }) => ({ ...chunk, artefactId: null })),
    status: view.status,
    reports: artefacts.map(({ kind, title, body, figures }) => ({ kind, title, body, figures })),
    events: events.map((event) => event.type),
    tokens: [run.steps, run.tokensIn, run.tokensOut],
  };
}

/** The same for every venture: ids and hashes of ids are named by their order of appearance. */
function withoutIds(value: unknown): unknown {
  const names = new Map<string, string>();
  const named = (id: string) => names.get(id) ?? names.set(id, `#${names.size}`).get(id);
  const text = JSON.stringify(value).replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\b[0-9a-f]{16}\b/g, (id) => named(id) ?? id);
  return JSON.parse(text);
}

beforeAll(() => db.$queryRaw`SELECT 1`);
afterAll(async () => {
  last?.kill("SIGKILL");
  await disconnectEngineClient();
});

test("a run killed at one boundary after the other ends as one that nobody disturbed", async () => {
  const calm = await begin(await newVenture("Meridian"));
  const worker = startWorker(null);
  await follow(worker, calm);
  await end(worker);

  const killed = await begin(await newVenture("Meridian"));
  let kills = 0;
  for (let boundary = 1; (await statusOf(killed)) !== "succeeded"; boundary += STRIDE) {
    const doomed = startWorker(boundary);
    if ((await follow(doomed, killed)) === "killed") kills += 1;
    await end(doomed);
  }
  expect(kills).toBeGreaterThan(3);
  expect(withoutIds(await tracesOf(killed))).toEqual(withoutIds(await tracesOf(calm)));
}, 900_000);
