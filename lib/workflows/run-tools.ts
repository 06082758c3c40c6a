import "server-only";
import { jsonSchema, tool as sdkTool, type ToolSet } from "ai";
import { ZodError } from "zod";
import { usableTools } from "@/lib/agents/agent";
import { type Escalated, escalatedSchema, stageEscalate } from "@/lib/agents/coordinator-tools";
import { callTool, jsonSchemas, type Tool } from "@/lib/agents/define-tool";
import { checkSentence, problemText } from "@/lib/agents/grounding";
import { modelToolName } from "@/lib/agents/matrix";
import { dataSeal, type Returned } from "@/lib/agents/queries/figure-standing";
import type { RunFigure } from "@/lib/agents/run-stream";
import type { ToolFailure } from "@/lib/agents/schema";
import { SentenceBuffer } from "@/lib/agents/sentences";
import { asData, type DataText, dataText } from "@/lib/agents/untrusted";
import { saveFigures } from "@/lib/figures/mutations";
import type { Figure } from "@/lib/figures/schema";
import { figureReference } from "@/lib/figures/schema";
import { logger } from "@/lib/logger";
import { recordBreach } from "./breach";
import { runStep, type Step } from "./engine";
import { fencedTransaction } from "./fence";
import { isStopping, whilePaused } from "./pause";
import { groundingFor } from "./run-model";
import type { RunScene } from "./run-scene";
import { StepWriter } from "./run-writer";

/** What a tool call leaves behind: the answer as the model reads it, and what the run now knows. */
type ToolStep = { output: string; figures: [string, Returned][]; text: DataText; escalated?: Escalated | null };
type Answer = Awaited<ReturnType<typeof callTool>>;

const LONGEST_RESULT = 48_000;

/** The agent's tools as the AI SDK wants them: each call is a step, one after the other. */
export function durableTools(scene: RunScene): ToolSet {
  const calls = { turn: 0, count: 0 };
  const entries = usableTools(scene.spec, scene.tools).map((tool) => {
    const execute = (input: unknown, { toolCallId }: { toolCallId: string }) =>
      scene.guard(async () => {
        Object.assign(calls, calls.turn === scene.turn ? { count: calls.count + 1 } : { turn: scene.turn, count: 1 });
        const name = `tool:${calls.turn}.${calls.count}`;
        await whilePaused(() => isStopping(scene.runId));
        const step = await runStep(name, (context) =>
          toolStep(scene, name, { tool, input, callId: toolCallId }, context),
        );
        remember(scene, step);
        return step.output;
      });
    const inputSchema = jsonSchema<unknown>(jsonSchemas(tool).input as Parameters<typeof jsonSchema>[0]);
    return [modelToolName(tool.name), sdkTool({ description: tool.description, inputSchema, execute })] as const;
  });
  return Object.fromEntries(entries);
}

function remember(scene: RunScene, { figures, text, escalated }: ToolStep): void {
  if (escalated) scene.escalated.set(escalated.matter.id, escalated);
  for (const [id, returned] of figures) scene.returned.set(id, returned);
  for (const name of text.names) scene.names.add(name);
  for (const outside of text.untrusted) scene.untrusted.add(outside);
}

type Call = { tool: Tool; input: unknown; callId: string };

async function toolStep(scene: RunScene, name: string, call: Call, { now }: Step): Promise<ToolStep> {
  const { tool, input, callId } = call;
  const writer = await StepWriter.open(scene.runId, name);
  await writer.write({ type: "tool-call", callId, tool: tool.name, input: input ?? {} });
  await writer.flush();
  // Before the tool reads: what changes from here on is seen.
  const seal = await dataSeal(scene.ventureId);
  const answer = await groundedCall(scene, call, writer, now);
  const figures = answer.ok ? await store(scene, tool, answer.figures, now) : [];
  const summary = answer.ok ? said(figures.length, answer.warnings) : `${answer.error.code}: ${answer.error.message}`;
  await writer.write({ type: "tool-result", callId, tool: tool.name, ok: answer.ok, summary, figures });
  await writer.finish();
  const refs = figures.map(({ id, revision }): [string, Returned] => [id, { revision, seal, given: tool.pure }]);
  return {
    output: asData(tool.name, forModel(answer)),
    figures: refs,
    text: dataText(answer.ok ? answer.result : null),
    escalated: answer.ok && tool.name === stageEscalate.name ? escalatedSchema.parse(answer.result) : null,
  };
}

