import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4Content,
  LanguageModelV4FinishReason,
  LanguageModelV4StreamPart,
} from "@ai-sdk/provider";
import { BrokenStream } from "./model-failure";

export type Usage = { tokensIn: number; tokensOut: number };
export type ModelTurn = { content: LanguageModelV4Content[]; usage: Usage; finishReason: LanguageModelV4FinishReason };

export type ReadPolicy = { firstPartMs: number; idleMs: number };
/** Gets each piece of text as it comes; what it throws ends the call and is passed on as it is. */
export type OnText = (delta: string) => Promise<void> | void;

/** Thrown by `onText`, or by the caller's signal: not a fault of the provider. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** One call, read to its end. Anything short of a complete answer throws. */
export async function readModel(
  model: LanguageModelV4,
  call: LanguageModelV4CallOptions,
  policy: ReadPolicy,
  onText: OnText,
): Promise<ModelTurn> {
  const abort = new AbortController();
  const signal = call.abortSignal ? AbortSignal.any([call.abortSignal, abort.signal]) : abort.signal;
  try {
    const opened = within(
      policy.firstPartMs,
      signal,
      Promise.resolve(model.doStream({ ...call, abortSignal: signal })),
    );
    const { stream } = await opened;
    return await collect(stream, call, policy, signal, onText);
  } catch (error) {
    if (call.abortSignal?.aborted) throw new Interrupted("aborted", { cause: error });
    throw error;
  } finally {
    abort.abort();
  }
}

async function collect(
  stream: ReadableStream<LanguageModelV4StreamPart>,
  call: LanguageModelV4CallOptions,
  policy: ReadPolicy,
  signal: AbortSignal,
  onText: OnText,
): Promise<ModelTurn> {
  const content = new ContentCollector();
  const reader = stream.getReader();
  let patience = policy.firstPartMs;
  try {
    for (;;) {
      const { done, value: part } = await within(patience, signal, reader.read());
      if (done) throw new BrokenStream("broke off in the middle");
      if (part.type === "error") throw new BrokenStream("reported an error", { cause: part.error });
      if (part.type !== "stream-start" && part.type !== "response-metadata") patience = policy.idleMs;
      content.add(part);
      if (part.type === "text-delta") await onText(part.delta);
      if (part.type === "finish") return finished(part, content, call);
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

type FinishPart = Extract<LanguageModelV4StreamPart, { type: "finish" }>;

function finished(
  { usage, finishReason }: FinishPart,
  content: ContentCollector,
  call: LanguageModelV4CallOptions,
): ModelTurn {
  const { unified, raw } = finishReason;
  if (unified === "interrupted" || (unified === "other" && raw === undefined))
    throw new BrokenStream("broke off in the middle");
  if (unified === "error") throw new BrokenStream("reported an error");
  const said = content.parts();
  if (said.length === 0) throw new BrokenStream("answered with garbage");
  return {
    content: said,
    finishReason,
    usage: {
      tokensIn: usage.inputTokens.total ?? estimateTokens(JSON.stringify(call.prompt)),
      tokensOut: usage.outputTokens.total ?? estimateTokens(JSON.stringify(said)),
    },
  };
}

/** On the high side for prose (about four characters to a token), for providers that do not count. */
export const estimateTokens = (text: string): number => Math.ceil(text.length / 3);

class ContentCollector {
  private readonly list: LanguageModelV4Content[] = [];
  private readonly open = new Map<string, { type: "text" | "reasoning"; text: string }>();

  add(part: LanguageModelV4StreamPart): void {
    if (part.type === "text-start" || part.type === "reasoning-start") {
      const block = { type: part.type === "text-start" ? ("text" as const) : ("reasoning" as const), text: "" };
      this.open.set(part.id, block);
      this.list.push(block);
    } else if (part.type === "text-delta" || part.type === "reasoning-delta") {
      const block = this.open.get(part.id);
      if (block) block.text += part.delta;
    } else if (part.type === "reasoning-end") {
      Object.assign(this.open.get(part.id) ?? {}, { providerMetadata: part.providerMetadata });
    } else if (part.type === "tool-call") {
      this.list.push(part);
    }
  }

  parts(): LanguageModelV4Content[] {
    return this.list.filter((part) => part.type === "tool-call" || ("text" in part && part.text !== ""));
  }
}

/** The promise, or BrokenStream after `ms` of silence, or Interrupted when the signal fires. */
async function within<T>(ms: number, signal: AbortSignal, promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  if (signal.aborted) throw new Interrupted("aborted");
  let timer: NodeJS.Timeout | undefined;
  let stop: (() => void) | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new BrokenStream("timed out")), ms);
    stop = () => reject(new Interrupted("aborted"));
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([promise, silence]);
  } finally {
    clearTimeout(timer);
    if (stop) signal.removeEventListener("abort", stop);
  }
}
