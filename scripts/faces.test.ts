import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { describe, expect, test } from "vitest";

const ROOT = path.join(import.meta.dirname, "..");
const RUN = ["--import", "./scripts/resolve.mjs"];
// A data folder that does not exist: a computing tool that opened a database would fail here.
const env = { ...process.env, DATA_DIR: path.join(os.tmpdir(), "chairman-no-data"), DATABASE_URL: "" };

function tool(args: readonly string[], input?: unknown) {
  const text = input === undefined ? "" : typeof input === "string" ? input : JSON.stringify(input);
  const run = spawnSync(process.execPath, [...RUN, "scripts/tool.ts", ...args], {
    cwd: ROOT,
    env,
    input: text,
    encoding: "utf8",
  });
  return { status: run.status, answer: JSON.parse(run.stdout) };
}

describe("the command line", () => {
  test("answers a call with exit status 0", () => {
    const { status, answer } = tool(["metrics.revenue-bridge"], {
      startMrr: 100,
      churn: 10,
      contraction: 10,
      expansion: 10,
    });
    expect(status).toBe(0);
    expect(answer).toMatchObject({ ok: true, result: { endMrr: 90, grossChurnRate: 0.2, netChurnRate: 0.1 } });
  });

  test("names every failing field, with exit status 1", () => {
    const { status, answer } = tool(["growth.levers"], { drivers: { id: "r", value: "much" }, horizonMonths: 0 });
    expect(status).toBe(1);
    expect(answer).toMatchObject({ ok: false, error: { code: "INVALID_INPUT" } });
    expect(answer.error.message).toContain("horizonMonths: 1 to 120 months");
  });

  test.each([
    ["an unknown tool", ["metrics.astrology"], {}, "UNKNOWN_TOOL"],
    ["what is no JSON", ["metrics.churn"], "{", "NOT_JSON"],
    ["a file that is not there", ["metrics.churn", "--input", "no-such-file.json"], undefined, "NOT_JSON"],
  ])("ends with 2 for %s", (_case, args, input, code) => {
    expect(tool(args, input)).toMatchObject({ status: 2, answer: { ok: false, error: { code } } });
  });

  test("answers a batch in its order, also past a failure", () => {
    const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "chairman-batch-")), "batch.json");
    const calls = [
      { tool: "metrics.annualize-churn", input: { monthlyRate: 0.025 } },
      { tool: "nothing.at-all", input: {} },
      { tool: "metrics.churn", input: { openingCustomers: 100, churnedOfOpening: 5 } },
    ];
    fs.writeFileSync(file, JSON.stringify(calls));
    const { status, answer } = tool(["--batch", file]);
    expect(status).toBe(0);
    expect(answer.map((one: { ok: boolean }) => one.ok)).toEqual([true, false, true]);
    expect(answer[2].result.churnRate).toBe(0.05);
  });

  test("lists every tool with its schemas, and what it may touch", () => {
    const { answer } = tool(["--list"]);
    const names = answer.map((one: { name: string }) => one.name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(
      expect.arrayContaining(["distribution.waterfall", "metrics.cohorts", "growth.levers", "audit.verify"]),
    );
    for (const one of answer) expect(one).toMatchObject({ input: { type: "object" }, output: { type: "object" } });
  });
});

test("an MCP client lists the reading tools over standard input and output, and calls one", async () => {
  const quiet = Object.fromEntries(
    Object.entries(env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [...RUN, "scripts/mcp.ts"],
    cwd: ROOT,
    env: quiet,
  });
  const client = new Client({ name: "test", version: "1" });
  await client.connect(transport);
  try {
    const { tools } = await client.listTools();
    const names = tools.map((one) => one.name);
    expect(names).toContain("distribution.waterfall");
    expect(names).not.toContain("growth.propose-initiative");
    const classes = [
      { id: "common", kind: "common", shares: 8_000_000 },
      { id: "a", kind: "preferred", shares: 2_000_000, invested: 5_000_000, participation: "none" },
    ];
    const answer = await client.callTool({
      name: "distribution.waterfall",
      arguments: { proceeds: 15_000_000, classes },
    });
    const [content] = answer.content as { text: string }[];
    expect(JSON.parse(content?.text ?? "{}")).toMatchObject({
      ok: true,
      result: { payouts: { common: 10_000_000, a: 5_000_000 } },
    });
  } finally {
    await client.close();
  }
});
