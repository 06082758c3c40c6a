import type { ChildProcess } from "node:child_process";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { requestStop, startRun } from "@/lib/agents/mutations/runs";
import { lastText } from "@/lib/agents/run-stream";
import { db } from "@/lib/db";
import { recordVerdict } from "@/lib/decisions/mutations/verdicts";
import { person } from "@/lib/decisions/test-support/memos";
import { growingVenture } from "./test-support/growing-venture";
import { endAll, killHeld, upTo } from "./test-support/hold-each";
import { viewOf } from "./test-support/run-stage";
import { chunksOf, stepsOf, type Traces, tracesOf } from "./test-support/run-traces";
import { isDead, kill, killAll, startWorker, until } from "./test-support/workers";
import { disconnectEngineClient, engineClient } from "./transport";

/**
 * The growth analysis as people run it (registry tools, built-in analyst, facts of a venture) in worker processes that
 * are killed with SIGKILL. Whatever died in between, a run leaves behind what one leaves that nobody disturbed.
 */
const ana = person("analyst", "ana");
const grace = person("chairman", "grace");

async function begin(): Promise<string> {
  const ventureId = await growingVenture();
  const run = { ventureId, agent: "growth", task: "analyse", model: "built-in analyst" };
  return (await startRun(ana, run, new Date())).runId;
}

const engineStatus = async (workflowId: string) =>
  (await (await engineClient()).retrieveWorkflow(workflowId).getStatus())?.status ?? null;
/** Its last step is recorded too: nothing is left for anybody to do. */
const over = async (runId: string) => (await engineStatus(`run:${runId}`)) === "SUCCESS";
const taken = async (runId: string) => (await engineStatus(`run:${runId}`)) !== "ENQUEUED";
const statusOf = async (id: string) => (await db.agentRun.findUniqueOrThrow({ where: { id } })).status;

const memoOf = (runId: string) => db.memo.findFirstOrThrow({ where: { proposal: { runId } } });
async function approveMemo(runId: string): Promise<string> {
  const { id: memoId, version } = await memoOf(runId);
  const verdict = { verdict: "approved" as const, memoId, version, note: "" };
  expect(await recordVerdict(grace, verdict, new Date())).toMatchObject({ ok: true });
  return memoId;
}
async function carriedOut(memoId: string): Promise<boolean> {
  return (await engineStatus(`memo:${memoId}`)) === "SUCCESS";
}

let expected: Traces;
beforeAll(async () => {
  await engineClient();
  const runId = await begin();
  await startWorker({ executor: "calm" });
  await until("the calm run is over", () => over(runId));
  await killAll();
  expected = await tracesOf(runId);
});
afterEach(killAll);
afterAll(disconnectEngineClient);

test("undisturbed, it writes one report, one proposal and one memo", () => {
  expect(expected.status).toBe("succeeded");
  expect(expected.reports).toMatchObject([{ kind: "growth-lever-report", version: 1 }]);
  expect(expected.proposals).toHaveLength(1);
  expect(expected.memos).toMatchObject([{ status: "pending", version: 1 }]);
  expect(expected.events.map(([, type]) => type)).toEqual(["run.started", "memo.proposed", "run.succeeded"]);
  expect(expected.steps).toEqual("begin model:1 tool:1.1 model:2 tool:2.1 model:3 tool:3.1 model:4 end".split(" "));
});

// begin and model:1 pass six boundaries each, tool:1.1 eight: four of every step, two around each write of the stream.
const FIRST_STEPS = 20;
const later = (from: number, most: number) => upTo(most - from, 3).map((boundary) => from + boundary);
// Long enough that a doomed process leaves the runs of its dead predecessors alone.
const NEVER = 600_000;

const beginHeld = async () => {
  const runId = await begin();
  return { subject: runId, run: `run:${runId}` };
};

describe("killed in each state of its first model and tool step and every third of the rest", {
  timeout: 400_000,
}, () => {
  test("another process adopts it and ends it as if nobody had; its memo is carried out once", async () => {
    const boundaries = [...upTo(FIRST_STEPS), ...later(FIRST_STEPS, 40)];
    const held = await killHeld({ executor: "mortal", boundaries, begin: beginHeld, over });
    expect(held.killed).toBe(boundaries.length);
    // How far each got depends on how its text fell into batches.
    const done = await Promise.all(held.subjects.map(stepsOf));
    for (const steps of done) expect(expected.steps.slice(0, steps.length)).toEqual(steps);
    expect(new Set(done.map((steps) => steps.length)).size).toBeGreaterThan(2);
    await endAll(held, "heir", over);
    for (const runId of held.subjects) expect(await tracesOf(runId), held.at(runId)).toEqual(expected);
    await startWorker({ executor: "heir" });
    const memoId = await approveMemo(held.subjects.at(-1) ?? "");
    await until("it is carried out", () => carriedOut(memoId));
    expect(await db.initiative.count()).toBe(1);
    expect(await db.effect.findMany({ where: { subject: `memo:${memoId}` } })).toHaveLength(1);
  });

  test("restarted, its own process ends it as if nobody had", async () => {
    // How many there are depends on how the text falls into batches; no run has as many as the last.
    const boundaries = [...later(40, 110), 1_000];
    const held = await killHeld({ executor: "mortal", boundaries, begin: beginHeld, over });
    expect(held.killed).toBeGreaterThan(2);
    expect(held.killed).toBeLessThan(held.subjects.length);
    await endAll(held, "mortal", over);
    for (const runId of held.subjects) expect(await tracesOf(runId), held.at(runId)).toEqual(expected);
  });
});

