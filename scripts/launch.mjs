// The launcher: database, migrations, demo data, server; in order up, in reverse order down. With `--prepare` all but
// the server: the next start serves at once.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { decideStart } from "./decide-start.mjs";
import { startDatabase } from "./embedded-database.mjs";
import { clientOf, fingerprint, isMade, unlessMade } from "./fingerprint.mjs";
import { ROOT } from "./install.mjs";
import { register, runningFromHere, whileBuilding } from "./running.mjs";
import { SERVER_FLAGS } from "./server-flags.mjs";

const begun = Date.now();
const say = (message) => console.log(`  ${((Date.now() - begun) / 1_000).toFixed(1).padStart(5)} s  ${message}`);

const data = path.resolve(ROOT, process.env.DATA_DIR ?? ".data");
const port = Number(process.env.PORT ?? 3000);
const host = process.env.HOST ?? "127.0.0.1";
const prepareOnly = process.argv.includes("--prepare");
const production = process.env.NODE_ENV === "production" && Boolean(process.env.DATABASE_URL);
const dist = process.env.NEXT_DIST_DIR ?? ".next";
const address = `http://${host === "0.0.0.0" ? "127.0.0.1" : host}:${port}`;

/** What a build is made from; tests and generated files are left out. */
const SOURCES = [
  "app",
  "components",
  "lib",
  "prisma/schema",
  "public",
  "package-lock.json",
  "next.config.ts",
  "tsconfig.json",
];
const MORE = ["proxy.ts", "instrumentation.ts", "postcss.config.mjs"];

class Stop extends Error {}
/** Nothing failed, there was just nothing to do. */
class Leave extends Error {}

const running = new Set();
let database = null;
let registered = null;
let leaving = null;

function program(name, args, env, options = {}) {
  const file = name === "node" ? process.execPath : path.join(ROOT, "node_modules/.bin", name);
  const child = spawn(file, args, { cwd: ROOT, env, stdio: "inherit", ...options });
  running.add(child);
  child.on("exit", () => running.delete(child));
  return child;
}

/** Runs to the end; its output is shown only when it fails. */
function finished(name, args, env, show = false) {
  return new Promise((resolve, reject) => {
    const child = program(name, args, env, { stdio: ["ignore", show ? "inherit" : "pipe", show ? "inherit" : "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (text) => {
        output += text;
      });
    }
    child.on("error", reject);
    child.on("exit", (code) => {
      if (code === 0) resolve(output);
      else if (leaving || show) reject(new Stop("Nothing was started; the lines above say why."));
      else reject(new Stop(`${name} ${args.join(" ")} ended with ${code}.\n${output}`));
    });
  });
}

function portIsFree(number) {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once("error", () => resolve(false));
    probe.listen(number, host, () => probe.close(() => resolve(true)));
  });
}

async function checkPort() {
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Stop(`PORT is "${process.env.PORT}", but must be 1 to 65535.`);
  // A server whose launcher was just killed needs a moment to notice.
  for (let attempt = 0; attempt < 20; attempt++) {
    if (await portIsFree(port)) return;
    await sleep(100);
  }
  let free = port + 1;
  while (free < port + 50 && !(await portIsFree(free))) free += 1;
  throw new Stop(`Port ${port} is taken by another program. Choose another one: PORT=${free} npm start`);
}

/** Kept in the data folder, so that sessions outlive a restart. */
function secret(name) {
  const file = path.join(data, name);
  if (!fs.existsSync(file)) fs.writeFileSync(file, randomBytes(32).toString("hex"), { mode: 0o600 });
  return fs.readFileSync(file, "utf8").trim();
}

async function openDatabase() {
  if (process.env.DATABASE_URL) {
    say("Using the PostgreSQL server of DATABASE_URL");
    return process.env.DATABASE_URL;
  }
  database = await startDatabase({ dataDir: path.join(data, "pg") });
  say(database.reused ? "The embedded PostgreSQL was still running; using it" : "The embedded PostgreSQL is running");
  return database.url;
}

/** What the database has already: asked with one connection, so that a restart starts no process for what is done. */
async function lookInto(env) {
  const { default: pg } = await import("pg");
  const client = new pg.Client(env.DATABASE_URL);
  await client.connect().catch((cause) => {
    throw new Stop(`The database of DATABASE_URL does not answer: ${cause.message}`);
  });
  const has = (sql) =>
    client
      .query(sql)
      .then(({ rows }) => rows.map(({ name }) => name))
      .catch(() => []);
  const applied = await has(`SELECT migration_name AS name FROM "_prisma_migrations"
    WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`);
  const demo = await has(
    `SELECT type AS name FROM "event" WHERE subject = 'demo:portfolio' AND type = 'demo.completed'`,
  );
  await client.end();
  const wanted = fs.readdirSync(path.join(ROOT, "prisma/migrations")).filter((name) => /^\d+_/.test(name));
  return { migrated: wanted.every((name) => applied.includes(name)), seeded: demo.length > 0 };
}

async function migrate(env) {
  await finished("prisma", ["migrate", "deploy"], env);
  say("The tables are up to date");
}

/** What is made from the sources, and what from. */
function products() {
  return {
    client: clientOf(ROOT),
    build: { mark: path.join(ROOT, dist, "made-from"), print: fingerprint(ROOT, [...SOURCES, ...MORE]) },
  };
}

