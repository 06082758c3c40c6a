import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/db";
import { reversalRun, reverseDecision } from "@/lib/decisions/mutations/reversal";
import { makeVenture, openMemo, person, reportRevenue } from "@/lib/decisions/test-support/memos";
import { endAll, killHeld, upTo } from "./test-support/hold-each";
import { kill, killAll, startWorker, until } from "./test-support/workers";
import { disconnectEngineClient, engineClient } from "./transport";

/** What the policy decides by itself, and its reversal, in worker processes that are killed at each boundary. */
const grace = person("chairman", "grace");

beforeAll(async () => {
  await engineClient();
});
afterEach(killAll);
afterAll(disconnectEngineClient);

const over = async (workflowId: string) =>
  (await (await engineClient()).retrieveWorkflow(workflowId).getStatus())?.status === "SUCCESS";

async function automatic(): Promise<string> {
  const ventureId = await makeVenture("auto");
  await reportRevenue(ventureId, 500_000);
  return openMemo(ventureId, {}, new Date());
}

async function finalState(memoId: string) {
  const memo = await db.memo.findUniqueOrThrow({ where: { id: memoId } });
  const events = await db.event.findMany({ where: { chain: memo.ventureId }, orderBy: { seq: "asc" } });
  const effects = await db.effect.findMany({ where: { subject: `memo:${memoId}` }, orderBy: { at: "asc" } });
  const initiative = await db.initiative.findUnique({ where: { memoId }, include: { tasks: true } });
  return {
    ...{ status: memo.status, version: memo.version, initiative: initiative?.status, tasks: initiative?.tasks.length },
    events: events.map(({ seq, type, actor }) => [seq, type, actor]),
    effects: effects.map(({ kind }) => kind),
  };
}

/** Kills a run at each of its boundaries; returns how many there were. */
async function killEverywhere(
  executor: string,
  begin: () => Promise<{ subject: string; run: string }>,
  runOf: (memoId: string) => string,
  expected: object,
  most: number,
): Promise<number> {
  const isOver = (memoId: string) => over(runOf(memoId));
  const held = await killHeld({ executor, begin, boundaries: upTo(most), over: isOver });
  await endAll(held, executor, isOver);
  for (const memoId of held.subjects) expect(await finalState(memoId), held.at(memoId)).toEqual(expected);
  return held.killed;
}

const EXECUTED = {
  ...{ status: "approved", version: 1, initiative: "planned", tasks: 2 },
  effects: ["growth.start-initiative"],
  events: [
    [1, "memo.approved-by-policy", "agent:growth"],
    [2, "initiative.started", "system:memo"],
  ],
};

test("an automatic decision is carried out once, wherever its process dies", { timeout: 300_000 }, async () => {
  const begin = async () => {
    const memoId = await automatic();
    return { subject: memoId, run: `memo:${memoId}` };
  };
  // look, carry out, look: four boundaries each.
  expect(await killEverywhere("routine", begin, (memoId) => `memo:${memoId}`, EXECUTED, 14)).toBe(upTo(12).length);
});

test("its reversal stops what was started once, wherever its process dies", { timeout: 300_000 }, async () => {
  const calm = await startWorker({ executor: "calm" });
  const memos = await Promise.all(upTo(6).map(automatic));
  for (const memoId of memos) await until("it is carried out", () => over(`memo:${memoId}`));
  await kill(calm);
  const begin = async () => {
    const memoId = memos.shift() ?? "";
    const reversed = await reverseDecision(grace, { memoId, version: 1, reason: "Not now" }, new Date());
    expect(reversed).toMatchObject({ ok: true });
    return { subject: memoId, run: reversalRun(memoId, 1) };
  };
  const expected = {
    ...{ ...EXECUTED, status: "reversed", version: 2, initiative: "stopped" },
    effects: ["growth.start-initiative", "growth.start-initiative.reversed"],
    events: [...EXECUTED.events, [3, "memo.reversed", "user:grace"], [4, "memo.undone", "system:memo"]],
  };
  expect(await killEverywhere("undoing", begin, (memoId) => reversalRun(memoId, 1), expected, 6)).toBe(upTo(4).length);
});
