import { z } from "zod";
import { type Delivered, effectiveLog, type RunChunk, type RunFigure } from "./run-stream";
import { readData } from "./untrusted";

/** A run as whoever looks into it reads it: step by step, from what the engine recorded and what readers were shown. Pure. */

export type Recorded = {
  name: string;
  output: unknown;
  failed: boolean;
  startedAt: string | null;
  endedAt: string | null;
};

/** What a call of a model took; null where the engine holds no record of it. */
export type Took = { tokensIn: number; tokensOut: number; costMicros: number };
export type Refused = { subject: "sentence" | "tool"; text: string; reasons: string[] };

export type TraceStep = {
  name: string;
  kind: "begin" | "model" | "tool" | "refusal" | "end";
  /** As a person calls it: "Model, turn 2, second try". */
  title: string;
  startedAt: string | null;
  seconds: number | null;
  outcome: "done" | "failed" | "refused" | "stopped" | "limit";
  /** Who wrote, of a call of a model. */
  model: string | null;
  took: Took | null;
  /** What it said that passed the check. */
  text: string;
  /** Which tools it then asked for. */
  asked: string[];
  tool: { name: string; input: unknown; output: unknown; summary: string | null; figures: RunFigure[] } | null;
  refused: Refused[];
  /** Tries that a provider failed, and the change of the model. */
  notices: string[];
  /** How often it was done again after the process that did it went away. */
  repeats: number;
};

export type Trace = { steps: TraceStep[]; total: TraceTotal };
export type TraceTotal = {
  steps: number;
  modelCalls: number;
  toolCalls: number;
  retries: number;
  mends: number;
  repeats: number;
  refusals: number;
  figures: number;
  models: string[];
  seconds: number | null;
};

const spentSchema = z.object({ tokensIn: z.number(), tokensOut: z.number(), costMicros: z.number() });
const modelSchema = z.object({
  kind: z.enum(["said", "refused", "stopped", "limit"]),
  spent: spentSchema,
  fallback: z.string().nullable(),
  content: z.array(z.object({ type: z.string(), toolName: z.string().optional() }).loose()).default([]),
});
const beginSchema = z.object({ label: z.string() });
const toolSchema = z.object({ output: z.string() });

type Of<T extends RunChunk["type"]> = Extract<RunChunk, { type: T }>;
const ofType = <T extends RunChunk["type"]>(chunks: readonly RunChunk[], type: T): Of<T>[] =>
  chunks.filter((chunk): chunk is Of<T> => chunk.type === type);

const MENDS = ["", ", second try", ", third try"];

/** "model:2/1" is the first mend of the second turn; "tool:2.1" the first call of that turn. */
function titleOf(name: string): Pick<TraceStep, "kind" | "title"> {
  const [kind = "", place = ""] = name.split(":");
  const [turn = "", rest = ""] = place.split(/[/.]/);
  if (kind === "model")
    return { kind, title: `Model, turn ${turn}${MENDS[Number(rest || 0)] ?? `, try ${Number(rest) + 1}`}` };
  if (kind === "tool") return { kind, title: `Tool, turn ${turn}, call ${rest}` };
  if (kind === "refuse") return { kind: "refusal", title: `Refused call, turn ${turn}` };
  return kind === "end" ? { kind, title: "End" } : { kind: "begin", title: "Begin" };
}

const secondsBetween = (from: string | null, to: string | null): number | null =>
  from && to ? Math.max(0, Date.parse(to) - Date.parse(from)) / 1_000 : null;

type Known = { log: readonly Delivered[]; recorded: readonly Recorded[]; names: string[] };

function knownOf(chunks: readonly Delivered[], recorded: readonly Recorded[]): Known {
  const log = effectiveLog(chunks);
  // A step that is under way has shown something and is not recorded yet; one that said nothing is recorded only.
  const names = [...new Set([...recorded.map(({ name }) => name), ...log.map(({ chunk }) => chunk.step)])];
  return { log, recorded, names };
}

