import "server-only";
import type { LanguageModelV4CallOptions, LanguageModelV4Content, LanguageModelV4FinishReason } from "@ai-sdk/provider";
import {
  advance,
  BEGINNING,
  checkSentence,
  type Grounding,
  type GroundingProblem,
  problemText,
} from "@/lib/agents/grounding";
import { costMicros, type Limit, limitReached, NOTHING_SPENT, type Spent, spend } from "@/lib/agents/limits";
import { noteSpent } from "@/lib/agents/mutations/progress";
import { findPosition } from "@/lib/agents/queries/chunks";
import { listFigureFacts, standingsInRun } from "@/lib/agents/queries/figure-standing";
import { quotedFigures } from "@/lib/agents/report";
import { SentenceBuffer } from "@/lib/agents/sentences";
import { callModel, type Listener } from "@/lib/integrations/model-call";
import { estimateTokens, Interrupted } from "@/lib/integrations/model-stream";
import { fencedTransaction } from "./fence";
import { BUILT_IN, runRuntime } from "./run-runtime";
import type { RunScene } from "./run-scene";
import { StepWriter } from "./run-writer";

/** One call of a model as a step: what it said was checked sentence by sentence and is stored; this is what is recorded. */
export type ModelStep = { spent: Spent; fallback: string | null } & (
  | { kind: "said"; content: LanguageModelV4Content[]; finishReason: LanguageModelV4FinishReason }
  | { kind: "refused"; text: string; sentence: string; reasons: string[] }
  | { kind: "stopped" }
  | { kind: "limit"; limit: Limit }
);

class Refused extends Error {
  readonly sentence: string;
  readonly problems: readonly GroundingProblem[];
  constructor(sentence: string, problems: readonly GroundingProblem[]) {
    super("refused");
    this.sentence = sentence;
    this.problems = problems;
  }
}

const STOP_POLL_MS = 300;

export async function modelStep(scene: RunScene, name: string, call: LanguageModelV4CallOptions): Promise<ModelStep> {
  const writer = await StepWriter.open(scene.runId, name);
  const speech = new Speech(scene, writer);
  const outcome = await converse(scene, call, writer, speech);
  await writer.finish();
  const total = spend(scene.spent, outcome.spent);
  await fencedTransaction((tx) => noteSpent(tx, scene.runId, total, outcome.fallback ?? scene.fallback));
  return outcome;
}

async function converse(
  scene: RunScene,
  call: LanguageModelV4CallOptions,
  writer: StepWriter,
  speech: Speech,
): Promise<ModelStep> {
  const { limits, timing, price } = runRuntime();
  const limit = limitReached(scene.spent, limits());
  if (limit) return { kind: "limit", limit, spent: NOTHING_SPENT, fallback: null };
  if (writer.stopping) return { kind: "stopped", spent: NOTHING_SPENT, fallback: null };
  const began = timing.now().getTime();
  const spentOn = (tokensIn: number, tokensOut: number, label: string): Spent => {
    const workMs = timing.now().getTime() - began;
    return { steps: 1, tokensIn, tokensOut, costMicros: costMicros(price(label), tokensIn, tokensOut), workMs };
  };
  const asked = new AbortController();
  const patience = AbortSignal.timeout(Math.max(1, limits().workMs - scene.spent.workMs));
  const watch = setInterval(() => void stopWhenAsked(scene.runId, asked), STOP_POLL_MS);
  try {
    const answer = await ask(scene, { ...call, abortSignal: AbortSignal.any([asked.signal, patience]) }, speech);
    await speech.end();
    const { content, usage, finishReason } = answer.turn;
    const spent = spentOn(usage.tokensIn, usage.tokensOut, answer.label);
    return { kind: "said", content, finishReason, spent, fallback: answer.fallback };
  } catch (error) {
    const spent = spentOn(estimateTokens(JSON.stringify(call.prompt)), estimateTokens(speech.heard), scene.label);
    return await interrupted(error, { speech, writer, spent, timedOut: patience.aborted });
  } finally {
    clearInterval(watch);
  }
}

