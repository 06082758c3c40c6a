import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { db } from "@/lib/db";
import { recordVerdict } from "@/lib/decisions/mutations/verdicts";
import { makeVenture, openMemo, person } from "@/lib/decisions/test-support/memos";
import { registerExecutor } from "./executors";
import { fencedTransaction, runAsOwner } from "./fence";
import { endAll, killHeld, upTo } from "./test-support/hold-each";
import { kill, killAll, startWorker, until } from "./test-support/workers";
import { disconnectEngineClient, engineClient } from "./transport";

/**
 * Real worker processes on a real database, killed with SIGKILL at each boundary of each step. A memo decided while they
 * die must end exactly as one that nobody disturbed.
 */
const grace = person("chairman", "grace");

const stepsOf = async (memoId: string): Promise<string[]> =>
  ((await (await engineClient()).listWorkflowSteps(`memo:${memoId}`)) ?? []).map((step) => step.name);

/** Its run has looked and waits for a message. */
const waits = async (memoId: string): Promise<boolean> => (await stepsOf(memoId)).includes("DBOS.sleep");

async function ended(memoId: string): Promise<boolean> {
  const status = await (await engineClient()).retrieveWorkflow(`memo:${memoId}`).getStatus();
  return status?.status === "SUCCESS";
}

const approve = (memoId: string) =>
  recordVerdict(grace, { verdict: "approved", memoId, version: 1, note: "" }, new Date());

async function openNow(): Promise<string> {
  return openMemo(await makeVenture(), {}, new Date());
}

/** Everything that the decision left behind, without ids and times. */
async function finalState(memoId: string) {
  const memo = await db.memo.findUniqueOrThrow({ where: { id: memoId } });
  const initiative = await db.initiative.findUnique({
    where: { memoId },
    include: { tasks: { orderBy: { position: "asc" } } },
  });
  const events = await db.event.findMany({ where: { chain: memo.ventureId }, orderBy: { seq: "asc" } });
  const effects = await db.effect.findMany({ where: { subject: `memo:${memoId}` } });
  const datasets = await db.datasetVersion.findMany({ where: { ventureId: memo.ventureId } });
  return {
    memo: { status: memo.status, version: memo.version },
    initiative: initiative && {
      ...{ status: initiative.status, title: initiative.title, budget: String(initiative.budgetMinor) },
      tasks: initiative.tasks.map((task) => task.title),
    },
    events: events.map((event) => [event.seq, event.type, event.actor]),
    effects: effects.map((effect) => effect.kind),
    datasets: datasets.map(({ dataset, version }) => [dataset, version]),
  };
}

beforeAll(async () => {
  await engineClient();
});
afterEach(killAll);
afterAll(disconnectEngineClient);

async function undisturbed() {
  const memoId = await openNow();
  const worker = await startWorker({ executor: "calm" });
  await until("the run waits", () => waits(memoId));
  await approve(memoId);
  await until("the calm run is over", () => ended(memoId));
  await kill(worker);
  return finalState(memoId);
}

test("killed at every step boundary, the run ends as if nobody had", { timeout: 300_000 }, async () => {
  const expected = await undisturbed();
  expect(expected).toMatchObject({
    memo: { status: "approved", version: 1 },
    initiative: { status: "planned", tasks: ["Interview customers who left", "First measure in place"] },
    effects: ["growth.start-initiative"],
  });
  const held = await killHeld({
    executor: "mortal",
    boundaries: upTo(20),
    begin: async () => {
      const memoId = await openNow();
      return { subject: memoId, run: `memo:${memoId}` };
    },
    proceed: async (memoId, isHeld) => {
      await until("it stands still, or waits", async () => isHeld() || (await waits(memoId)));
      await approve(memoId);
    },
    over: ended,
  });
  // look, wait, look, carry out, look: four boundaries per step and two around the wait.
  expect(held.killed).toBe(upTo(18).length);
  await endAll(held, "mortal", ended);
  for (const memoId of held.subjects) expect(await finalState(memoId), held.at(memoId)).toEqual(expected);
});

