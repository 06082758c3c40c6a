import "server-only";
import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4GenerateResult,
  LanguageModelV4Message,
  LanguageModelV4ToolCall,
} from "@ai-sdk/provider";
import { usableTools } from "@/lib/agents/agent";
import { limitSentence, spend } from "@/lib/agents/limits";
import { modelToolName, outsideRow, registryToolName } from "@/lib/agents/matrix";
import { mendMessage } from "@/lib/agents/mending";
import { raiseRefusal } from "@/lib/agents/mutations/progress";
import { REFUSED_REASON } from "@/lib/agents/run-stream";
import { recordBreach } from "./breach";
import { runStep } from "./engine";
import { fencedTransaction } from "./fence";
import { isStopping, whilePaused } from "./pause";
import { type ModelStep, modelStep } from "./run-model";
import { BUILT_IN } from "./run-runtime";
import type { RunScene } from "./run-scene";
import { StepWriter } from "./run-writer";

const MOST_MENDS = 2;

export type Outcome = { status: "succeeded" | "failed" | "stopped"; reason: string | null };

/** The run is over before its agent thinks so. */
export class RunEnded extends Error {
  readonly outcome: Outcome;
  constructor(outcome: Outcome) {
    super(outcome.status);
    this.outcome = outcome;
  }
}

/** The model as the agent sees it: each call is a recorded step, so a run that is taken up again hears the same answers. */
export const durableModel = (scene: RunScene): LanguageModelV4 => ({
  specificationVersion: "v4",
  provider: "chairman",
  modelId: scene.label,
  supportedUrls: {},
  doGenerate: (options) => scene.guard(() => takeTurn(scene, options)),
  doStream: () => Promise.reject(new Error("Runs are streamed from their stored chunks")),
});

async function takeTurn(scene: RunScene, options: LanguageModelV4CallOptions): Promise<LanguageModelV4GenerateResult> {
  scene.turn += 1;
  const { prompt, tools, toolChoice } = options;
  let conversation = prompt;
  for (let mend = 0; ; mend += 1) {
    const name = mend === 0 ? `model:${scene.turn}` : `model:${scene.turn}/${mend}`;
    await whilePaused(() => isStopping(scene.runId));
    const step = await runStep(name, () => modelStep(scene, name, { prompt: conversation, tools, toolChoice }));
    account(scene, step);
    if (step.kind === "stopped") throw new RunEnded({ status: "stopped", reason: "Stopped by a person." });
    if (step.kind === "limit") throw new RunEnded({ status: "stopped", reason: limitSentence(step.limit) });
    if (step.kind === "said") return await heard(scene, step);
    if (mend === MOST_MENDS) throw new RunEnded({ status: "failed", reason: refusalReason(step) });
    conversation = [...conversation, ...mending(step)];
  }
}

function account(scene: RunScene, step: ModelStep): void {
  scene.spent = spend(scene.spent, step.spent);
  if (!step.fallback) return;
  scene.fallback = step.fallback;
  scene.label = BUILT_IN;
}

type RefusedStep = Extract<ModelStep, { kind: "refused" }>;

const refusalReason = ({ sentence, reasons }: RefusedStep): string =>
  `${REFUSED_REASON} after ${MOST_MENDS} tries: “${sentence}” — ${reasons.join("; ")}`;

const mending = ({ text, sentence, reasons }: RefusedStep): LanguageModelV4Message[] => [
  { role: "assistant", content: [{ type: "text", text: `${text}${sentence}` }] },
  { role: "user", content: [{ type: "text", text: mendMessage(sentence, reasons) }] },
];

type SaidStep = Extract<ModelStep, { kind: "said" }>;

async function heard(scene: RunScene, { content, finishReason }: SaidStep): Promise<LanguageModelV4GenerateResult> {
  scene.text = content.map((part) => (part.type === "text" ? part.text : "")).join("");
  const offered = new Set(usableTools(scene.spec, scene.tools).map((tool) => modelToolName(tool.name)));
  const calls = content.filter((part) => part.type === "tool-call");
  for (const [index, call] of calls.entries()) {
    if (offered.has(call.toolName)) continue;
    const name = `refuse:${scene.turn}.${index + 1}`;
    await runStep(name, ({ now }) => refuseCall(scene, name, call, now));
  }
  const tokens = { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined };
  const usage = { inputTokens: tokens, outputTokens: { total: undefined, text: undefined, reasoning: undefined } };
  return { content, finishReason, usage, warnings: [] };
}

/** A call outside the agent's row of the matrix, or of a tool that does not exist: recorded, alerted, never run. */
async function refuseCall(scene: RunScene, step: string, call: LanguageModelV4ToolCall, now: Date): Promise<void> {
  const name = registryToolName(call.toolName);
  const tool = scene.tools.find((known) => known.name === name);
  const resources = tool ? outsideRow(scene.spec.name, tool) : [];
  const reason = !tool
    ? "There is no such tool."
    : resources.length > 0
      ? `Outside the agent's row of the interaction matrix: ${resources.join(", ")}.`
      : "The agent does not work with this tool.";
  const { runId, ventureId, spec } = scene;
  const writer = await StepWriter.open(runId, step);
  await writer.write({ type: "refused", subject: "tool", text: name, reasons: [reason] });
  await writer.finish();
  const refusal = { runId, ventureId, agent: spec.name, task: scene.taskName, tool: name, reason };
  // A name that no tool has is a slip; a tool that is not the agent's is a breach.
  await fencedTransaction((tx) => (tool ? recordBreach : raiseRefusal)(tx, refusal, now));
}
