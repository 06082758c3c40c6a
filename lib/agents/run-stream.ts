import { z } from "zod";
import { unitSchema } from "@/lib/figures/schema";

/** What a run writes and every reader folds: shared by the worker, the stream route and the browser. Pure. */

export const runFigureSchema = z.object({
  id: z.string(),
  revision: z.int().positive(),
  label: z.string(),
  value: z.string().nullable(),
  reason: z.string().nullable(),
  unit: unitSchema,
  asOf: z.string(),
});
export type RunFigure = z.infer<typeof runFigureSchema>;

const planItemSchema = z.object({ id: z.string(), title: z.string(), tool: z.string().nullable() });
export type PlanItem = z.infer<typeof planItemSchema>;

// `step` names the durable step that wrote the chunk: "model:2", "model:2/1" (first mend), "tool:2.1", "begin", "end".
const step = z.string();

export const runChunkSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("start"),
    step,
    agent: z.string(),
    task: z.string(),
    model: z.string(),
    plan: z.array(planItemSchema),
  }),
  z.object({ type: z.literal("text"), step, text: z.string() }),
  z.object({ type: z.literal("tool-call"), step, callId: z.string(), tool: z.string(), input: z.unknown() }),
  z.object({
    type: z.literal("tool-result"),
    step,
    callId: z.string(),
    tool: z.string(),
    ok: z.boolean(),
    summary: z.string(),
    figures: z.array(runFigureSchema),
  }),
  z.object({
    type: z.literal("refused"),
    step,
    subject: z.enum(["sentence", "tool"]),
    text: z.string(),
    reasons: z.array(z.string()),
  }),
  z.object({
    type: z.literal("notice"),
    step,
    code: z.enum(["retry", "fallback", "limit"]),
    message: z.string(),
    model: z.string().nullable(),
  }),
  z.object({ type: z.literal("rewind"), step, keep: z.int().nonnegative() }),
  z.object({
    type: z.literal("end"),
    step,
    status: z.enum(["succeeded", "failed", "stopped"]),
    reason: z.string().nullable(),
    artefactId: z.string().nullable(),
  }),
]);
export type RunChunk = z.infer<typeof runChunkSchema>;

/** A chunk with its place. `at` is ISO 8601; it never decides anything, it only tells how long a tool took. */
export type Delivered = { seq: number; at: string; chunk: RunChunk };

/** Where PostgreSQL announces "<run>:<last seq>". */
export const CHANNEL = "run_chunk";

const WITHHELD = "A sentence that no figure backs was refused; the analyst sees which.";

/** The words of a refused sentence are for whoever looks into the matter, not for a reader of results. */
export function forReader(delivered: Delivered, seesRefused: boolean): Delivered {
  const { chunk } = delivered;
  if (seesRefused) return delivered;
  if (chunk.type === "refused" && chunk.subject === "sentence") {
    return { ...delivered, chunk: { ...chunk, text: WITHHELD, reasons: [] } };
  }
  if (chunk.type === "end") return { ...delivered, chunk: { ...chunk, reason: readableReason(chunk.reason, false) } };
  return delivered;
}

export const REFUSED_REASON = "Refused, and not mended";

export const readableReason = (reason: string | null, seesRefused: boolean): string | null =>
  reason?.startsWith(REFUSED_REASON) && !seesRefused ? WITHHELD : reason;

export type RunItem =
  | { kind: "text" /** The step that said it: a later try of the same turn replaces it. */; step: string; text: string }
  | {
      kind: "tool";
      callId: string;
      tool: string;
      input: unknown;
      startedAt: string;
      outcome: { ok: boolean; summary: string; figures: RunFigure[]; endedAt: string } | null;
    }
  | { kind: "refused"; subject: "sentence" | "tool"; text: string; reasons: string[] }
  | { kind: "notice"; code: "retry" | "fallback" | "limit"; message: string };

export type RunView = {
  status: "waiting" | "running" | "succeeded" | "failed" | "stopped";
  agent: string | null;
  task: string | null;
  model: string | null;
  fallback: string | null;
  plan: readonly (PlanItem & { done: boolean })[];
  items: readonly RunItem[];
  figures: Readonly<Record<string, RunFigure>>;
  reason: string | null;
  artefactId: string | null;
};

export type RunState = {
  /** Every chunk up to here is in `log`; later ones wait in `early` until the gap is filled. */
  seq: number;
  log: readonly Delivered[];
  early: Readonly<Record<number, Delivered>>;
  view: RunView;
};

const EMPTY_VIEW: RunView = {
  status: "waiting",
  agent: null,
  task: null,
  model: null,
  fallback: null,
  plan: [],
  items: [],
  figures: {},
  reason: null,
  artefactId: null,
};

