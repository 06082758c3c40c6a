import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

const ROOT = path.join(import.meta.dirname, "..");
/** Where the servers of the browser's tests keep their data, one folder each. */
export const DATA = path.join(ROOT, process.env.E2E_DATA_DIR ?? ".data/e2e");
/** The loaded demo; no server runs on it. */
export const SEED = path.join(DATA, "seed");

/** The loaded demo as a data folder of its own; owners and modes are kept, as PostgreSQL wants them. */
export function seededCopy(to) {
  fs.mkdirSync(path.dirname(to), { recursive: true });
  const run = spawnSync("cp", ["-a", SEED, to], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(`The demo's data could not be copied: ${run.stderr}`);
}
