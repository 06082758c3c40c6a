// A server for the browser's tests on a data folder of its own: `node e2e/serve.mjs <folder>`. The demo is loaded once
// and copied, so that every run begins with the same data and a second server costs no second load.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { DATA, SEED, seededCopy } from "./seeded-copy.mjs";

const ROOT = path.join(import.meta.dirname, "..");
const START = path.join(ROOT, "scripts/start.mjs");
const folder = path.join(DATA, process.argv[2] ?? "0");

const env = { ...process.env, DATA_DIR: SEED };
const prepared = spawnSync(process.execPath, [START, "--prepare"], { cwd: ROOT, env, stdio: "inherit" });
if (prepared.status !== 0) process.exit(prepared.status ?? 1);
fs.rmSync(folder, { recursive: true, force: true });
seededCopy(folder);

const server = spawn(process.execPath, [START], {
  cwd: ROOT,
  // The demo's past weeks would be written beside the journeys; one of them writes a report itself.
  env: { ...process.env, DATA_DIR: folder, WEEKLY: "0" },
  stdio: "inherit",
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => server.kill(signal));
server.on("exit", (code) => process.exit(code ?? 1));
