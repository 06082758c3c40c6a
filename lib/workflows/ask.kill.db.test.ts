import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startAsk } from "@/lib/agents/mutations/runs";
import { db } from "@/lib/db";
import { recordVerdict } from "@/lib/decisions/mutations/verdicts";
import { openMemo, person } from "@/lib/decisions/test-support/memos";
import { growingVenture } from "./test-support/growing-venture";
import { endAll, killHeld, upTo } from "./test-support/hold-each";
import { tracesOf } from "./test-support/run-traces";
import { kill, killAll, startWorker, until } from "./test-support/workers";
import { disconnectEngineClient, engineClient } from "./transport";

/** A question and its answer in worker processes that are killed with SIGKILL: the answer is there once, and the same. */
const ana = person("analyst", "ana");
const grace = person("chairman", "grace");

beforeAll(async () => {
  await engineClient();
});
afterEach(killAll);
afterAll(disconnectEngineClient);

const over = async (runId: string) =>
  (await (await engineClient()).retrieveWorkflow(`run:${runId}`).getStatus())?.status === "SUCCESS";

async function begin(): Promise<string> {
  const ventureId = await growingVenture();
  const input = { question: "Why is net revenue retention so low, and what is growth?" };
  const asked = await startAsk(ana, { ventureId, agent: "growth", model: "built-in analyst", input }, new Date());
  if (!asked.ok) throw new Error(asked.refusal);
  return asked.value.runId;
}

async function answerOf(runId: string) {
  const { result } = await db.agentRun.findUniqueOrThrow({ where: { id: runId } });
  return JSON.stringify(result).replace(/[0-9a-f]{16}/g, "#");
}

test("a question is answered once, wherever its process dies", { timeout: 300_000 }, async () => {
  const calm = await startWorker({ executor: "calm" });
  const first = await begin();
  await until("the calm run is over", () => over(first));
  await kill(calm);
  const [expected, answer] = [await tracesOf(first), await answerOf(first)];
  expect(expected).toMatchObject({ status: "succeeded", reports: [], proposals: [], memos: [] });
  expect(expected.steps).toEqual(["begin", "model:1", "tool:1.1", "model:2", "end"]);
  expect(answer).toContain("Net revenue retention is [[fig:#]]");
  const held = await killHeld({
    executor: "mortal",
    boundaries: upTo(30),
    begin: async () => {
      const runId = await begin();
      return { subject: runId, run: `run:${runId}` };
    },
    over,
  });
  // Five steps of four boundaries each, and two around each write of the stream: half of them by default.
  expect(held.killed).toBeGreaterThanOrEqual(10);
  await endAll(held, "mortal", over);
  for (const runId of held.subjects) {
    expect(await tracesOf(runId), held.at(runId)).toEqual(expected);
    expect(await answerOf(runId), held.at(runId)).toEqual(answer);
  }
});

test("a question on a memo is put to its agent once, and answered once, wherever its process dies", {
  timeout: 300_000,
}, async () => {
  const statusOf = async (memoId: string) => (await db.memo.findUniqueOrThrow({ where: { id: memoId } })).status;
  const answered = async ({ memoId }: Asked) => (await statusOf(memoId)) === "pending";
  // look, ask the agent, look: four boundaries each; then it waits.
  const boundaries = upTo(12);
  const held = await killHeld<Asked>({ executor: "asked", boundaries, begin: beginAsked, over: answered });
  expect(held.killed).toBe(boundaries.length);
  await endAll(held, "asked", answered);
  for (const asked of held.subjects) {
    const where = { id: asked.memoId };
    const memo = await db.memo.findUniqueOrThrow({ where, include: { questions: true, versions: true } });
    expect(memo.version, held.at(asked)).toBe(3);
    expect(memo.versions).toHaveLength(3);
    expect(JSON.stringify(memo.questions[0]?.answer)).toContain("Net revenue retention is [[fig:");
    expect(await db.agentRun.count({ where: { ventureId: asked.ventureId, task: "answer" } })).toBe(1);
    const answers = { subject: `memo:${asked.memoId}`, type: "memo.answered" };
    expect(await db.event.count({ where: answers })).toBe(1);
  }
});

type Asked = { ventureId: string; memoId: string };

async function beginAsked(): Promise<{ subject: Asked; run: string }> {
  const ventureId = await growingVenture();
  const memoId = await openMemo(ventureId, {}, new Date());
  const asked = { verdict: "question" as const, memoId, version: 1, question: "What is net revenue retention?" };
  expect(await recordVerdict(grace, asked, new Date())).toMatchObject({ ok: true });
  return { subject: { ventureId, memoId }, run: `memo:${memoId}` };
}
