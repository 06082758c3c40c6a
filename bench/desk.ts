// Time to first byte of the desk with 1,000 ventures against a page of the same stack that does one query.
// npm run bench:desk
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { startDatabase } from "../scripts/embedded-database.mjs";
import { SERVER_FLAGS } from "../scripts/server-flags.mjs";
import { bytes, median, processorTime, report } from "./measure.ts";

const ROOT = path.join(import.meta.dirname, "..");
const EMPTY = path.join(import.meta.dirname, "empty-page");
const BIN = path.join(ROOT, "node_modules/.bin");
const LIMIT = 3;
const ROUNDS = 150;
const PORTS = { ours: 4401, peer: 4402 };

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "chairman-bench-"));
fs.chmodSync(folder, 0o755);
const database = await startDatabase({ dataDir: path.join(folder, "pg") });
Object.assign(process.env, {
  DATABASE_URL: database.url,
  NEXTAUTH_SECRET: "bench-secret-bench-secret-bench-secret-00",
  NEXTAUTH_URL: `http://127.0.0.1:${PORTS.ours}`,
  LOG_LEVEL: "silent",
  CHECKPOINT_DISABLE: "1",
  DATA_DIR: folder,
  NODE_ENV: "production",
  // The night's work would run beside the measurement.
  WATCH: "0",
});
const servers: ChildProcess[] = [];

function must(command: string, args: string[], cwd = ROOT): void {
  const run = spawnSync(path.join(BIN, command), args, { cwd, env: process.env, encoding: "utf8" });
  if (run.status !== 0) throw new Error(`${command} ${args.join(" ")}: ${run.stdout}${run.stderr}`);
}

async function serve(cwd: string, port: number): Promise<void> {
  const next = path.join(ROOT, "node_modules/next/dist/bin/next");
  servers.push(
    spawn(process.execPath, [...SERVER_FLAGS, next, "start", "-p", String(port), "-H", "127.0.0.1"], {
      cwd,
      env: process.env,
      stdio: "ignore",
    }),
  );
  for (let attempt = 0; attempt < 300; attempt++) {
    const answer = await fetch(`http://127.0.0.1:${port}/`, { redirect: "manual" }).catch(() => null);
    if (answer && answer.status < 500) return;
    await pause(100);
  }
  throw new Error(`Nothing answers on port ${port}`);
}

async function fill(): Promise<void> {
  const { fillDesk, fillSnapshots } = await import("./desk-data.ts");
  const client = new pg.Client(database.url);
  await client.connect();
  const { ventures, monthlyPoints, dailyPoints, seconds } = await fillDesk(client, 1_000, "2026-10");
  // As the product leaves them after an import: the pages then show figures, not dashes.
  await fillSnapshots(client, new Date());
  await client.query("VACUUM ANALYZE");
  await client.end();
  console.log(`${ventures} ventures, ${monthlyPoints + dailyPoints} metric points written in ${seconds.toFixed(0)} s`);
}

/** The cookie of a chairman who signed in. */
async function chairmanCookie(): Promise<string> {
  const { db } = await import("@/lib/db");
  const { startSession } = await import("@/lib/auth/sessions");
  const { SESSION_COOKIE } = await import("@/lib/auth/cookies");
  const { encode } = await import("next-auth/jwt");
  const user = await db.user.create({ data: { email: "bench@chairman.example", name: "Bench", role: "chairman" } });
  const client = { address: "127.0.0.1", userAgent: "bench" };
  const now = new Date();
  const sid = await startSession({
    userId: user.id,
    method: "oidc",
    client,
    steppedUpAt: null,
    passwordChangedAt: null,
    now,
  });
  if (!sid) throw new Error("The session was refused");
  return `${SESSION_COOKIE}=${await encode({ token: { sid }, secret: process.env.NEXTAUTH_SECRET ?? "" })}`;
}

async function measure(page: string, cookie: string): Promise<void> {
  const ours = `http://127.0.0.1:${PORTS.ours}${page}`;
  const peer = `http://127.0.0.1:${PORTS.peer}/`;
  for (let i = 0; i < 30; i++) await Promise.all([bytes(ours, { cookie }), bytes(peer)]);
  type Times = { first: number[]; last: number[] };
  const [a, b]: [Times, Times] = [
    { first: [], last: [] },
    { first: [], last: [] },
  ];
  const used = servers.map(({ pid }) => processorTime(pid));
  for (let i = 0; i < ROUNDS; i++) {
    for (const [times, address, headers] of [
      [a, ours, { cookie }],
      [b, peer, {}],
    ] as const) {
      const { first, last } = await bytes(address, headers);
      times.first.push(first);
      times.last.push(last);
    }
  }
  report(`first byte of ${page} with 1,000 ventures`, a.first, b.first, LIMIT);
  const [cpu, peerCpu] = servers.map(({ pid }, index) => (processorTime(pid) - (used[index] ?? 0)) / ROUNDS);
  process.stdout.write(
    `  its last byte: ${median(a.last).toFixed(1)} ms against ${median(b.last).toFixed(1)} ms; processor time of the server: ${cpu?.toFixed(1)} ms against ${peerCpu?.toFixed(1)} ms\n`,
  );
}

try {
  must("prisma", ["migrate", "deploy"]);
  await fill();
  const cookie = await chairmanCookie();
  if (!fs.existsSync(path.join(ROOT, ".next/BUILD_ID"))) must("next", ["build"]);
  must("next", ["build"], EMPTY);
  await serve(ROOT, PORTS.ours);
  await serve(EMPTY, PORTS.peer);
  await measure("/", cookie);
  await measure("/portfolio", cookie);
  // The same by a measure, and by what is wrong: what a person does next.
  await measure("/portfolio?sort=growth&order=descending", cookie);
  await measure("/portfolio?level=critical", cookie);
} finally {
  for (const server of servers) server.kill("SIGKILL");
  const { disconnect } = await import("@/lib/db");
  await disconnect();
  await database.stop();
  fs.rmSync(folder, { recursive: true, force: true });
}
