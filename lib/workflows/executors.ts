import "server-only";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { Owner } from "./fence";

const SLOTS = 64;
type HeldName = { client: pg.Client; name: string | null };
const store = globalThis as typeof globalThis & { __chairmanExecutorName?: HeldName | undefined };

/**
 * Who this process is. EXECUTOR_ID names it; without one, the first free slot of this host and folder, held by a session
 * lock that dies with the process, so a restart after a crash gets its predecessor's name (and its runs) at once.
 */
export async function takeExecutorId(): Promise<string> {
  const given = env().EXECUTOR_ID;
  if (given) {
    await holdName(given);
    return given;
  }
  const base = `${os.hostname()}:${folderKey()}`;
  for (let slot = 1; slot <= SLOTS; slot += 1) {
    const id = `${base}:${slot}`;
    if (await holdName(id)) return id;
  }
  throw new AppError("UNAVAILABLE");
}

/**
 * Holds the name by a session lock, which ends in the moment in which the process does: so others need not wait to know
 * that it is gone. Again and again without harm; false while somebody else holds it.
 */
export async function holdName(executorId: string): Promise<boolean> {
  const known = store.__chairmanExecutorName;
  if (known?.name === executorId) return true;
  const client = known?.client ?? (await nameClient());
  const { rows } = await client.query("SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held", [executorId]);
  const held = rows[0]?.held === true;
  if (store.__chairmanExecutorName?.client === client && held) store.__chairmanExecutorName.name = executorId;
  return held;
}

async function nameClient(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: env().DATABASE_URL, keepAlive: true });
  // Losing this connection gives the name away, until the next beat takes it again; the epoch decides who may write.
  const lost = () => {
    if (store.__chairmanExecutorName?.client === client) store.__chairmanExecutorName = undefined;
  };
  client.on("error", lost);
  client.on("end", lost);
  await client.connect();
  store.__chairmanExecutorName = { client, name: null };
  return client;
}

/** The name is free again for the next process. */
export async function releaseExecutorId(): Promise<void> {
  const held = store.__chairmanExecutorName;
  store.__chairmanExecutorName = undefined;
  await held?.client.end();
}

/** Kept in the data folder where there is one to write to. */
function folderKey(): string {
  // Read at run time only: the bundler must not look for what is in there.
  const folder = path.resolve(/* turbopackIgnore: true */ process.env.DATA_DIR ?? ".data");
  const file = path.join(folder, "executor");
  try {
    return fs.readFileSync(file, "utf8").trim();
  } catch {
    const key = Math.trunc(fs.statSync(process.cwd()).ino).toString(36);
    try {
      fs.mkdirSync(folder, { recursive: true });
      fs.writeFileSync(file, key, { flag: "wx", mode: 0o600 });
    } catch {
      return key;
    }
    return key;
  }
}

