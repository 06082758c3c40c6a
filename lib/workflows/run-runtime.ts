import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { builtInAnalyst } from "@/lib/agents/built-in-analyst";
import type { Tool } from "@/lib/agents/define-tool";
import type { Price, RunLimits } from "@/lib/agents/limits";
import { allTools } from "@/lib/agents/registry";
import { clock } from "@/lib/clock";
import { env } from "@/lib/env";
import { CALL_POLICY, type CallPolicy, type Named, type Timing } from "@/lib/integrations/model-call";
import { providedModel } from "@/lib/integrations/model-provider";

export const BUILT_IN = "built-in analyst";

/** What agent runs work with: the settings, or what a test puts in their place. */
export type RunRuntime = {
  provider: () => Named | null;
  /** What readers know already of a turn, in characters, it says without its pauses. */
  builtIn: (known?: number) => Named;
  tools: () => Promise<readonly Tool[]>;
  price: (label: string) => Price;
  limits: () => RunLimits;
  policy: () => CallPolicy;
  timing: Timing;
};

const FREE: Price = { perMillionIn: 0, perMillionOut: 0 };

function settingsPrice(label: string): Price {
  if (label === BUILT_IN) return FREE;
  const [perMillionIn = 0, perMillionOut = 0] = env().AI_PRICE.split("/").map(Number);
  return { perMillionIn, perMillionOut };
}

const settings: RunRuntime = {
  provider: () => providedModel(env()),
  builtIn: (known) => ({ label: BUILT_IN, model: builtInAnalyst(env().BUILT_IN_PACE_MS, known) }),
  tools: allTools,
  price: settingsPrice,
  limits: () => ({
    steps: env().RUN_MAX_STEPS,
    tokens: env().RUN_MAX_TOKENS,
    costMicros: Math.round(env().RUN_MAX_USD * 1_000_000),
    workMs: env().RUN_MAX_SECONDS * 1_000,
  }),
  policy: () => ({ ...CALL_POLICY, idleMs: env().AI_SILENCE_MS, firstPartMs: env().AI_SILENCE_MS * 3 }),
  timing: {
    now: () => clock.now(),
    wait: (ms, signal) => sleep(ms, undefined, signal ? { signal } : {}).catch(() => undefined),
  },
};

let current: RunRuntime = settings;

export const runRuntime = (): RunRuntime => current;

/** Tests put their own parts in and get the function that takes them out again. */
export function replaceRuntime(parts: Partial<RunRuntime>): () => void {
  current = { ...settings, ...parts };
  return () => {
    current = settings;
  };
}

export const modelLabel = (): string => (current.provider() ?? current.builtIn()).label;
