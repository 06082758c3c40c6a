import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { env } from "@/lib/env";
import { Prisma, PrismaClient } from "@/lib/generated/prisma/client";

export type Db = PrismaClient;
export type Tx = Prisma.TransactionClient;
export { Prisma };

type Connections = { pool: pg.Pool; client: PrismaClient };
// Next evaluates modules repeatedly; the connections must be made once per process.
const store = globalThis as typeof globalThis & { __chairmanDb?: Connections };

function connect(): Connections {
  const pool = new pg.Pool({ connectionString: env().DATABASE_URL, max: 16, idleTimeoutMillis: 30_000 });
  // An idle connection that the server closes must not end the process; the next query opens a new one.
  pool.on("error", () => undefined);
  const client = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: false }) });
  return { pool, client };
}

function connections(): Connections {
  store.__chairmanDb ??= connect();
  return store.__chairmanDb;
}

/** For COPY, LISTEN and set-based SQL, which the ORM does not speak. */
export const pool = (): pg.Pool => connections().pool;

export const db: Db = new Proxy({} as Db, {
  get: (_target, key) => {
    const client = connections().client;
    const value = Reflect.get(client, key);
    return typeof value === "function" ? value.bind(client) : value;
  },
});

export async function disconnect(): Promise<void> {
  const open = store.__chairmanDb;
  store.__chairmanDb = undefined;
  if (!open) return;
  await open.client.$disconnect();
  await open.pool.end();
}
