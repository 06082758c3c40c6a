// Runs every kind of check and ends with one line: how many passed, how many failed.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { chromium } from "./chromium.mjs";
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

/** A command that counts as one check. */
function single(name, command, args) {
  const begun = Date.now();
  const run = spawnSync(path.join(BIN, command), args, { cwd: ROOT, env, stdio: "inherit" });
  count(name, run.status === 0 ? 1 : 0, run.status === 0 ? 0 : 1, (Date.now() - begun) / 1_000);
}

/** A runner whose JSON report holds the counts; a crash without a report is one failure. */
function reported(name, command, args, file, read, more = {}) {
  const begun = Date.now();
  const run = spawnSync(path.join(BIN, command), args, { cwd: ROOT, env: { ...env, ...more }, stdio: "inherit" });
  const counts = fs.existsSync(file) ? read(JSON.parse(fs.readFileSync(file, "utf8"))) : { passed: 0, failed: 1 };
  if (run.status !== 0 && counts.failed === 0) counts.failed = 1;
  if (counts.passed + counts.failed === 0) counts.failed = 1;
  count(name, counts.passed, counts.failed, (Date.now() - begun) / 1_000);
}

function vitest(project) {
  const file = path.join(reports, `${project}.json`);
  const args = ["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile=${file}`];
  reported(project, "vitest", args, file, (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
  }));
}

function endToEnd() {
  const browser = chromium((message) => console.log(`- ${message}`));
  if (!browser) {
    console.log("- end to end: no chromium here; install it (or set CHROMIUM_PATH) and run again");
    totals.failed += 1;
    return;
  }
  const file = path.join(reports, "e2e.json");
  const read = ({ stats }) => ({ passed: stats.expected, failed: stats.unexpected + stats.flaky });
  const more = { CHROMIUM_PATH: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: file };
  reported("end to end", "playwright", ["test", "--reporter=line,json"], file, read, more);
}

const kinds = {
  types: () => single("types", "tsc", ["--noEmit"]),
  lint: () => single("lint", "biome", ["check", "--error-on-warnings", "."]),
  unit: () => vitest("unit"),
  database: () => vitest("database"),
  e2e: endToEnd,
};

const wanted = process.argv.slice(2);
const prepared = spawnSync(path.join(BIN, "prisma"), ["generate"], { cwd: ROOT, env, encoding: "utf8" });
if (prepared.status !== 0) {
  console.log(prepared.stdout, prepared.stderr);
  console.log("0 passed, 1 failed");
  process.exit(1);
}
spawnSync(path.join(BIN, "next"), ["typegen"], { cwd: ROOT, env });
for (const [name, run] of Object.entries(kinds)) if (wanted.length === 0 || wanted.includes(name)) run();
fs.rmSync(reports, { recursive: true, force: true });
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed === 0 && totals.passed > 0 ? 0 : 1);
