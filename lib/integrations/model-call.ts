import type { LanguageModelV4, LanguageModelV4CallOptions } from "@ai-sdk/provider";
import { type BreakerPolicy, enter, noteFailure, noteSuccess } from "./model-breaker";
import { type ModelFailure, modelFailure } from "./model-failure";
import { Interrupted, type ModelTurn, type OnText, type ReadPolicy, readModel } from "./model-stream";

export type CallPolicy = ReadPolicy & {
  attempts: number;
  /** Wait before the second attempt; doubles with each. */
  backoffMs: number;
  /** A provider that asks for a longer wait has failed. */
  longestWaitMs: number;
  breaker: BreakerPolicy;
};

export const CALL_POLICY: CallPolicy = {
  attempts: 3,
  backoffMs: 500,
  longestWaitMs: 20_000,
  firstPartMs: 60_000,
  idleMs: 20_000,
  breaker: { failures: 3, coolDownMs: 60_000 },
};

export type Named = { label: string; model: LanguageModelV4 };

export type Listener = {
  /** Before each attempt, with who is asked; `because` says why what came before counts no longer. */
  onAttempt: (label: string, because: string | null) => Promise<void> | void;
  onText: OnText;
};

export type Answer = {
  turn: ModelTurn;
  label: string /** Why the fallback answered, if it did. */;
  fallback: string | null;
};

export type Timing = { now: () => Date; wait: (ms: number, signal: AbortSignal | undefined) => Promise<void> };

/**
 * Asks the provider with patience, then the fallback: a run goes on from where it is, and says who wrote.
 * Throws only what the listener throws, Interrupted, or a failure of the fallback itself.
 */
export async function callModel(
  primary: Named,
  fallback: Named | null,
  call: LanguageModelV4CallOptions,
  listener: Listener,
  policy: CallPolicy,
  timing: Timing,
): Promise<Answer> {
  if (!fallback) return { turn: await once(primary, call, listener, policy), label: primary.label, fallback: null };
  const { turn, failure } = await withPatience(primary, call, listener, policy, timing);
  if (turn) return { turn, label: primary.label, fallback: null };
  const because = `${primary.label} ${failure}`;
  await listener.onAttempt(fallback.label, because);
  return {
    turn: await readModel(fallback.model, call, policy, listener.onText),
    label: fallback.label,
    fallback: because,
  };
}

async function once(named: Named, call: LanguageModelV4CallOptions, listener: Listener, policy: CallPolicy) {
  await listener.onAttempt(named.label, null);
  return readModel(named.model, call, policy, listener.onText);
}

type Patience = { turn: ModelTurn | null; failure: string };

async function withPatience(
  { label, model }: Named,
  call: LanguageModelV4CallOptions,
  listener: Listener,
  policy: CallPolicy,
  timing: Timing,
): Promise<Patience> {
  let failure = "is resting after repeated failures";
  let attempt = 0;
  while (attempt < policy.attempts) {
    if (!enter(label, policy.breaker, timing.now().getTime())) break;
    attempt += 1;
    await listener.onAttempt(label, attempt === 1 ? null : `${label} ${failure}`);
    const outcome = await attemptOnce({ label, model }, call, listener, policy, timing);
    if ("turn" in outcome) {
      noteSuccess(label);
      return { turn: outcome.turn, failure: "" };
    }
    noteFailure(label, policy.breaker, timing.now().getTime());
    failure = outcome.reason;
    const wait = outcome.retryAfterMs ?? policy.backoffMs * 2 ** (attempt - 1);
    if (!outcome.retryable || wait > policy.longestWaitMs) break;
    if (attempt < policy.attempts) await timing.wait(wait, call.abortSignal);
  }
  return { turn: null, failure };
}

async function attemptOnce(
  { label, model }: Named,
  call: LanguageModelV4CallOptions,
  { onText }: Listener,
  policy: CallPolicy,
  { now }: Timing,
): Promise<{ turn: ModelTurn } | ModelFailure> {
  let ours: unknown = null;
  const guarded: OnText = async (delta) => {
    try {
      await onText(delta);
    } catch (error) {
      ours = error;
      throw error;
    }
  };
  try {
    return { turn: await readModel(model, call, policy, guarded) };
  } catch (error) {
    // The provider did its part: it was the listener who had enough.
    if (ours) noteSuccess(label);
    if (ours || error instanceof Interrupted) throw ours ?? error;
    return modelFailure(error, now());
  }
}
