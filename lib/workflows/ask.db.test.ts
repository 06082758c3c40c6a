import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { requestStop, startAsk } from "@/lib/agents/mutations/runs";
import { listConversation } from "@/lib/agents/queries/conversation";
import { db } from "@/lib/db";
import { recordVerdict } from "@/lib/decisions/mutations/verdicts";
import { getMemo } from "@/lib/decisions/queries/memo";
import { makeVenture, openMemo, person } from "@/lib/decisions/test-support/memos";
import { forgetBreakers } from "@/lib/integrations/model-breaker";
import { launchEngine, stopEngine } from "./engine";
import "./register";
import { replaceRuntime } from "./run-runtime";
import { callOf, newVenture, quoteOf, say, scripted, TOOLS, type Turn } from "./test-support/run-stage";

process.env.BUILT_IN_PACE_MS = "0";

const ana = person("analyst", "ana");
const grace = person("chairman", "grace");
let restore: () => void = () => undefined;
beforeAll(() => launchEngine());
afterEach(() => {
  restore();
  forgetBreakers();
});
afterAll(() => stopEngine());

const builtIn = () => {
  restore = replaceRuntime({ provider: () => null, tools: async () => TOOLS });
};
const started = (ventureId: string, question: string, who = ana) =>
  startAsk(who, { ventureId, agent: "growth", model: "?", input: { question } }, new Date());

async function asked(ventureId: string, question: string, who = ana): Promise<string> {
  const answer = await started(ventureId, question, who);
  if (!answer.ok) throw new Error(answer.refusal);
  await expect
    .poll(async () => (await db.agentRun.findUniqueOrThrow({ where: { id: answer.value.runId } })).status, {
      timeout: 15_000,
    })
    .toMatch(/^(succeeded|failed|stopped)$/);
  return answer.value.runId;
}

test("while all agents are paused a run does not pass its next step; stopped it ends, let go on it answers", async () => {
  builtIn();
  const pause = { reason: "Audit", pausedBy: "user:grace", pausedAt: new Date() };
  const { id } = await db.globalPause.create({ data: pause });
  const runs = [];
  for (const question of ["What is our growth rate?", "What is growth?"]) {
    const answer = await started(await newVenture(), question);
    if (!answer.ok) throw new Error(answer.refusal);
    runs.push(answer.value.runId);
  }
  const [goes = "", stops = ""] = runs;
  const statusOf = async (runId: string) => (await db.agentRun.findUniqueOrThrow({ where: { id: runId } })).status;
  for (const runId of runs) await expect.poll(() => statusOf(runId)).toBe("running");
  await requestStop(ana, stops, new Date());
  await expect.poll(() => statusOf(stops), { timeout: 10_000 }).toBe("stopped");
  expect(await statusOf(goes)).toBe("running");
  const resumedAt = new Date();
  await db.globalPause.update({ where: { id }, data: { resumedAt, resumedBy: "user:grace" } });
  await expect.poll(() => statusOf(goes), { timeout: 15_000 }).toBe("succeeded");
  const written = await db.runChunk.findMany({ where: { runId: goes, seq: { gt: 1 } } });
  expect(written.length).toBeGreaterThan(2);
  expect(written.filter(({ at }) => at < resumedAt)).toEqual([]);
});

