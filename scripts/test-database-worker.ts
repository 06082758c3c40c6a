import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, inject } from "vitest";
import { disconnect } from "@/lib/db";

// The same for each file of this process: settings are read once.
const name = `chairman_test_${process.pid}_${process.env.VITEST_POOL_ID ?? "0"}`;

async function administer(sql: string): Promise<void> {
  const client = new pg.Client(inject("adminUrl"));
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

// Every test file has a database of its own, copied from the migrated template.
beforeAll(async () => {
  await administer(`CREATE DATABASE "${name}" TEMPLATE "${inject("templateDatabase")}"`);
});

const url = new URL(inject("adminUrl"));
url.pathname = `/${name}`;
process.env.DATABASE_URL = url.toString();
process.env.NEXTAUTH_SECRET ??= "test-secret-test-secret-test-secret-0000";
process.env.LOG_LEVEL ??= "silent";
// Files of data rooms lie apart too.
const rooms = path.join(tmpdir(), `${name}-rooms`);
process.env.DATA_ROOM_DIR = rooms;

afterAll(async () => {
  rmSync(rooms, { recursive: true, force: true });
  await disconnect();
  await administer(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
});