/** `label` is the model that the run was begun with. */
export function traceOf(
  chunks: readonly Delivered[],
  recorded: readonly Recorded[],
  label: string,
  builtIn: string,
): Trace {
  const known = knownOf(chunks, recorded);
  let model = beginSchema.safeParse(recorded.find(({ name }) => name === "begin")?.output).data?.label ?? label;
  const steps = known.names.map((name) => {
    const step = stepOf(name, known, chunks, model);
    if (step.fellBack) model = builtIn;
    return { ...step.step, model: step.step.kind === "model" ? model : null };
  });
  return { steps, total: totalOf(steps) };
}

function stepOf(name: string, { log, recorded }: Known, chunks: readonly Delivered[], model: string) {
  const own = log.filter(({ chunk }) => chunk.step === name);
  const said = own.map(({ chunk }) => chunk);
  const record = recorded.find((one) => one.name === name);
  const call = modelSchema.safeParse(record?.output).data ?? null;
  const startedAt = record?.startedAt ?? own[0]?.at ?? null;
  const step: TraceStep = {
    ...{ name, ...titleOf(name), startedAt, model },
    seconds: secondsBetween(startedAt, record?.endedAt ?? own.at(-1)?.at ?? null),
    outcome: outcomeOf(said, call?.kind, record?.failed ?? false),
    took: call?.spent ?? null,
    text: ofType(said, "text")
      .map(({ text }) => text)
      .join(""),
    asked: (call?.content ?? []).flatMap(({ type, toolName }) =>
      type === "tool-call" && toolName ? [toolName.replaceAll("__", ".")] : [],
    ),
    tool: toolOf(said, record),
    refused: ofType(said, "refused").map(({ subject, text, reasons }) => ({ subject, text, reasons })),
    notices: ofType(said, "notice").map(({ message }) => message),
    repeats: chunks.filter(({ chunk }) => chunk.type === "rewind" && chunk.step === name).length,
  };
  return { step, fellBack: call?.fallback != null || ofType(said, "notice").some(({ code }) => code === "fallback") };
}

function toolOf(said: readonly RunChunk[], record: Recorded | undefined): TraceStep["tool"] {
  const [call] = ofType(said, "tool-call");
  if (!call) return null;
  const [result] = ofType(said, "tool-result");
  const stored = toolSchema.safeParse(record?.output).data?.output;
  const output = stored === undefined ? null : readData(stored);
  return {
    name: call.tool,
    input: call.input,
    output,
    summary: result?.summary ?? null,
    figures: result?.figures ?? [],
  };
}

function outcomeOf(said: readonly RunChunk[], kind: string | undefined, failed: boolean): TraceStep["outcome"] {
  if (kind === "refused" || kind === "stopped" || kind === "limit") return kind;
  const [result] = ofType(said, "tool-result");
  const [end] = ofType(said, "end");
  if (said.some((chunk) => chunk.type === "refused" && chunk.subject === "tool")) return "refused";
  if (failed || result?.ok === false || end?.status === "failed") return "failed";
  return end?.status === "stopped" ? "stopped" : "done";
}

function totalOf(steps: readonly TraceStep[]): TraceTotal {
  const models = steps.filter(({ kind }) => kind === "model");
  const count = (of: (step: TraceStep) => number) => steps.reduce((sum, step) => sum + of(step), 0);
  const first = steps.find(({ startedAt }) => startedAt !== null)?.startedAt ?? null;
  const last = steps.findLast(({ startedAt, seconds }) => startedAt !== null && seconds !== null);
  const end = last?.startedAt ? new Date(Date.parse(last.startedAt) + (last.seconds ?? 0) * 1_000).toISOString() : null;
  return {
    ...{ steps: steps.length, modelCalls: models.length, seconds: secondsBetween(first, end) },
    toolCalls: steps.filter(({ kind }) => kind === "tool").length,
    retries: count(({ notices }) => notices.length),
    mends: models.filter(({ name }) => name.includes("/")).length,
    repeats: count(({ repeats }) => repeats),
    refusals: count(({ refused }) => refused.length),
    figures: new Set(steps.flatMap(({ tool }) => tool?.figures.map(({ id }) => id) ?? [])).size,
    models: [...new Set(models.flatMap(({ model }) => model ?? []))],
  };
}