async function stopWhenAsked(runId: string, ended: AbortController): Promise<void> {
  const position = await findPosition(runId).catch(() => null);
  if (position?.status === "stopping") ended.abort();
}

type Interruption = { speech: Speech; writer: StepWriter; spent: Spent; timedOut: boolean };

async function interrupted(error: unknown, { speech, writer, spent, timedOut }: Interruption): Promise<ModelStep> {
  const { fallback } = speech;
  if (error instanceof Refused) {
    const reasons = error.problems.map(problemText);
    await writer.write({ type: "refused", subject: "sentence", text: error.sentence.trim(), reasons });
    return { kind: "refused", text: speech.said, sentence: error.sentence.trim(), reasons, spent, fallback };
  }
  if (error instanceof Interrupted && speech.limit) return { kind: "limit", limit: speech.limit, spent, fallback };
  if (error instanceof Interrupted) {
    return timedOut ? { kind: "limit", limit: "workMs", spent, fallback } : { kind: "stopped", spent, fallback };
  }
  throw error;
}

async function ask(scene: RunScene, call: LanguageModelV4CallOptions, speech: Speech) {
  const { provider, builtIn, policy, timing } = runRuntime();
  const primary = scene.fallback ? null : provider();
  const spare = builtIn(speech.known);
  const listener: Listener = {
    onAttempt: (label, because) => speech.begin(because, primary !== null && label === spare.label),
    onText: (delta) => speech.hear(delta),
  };
  return callModel(primary ?? spare, primary ? spare : null, call, listener, policy(), timing);
}

/** The text of one turn on its way to the readers: nothing leaves before its sentence has passed the check. */
class Speech {
  said = "";
  heard = "";
  fallback: string | null = null;
  limit: Limit | null = null;
  readonly known: number;
  private readonly scene: RunScene;
  private readonly writer: StepWriter;
  private place = BEGINNING;
  private buffer = new SentenceBuffer();

  constructor(scene: RunScene, writer: StepWriter) {
    this.scene = scene;
    this.writer = writer;
    this.known = writer.known;
  }

  /** Whoever answers starts the turn over: what came before it counts no longer. */
  async begin(because: string | null, isFallback: boolean): Promise<void> {
    this.writer.restart();
    this.buffer = new SentenceBuffer();
    this.place = BEGINNING;
    this.said = "";
    this.heard = "";
    if (isFallback) this.fallback = because;
    if (!because) return;
    const message = isFallback ? `${because}. The ${BUILT_IN} goes on.` : `${because}. Asking again.`;
    const code = isFallback ? "fallback" : "retry";
    await this.writer.write({ type: "notice", code, message, model: isFallback ? BUILT_IN : null });
  }

  async hear(delta: string): Promise<void> {
    this.heard += delta;
    const { spent } = this.scene;
    if (spent.tokensIn + spent.tokensOut + estimateTokens(this.heard) >= runRuntime().limits().tokens) {
      this.limit = "tokens";
      throw new Interrupted("tokens");
    }
    for (const sentence of this.buffer.push(delta)) await this.release(sentence);
  }

  async end(): Promise<void> {
    for (const sentence of this.buffer.flush()) await this.release(sentence);
  }

  private async release(sentence: string): Promise<void> {
    const grounding = await groundingFor(this.scene, sentence);
    const problems = checkSentence(sentence, grounding, this.place);
    if (problems.length > 0) throw new Refused(sentence, problems);
    this.place = advance(this.place, sentence);
    this.said += sentence;
    await this.writer.write({ type: "text", text: sentence });
    if (this.writer.stopping) throw new Interrupted("stopping");
  }
}

/** How the figures that a text quotes stand now, not when they were computed. */
export async function groundingFor(scene: RunScene, text: string): Promise<Grounding> {
  const quoted = quotedFigures(text);
  const [figures, facts] = await Promise.all([
    standingsInRun(scene.ventureId, quoted, scene.returned),
    listFigureFacts(quoted),
  ]);
  return { figures, facts, names: scene.names, untrusted: [...scene.untrusted] };
}