export const EMPTY_RUN: RunState = { seq: 0, log: [], early: {}, view: EMPTY_VIEW };

/** Any order, any repetition, any split of the same chunks ends in the same state. */
export function applyChunk(state: RunState, delivered: Delivered): RunState {
  if (delivered.seq <= state.seq || state.early[delivered.seq]) return state;
  if (delivered.seq > state.seq + 1) return { ...state, early: { ...state.early, [delivered.seq]: delivered } };
  const taken = take(state, delivered);
  const next = taken.early[taken.seq + 1];
  if (!next) return taken;
  const { [next.seq]: _, ...early } = taken.early;
  return applyChunk({ ...taken, early }, next);
}

function take(state: RunState, delivered: Delivered): RunState {
  const { chunk, seq } = delivered;
  if (chunk.type !== "rewind") {
    return { ...state, seq, log: [...state.log, delivered], view: show(state.view, delivered) };
  }
  const log = dropAfter(state.log, chunk.step, chunk.keep);
  return { ...state, seq, log, view: log.reduce(show, EMPTY_VIEW) };
}

/** The chunks that still count after a step was done again: its first `keep`, and all of other steps. */
export function dropAfter(log: readonly Delivered[], name: string, keep: number): Delivered[] {
  let seen = 0;
  return log.filter(({ chunk }) => {
    if (chunk.step !== name) return true;
    seen += 1;
    return seen <= keep;
  });
}

/** What a reader from the beginning would hold of these chunks. */
export function effectiveLog(chunks: readonly Delivered[]): Delivered[] {
  return chunks.reduce<Delivered[]>((log, delivered) => {
    if (delivered.chunk.type === "rewind") return dropAfter(log, delivered.chunk.step, delivered.chunk.keep);
    log.push(delivered);
    return log;
  }, []);
}

const turnOf = (name: string): string => name.split("/")[0] ?? name;

function show(view: RunView, { chunk, at }: Delivered): RunView {
  switch (chunk.type) {
    case "start": {
      const plan = chunk.plan.map((item) => ({ ...item, done: false }));
      return { ...view, status: "running", agent: chunk.agent, task: chunk.task, model: chunk.model, plan };
    }
    case "text":
      return { ...view, items: withText(view.items, chunk.step, chunk.text) };
    case "tool-call": {
      const { callId, tool, input } = chunk;
      return { ...view, items: [...view.items, { kind: "tool", callId, tool, input, startedAt: at, outcome: null }] };
    }
    case "tool-result":
      return withResult(view, chunk, at);
    case "refused": {
      const { subject, text, reasons } = chunk;
      return { ...view, items: [...view.items, { kind: "refused", subject, text, reasons }] };
    }
    case "notice": {
      const items: RunItem[] = [...view.items, { kind: "notice", code: chunk.code, message: chunk.message }];
      if (chunk.code !== "fallback") return { ...view, items };
      return { ...view, items, fallback: chunk.message, model: chunk.model ?? view.model };
    }
    case "end": {
      const { status, reason, artefactId } = chunk;
      const plan = status === "succeeded" ? view.plan.map((item) => ({ ...item, done: true })) : view.plan;
      return { ...view, status, reason, artefactId, plan };
    }
    case "rewind":
      return view;
  }
}

/** Text of one turn is one passage; when a sentence was refused, the turn is said again and replaces it. */
function withText(items: readonly RunItem[], step: string, text: string): RunItem[] {
  const index = items.findLastIndex((item) => item.kind === "text" && turnOf(item.step) === turnOf(step));
  const item = items[index];
  if (item?.kind !== "text") return [...items, { kind: "text", step, text }];
  return items.with(index, { kind: "text", step, text: item.step === step ? item.text + text : text });
}

function withResult(view: RunView, chunk: Extract<RunChunk, { type: "tool-result" }>, endedAt: string): RunView {
  const { callId, ok, summary, figures, tool } = chunk;
  const items = view.items.map((item) =>
    item.kind === "tool" && item.callId === callId && !item.outcome
      ? { ...item, outcome: { ok, summary, figures, endedAt } }
      : item,
  );
  const plan = ok ? view.plan.map((item) => (item.tool === tool ? { ...item, done: true } : item)) : view.plan;
  const known = Object.fromEntries(figures.map((figure) => [figure.id, figure]));
  return { ...view, items, plan, figures: { ...view.figures, ...known } };
}

/** The last passage: what becomes the report when the run succeeds. */
export function lastText(view: RunView): string {
  const item = view.items.findLast((candidate) => candidate.kind === "text");
  return item?.kind === "text" ? item.text : "";
}
