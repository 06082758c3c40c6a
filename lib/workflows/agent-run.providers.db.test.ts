import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startRun } from "@/lib/agents/mutations/runs";
import { lastText } from "@/lib/agents/run-stream";
import { db } from "@/lib/db";
import { person } from "@/lib/decisions/test-support/memos";
import { forgetBreakers } from "@/lib/integrations/model-breaker";
import { CALL_POLICY } from "@/lib/integrations/model-call";
import { providedModel } from "@/lib/integrations/model-provider";
import { type Behaviour, type Loopback, startLoopback } from "@/lib/integrations/test-support/loopback-provider";
import "./agent-run";
import { launchEngine, stopEngine } from "./engine";
import { type RunRuntime, replaceRuntime } from "./run-runtime";
import { newVenture, TOOLS, viewOf } from "./test-support/run-stage";

/** A whole run through the real adapters, over the wire format of each provider: tools, their answers, a report. */
process.env.BUILT_IN_PACE_MS = "0";

const ana = person("analyst", "ana");
let restore: () => void = () => undefined;
let server: Loopback | null = null;

beforeAll(() => launchEngine());
afterEach(async () => {
  restore();
  forgetBreakers();
  await server?.close();
});
afterAll(() => stopEngine());

const policy = () => ({ ...CALL_POLICY, backoffMs: 1, firstPartMs: 20_000, idleMs: 20_000 });
const limits = { steps: 100, tokens: 1_000_000, costMicros: 1_000_000_000, workMs: 600_000 };

type Wire = "anthropic" | "google";
type Script = (asked: string, n: number) => Behaviour;

async function runOver(wire: Wire, script: (ventureId: string) => Script, parts: Partial<RunRuntime> = {}) {
  const ventureId = await newVenture();
  const answer = script(ventureId);
  server = await startLoopback((request, n) => answer(JSON.stringify(request), n), wire);
  const { url } = server;
  const provider = () => providedModel({ AI_MODEL: `${wire}/m`, AI_BASE_URL: url, AI_API_KEY: "k" });
  restore = replaceRuntime({ provider, tools: async () => TOOLS, policy, ...parts });
  const { runId } = await startRun(ana, { ventureId, agent: "growth", task: "analyse", model: "?" }, new Date());
  await expect
    .poll(async () => (await db.agentRun.findUniqueOrThrow({ where: { id: runId } })).status, { timeout: 20_000 })
    .toMatch(/^(succeeded|failed|stopped)$/);
  const run = await db.agentRun.findUniqueOrThrow({ where: { id: runId } });
  return { run, view: await viewOf(runId), requests: server.requests };
}

const read = (ventureId: string): Behaviour => ({
  kind: "answer",
  text: "First the figures. ",
  toolCalls: [{ id: "toolu_01", name: "venture__performance", arguments: JSON.stringify({ venture: ventureId }) }],
});

/** The reference to the growth figure, as the answer of the tool that stands in the request gives it. */
const growthIn = (asked: string): string | null =>
  /\[\[fig:[0-9a-f]{16}\]\](?=[^[]*?metrics\.venture\.growth_rate@1)/.exec(asked)?.[0] ?? null;

describe.each<Wire>(["anthropic", "google"])("%s", (wire) => {
  test("calls a tool, reads its answer, and writes a report over its figures", async () => {
    const { run, view, requests } = await runOver(wire, (ventureId) => (asked) => {
      const quote = growthIn(asked);
      return quote ? { kind: "answer", text: `## Summary\n\nGrowth is ${quote}.\n` } : read(ventureId);
    });
    expect(run).toMatchObject({
      status: "succeeded",
      fallback: null,
      model: `${wire}/m`,
      tokensIn: 200,
      tokensOut: 40,
    });
    expect(lastText(view)).toMatch(/^## Summary\n\nGrowth is \[\[fig:[0-9a-f]{16}\]\]\.\n$/);
    expect(view.items.filter((item) => item.kind === "tool")).toMatchObject([
      { tool: "venture.performance", outcome: { ok: true } },
    ]);
    expect(requests).toHaveLength(2);
    // The data reaches the model marked as data.
    expect(JSON.stringify(requests[1])).toContain("trust=");
  });

  test("a made-up number is refused and mended over the same wire", async () => {
    const { run, view, requests } = await runOver(wire, (ventureId) => (asked) => {
      const quote = growthIn(asked);
      if (!quote) return read(ventureId);
      const told = asked.includes("Your answer was refused");
      return { kind: "answer", text: told ? `Growth is ${quote}.` : "Growth is 24 %." };
    });
    expect(run).toMatchObject({ status: "succeeded", fallback: null });
    expect(lastText(view)).toMatch(/^Growth is \[\[fig:[0-9a-f]{16}\]\]\.$/);
    expect(requests).toHaveLength(3);
  });

  test("overloaded half-way, the built-in analyst goes on from there, labelled", async () => {
    const { run, view, requests } = await runOver(
      wire,
      (ventureId) => (_asked, n) => (n === 0 ? read(ventureId) : { kind: "overloaded", text: "Growth is good. It " }),
    );
    expect(run.status).toBe("succeeded");
    expect(run.fallback).toMatch(/^(anthropic\/m is overloaded \(529\)|google\/m answered 503)$/);
    expect(view.model).toBe("built-in analyst");
    expect(lastText(view)).not.toContain("Growth is good. It");
    expect(view.items.flatMap((item) => (item.kind === "tool" ? [item.tool] : []))).toEqual([
      "venture.performance",
      "venture.levers",
      "growth.propose-initiative",
    ]);
    expect(requests).toHaveLength(4);
  });

  test("the tokens that the wire counts end a run at its limit", async () => {
    const { run } = await runOver(wire, (ventureId) => () => read(ventureId), {
      limits: () => ({ ...limits, tokens: 300 }),
    });
    expect(run).toMatchObject({ status: "stopped", failure: "Stopped: the run reached its limit of tokens." });
  });
});
