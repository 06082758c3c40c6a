// Runs every kind of check and ends with one line: how many passed, how many failed.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "./chromium.mjs";
import { clientOf, unlessMade } from "./fingerprint.mjs";
import { ROOT } from "./install.mjs";

const BIN = path.join(ROOT, "node_modules/.bin");
const reports = fs.mkdtempSync(path.join(os.tmpdir(), "chairman-check-"));
const env = {
  ...process.env,
  PATH: `${BIN}${path.delimiter}${process.env.PATH}`,
  CHECKPOINT_DISABLE: "1",
  NEXT_TELEMETRY_DISABLED: "1",
};

const totals = { passed: 0, failed: 0 };

function count(name, passed, failed, seconds) {
  totals.passed += passed;
  totals.failed += failed;
  console.log(`- ${name}: ${passed} passed, ${failed} failed (${seconds.toFixed(0)} s)`);
}

/** To its end; each line of it says which check speaks, for two run at a time. */
function spoken(name, command, args, settings = {}) {
  const options = { cwd: ROOT, env: { ...env, ...settings }, stdio: ["ignore", "pipe", "pipe"] };
  const child = spawn(path.join(BIN, command), args, options);
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on("line", (line) => console.log(`${name} | ${line}`));
  return new Promise((resolve) => {
    child.on("error", () => resolve(1));
    child.on("close", (code) => resolve(code ?? 1));
  });
}

/** A command that counts as one check. */
async function single(name, command, args) {
  const begun = Date.now();
  const failed = (await spoken(name, command, args)) === 0 ? 0 : 1;
  count(name, 1 - failed, failed, (Date.now() - begun) / 1_000);
}

/** A runner whose JSON report holds the counts; a crash without a report is one failure. */
async function reported(name, command, args, file, read, settings = {}) {
  const begun = Date.now();
  const status = await spoken(name, command, args, settings);
  const counts = fs.existsSync(file) ? read(JSON.parse(fs.readFileSync(file, "utf8"))) : { passed: 0, failed: 1 };
  if (status !== 0 && counts.failed === 0) counts.failed = 1;
  if (counts.passed + counts.failed === 0) counts.failed = 1;
  count(name, counts.passed, counts.failed, (Date.now() - begun) / 1_000);
}

function vitest(name, project, files = more) {
  const file = path.join(reports, `${name}.json`);
  const args = ["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile=${file}`, ...files];
  return reported(name, "vitest", args, file, (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
  }));
}

async function endToEnd() {
  const browser = chromium((message) => console.log(`- ${message}`));
  if (!browser) {
    console.log("- e2e: no chromium here; install it (or set CHROMIUM_PATH) and run again");
    totals.failed += 1;
    return;
  }
  const file = path.join(reports, "e2e.json");
  const read = ({ stats }) => ({ passed: stats.expected, failed: stats.unexpected + stats.flaky });
  const settings = { CHROMIUM_PATH: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: file };
  await reported("e2e", "playwright", ["test", "--reporter=list,json", ...more], file, read, settings);
}

const kinds = {
  types: () => single("types", "tsc", ["--noEmit"]),
  lint: () => single("lint", "biome", ["check", "--error-on-warnings", "."]),
  architecture: () => vitest("architecture", "unit", ["lib/architecture.test.ts"]),
  unit: () => vitest("unit", "unit"),
  database: () => vitest("database", "database*"),
  e2e: endToEnd,
};

/** Side by side: a browser and a killed process wait for much, and the other lane computes meanwhile. */
const LANES = [
  ["lint", "database"],
  ["types", "e2e", "unit"],
];

/** Kinds by name, and what else goes to their runners: `node scripts/test.mjs unit lib/money`. */
const wanted = process.argv.slice(2).filter((argument) => argument in kinds);
const more = process.argv.slice(2).filter((argument) => !(argument in kinds));

async function lane(names) {
  for (const name of names) await kinds[name]();
}

function generate() {
  const run = spawnSync(path.join(BIN, "prisma"), ["generate"], { cwd: ROOT, env, encoding: "utf8" });
  if (run.status === 0) return;
  console.log(run.stdout, run.stderr);
  console.log("0 passed, 1 failed");
  process.exit(1);
}

// Marked as made, so that the build leaves it alone while the other lane reads it.
const client = clientOf(ROOT);
await unlessMade(client.mark, client.print, async () => generate());
spawnSync(path.join(BIN, "next"), ["typegen"], { cwd: ROOT, env });
await Promise.all((wanted.length > 0 ? [wanted] : LANES).map(lane));
fs.rmSync(reports, { recursive: true, force: true });
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed === 0 && totals.passed > 0 ? 0 : 1);
