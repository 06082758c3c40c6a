import { expect, test } from "vitest";
import type { Delivered, RunChunk } from "./run-stream";
import { type Recorded, traceOf } from "./trace";
import { asData } from "./untrusted";

const BUILT_IN = "built-in analyst";
const at = (second: number): string => new Date(Date.UTC(2026, 10, 23, 12, 0, second)).toISOString();
const chunks = (all: readonly RunChunk[]): Delivered[] =>
  all.map((chunk, index) => ({ seq: index + 1, at: at(index), chunk }));
const recorded = (name: string, from: number, to: number, output: unknown): Recorded => ({
  ...{ name, output, failed: false, startedAt: at(from), endedAt: at(to) },
});
const spent = (tokensIn: number, tokensOut: number, costMicros: number) => ({
  spent: { steps: 1, tokensIn, tokensOut, costMicros, workMs: 1 },
});
const call = (toolName: string) => ({ type: "tool-call", toolCallId: "c", toolName, input: "{}" });

const figure = {
  ...{ id: "1".repeat(16), revision: 1, label: "Growth rate", value: "0.24", reason: null, unit: "ratio" },
  asOf: "2026-10-31",
} as const;

const SAID: readonly RunChunk[] = [
  { type: "start", step: "begin", agent: "growth", task: "analyse", model: "openai/x", plan: [] },
  { type: "notice", step: "model:1", code: "retry", message: "It was silent. Asking again.", model: null },
  { type: "text", step: "model:1", text: "First. " },
  { type: "tool-call", step: "tool:1.1", callId: "c", tool: "venture.performance", input: { venture: "v" } },
  { type: "rewind", step: "tool:1.1", keep: 0 },
  { type: "tool-call", step: "tool:1.1", callId: "c", tool: "venture.performance", input: { venture: "v" } },
  {
    ...{ type: "tool-result", step: "tool:1.1", callId: "c", tool: "venture.performance", ok: true },
    ...{ summary: "1 figure", figures: [figure] },
  },
  { type: "refused", step: "model:2", subject: "sentence", text: "It is 24 %.", reasons: ["“24”: a number"] },
  { type: "notice", step: "model:2/1", code: "fallback", message: "The provider is away.", model: BUILT_IN },
  { type: "text", step: "model:2/1", text: "It grows." },
  { type: "end", step: "end", status: "succeeded", reason: null, artefactId: null },
];
const RECORDED: readonly Recorded[] = [
  recorded("begin", 0, 1, { label: "openai/x" }),
  recorded("model:1", 1, 3, {
    kind: "said",
    fallback: null,
    content: [call("venture__performance")],
    ...spent(100, 10, 2_250),
  }),
  recorded("tool:1.1", 3, 6, { output: asData("venture.performance", { ok: true, result: 1 }), figures: [], text: {} }),
  recorded("model:2", 6, 7, {
    kind: "refused",
    text: "",
    sentence: "It is 24 %.",
    reasons: [],
    fallback: null,
    ...spent(200, 20, 4_500),
  }),
  recorded("model:2/1", 7, 9, { kind: "said", fallback: "The provider is away", content: [], ...spent(300, 30, 0) }),
  recorded("end", 9, 10, "succeeded"),
];

test("a trace has each step with its model, tokens, cost, time, data, and what went wrong", () => {
  const { steps, total } = traceOf(chunks(SAID), RECORDED, "openai/x", BUILT_IN);
  expect(steps.map(({ title, outcome, model, seconds }) => [title, outcome, model, seconds])).toEqual([
    ["Begin", "done", null, 1],
    ["Model, turn 1", "done", "openai/x", 2],
    ["Tool, turn 1, call 1", "done", null, 3],
    ["Model, turn 2", "refused", "openai/x", 1],
    ["Model, turn 2, second try", "done", BUILT_IN, 2],
    ["End", "done", null, 1],
  ]);
  const [, first, tool, refused, mended] = steps;
  expect(first).toMatchObject({
    asked: ["venture.performance"],
    notices: ["It was silent. Asking again."],
    text: "First. ",
  });
  expect(first?.took).toMatchObject({ tokensIn: 100, tokensOut: 10, costMicros: 2_250 });
  expect(tool).toMatchObject({
    repeats: 1,
    tool: { input: { venture: "v" }, output: { ok: true, result: 1 }, summary: "1 figure", figures: [figure] },
  });
  expect(refused?.refused).toEqual([{ subject: "sentence", text: "It is 24 %.", reasons: ["“24”: a number"] }]);
  expect(mended?.text).toBe("It grows.");
  expect(total).toEqual({
    ...{ steps: 6, modelCalls: 3, toolCalls: 1, retries: 2, mends: 1, repeats: 1, refusals: 1, figures: 1 },
    ...{ models: ["openai/x", BUILT_IN], seconds: 10 },
  });
});

test("without the engine's record the trace is what readers were shown; nothing is made up", () => {
  const { steps, total } = traceOf(chunks(SAID), [], "openai/x", BUILT_IN);
  expect(steps.map(({ name }) => name)).toEqual(["begin", "model:1", "tool:1.1", "model:2", "model:2/1", "end"]);
  expect(steps.every(({ took, tool }) => took === null && (tool === null || tool.output === null))).toBe(true);
  expect(total.refusals).toBe(1);
});

test("a run that waits has no steps", () => {
  expect(traceOf([], [], "m", BUILT_IN)).toMatchObject({ steps: [], total: { steps: 0, seconds: null } });
});
