import type { ChildProcess } from "node:child_process";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/db";
import { reversalRun, reverseDecision } from "@/lib/decisions/mutations/reversal";
import { makeVenture, openMemo, person, reportRevenue } from "@/lib/decisions/test-support/memos";
import { isDead, kill, killAll, startWorker, until } from "./test-support/workers";
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

const fate = (doomed: ChildProcess, run: string) =>
  until("the worker died, or the run is over", async () =>
    isDead(doomed) ? "died" : (await over(run)) ? "over" : null,
  );

// Every other boundary by default; all of them with KILL_STRIDE=1.
const STRIDE = Number(process.env.KILL_STRIDE ?? "2");

/** Kills at one boundary after the other until the run gets through; returns how many there were. */
async function killEverywhere(
  name: string,
  crashIn: string,
  begin: () => Promise<{ memoId: string; run: string }>,
  expected: object,
): Promise<number> {
  for (let crashAt = 1; crashAt <= 40; crashAt += STRIDE) {
    const { memoId, run } = await begin();
    const doomed = await startWorker({ executor: name, crashAt, crashIn });
    if ((await fate(doomed, run)) === "over") {
      await kill(doomed);
      return crashAt - 1;
    }
    const heir = await startWorker({ executor: name });
    await until("the run is over", () => over(run));
    expect(await finalState(memoId), `killed at boundary ${crashAt}`).toEqual(expected);
    await kill(heir);
  }
  return 40;
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
    return { memoId, run: `memo:${memoId}` };
  };
  // look, carry out, look: four boundaries each.
  expect(await killEverywhere("routine", "memo:", begin, EXECUTED)).toBe(12);
});

test("its reversal stops what was started once, wherever its process dies", { timeout: 300_000 }, async () => {
  const calm = await startWorker({ executor: "calm" });
  const memos = await Promise.all(Array.from({ length: 6 }, automatic));
  for (const memoId of memos) await until("it is carried out", () => over(`memo:${memoId}`));
  await kill(calm);
  const begin = async () => {
    const memoId = memos.shift() ?? "";
    const reversed = await reverseDecision(grace, { memoId, version: 1, reason: "Not now" }, new Date());
    expect(reversed).toMatchObject({ ok: true });
    return { memoId, run: reversalRun(memoId, 1) };
  };
  const expected = {
    ...{ ...EXECUTED, status: "reversed", version: 2, initiative: "stopped" },
    effects: ["growth.start-initiative", "growth.start-initiative.reversed"],
    events: [...EXECUTED.events, [3, "memo.reversed", "user:grace"], [4, "memo.undone", "system:memo"]],
  };
  expect(await killEverywhere("undoing", "reversal:", begin, expected)).toBe(4);
});
