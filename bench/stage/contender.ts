// One contender of bench/stage.ts in a process of its own: the same bodies, the same mutations, the same rows; only the
// engine below them is another one (bench/stage/peer-hooks.mjs). Prints one line of JSON.
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import type { Actor } from "@/lib/auth/actor";

const AT_ONCE = 8;
const PATIENCE_MS = 20 * 60_000;

const { defineWorkflow, launchEngine, stopEngine } = await import("@/lib/workflows/engine");
await import("@/lib/workflows/stage");
await import("@/lib/workflows/growth-cycle");
await import("@/lib/workflows/memo");
await import("@/lib/workflows/exit-preparation");
// What an agent writes about the round is no part of the flow: its run begins, and is over.
defineWorkflow("agentRun", async () => undefined);
const { initiateStage40 } = await import("@/lib/ventures/mutations");
const { recordVerdict } = await import("@/lib/decisions/mutations/verdicts");
const { person } = await import("@/lib/decisions/test-support/memos");
const { db, disconnect } = await import("@/lib/db");

const client = new pg.Client(process.env.DATABASE_URL);
await client.connect();

async function inLanes<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

const WAITING = `
  SELECT m."id", m."version" FROM "memo" m JOIN "proposal" p ON p."id" = m."proposalId"
  WHERE p."actionClass" = $1 AND m."status" = 'pending'`;

/** The memos of a gate, as soon as every venture has come to it. */
async function gate(actionClass: string, ventures: number): Promise<{ id: string; version: number }[]> {
  const until = performance.now() + PATIENCE_MS;
  while (performance.now() < until) {
    const { rows } = await client.query<{ id: string; version: number }>(WAITING, [actionClass]);
    if (rows.length === ventures) return rows;
    await pause(100);
  }
  throw new Error(`Not every venture came to ${actionClass}`);
}

async function timed(work: () => Promise<void>): Promise<{ ms: number; cpuMs: number }> {
  const [begun, cpu] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { ms: performance.now() - begun, cpuMs: (user + system) / 1_000 };
}

const chairman: Actor = person("chairman", "bench", new Date());
const ventures = (await db.venture.findMany({ select: { id: true } })).map(({ id }) => id);
await launchEngine();
let memos: { id: string; version: number }[] = [];
const first = await timed(async () => {
  await inLanes(ventures, async (id) => {
    const begun = await initiateStage40(chairman, id);
    if (!begun.ok) throw new Error(begun.refusal);
  });
  memos = await gate("exit.start-preparation", ventures.length);
});
const second = await timed(async () => {
  await inLanes(memos, async ({ id: memoId, version }) => {
    const verdict = { memoId, version, verdict: "approved" as const, note: "" };
    const given = await recordVerdict(chairman, verdict, new Date());
    if (!given.ok) throw new Error(given.refusal);
  });
  await gate("exit.approve-exit", ventures.length);
});
const rows = await client.query<{ moves: number; events: number; rounds: number; memos: number }>(
  `SELECT (SELECT count(*)::int FROM "stage_move") AS "moves", (SELECT count(*)::int FROM "event") AS "events",
     (SELECT count(*)::int FROM "exit_round") AS "rounds", (SELECT count(*)::int FROM "memo") AS "memos"`,
);
process.stdout.write(`${JSON.stringify({ first, second, rows: rows.rows[0] })}\n`);
await client.end();
await stopEngine().catch(() => undefined);
await disconnect();
process.exit();
