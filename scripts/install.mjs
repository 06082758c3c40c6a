// Brings node_modules in step with the lock and finds the Node that came with it. Runs on any Node ≥ 18: imports nothing.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

export const ROOT = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "..");

const MARK = path.join(ROOT, "node_modules/.installed-lock");

const lockHash = () =>
  createHash("sha256")
    .update(fs.readFileSync(path.join(ROOT, "package-lock.json")))
    .digest("hex");

/** Whether node_modules is what the lock says. */
export function upToDate() {
  if (!fs.existsSync(path.join(ROOT, "node_modules/.package-lock.json"))) return false;
  if (!fs.existsSync(MARK)) return false;
  return fs.readFileSync(MARK, "utf8") === lockHash();
}

/** Without install scripts: none is needed, and some of them download what is not used here. */
export function install(say) {
  if (upToDate()) return;
  say("Installing the locked dependencies (about half a minute)");
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const run = spawnSync("npm", args, { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"] });
  if (run.status !== 0) {
    say("The dependencies could not be installed; the lines above say why. Run the command again when that is mended.");
    process.exit(1);
  }
  fs.writeFileSync(MARK, lockHash());
}

/** The locked Node (24); where the platform has no package of it, the one that runs now, if it is new enough. */
export function nodeProgram(say) {
  const locked = path.join(ROOT, "node_modules/.bin/node");
  if (fs.existsSync(locked) && spawnSync(locked, ["--version"]).status === 0) return locked;
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  say(`Node ${process.versions.node} is too old: install Node 22.18 or newer, then run the command again.`);
  return process.exit(1);
}