test("a verdict given while no worker lives is kept, and carried out at the next start", {
  timeout: 60_000,
}, async () => {
  const memoId = await openNow();
  expect(await approve(memoId)).toMatchObject({ ok: true });
  expect(await db.initiative.count({ where: { memoId } })).toBe(0);
  await startWorker({ executor: "late" });
  await until("the run is over", () => ended(memoId));
  expect(await db.initiative.count({ where: { memoId } })).toBe(1);
});

const executorOf = async (memoId: string): Promise<string | null> => {
  const status = await (await engineClient()).retrieveWorkflow(`memo:${memoId}`).getStatus();
  return status?.status === "PENDING" ? (status.executorId ?? null) : null;
};

describe("two processes", { timeout: 120_000 }, () => {
  test("share the work, and when one dies the other adopts its runs", async () => {
    const [a, b] = await Promise.all([startWorker({ executor: "a" }), startWorker({ executor: "b" })]);
    const memos = await Promise.all(Array.from({ length: 6 }, openNow));
    await until("every run waits in some process", async () =>
      (await Promise.all(memos.map(executorOf))).every(Boolean),
    );
    const owners = await Promise.all(memos.map(executorOf));
    const victim = owners[0] === "a" ? a : b;
    await kill(victim);
    await Promise.all(memos.map(approve));
    await until("every run is over", async () => (await Promise.all(memos.map(ended))).every(Boolean));
    expect(await db.initiative.count({ where: { memoId: { in: memos } } })).toBe(6);
    const dead = await db.executor.findUniqueOrThrow({ where: { id: owners[0] ?? "" } });
    expect(dead.fencedAt).not.toBeNull();
  });

  test("an owner that froze in the middle of a step can write nothing when it wakes up after adoption", async () => {
    const memoId = await openNow();
    // look: 1 to 4, wait: 5 and 6, look: 7 to 10, then "carry out": inside the step, before its transaction, is the 12th.
    const sleeper = await startWorker({ executor: "sleeper", crashAt: { "memo:": [12] }, crashWith: "SIGSTOP" });
    await until("the run waits", () => waits(memoId));
    await approve(memoId);
    const before = await db.executor.findUniqueOrThrow({ where: { id: "sleeper" } });
    await startWorker({ executor: "heir" });
    await until("the heir carried it out", () => ended(memoId));
    const expected = await finalState(memoId);
    expect(await db.executor.findUniqueOrThrow({ where: { id: "sleeper" } })).toMatchObject({ epoch: before.epoch });
    sleeper.kill("SIGCONT");
    const after = await until("the sleeper is back", async () => {
      const row = await db.executor.findUniqueOrThrow({ where: { id: "sleeper" } });
      return row.epoch > before.epoch && row;
    });
    expect(after).toMatchObject({ epoch: before.epoch + 1, fencedAt: null });
    expect(await finalState(memoId)).toEqual(expected);
    expect(expected.effects).toEqual(["growth.start-initiative"]);
  });

  test("the write of a fenced epoch is refused, and leaves nothing", async () => {
    const owner = await registerExecutor("fenced-one");
    const write = () =>
      runAsOwner(owner, () => fencedTransaction((tx) => tx.outboxMessage.create({ data: { key: "late", ...outbox } })));
    await db.executor.update({ where: { id: "fenced-one" }, data: { fencedAt: new Date() } });
    await expect(write()).rejects.toMatchObject({ code: "FENCED" });
    await registerExecutor("fenced-one");
    await expect(write(), "an earlier epoch of a living process").rejects.toMatchObject({ code: "FENCED" });
    expect(await db.outboxMessage.count({ where: { key: "late" } })).toBe(0);
  });
});

const outbox = { channel: "test", payload: {}, createdAt: new Date(), nextAt: new Date() };
