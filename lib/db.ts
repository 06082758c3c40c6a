import "server-only";
import { createHash } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { DriverAdapterError, type IsolationLevel, type SqlQuery, type Transaction } from "@prisma/driver-adapter-utils";
import pg from "pg";
import { env } from "@/lib/env";
import { Prisma, PrismaClient } from "@/lib/generated/prisma/client";

export type Db = PrismaClient;
export type Tx = Prisma.TransactionClient;
export { Prisma };

type Connections = { pool: pg.Pool; clients: Map<string, PrismaClient> };
// Next evaluates modules repeatedly; the connections must be made once per process.
const store = globalThis as typeof globalThis & { __chairmanConnections?: Connections };

function connect(): Connections {
  const pool = new pg.Pool({ connectionString: env().DATABASE_URL, max: 16, idleTimeoutMillis: 30_000 });
  // An idle connection that the server closes must not end the process; the next query opens a new one.
  pool.on("error", () => undefined);
  return { pool, clients: new Map() };
}

/** A development server outlives `prisma generate`: code of another schema than before gets a client of its own. */
const SCHEMA = JSON.stringify(Object.entries(Prisma).filter(([name]) => name.endsWith("ScalarFieldEnum")));

/** A machine that is busy for a while keeps what people save waiting, and does not refuse it after five seconds. */
const PATIENCE = { timeout: 30_000, maxWait: 20_000 };

const ENDS: readonly string[] = ["COMMIT", "ROLLBACK"];

/**
 * A transaction whose time is over is rolled back and its connection given away while one of its queries may have
 * statements left to send: they would be part of whatever runs on that connection next. After its end nothing is sent.
 */
function sealed(tx: Transaction): Transaction {
  const send = { query: tx.queryRaw.bind(tx), execute: tx.executeRaw.bind(tx) };
  let over = false;
  const unlessOver = async <T>(query: SqlQuery, by: (query: SqlQuery) => Promise<T>): Promise<T> => {
    if (over) throw new DriverAdapterError({ kind: "TransactionAlreadyClosed", cause: "It has ended." });
    over = ENDS.includes(query.sql);
    return by(query);
  };
  return Object.assign(tx, {
    queryRaw: (query: SqlQuery) => unlessOver(query, send.query),
    executeRaw: (query: SqlQuery) => unlessOver(query, send.execute),
  });
}

class SealingPg extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    const start = adapter.startTransaction.bind(adapter);
    const startTransaction = async (level?: IsolationLevel) => sealed(await start(level));
    return Object.assign(adapter, { startTransaction });
  }
}

function clientOf({ pool, clients }: Connections): PrismaClient {
  const known = clients.get(SCHEMA);
  if (known) return known;
  const adapter = new SealingPg(pool, { disposeExternalPool: false });
  const client = new PrismaClient({ adapter, transactionOptions: PATIENCE });
  clients.set(SCHEMA, client);
  return client;
}

function connections(): Connections {
  store.__chairmanConnections ??= connect();
  return store.__chairmanConnections;
}

/** For COPY, LISTEN and set-based SQL, which the ORM does not speak. */
export const pool = (): pg.Pool => connections().pool;

// Named by its text: Next evaluates this module more than once over one pool, and a name may stand for one text only.
const names = new Map<string, string>();

function nameOf(text: string): string {
  const name = names.get(text) ?? createHash("sha256").update(text).digest("hex").slice(0, 32);
  names.set(text, name);
  return name;
}

/**
 * Plain SQL that pages ask again and again: each connection parses and plans it once. The text is a constant of the
 * code, and everything that varies is a value (docs/decisions/0021-hot-reads-are-prepared.md).
 */
export async function read<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[]): Promise<Row[]> {
  return (await pool().query<Row>({ name: nameOf(text), text, values: [...values] })).rows;
}

export const db: Db = new Proxy({} as Db, {
  get: (_target, key) => {
    const client = clientOf(connections());
    const value = Reflect.get(client, key);
    return typeof value === "function" ? value.bind(client) : value;
  },
});

export async function disconnect(): Promise<void> {
  const open = store.__chairmanConnections;
  store.__chairmanConnections = undefined;
  if (!open) return;
  for (const client of open.clients.values()) await client.$disconnect();
  await open.pool.end();
}
