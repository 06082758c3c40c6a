// From a verdict to the effect that its run carries out, against one raw commit of the same server.
// npm run bench:verdict
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { startDatabase } from "../scripts/embedded-database.mjs";
import { report } from "./measure.ts";

const ROOT = path.join(import.meta.dirname, "..");
const MEMOS = 60;
/** A verdict commits, wakes a run, which looks, acts and records each: about twenty round trips, four of them commits. */
const LIMIT = 60;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "chairman-bench-"));
fs.chmodSync(folder, 0o755);
const database = await startDatabase({ dataDir: path.join(folder, "pg") });
Object.assign(process.env, {
  DATABASE_URL: database.url,
  NEXTAUTH_SECRET: "bench-secret-bench-secret-bench-secret-00",
  LOG_LEVEL: "silent",
  CHECKPOINT_DISABLE: "1",
  DATA_DIR: folder,
  ROLE: "both",
});

async function rawCommits(client: pg.Client): Promise<number[]> {
  await client.query("CREATE TABLE bench_commit (n int)");
  const times: number[] = [];
  for (let n = 0; n < MEMOS; n++) {
    const begun = performance.now();
    await client.query("BEGIN");
    await client.query("INSERT INTO bench_commit VALUES ($1)", [n]);
    await client.query("COMMIT");
    times.push(performance.now() - begun);
  }
  return times;
}

/** The effect announces itself, so that waiting for it costs no polling. */
async function announceEffects(client: pg.Client): Promise<void> {
  await client.query(`CREATE FUNCTION bench_announce() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_notify('bench_effect', NEW."key"); RETURN NEW; END $$`);
  await client.query(
    `CREATE TRIGGER bench_effect AFTER INSERT ON "effect" FOR EACH ROW EXECUTE FUNCTION bench_announce()`,
  );
  await client.query("LISTEN bench_effect");
}

/** Until every run has looked once and waits, as it does for the days until a verdict comes. */
async function allWaiting(client: pg.Client): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const { rows } = await client.query(
      `SELECT count(DISTINCT workflow_uuid)::int AS n FROM dbos.operation_outputs WHERE function_name = 'look'`,
    );
    if (rows[0].n === MEMOS) return pause(1_000);
    await pause(100);
  }
  throw new Error("The runs did not start");
}

async function verdicts(client: pg.Client): Promise<number[]> {
  const { launchEngine, stopEngine } = await import("@/lib/workflows/engine");
  await import("@/lib/workflows/register");
  const { recordVerdict } = await import("@/lib/decisions/mutations/verdicts");
  const support = await import("@/lib/decisions/test-support/memos");
  await launchEngine();
  const chairman = support.person("chairman", "bench", new Date());
  const memos: string[] = [];
  for (let n = 0; n < MEMOS; n++) memos.push(await support.openMemo(await support.makeVenture(), {}, new Date()));
  await allWaiting(client);
  const times: number[] = [];
  for (const memoId of memos) {
    const done = new Promise<void>((resolve) => client.once("notification", () => resolve()));
    const begun = performance.now();
    const verdict = { memoId, version: 1, verdict: "approved" as const, note: "", optionId: "start" };
    const outcome = await recordVerdict(chairman, verdict, new Date());
    if (!outcome.ok) throw new Error(outcome.refusal);
    await done;
    times.push(performance.now() - begun);
  }
  await stopEngine();
  return times;
}

try {
  const prisma = path.join(ROOT, "node_modules/.bin/prisma");
  const run = spawnSync(prisma, ["migrate", "deploy"], { cwd: ROOT, env: process.env, encoding: "utf8" });
  if (run.status !== 0) throw new Error(`${run.stdout}${run.stderr}`);
  const client = new pg.Client(database.url);
  await client.connect();
  await announceEffects(client);
  const raw = await rawCommits(client);
  const ours = await verdicts(client);
  report("verdict to its effect, against one commit", ours.slice(5), raw.slice(5), LIMIT);
  await client.end();
} finally {
  const { disconnect } = await import("@/lib/db");
  await disconnect();
  await database.stop();
  fs.rmSync(folder, { recursive: true, force: true });
}
process.exit();
