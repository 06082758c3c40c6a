import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startAsk } from "@/lib/agents/mutations/runs";
import { db } from "@/lib/db";
import { recordVerdict } from "@/lib/decisions/mutations/verdicts";
import { openMemo, person } from "@/lib/decisions/test-support/memos";
import { growingVenture } from "./test-support/growing-venture";
import { killEach } from "./test-support/kill-each";
import { tracesOf } from "./test-support/run-traces";
import { isDead, kill, killAll, startWorker, until } from "./test-support/workers";
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

// Every sixth boundary by default; all of them with KILL_STRIDE=1.
const STRIDE = Number(process.env.KILL_STRIDE ?? "6");

test("a question is answered once, wherever its process dies", { timeout: 300_000 }, async () => {
  const calm = await startWorker({ executor: "calm" });
  const first = await begin();
  await until("the calm run is over", () => over(first));
  await kill(calm);
  const [expected, answer] = [await tracesOf(first), await answerOf(first)];
  expect(expected).toMatchObject({ status: "succeeded", reports: [], proposals: [], memos: [] });
  expect(expected.steps).toEqual(["begin", "model:1", "tool:1.1", "model:2", "end"]);
  expect(answer).toContain("Net revenue retention is [[fig:#]]");
  const { killed } = await killEach({
    executor: "mortal",
    stride: STRIDE,
    begin: async () => {
      const runId = await begin();
      return { subject: runId, run: `run:${runId}` };
    },
    over,
  });
  for (const [boundary, runId] of killed) {
    expect(await tracesOf(runId), `killed at boundary ${boundary}`).toEqual(expected);
    expect(await answerOf(runId), `killed at boundary ${boundary}`).toEqual(answer);
  }
  // Five steps of four boundaries each, and two around each write of the stream.
  expect(Math.max(...killed.keys())).toBeGreaterThanOrEqual(19);
});

test("a question on a memo is put to its agent once, and answered once, wherever its process dies", {
  timeout: 300_000,
}, async () => {
  for (const crashAt of [7, 12, 17]) {
    const ventureId = await growingVenture();
    const memoId = await openMemo(ventureId, {}, new Date());
    const question = "What is net revenue retention?";
    const asked = { verdict: "question" as const, memoId, version: 1, question };
    expect(await recordVerdict(grace, asked, new Date())).toMatchObject({ ok: true });
    const doomed = await startWorker({ executor: "mortal", crashAt });
    const answered = async () => (await db.memo.findUniqueOrThrow({ where: { id: memoId } })).status === "pending";
    await until("it died, or the question is answered", async () => isDead(doomed) || (await answered()));
    const heir = isDead(doomed) ? await startWorker({ executor: "mortal" }) : doomed;
    await until("the question is answered", answered);
    const memo = await db.memo.findUniqueOrThrow({
      where: { id: memoId },
      include: { questions: true, versions: true },
    });
    expect(memo.version, `killed at boundary ${crashAt}`).toBe(3);
    expect(memo.versions).toHaveLength(3);
    expect(JSON.stringify(memo.questions[0]?.answer)).toContain("Net revenue retention is [[fig:");
    expect(await db.agentRun.count({ where: { ventureId, task: "answer" } })).toBe(1);
    const answers = { subject: `memo:${memoId}`, type: "memo.answered" };
    expect(await db.event.count({ where: answers })).toBe(1);
    await kill(heir);
  }
});
