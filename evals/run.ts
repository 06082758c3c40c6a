// The evaluations on a model of your choice, on demand: node --import ./scripts/resolve.mjs evals/run.ts --help
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { startDatabase } from "../scripts/embedded-database.mjs";
import type { Check, Played } from "./score";

const HELP = `node --import ./scripts/resolve.mjs evals/run.ts [options]

  --model <provider>/<model>   as AI_MODEL, with AI_API_KEY or the provider's own variable; without it the built-in analyst
  --only <text>                scenarios of which the name holds the text: growth, injection, exit/ready
  --verbose                    also what each answer says
  --json                       everything as JSON

Plays in a database of its own that is thrown away, never in that of the house. Ends with 1 when a rule is not kept.`;

const ROOT = path.join(import.meta.dirname, "..");
const { values: options } = parseArgs({
  options: {
    ...{ model: { type: "string" }, only: { type: "string" }, verbose: { type: "boolean" } },
    ...{ json: { type: "boolean" }, help: { type: "boolean" } },
  },
});

type Result = { id: string; right: string; seconds: number; played: Played; checks: Check[] };

const print = (text: string): void => void process.stdout.write(`${text}\n`);

function migrate(url: string): void {
  const env = { ...process.env, DATABASE_URL: url, CHECKPOINT_DISABLE: "1" };
  const program = path.join(ROOT, "node_modules/.bin/prisma");
  const run = spawnSync(program, ["migrate", "deploy"], { env, encoding: "utf8", cwd: ROOT });
  if (run.status !== 0) throw new Error(`prisma migrate deploy: ${run.stdout}${run.stderr}`);
}

/** Everything that reads settings is loaded only now, when they are set. */
async function playAll(): Promise<Result[]> {
  const [{ play, SCENARIOS }, { score }, { providedModel }, { env }, engine, { mintActor }, { disconnect }] =
    await Promise.all([
      import("./play"),
      import("./score"),
      import("@/lib/integrations/model-provider"),
      import("@/lib/env"),
      import("@/lib/workflows/engine"),
      import("@/lib/auth/actor"),
      import("@/lib/db"),
      import("@/lib/workflows/agent-run"),
    ]);
  const who = { id: "evals", ref: "system:evals", name: "Evaluations", role: "analyst", ventures: "all" } as const;
  const actor = mintActor({ ...who, sessionId: null, steppedUpAt: null });
  const model = providedModel(env());
  if (!options.json) print(`${model?.label ?? "built-in analyst"}\n`);
  await engine.launchEngine();
  const results: Result[] = [];
  for (const scenario of SCENARIOS.filter(({ id }) => id.includes(options.only ?? ""))) {
    const began = performance.now();
    const played = await play(scenario, actor, model);
    const { id, right, expect } = scenario;
    const seconds = (performance.now() - began) / 1_000;
    results.push({ id, right, seconds, played, checks: score(played, expect) });
    if (!options.json) tell(results.at(-1));
  }
  await engine.stopEngine();
  await disconnect();
  return results;
}

function tell(result: Result | undefined): void {
  if (!result) return;
  const { id, right, seconds, played, checks } = result;
  const failed = checks.filter(({ passed }) => !passed);
  const share = `${checks.length - failed.length}/${checks.length}`;
  print(`${failed.length === 0 ? "✓" : "✕"} ${id.padEnd(34)} ${share.padStart(6)} ${seconds.toFixed(1).padStart(7)} s`);
  if (failed.length > 0) print(`    right: ${right}`);
  for (const { rule } of failed) print(`    not kept: ${rule}`);
  if (failed.length > 0 && played.failure) print(`    the run: ${played.failure}`);
  if (options.verbose) print(played.text.replace(/^/gm, "    | "));
}

function summary(results: readonly Result[]): string {
  const checks = results.flatMap((result) => result.checks);
  const kept = checks.filter(({ passed }) => passed).length;
  const whole = results.filter((result) => result.checks.every(({ passed }) => passed)).length;
  return `\n${whole} of ${results.length} scenarios right, ${kept} of ${checks.length} rules kept`;
}

async function main(): Promise<number> {
  if (options.help) {
    print(HELP);
    return 0;
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "chairman-evals-"));
  fs.chmodSync(folder, 0o755);
  const server = await startDatabase({ dataDir: path.join(folder, "pg"), database: "evals" });
  try {
    migrate(server.url);
    Object.assign(process.env, { DATABASE_URL: server.url, DATA_DIR: folder, WATCH: "0", BUILT_IN_PACE_MS: "0" });
    if (options.model) process.env.AI_MODEL = options.model.replace(/^([\w-]+):/, "$1/");
    const results = await playAll();
    print(options.json ? JSON.stringify(results, null, 2) : summary(results));
    return results.length > 0 && results.every(({ checks }) => checks.every(({ passed }) => passed)) ? 0 : 1;
  } finally {
    await server.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

process.exit(await main());
