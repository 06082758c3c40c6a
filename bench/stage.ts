// 500 ventures from the start of stage 40 to the first approval gate, all approved, and on to the next: the product against
// the same bodies and mutations on bare DBOS, and on LangGraph.js with its PostgreSQL checkpointer.
//   node --import ./scripts/resolve.mjs bench/stage.ts [ventures = 500] [rounds = 3]
// LangGraph.js is no dependency: its locked packages are installed from bench/peers/langgraph into .data/peers on demand.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { startDatabase } from "../scripts/embedded-database.mjs";
import { median, report } from "./measure.ts";
import { fillStage } from "./stage/facts.ts";

const ROOT = path.join(import.meta.dirname, "..");
const VENTURES = Number(process.argv[2] ?? 500);
const ROUNDS = Number(process.argv[3] ?? 3);
const LIMITS = { dbos: 1.5, langgraph: 1 } as const;
type Peer = keyof typeof LIMITS;
const NAMES: Readonly<Record<Peer, string>> = { dbos: "bare DBOS", langgraph: "LangGraph.js" };

type Part = { ms: number; cpuMs: number };
type Run = { first: Part; second: Part; rows: Record<string, number> };

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "chairman-bench-"));
fs.chmodSync(folder, 0o755);
const server = await startDatabase({ dataDir: path.join(folder, "pg") });
const addressOf = (name: string): string => Object.assign(new URL(server.url), { pathname: `/${name}` }).href;

/** Where LangGraph.js is, or null where its packages cannot be had. */
function findLangGraph(): string | null {
  const source = path.join(import.meta.dirname, "peers/langgraph");
  const target = process.env.BENCH_PEER_DIR ?? path.join(ROOT, ".data/peers/langgraph");
  const lock = path.join(target, "package-lock.json");
  const isThere = () => fs.existsSync(path.join(target, "node_modules/@langchain/langgraph/package.json"));
  if (isThere() && fs.readFileSync(lock, "utf8") === fs.readFileSync(path.join(source, "package-lock.json"), "utf8"))
    return target;
  fs.mkdirSync(target, { recursive: true });
  for (const file of ["package.json", "package-lock.json"])
    fs.copyFileSync(path.join(source, file), path.join(target, file));
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
  const run = spawnSync("npm", args, { cwd: target, encoding: "utf8", timeout: 300_000 });
  if (run.status === 0 && isThere()) return target;
  process.stdout.write(
    `LangGraph.js could not be installed, so it is not compared: ${run.stderr?.trim().split("\n").at(-1)}\n`,
  );
  return null;
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client(server.url);
  await client.connect();
  await client.query(statement);
  await client.end();
}

async function prepare(): Promise<void> {
  await onServer('CREATE DATABASE "model"');
  const env = { ...process.env, DATABASE_URL: addressOf("model"), CHECKPOINT_DISABLE: "1" };
  const prisma = path.join(ROOT, "node_modules/.bin/prisma");
  const run = spawnSync(prisma, ["migrate", "deploy"], { cwd: ROOT, env, encoding: "utf8" });
  if (run.status !== 0) throw new Error(`${run.stdout}${run.stderr}`);
  await fillStage(addressOf("model"), VENTURES);
}

/** A contender on a fresh copy of the same database, in a process of its own. */
async function run(peer: Peer | null, langGraph: string | null): Promise<Run> {
  await onServer('CREATE DATABASE "run" TEMPLATE "model"');
  const hooks = peer ? ["--import", "./bench/stage/peer-hooks.mjs"] : [];
  const child = spawn(process.execPath, ["--import", "./scripts/resolve.mjs", ...hooks, "bench/stage/contender.ts"], {
    cwd: ROOT,
    env: {
      ...process.env,
      ...{ DATABASE_URL: addressOf("run"), BENCH_PEER: peer ?? "", BENCH_PEER_DIR: langGraph ?? "", ROLE: "both" },
      ...{ NODE_ENV: "production", LOG_LEVEL: "silent", WATCH: "0", DATA_DIR: folder, AI_MODEL: "" },
      ...{ NEXTAUTH_SECRET: "bench-secret-bench-secret-bench-secret-00", NEXTAUTH_URL: "http://127.0.0.1:4403" },
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  await onServer('DROP DATABASE "run" WITH (FORCE)');
  const line = said.split("\n").find((text) => text.startsWith("{"));
  if (code !== 0 || !line) throw new Error(`${peer ?? "the product"} ended with ${code}`);
  return JSON.parse(line) as Run;
}

const GATES = { first: "to the first approval gate", second: "all approved, to the next gate" } as const;

function compare(peer: Peer, ours: readonly Run[], theirs: readonly Run[]): void {
  for (const part of ["first", "second"] as const) {
    const ms = (runs: readonly Run[]) => runs.map((one) => one[part].ms);
    report(`${VENTURES} ventures ${GATES[part]}, against ${NAMES[peer]}`, ms(ours), ms(theirs), LIMITS[peer]);
    const cpu = (runs: readonly Run[]) => median(runs.map((one) => one[part].cpuMs));
    process.stdout.write(
      `  processor time of the process: ${cpu(ours).toFixed(0)} ms against ${cpu(theirs).toFixed(0)} ms, ratio ${(cpu(ours) / cpu(theirs)).toFixed(2)}\n`,
    );
  }
}

try {
  const langGraph = findLangGraph();
  await prepare();
  const peers: Peer[] = langGraph ? ["dbos", "langgraph"] : ["dbos"];
  const runs: Record<Peer | "ours", Run[]> = { ours: [], dbos: [], langgraph: [] };
  for (let round = 0; round < ROUNDS; round++) {
    runs.ours.push(await run(null, null));
    for (const peer of peers) runs[peer].push(await run(peer, langGraph));
  }
  for (const peer of peers) {
    compare(peer, runs.ours, runs[peer]);
    process.stdout.write(
      `  rows: ${JSON.stringify(runs.ours[0]?.rows)} against ${JSON.stringify(runs[peer][0]?.rows)}\n`,
    );
  }
} finally {
  await server.stop();
  fs.rmSync(folder, { recursive: true, force: true });
}
process.exit();