/** A start is a new epoch: whatever an earlier process of this name still has in hand can no longer be written. */
export async function registerExecutor(executorId: string): Promise<Owner> {
  const [row] = await db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "executor" WHERE "id" = ${executorId} FOR UPDATE`;
    return tx.$queryRaw<{ epoch: number }[]>`
      INSERT INTO "executor" ("id", "epoch", "startedAt", "heartbeatAt", "appVersion")
      VALUES (${executorId}, 1, now(), now(), ${env().APP_VERSION})
      ON CONFLICT ("id") DO UPDATE SET "epoch" = "executor"."epoch" + 1, "startedAt" = now(), "heartbeatAt" = now(),
        "stoppedAt" = NULL, "fencedAt" = NULL, "appVersion" = EXCLUDED."appVersion"
      RETURNING "epoch"`;
  }, SLOW);
  if (!row) throw new AppError("INTERNAL");
  return { executorId, epoch: row.epoch };
}

// The lock may have to wait for a write in progress, or for the server to cut off a paused one.
const SLOW = { maxWait: 10_000, timeout: 60_000 };

export type Standing = "owner" | "fenced" | "replaced";

/** Says "I live" by the database's clock, and learns whether the others still believe it. */
export async function beat(owner: Owner): Promise<Standing> {
  const [row] = await db.$queryRaw<{ epoch: number; fencedAt: Date | null }[]>`
    UPDATE "executor" SET "heartbeatAt" = CASE WHEN "epoch" = ${owner.epoch} THEN now() ELSE "heartbeatAt" END
    WHERE "id" = ${owner.executorId} RETURNING "epoch", "fencedAt"`;
  if (!row || row.epoch !== owner.epoch) return "replaced";
  return row.fencedAt ? "fenced" : "owner";
}

export async function markStopped(owner: Owner): Promise<void> {
  await db.$executeRaw`UPDATE "executor" SET "stoppedAt" = now()
    WHERE "id" = ${owner.executorId} AND "epoch" = ${owner.epoch}`;
}

/**
 * Declares dead who has not been heard of for EXECUTOR_DEAD_MS, or for EXECUTOR_GONE_MS where nobody holds its name any
 * more; from here on they can write nothing. One that was only cut off comes back as the next epoch.
 */
export async function fenceTheDead(owner: Owner): Promise<string[]> {
  const { EXECUTOR_DEAD_MS, EXECUTOR_GONE_MS } = env();
  const silence = `${EXECUTOR_DEAD_MS} milliseconds`;
  const absence = `${Math.min(EXECUTOR_GONE_MS, EXECUTOR_DEAD_MS)} milliseconds`;
  return db.$transaction(async (tx) => {
    const dead = await tx.$queryRaw<{ id: string }[]>`
      SELECT "id" FROM "executor" e
      WHERE "id" <> ${owner.executorId} AND "fencedAt" IS NULL AND "stoppedAt" IS NULL
        AND ("heartbeatAt" < now() - ${silence}::interval
          OR ("heartbeatAt" < now() - ${absence}::interval AND NOT EXISTS (
            SELECT 1 FROM pg_locks l
            WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
              AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended(e."id", 0))))
      FOR UPDATE SKIP LOCKED`;
    const ids = dead.map((row) => row.id);
    if (ids.length > 0) await tx.$executeRaw`UPDATE "executor" SET "fencedAt" = now() WHERE "id" = ANY(${ids})`;
    return ids;
  }, SLOW);
}

/**
 * Unfinished runs of a version that no living process has any more become runs of this version: after a deploy they go on
 * here. Their recorded steps are replayed first; what a body does otherwise since then stands behind `patched`.
 */
export async function takeOverVersions(): Promise<number> {
  const { APP_VERSION } = env();
  return db.$executeRaw`
    UPDATE "dbos".workflow_status w SET application_version = ${APP_VERSION}
    WHERE w.status IN ('PENDING', 'ENQUEUED') AND w.application_version <> ${APP_VERSION}
      AND NOT EXISTS (SELECT 1 FROM "executor" e
        WHERE e."appVersion" = w.application_version AND e."fencedAt" IS NULL AND e."stoppedAt" IS NULL)`;
}

/** Unfinished runs whose process is fenced, stopped or unknown, each with that process. */
export async function listOrphans(): Promise<{ executorId: string; runs: string[] }[]> {
  return db.$queryRaw<{ executorId: string; runs: string[] }[]>`
    SELECT w.executor_id AS "executorId", array_agg(w.workflow_uuid) AS "runs"
    FROM "dbos".workflow_status w LEFT JOIN "executor" e ON e."id" = w.executor_id
    WHERE w.status = 'PENDING' AND w.application_version = ${env().APP_VERSION}
      AND (e."id" IS NULL OR e."fencedAt" IS NOT NULL OR e."stoppedAt" IS NOT NULL)
    GROUP BY w.executor_id`;
}

/** Runs `adopt` while the dead stay dead: an executor that comes back has to wait for the lock, then finds its runs gone. */
export async function whileGone(executorId: string, adopt: () => Promise<void>): Promise<void> {
  await db.$transaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ gone: boolean }[]>`
      SELECT ("fencedAt" IS NOT NULL OR "stoppedAt" IS NOT NULL) AS "gone"
      FROM "executor" WHERE "id" = ${executorId} FOR UPDATE SKIP LOCKED`;
    // Nobody registered under this name: nobody can come back under it either.
    const unknown = !row && (await tx.executor.count({ where: { id: executorId } })) === 0;
    if (row?.gone || unknown) await adopt();
  }, SLOW);
}

export async function listOwnPending(owner: Owner): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT workflow_uuid AS "id" FROM "dbos".workflow_status
    WHERE status = 'PENDING' AND executor_id = ${owner.executorId} AND application_version = ${env().APP_VERSION}`;
  return rows.map((row) => row.id);
}