describe("a conversation about a venture", () => {
  test("each question is a run whose grounded answer stays with it, oldest first", async () => {
    builtIn();
    const ventureId = await newVenture();
    await asked(ventureId, "What is our growth rate?", grace);
    await asked(ventureId, "Who leads it?");
    const conversation = await listConversation(grace, ventureId, 10);
    expect(conversation.map(({ question, by, status }) => [question, by, status])).toEqual([
      ["What is our growth rate?", "grace", "succeeded"],
      ["Who leads it?", "ana", "succeeded"],
    ]);
    const [first, second] = conversation;
    expect(Object.values(first?.answer?.figures ?? {})).toMatchObject([{ label: "growth_rate", value: "0.24" }]);
    expect(JSON.stringify(first?.answer?.blocks)).toMatch(/Growth over the year is \[\[fig:/);
    expect(JSON.stringify(second?.answer?.blocks)).toContain("The figures do not answer this.");
    expect(await db.artefact.count({ where: { ventureId } })).toBe(0);
    expect(await listConversation({ ...ana, ventures: [] }, ventureId, 10)).toEqual([]);
  });

  test("one question at a time; another venture's does not wait; a stopped one keeps no answer", async () => {
    const waiting = scripted([() => [say("It begins well. Then "), say("it hangs.")]], hangAfter(4));
    restore = replaceRuntime({ provider: () => waiting, tools: async () => TOOLS });
    const ventureId = await newVenture();
    const first = await started(ventureId, "What is growth?");
    if (!first.ok) throw new Error("not started");
    expect(await started(ventureId, "And runway?")).toEqual({ ok: false, refusal: "BEING_ANSWERED" });
    const twice = await Promise.all(Array.from({ length: 5 }, () => started(ventureId, "Again?")));
    expect(twice.every((answer) => !answer.ok)).toBe(true);
    await expect
      .poll(async () => (await db.agentRun.findUniqueOrThrow({ where: { id: first.value.runId } })).lastSeq)
      .toBeGreaterThan(1);
    await requestStop(ana, first.value.runId, new Date());
    await expect
      .poll(async () => (await listConversation(ana, ventureId, 10))[0]?.status, { timeout: 10_000 })
      .toBe("stopped");
    expect((await listConversation(ana, ventureId, 10))[0]?.answer).toBeNull();
  });

  test("a model hears what was asked before, and a made-up number does not get through", async () => {
    const ventureId = await newVenture();
    builtIn();
    await asked(ventureId, "What is our growth rate?");
    restore();
    const turns: Turn[] = [() => [callOf("venture__performance", { venture: ventureId })], () => [say("It is 24 %.")]];
    const model = scripted(turns);
    restore = replaceRuntime({ provider: () => model, tools: async () => TOOLS });
    await asked(ventureId, "And is that good?");
    const prompt = JSON.stringify(model.asked[0]);
    expect(prompt).toContain("Question: What is our growth rate?");
    expect(prompt).toContain("The question: And is that good?");
    const conversation = await listConversation(ana, ventureId, 10);
    expect(conversation[1]).toMatchObject({ status: "failed", answer: null });
    expect((await listConversation(grace, ventureId, 10))[1]?.failure).not.toContain("24");
  });

  test("who may not see the venture asks nothing", async () => {
    const ventureId = await newVenture();
    const stranger = { ...ana, ventures: [] };
    await expect(started(ventureId, "What is growth?", stranger)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

function hangAfter(words: number): () => Promise<void> | void {
  let heard = 0;
  return () => {
    heard += 1;
    if (heard > words) return new Promise<void>(() => undefined);
  };
}

describe("a question on a memo", () => {
  const question = (memoId: string, text: string, version = 1) =>
    recordVerdict(grace, { verdict: "question", memoId, version, question: text }, new Date());

  test("is answered by the agent whose memo it is, as the next version with the figures it quotes", async () => {
    const reads: Turn = (prompt) => {
      const venture = /"venture\\*":\\*"([0-9a-f-]{36})/.exec(JSON.stringify(prompt))?.[1] ?? "";
      return [callOf("venture__performance", { venture })];
    };
    const model = scripted([reads, (prompt) => [say(`Growth is ${quoteOf(prompt, "growth_rate")}.`)]]);
    restore = replaceRuntime({ provider: () => model, tools: async () => TOOLS });
    const ventureId = await makeVenture();
    const memoId = await openMemo(ventureId, {}, new Date());
    expect(await question(memoId, "How fast does it grow?")).toMatchObject({ ok: true });
    await expect
      .poll(async () => (await getMemo(grace, memoId, new Date())).status, { timeout: 15_000 })
      .toBe("pending");
    const memo = await getMemo(grace, memoId, new Date());
    expect(memo.version).toBe(3);
    expect(memo.questions).toMatchObject([
      { answeredBy: "Growth Management Specialist", answer: expect.stringMatching(/^Growth is \[\[fig:/) },
    ]);
    const quoted = /\[\[fig:([0-9a-f]{16})\]\]/.exec(memo.questions[0]?.answer ?? "")?.[1] ?? "";
    expect(memo.figures[quoted]).toMatchObject({ label: "growth_rate" });
    expect(await db.agentRun.count({ where: { ventureId, task: "answer" } })).toBe(1);
    const events = await db.event.findMany({ where: { subject: `memo:${memoId}` }, orderBy: { id: "asc" } });
    expect(events.map(({ type, actor }) => [type, actor])).toEqual([
      ["memo.proposed", "agent:growth"],
      ["memo.questioned", "user:grace"],
      ["memo.answered", "agent:growth"],
    ]);
  });

  test("that the figures do not answer stays open for a person, and is asked once", async () => {
    builtIn();
    const ventureId = await makeVenture();
    const memoId = await openMemo(ventureId, {}, new Date());
    await question(memoId, "Who leads it?");
    const run = { ventureId, task: "answer" };
    await expect.poll(() => db.agentRun.count({ where: { ...run, status: "succeeded" } }), { timeout: 15_000 }).toBe(1);
    expect(await getMemo(ana, memoId, new Date())).toMatchObject({
      ...{ status: "question", version: 2 },
      questions: [{ answer: null }],
      may: { answer: true },
    });
    await question(memoId, "And who pays?", 2);
    await expect.poll(() => db.agentRun.count({ where: { ...run, status: "succeeded" } }), { timeout: 15_000 }).toBe(2);
  });

  test("about what the memo itself says is answered with the memo's own figure", async () => {
    builtIn();
    const ventureId = await makeVenture();
    const memoId = await openMemo(ventureId, {}, new Date());
    await question(memoId, "What does it cost?");
    const read = () => getMemo(grace, memoId, new Date());
    await expect.poll(async () => (await read()).version, { timeout: 15_000 }).toBe(3);
    const cost = (await read()).content.options[0]?.consequences[0]?.figure;
    expect((await read()).questions).toMatchObject([{ answer: `The memo says:\n\n- Cost: [[fig:${cost}]].` }]);
  });

  test("of a person's draft waits for a person", async () => {
    builtIn();
    const ventureId = await makeVenture();
    const memoId = await openMemo(ventureId, {}, new Date());
    await db.memo.update({ where: { id: memoId }, data: { proposedBy: "user:ana" } });
    await question(memoId, "How fast does it grow?");
    await expect.poll(async () => db.verdict.count({ where: { memoId } }), { timeout: 5_000 }).toBe(1);
    expect(await db.agentRun.count({ where: { ventureId } })).toBe(0);
  });
});