/** Whether everything is of the present sources; from then on this process counts as one that serves from it. */
function isCurrent() {
  registered.say("serving");
  const current = Object.values(products()).every(({ mark, print }) => isMade(mark, print));
  if (!current) registered.say("starting");
  return current;
}

async function prepare(env) {
  if (isCurrent()) return;
  await whileBuilding(
    () => say("Another start is building; waiting for it"),
    async () => {
      const situation = { holder: null, others: runningFromHere(), dist, installed: true, current: isCurrent() };
      const decision = decideStart(situation);
      if (decision.do === "refuse") throw new Stop(decision.sentence);
      if (decision.do === "build") await build(env);
    },
  );
  registered.say("serving");
}

async function build(env) {
  const { client } = products();
  await unlessMade(client.mark, client.print, () => finished("prisma", ["generate"], env));
  const { mark, print } = products().build;
  const made = await unlessMade(mark, print, async () => {
    say("Building the application (about half a minute, once per version)");
    await finished("next", ["build"], env);
  });
  if (made) say("Built");
}

async function people(env) {
  const own = ["--import", "./scripts/resolve.mjs"];
  if (production) {
    await finished("node", [...own, "scripts/first-account.ts"], env, true);
    return;
  }
  await finished("node", [...own, "prisma/seed.ts"], env, true);
}

async function serve(env) {
  const preload = pathToOption(path.join(ROOT, "scripts/follow-parent.mjs"));
  const options = { stdio: ["ignore", "inherit", "inherit", "ipc"] };
  const server = program(
    "node",
    [
      ...SERVER_FLAGS,
      "--import",
      preload,
      path.join(ROOT, "node_modules/next/dist/bin/next"),
      ...["start", "-p", String(port), "-H", host],
    ],
    env,
    options,
  );
  const ended = new Promise((resolve) => server.on("exit", resolve));
  for (let attempt = 0; attempt < 600; attempt++) {
    const answer = await Promise.race([fetch(`${address}/api/health`).catch(() => null), ended.then(() => "ended")]);
    if (answer === "ended") throw new Stop("The server stopped while starting; the lines above say why.");
    if (answer?.ok) break;
    await sleep(50);
  }
  await welcome();
  await ended;
  if (!leaving) throw new Stop("The server stopped by itself; the lines above say why.");
}

const pathToOption = (file) => new URL(`file://${file}`).href;

async function welcome() {
  say("Ready");
  console.log(`\n  Chairman: ${address}\n`);
  if (production) return;
  const { DEMO_SIGN_INS } = await import("../lib/auth/demo.ts");
  console.log("  Demo sign-ins");
  for (const { email, password, role } of DEMO_SIGN_INS)
    console.log(`    ${role.padEnd(9)} ${email.padEnd(34)} ${password}`);
  console.log("\n  Ctrl-C stops everything.\n");
}

async function stop() {
  leaving ??= (async () => {
    for (const child of running) child.kill("SIGTERM");
    for (let waited = 0; running.size > 0 && waited < 100; waited++) await sleep(100);
    for (const child of running) child.kill("SIGKILL");
    await database?.stop();
    registered?.leave();
  })();
  await leaving;
}

async function main() {
  fs.mkdirSync(data, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const registration = register({ address, dist, data });
  if ("holder" in registration) {
    const others = { others: [], dist, installed: true, current: true };
    throw new Leave(decideStart({ holder: registration.holder, ...others }).sentence);
  }
  registered = registration;
  if (!prepareOnly) await checkPort();
  const databaseAddress = await openDatabase();
  const env = {
    ...process.env,
    NODE_ENV: "production",
    // The engine's driver of the database warns about itself.
    NODE_OPTIONS: "--disable-warning=DeprecationWarning",
    DATABASE_URL: databaseAddress,
    DEMO: production ? "0" : "1",
    DATA_DIR: data,
    NEXTAUTH_SECRET: process.env.NEXTAUTH_SECRET ?? secret("secret"),
    NEXTAUTH_URL: process.env.NEXTAUTH_URL ?? address,
    EXECUTOR_ID: process.env.EXECUTOR_ID ?? `${os.hostname()}-${secret("executor").slice(0, 8)}`,
    LOG_LEVEL: process.env.LOG_LEVEL ?? "warn",
    NEXT_TELEMETRY_DISABLED: "1",
    CHECKPOINT_DISABLE: "1",
    PATH: `${path.join(ROOT, "node_modules/.bin")}${path.delimiter}${process.env.PATH}`,
  };
  await prepare(env);
  const { migrated, seeded } = await lookInto(env);
  if (!migrated) await migrate(env);
  if (production || !seeded) await people(env);
  if (!prepareOnly) await serve(env);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, async () => {
    if (!leaving) say("Stopping");
    await stop();
    process.exit(0);
  });
}
process.on("disconnect", async () => {
  await stop();
  process.exit(1);
});

try {
  await main();
  await stop();
  process.exit(0);
} catch (error) {
  if (error instanceof Leave) {
    console.log(`\n  ${error.message}\n`);
    process.exit(0);
  }
  if (!leaving && error instanceof Stop) console.error(`\n  ${error.message}\n`);
  else if (!leaving) console.error(error);
  await stop();
  process.exit(1);
}
