// The command-line face of the tool registry: npm run -s tool -- <name> | --list | --batch <file>
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { callTool, jsonSchemas, type ToolCall } from "@/lib/agents/define-tool";
import { allTools, findTool } from "@/lib/agents/registry";
import type { ToolFailure } from "@/lib/agents/schema";

const HELP = `npm run -s tool -- <name> [--input file]   one call; JSON on standard input unless --input is given
npm run -s tool -- --batch file            a file with an array of { "tool", "input" }
npm run -s tool -- --list                  every tool with its JSON schema`;

const USAGE = 2;

const failure = (code: string, message: string, path = ""): ToolFailure => ({
  ok: false,
  error: { code, message, path },
});

class NotJson extends Error {}

function readJson(file: string | undefined): unknown {
  const text = readFileSync(file ?? 0, "utf8");
  if (file === undefined && text.trim() === "") return {};
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new NotJson(`This is not JSON: ${cause instanceof Error ? cause.message : "unreadable"}`);
  }
}

async function answer(name: unknown, input: unknown) {
  const tool = typeof name === "string" ? await findTool(name) : null;
  if (!tool) return failure("UNKNOWN_TOOL", `There is no tool "${String(name)}"; --list names them all`, "tool");
  try {
    return await callTool(tool, input, await caller(tool.pure));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    return failure("INTERNAL", "The tool failed; the reason is on standard error");
  }
}

/** Computing tools need nobody; tools over stored data run as the person at this machine. */
async function caller(pure: boolean): Promise<ToolCall> {
  const nobody: ToolCall = { actor: null, agent: null, runId: null, now: new Date() };
  if (pure) return nobody;
  const { commandLineActor } = await import("./command-line-actor.ts");
  return { ...nobody, actor: await commandLineActor() };
}

async function list() {
  const tools = await allTools();
  return tools.map((tool) => ({
    name: tool.name,
    description: tool.description,
    effect: tool.effect,
    pure: tool.pure,
    reads: tool.reads,
    writes: tool.writes,
    ...jsonSchemas(tool),
  }));
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      list: { type: "boolean" },
      batch: { type: "string" },
      input: { type: "string" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return print(HELP);
  if (values.list) return print(await list());
  if (values.batch !== undefined) {
    const calls = readJson(values.batch);
    if (!Array.isArray(calls)) throw new NotJson('A batch is an array of { "tool", "input" }');
    const answers: unknown[] = [];
    for (const call of calls) answers.push(await answer(call?.tool, call?.input ?? {}));
    return print(answers);
  }
  const [name] = positionals;
  if (!name) {
    process.stderr.write(`${HELP}\n`);
    return USAGE;
  }
  const given = await answer(name, readJson(values.input));
  print(given);
  if (given.ok) return 0;
  return given.error.code === "UNKNOWN_TOOL" ? USAGE : 1;
}

function print(value: unknown): number {
  const text =
    typeof value === "string"
      ? value
      : JSON.stringify(value, (_key, part) => (typeof part === "bigint" ? part.toString() : part), 2);
  process.stdout.write(`${text}\n`);
  return 0;
}

async function leave(code: number): Promise<never> {
  const { closeCommandLine } = await import("./command-line-actor.ts");
  await closeCommandLine();
  process.exitCode = code;
  // A pipe takes 64 KiB at once: to leave before the rest is written would cut a long answer off.
  await new Promise<void>((done) => process.stdout.write("", () => done()));
  return process.exit(code);
}

try {
  await leave(await main());
} catch (error) {
  const known =
    error instanceof NotJson ||
    (error instanceof Error && "code" in error && String(error.code).match(/ENOENT|ERR_PARSE_ARGS|EISDIR/));
  if (!known) throw error;
  print(failure("NOT_JSON", error instanceof Error ? error.message : String(error)));
  await leave(USAGE);
}