const fate = (doomed: ChildProcess, runId: string) =>
  until("its worker died, or the run is over", async () =>
    isDead(doomed) ? "died" : (await over(runId)) ? "over" : null,
  );

test("one run, killed at one boundary after the other, ends as if nobody had", { timeout: 200_000 }, async () => {
  const runId = await begin();
  let kills = 0;
  for (let boundary = 4; !(await over(runId)); boundary += 8) {
    const doomed = await startWorker({ executor: "cat", crashAt: { [`run:${runId}`]: [boundary] }, deadMs: NEVER });
    if ((await fate(doomed, runId)) === "died") kills += 1;
    await killAll();
  }
  // How many it takes depends on how the text falls into batches; fewer than this is no proof.
  expect(kills).toBeGreaterThanOrEqual(3);
  expect(await tracesOf(runId)).toEqual(expected);
});

test("of two processes the one that writes the report freezes: the other ends it, and the first adds nothing when it wakes up", {
  timeout: 300_000,
}, async () => {
  const sleeper = await startWorker({ executor: "sleeper", paceMs: 6, deadMs: 4_000 });
  const runId = await begin();
  await until("it is taken", () => taken(runId));
  const heir = await startWorker({ executor: "survivor", deadMs: 4_000 });
  await until("the report is being written", async () => lastText(await viewOf(runId)).includes("## Summary"));
  const before = await db.executor.findUniqueOrThrow({ where: { id: "sleeper" } });
  sleeper.kill("SIGSTOP");
  expect(lastText(await viewOf(runId))).not.toContain("## What is missing");
  await until("the other ended it", () => over(runId));
  const chunks = await chunksOf(runId);
  expect(await tracesOf(runId)).toEqual(expected);
  await kill(heir);
  sleeper.kill("SIGCONT");
  const another = await begin();
  await until("the sleeper works again", () => over(another));
  const after = await db.executor.findUniqueOrThrow({ where: { id: before.id } });
  expect(after.epoch).toBeGreaterThan(before.epoch);
  expect(await chunksOf(runId)).toEqual(chunks);
  expect(await tracesOf(runId)).toEqual(expected);
  expect(await tracesOf(another)).toEqual(expected);
});

describe("what people ask for", () => {
  test("a run that is stopped keeps what it said and writes no report", { timeout: 60_000 }, async () => {
    await startWorker({ executor: "slow", paceMs: 40, deadMs: NEVER });
    const runId = await begin();
    await until("the report is being written", async () => lastText(await viewOf(runId)).includes("## Summary"));
    expect(await requestStop(ana, runId, new Date())).toEqual({ ok: true, value: null });
    await until("the run is over", () => over(runId));
    const stopped = await tracesOf(runId);
    expect(stopped).toMatchObject({ status: "stopped", reports: [], memos: [{ status: "pending" }] });
    expect(stopped.events.map(([, type]) => type)).toEqual([
      ...["run.started", "memo.proposed", "run.stop-requested", "run.stopped"],
    ]);
    expect(expected.text.startsWith(stopped.text)).toBe(true);
    expect(stopped.text).not.toBe(expected.text);
  });

  test("is kept while no process lives: a start, a stop, a verdict", { timeout: 120_000 }, async () => {
    const [started, stopped, decided] = [await begin(), await begin(), await begin()];
    await requestStop(ana, stopped, new Date());
    expect(await Promise.all([started, stopped].map(statusOf))).toEqual(["queued", "stopping"]);
    await startWorker({ executor: "first", deadMs: NEVER });
    for (const runId of [started, stopped, decided]) await until("the run is over", () => over(runId));
    await killAll();
    expect(await tracesOf(started)).toEqual(expected);
    expect(await tracesOf(stopped)).toMatchObject({ status: "stopped", text: "", reports: [], proposals: [] });
    expect(await stepsOf(stopped)).toEqual(["begin", "model:1", "end"]);
    const memoId = await approveMemo(decided);
    expect(await db.initiative.count({ where: { memoId } })).toBe(0);
    await startWorker({ executor: "second", deadMs: 1_000 });
    await until("it is carried out", () => carriedOut(memoId));
    expect(await db.initiative.count({ where: { memoId } })).toBe(1);
  });
});
