import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { DBOS } from "@dbos-inc/dbos-sdk";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startDatabase } from "./embedded-database.mjs";

declare module "vitest" {
  interface ProvidedContext {
    adminUrl: string;
    templateDatabase: string;
  }
}

const TEMPLATE = `chairman_test_template_${process.pid}`;

/** What is written here need not outlive the run. */
const FORGETFUL = {
  fsync: "off",
  full_page_writes: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  autovacuum: "off",
};

type Made = { adminUrl: string; users: number; end: () => Promise<void> };
const store = globalThis as typeof globalThis & { __chairmanTestDatabase?: Promise<Made> };

/** One server and one migrated template for the run, whatever projects are part of it; each file copies the template (test-database-worker.ts). */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  store.__chairmanTestDatabase ??= make();
  const made = await store.__chairmanTestDatabase;
  made.users += 1;
  project.provide("adminUrl", made.adminUrl);
  project.provide("templateDatabase", TEMPLATE);
  return async () => {
    made.users -= 1;
    if (made.users === 0) await made.end();
  };
}

async function make(): Promise<Made> {
  const given = process.env.TEST_DATABASE_URL ?? process.env.DATABASE_URL;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "chairman-test-"));
  fs.chmodSync(folder, 0o755);
  const server = given ? null : await startDatabase({ dataDir: path.join(folder, "pg"), settings: FORGETFUL });
  const adminUrl = at(server?.url ?? given ?? "", "postgres");
  await execute(adminUrl, `CREATE DATABASE "${TEMPLATE}"`);
  migrate(at(adminUrl, TEMPLATE));
  // The engine's own tables too: made once, not by the first process of each test file.
  await DBOS.migrate(at(adminUrl, TEMPLATE));
  const end = async () => {
    await execute(adminUrl, `DROP DATABASE IF EXISTS "${TEMPLATE}" WITH (FORCE)`);
    await server?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  };
  return { adminUrl, users: 0, end };
}

function at(address: string, database: string): string {
  const url = new URL(address);
  url.pathname = `/${database}`;
  return url.toString();
}

async function execute(address: string, sql: string): Promise<void> {
  const client = new pg.Client(address);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function migrate(url: string): void {
  const prisma = path.join(import.meta.dirname, "../node_modules/.bin/prisma");
  const env = { ...process.env, DATABASE_URL: url, CHECKPOINT_DISABLE: "1" };
  const run = spawnSync(prisma, ["migrate", "deploy"], {
    env,
    encoding: "utf8",
    cwd: path.join(import.meta.dirname, ".."),
  });
  if (run.status !== 0) throw new Error(`prisma migrate deploy: ${run.stdout}${run.stderr}`);
}
