import { setTimeout as sleep } from "node:timers/promises";
import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4Content,
  LanguageModelV4Prompt,
  LanguageModelV4StreamPart,
} from "@ai-sdk/provider";
import { estimateTokens } from "@/lib/integrations/model-stream";
import { readTaskHeader, type TaskHeader } from "./agent";
import { askScripts } from "./ask-script";
import { coordinatorScripts } from "./coordinator-script";
import { exitScripts } from "./exit-script";
import { type Finding, growthScripts, type Script } from "./growth-script";
import { modelToolName, registryToolName } from "./matrix";
import { refusedSentence } from "./mending";
import { SentenceBuffer } from "./sentences";
import { readData } from "./untrusted";
import { valueScripts } from "./value-script";

/**
 * The model that is there when no provider is: it plans the tool calls of a task and writes from their results, the same
 * way every time. It goes on wherever another model left off, because all it looks at is the conversation.
 */

const SCRIPTS: Readonly<Record<string, Script>> = {
  ...growthScripts,
  ...exitScripts,
  ...valueScripts,
  ...coordinatorScripts,
  ...askScripts,
};

/** It pauses `paceMs` before each word, as one who writes, but for the first `known` characters, which somebody has read already. */
export function builtInAnalyst(paceMs: number, known = 0): LanguageModelV4 {
  return {
    specificationVersion: "v4",
    provider: "built-in",
    modelId: "analyst-1",
    supportedUrls: {},
    doGenerate: async (options) => {
      const content = answerTo(options.prompt);
      return { content, ...ending(options, content), warnings: [] };
    },
    doStream: async (options) => ({ stream: spoken(options, answerTo(options.prompt), { paceMs, known }) }),
  };
}

export function answerTo(prompt: LanguageModelV4Prompt): LanguageModelV4Content[] {
  const header = headerOf(prompt);
  const script = header ? SCRIPTS[`${header.agent}/${header.task}`] : undefined;
  if (!header || !script) return [{ type: "text", text: "This task is not one that the built-in analyst knows." }];
  const findings = findingsOf(prompt);
  const move = script(header, findings);
  const text = without(move.say, refusedIn(prompt));
  const said: LanguageModelV4Content[] = text ? [{ type: "text", text }] : [];
  if (move.tool === null) return said;
  const toolCallId = `call-${findings.length + 1}`;
  return [
    ...said,
    { type: "tool-call", toolCallId, toolName: modelToolName(move.tool), input: JSON.stringify(move.input) },
  ];
}

function headerOf(prompt: LanguageModelV4Prompt): TaskHeader | null {
  const asked = prompt.find((message) => message.role === "user");
  const first = asked?.role === "user" ? asked.content[0] : undefined;
  return first?.type === "text" ? readTaskHeader(first.text) : null;
}

function findingsOf(prompt: LanguageModelV4Prompt): Finding[] {
  return prompt
    .flatMap((message) => (message.role === "tool" ? message.content : []))
    .flatMap((part) => (part.type === "tool-result" ? [part] : []))
    .map(({ toolName, output }) => {
      const data = output.type === "text" ? readData(output.value) : null;
      const ok = typeof data === "object" && data !== null && "ok" in data && data.ok === true;
      return { tool: registryToolName(toolName), ok, data };
    });
}

function refusedIn(prompt: LanguageModelV4Prompt): Set<string> {
  const texts = prompt.flatMap((message) => (message.role === "user" ? message.content : []));
  return new Set(texts.flatMap((part) => (part.type === "text" ? (refusedSentence(part.text) ?? []) : [])));
}

/** What was refused is left out. */
function without(text: string, refused: ReadonlySet<string>): string {
  if (refused.size === 0) return text;
  const buffer = new SentenceBuffer();
  return [...buffer.push(text), ...buffer.flush()].filter((sentence) => !refused.has(sentence.trim())).join("");
}

function ending(options: LanguageModelV4CallOptions, content: readonly LanguageModelV4Content[]) {
  const calls = content.some((part) => part.type === "tool-call");
  const tokensIn = estimateTokens(JSON.stringify(options.prompt));
  const tokensOut = estimateTokens(JSON.stringify(content));
  return {
    finishReason: { unified: calls ? ("tool-calls" as const) : ("stop" as const), raw: "done" },
    usage: {
      inputTokens: { total: tokensIn, noCache: tokensIn, cacheRead: 0, cacheWrite: 0 },
      outputTokens: { total: tokensOut, text: tokensOut, reasoning: 0 },
    },
  };
}

function spoken(
  options: LanguageModelV4CallOptions,
  content: readonly LanguageModelV4Content[],
  { paceMs, known }: { paceMs: number; known: number },
): ReadableStream<LanguageModelV4StreamPart> {
  const parts = streamParts(content);
  let said = 0;
  return new ReadableStream({
    async pull(controller) {
      const { value: part } = parts.next();
      if (options.abortSignal?.aborted) return controller.error(options.abortSignal.reason);
      if (part) {
        if (part.type === "text-delta") {
          if (paceMs > 0 && said >= known) await sleep(paceMs);
          said += part.delta.length;
        }
        return controller.enqueue(part);
      }
      controller.enqueue({ type: "finish", ...ending(options, content) });
      controller.close();
    },
  });
}

function* streamParts(content: readonly LanguageModelV4Content[]): Generator<LanguageModelV4StreamPart> {
  yield { type: "stream-start", warnings: [] };
  for (const [index, part] of content.entries()) {
    if (part.type === "tool-call") yield part;
    if (part.type !== "text") continue;
    const id = `text-${index}`;
    yield { type: "text-start", id };
    for (const delta of part.text.match(/\s*\S+\s*/g) ?? []) yield { type: "text-delta", id, delta };
    yield { type: "text-end", id };
  }
}