const said = (count: number, warnings: readonly string[]): string =>
  [count === 1 ? "1 figure" : `${count} figures`, ...warnings].join("; ");

/** What a proposal says to people is checked like any other text before it leaves. */
async function groundedCall(scene: RunScene, { tool, input }: Call, writer: StepWriter, now: Date): Promise<Answer> {
  const { actor, runId, spec, ventureId } = scene;
  if (tool.effect === "propose") {
    const faults = await proseFaults(scene, input);
    for (const { text, reasons } of faults) await writer.write({ type: "refused", subject: "sentence", text, reasons });
    const [first] = faults;
    if (first) return failure("UNGROUNDED", `“${first.text}” was refused: ${first.reasons.join("; ")}`);
  }
  const answer = await callTool(tool, input, { actor, agent: spec.name, runId, now }).catch(asFailure);
  if (!answer.ok && answer.error.code.startsWith("FORBIDDEN")) {
    const reason = answer.error.message;
    await writer.write({ type: "refused", subject: "tool", text: tool.name, reasons: [reason] });
    const refusal = { runId, ventureId, agent: spec.name, task: scene.taskName, tool: tool.name, reason };
    await fencedTransaction((tx) => recordBreach(tx, refusal, now));
  }
  return answer;
}

/** A fault of the tool itself is the same the next time: the agent goes on without it. Anything else may pass. */
function asFailure(error: unknown): ToolFailure {
  const isFault = error instanceof ZodError || (error instanceof TypeError && !("code" in error));
  if (!isFault) throw error;
  logger.error(error);
  return failure("INTERNAL", "The tool failed; the log has the details.");
}

const failure = (code: string, message: string): ToolFailure => ({ ok: false, error: { code, message, path: "" } });

async function proseFaults(scene: RunScene, input: unknown): Promise<{ text: string; reasons: string[] }[]> {
  const faults: { text: string; reasons: string[] }[] = [];
  for (const text of prose(input).filter((candidate) => !scene.names.has(candidate))) {
    const buffer = new SentenceBuffer();
    const grounding = await groundingFor(scene, text);
    for (const sentence of [...buffer.push(text), ...buffer.flush()]) {
      const problems = checkSentence(sentence, grounding);
      if (problems.length > 0) faults.push({ text: sentence.trim(), reasons: problems.map(problemText) });
    }
  }
  return faults;
}

/** Text for people, not keys: everything with a space in it, but for what names a thing of the data. */
function prose(input: unknown, key = ""): string[] {
  if (typeof input === "string")
    return /\s/.test(input.trim()) && !/^(?:id|.*Id|kind|subject|venture)$/.test(key) ? [input] : [];
  if (typeof input !== "object" || input === null) return [];
  return Object.entries(input).flatMap(([name, member]) => prose(member, Array.isArray(input) ? key : name));
}

async function store(scene: RunScene, tool: Tool, figures: readonly Figure[], now: Date): Promise<RunFigure[]> {
  if (figures.length === 0) return [];
  // What was computed from numbers that the model gave belongs to no venture, and cannot be quoted.
  const ventureId = tool.pure ? null : scene.ventureId;
  const own = figures.filter(({ sources }) =>
    sources.every((source) => source.kind !== "dataset" || source.ventureId === scene.ventureId),
  );
  const refs = await fencedTransaction((tx) => saveFigures(tx, ventureId, own, now));
  return own.map(({ id, label, value, reason, unit, asOf }, index) => ({
    id,
    revision: refs[index]?.revision ?? 1,
    label,
    value,
    reason: reason ?? null,
    unit,
    asOf,
  }));
}

/** The figures that it was computed from, by id. */
function fromOf(inputs: Figure["inputs"]): { from?: string[] } {
  const from = Object.values(inputs).flatMap((input) => ("figure" in input ? [input.figure] : []));
  return from.length > 0 ? { from } : {};
}

/** The figures first, each with the reference to quote it by; the result as far as it fits. */
function forModel(answer: Answer): unknown {
  if (!answer.ok) return answer;
  const figures = answer.figures.map(({ id, label, value, reason, unit, asOf, method, inputs }) => ({
    quote: figureReference(id),
    id,
    label,
    value,
    unit,
    asOf,
    method,
    ...(reason ? { reason } : {}),
    ...fromOf(inputs),
  }));
  const fits = JSON.stringify(answer.result ?? null).length <= LONGEST_RESULT;
  const result = fits ? answer.result : "left out: too long; the figures hold what can be quoted";
  return { ok: true, result, figures, warnings: answer.warnings, conventions: answer.conventions };
}
