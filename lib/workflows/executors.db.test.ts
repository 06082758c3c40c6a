import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { db } from "@/lib/db";
import { recordVerdict } from "@/lib/decisions/mutations/verdicts";
import { makeVenture, openMemo, person } from "@/lib/decisions/test-support/memos";
import { env } from "@/lib/env";
import { fenceTheDead, holdName, registerExecutor, releaseExecutorId } from "./executors";
import { kill, killAll, startWorker, until } from "./test-support/workers";
import { disconnectEngineClient, engineClient } from "./transport";

/** A process that died is known by its name, which is free at once; one that is only slow holds it. */
beforeAll(async () => {
  await engineClient();
});
afterEach(async () => {
  await killAll();
  await releaseExecutorId();
});
afterAll(disconnectEngineClient);

const silentFor = (id: string, ms: number) =>
  db.$executeRaw`UPDATE "executor" SET "heartbeatAt" = now() - ${`${ms} milliseconds`}::interval WHERE "id" = ${id}`;

describe("who is declared dead", () => {
  test("is silent for a moment with a free name, or silent for long", async () => {
    const watcher = await registerExecutor("watcher");
    const [gone, dead] = [env().EXECUTOR_GONE_MS, env().EXECUTOR_DEAD_MS];
    for (const id of ["free", "held", "frozen", "fresh"]) await registerExecutor(id);
    const holder = new pg.Client({ connectionString: env().DATABASE_URL });
    await holder.connect();
    for (const id of ["held", "frozen"]) {
      await holder.query("SELECT pg_advisory_lock(hashtextextended($1, 0))", [id]);
    }
    await silentFor("free", gone + 50);
    await silentFor("held", gone + 50);
    await silentFor("frozen", dead + 50);
    expect((await fenceTheDead(watcher)).toSorted()).toEqual(["free", "frozen"]);
    await holder.end();
    await until("its name is free", async () => (await fenceTheDead(watcher)).includes("held"));
    expect(await db.executor.findUnique({ where: { id: "fresh" } })).toMatchObject({ fencedAt: null });
    expect(await db.executor.findUnique({ where: { id: "watcher" } })).toMatchObject({ fencedAt: null });
  });

  test("a name is held by one, and taken again after the connection was lost", async () => {
    const other = new pg.Client({ connectionString: env().DATABASE_URL });
    await other.connect();
    await other.query("SELECT pg_advisory_lock(hashtextextended($1, 0))", ["mine"]);
    expect(await holdName("mine")).toBe(false);
    await other.end();
    await until("the name is free", () => holdName("mine"));
    expect(await holdName("mine")).toBe(true);
    await db.$queryRaw`SELECT pg_terminate_backend(l.pid)::text FROM pg_locks l
      WHERE l.locktype = 'advisory' AND (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended('mine', 0)`;
    await until("it is held again", async () => {
      const held = await holdName("mine").catch(() => false);
      const [row] = await db.$queryRaw<{ held: boolean }[]>`SELECT EXISTS (SELECT 1 FROM pg_locks l
        WHERE l.locktype = 'advisory' AND (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended('mine', 0)) AS held`;
      return held && row?.held;
    });
  });
});

const executorOf = async (memoId: string): Promise<string | null> => {
  const status = await (await engineClient()).retrieveWorkflow(`memo:${memoId}`).getStatus();
  return status?.status === "PENDING" ? (status.executorId ?? null) : null;
};
const NEVER = 600_000;

test("a killed process's runs are adopted long before its silence would tell", { timeout: 60_000 }, async () => {
  await startWorker({ executor: "first", deadMs: NEVER, goneMs: 300 });
  const memoId = await openMemo(await makeVenture(), {}, new Date());
  await until("the run waits there", async () => (await executorOf(memoId)) === "first");
  await startWorker({ executor: "second", deadMs: NEVER, goneMs: 300 });
  await killAll();
  await startWorker({ executor: "third", deadMs: NEVER, goneMs: 300 });
  const grace = person("chairman", "grace");
  await recordVerdict(grace, { verdict: "approved", memoId, version: 1, note: "" }, new Date());
  await until("it is carried out", async () => (await db.initiative.count({ where: { memoId } })) === 1);
  expect(await db.executor.findUnique({ where: { id: "first" } })).not.toMatchObject({ fencedAt: null });
});

test("a frozen process holds its name: nobody takes its runs before its time", { timeout: 60_000 }, async () => {
  const frozen = await startWorker({ executor: "frozen-one", deadMs: NEVER, goneMs: 300 });
  const memoId = await openMemo(await makeVenture(), {}, new Date());
  await until("the run waits there", async () => (await executorOf(memoId)) === "frozen-one");
  frozen.kill("SIGSTOP");
  const beaten = await db.executor.findUniqueOrThrow({ where: { id: "frozen-one" } });
  const witness = await startWorker({ executor: "witness", deadMs: NEVER, goneMs: 300 });
  // The witness has looked many times once its own heart has beaten for long after the other's stopped.
  await until("the witness has looked", async () => {
    const { heartbeatAt } = await db.executor.findUniqueOrThrow({ where: { id: "witness" } });
    return heartbeatAt.getTime() - beaten.heartbeatAt.getTime() > 1_500;
  });
  expect(await db.executor.findUnique({ where: { id: "frozen-one" } })).toMatchObject({ fencedAt: null });
  expect(await executorOf(memoId)).toBe("frozen-one");
  await kill(witness);
});
