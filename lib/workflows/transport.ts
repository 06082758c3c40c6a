import "server-only";
import { DBOS, DBOSClient } from "@dbos-inc/dbos-sdk";
import type { Tx } from "@/lib/db";
import { env } from "@/lib/env";

export const APPLICATION = "chairman";
export const QUEUE = "runs";

export type Start = { name: string; id: string; args: readonly unknown[] };
export type Message = { workflowId: string; topic: string; message: unknown; key: string };

const store = globalThis as typeof globalThis & { __chairmanEngineClient?: Promise<DBOSClient> };

/** Any process may start runs and send to them; only a worker executes. Makes the engine's tables when they are missing. */
export function engineClient(): Promise<DBOSClient> {
  store.__chairmanEngineClient ??= connect().catch((error) => {
    store.__chairmanEngineClient = undefined;
    throw error;
  });
  return store.__chairmanEngineClient;
}

async function connect(): Promise<DBOSClient> {
  const systemDatabaseUrl = env().DATABASE_URL;
  await DBOS.migrate(systemDatabaseUrl);
  const client = await DBOSClient.create({
    systemDatabaseUrl,
    applicationName: APPLICATION,
    systemDatabasePoolSize: 4,
    logger: quiet,
  });
  await client.registerQueue(QUEUE, { minPollingIntervalMs: 100 });
  return client;
}

const silent = () => undefined;
// Its errors reach the caller as exceptions; logging them here would say everything twice.
const quiet = { info: silent, debug: silent, warn: silent, error: silent };

export async function disconnectEngineClient(): Promise<void> {
  const open = store.__chairmanEngineClient;
  store.__chairmanEngineClient = undefined;
  if (open) await (await open).destroy();
}

type Queryable = Parameters<DBOSClient["sendInTransaction"]>[0];

/** The engine writes its rows through our transaction: the decision and its message are one commit. */
function asQueryable(tx: Tx): Queryable {
  const query = async (sql: string, values: readonly unknown[] = []) => {
    const rows = await tx.$queryRawUnsafe<unknown[]>(sql, ...values.map((value) => value ?? null));
    return { rows, rowCount: rows.length };
  };
  return { query } as unknown as Queryable;
}

const enqueueOptions = ({ name, id }: Start) => ({
  queueName: QUEUE,
  workflowName: name,
  workflowID: id,
  appVersion: env().APP_VERSION,
});

/** Call `engineClient()` once before the transaction begins: it may have to make tables. Idempotent by id. */
export async function startInTransaction(tx: Tx, start: Start): Promise<void> {
  await (await engineClient()).enqueueInTransaction(asQueryable(tx), enqueueOptions(start), ...start.args);
}

export async function sendInTransaction(tx: Tx, { workflowId, topic, message, key }: Message): Promise<void> {
  await (await engineClient()).sendInTransaction(asQueryable(tx), workflowId, message, topic, key);
}

export async function enqueue(start: Start): Promise<void> {
  await (await engineClient()).enqueue(enqueueOptions(start), ...start.args);
}

export async function send({ workflowId, topic, message, key }: Message): Promise<void> {
  await (await engineClient()).send(workflowId, message, topic, key);
}
