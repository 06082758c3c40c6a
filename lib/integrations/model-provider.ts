import "server-only";
import { createAnthropic } from "@ai-sdk/anthropic";
import { createGoogle } from "@ai-sdk/google";
import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { LanguageModelV4 } from "@ai-sdk/provider";
import { AppError } from "@/lib/errors";

export const PROVIDERS = ["openai", "anthropic", "google", "openai-compatible"] as const;
export type Provider = (typeof PROVIDERS)[number];

export type ModelSettings = { AI_MODEL?: string; AI_BASE_URL?: string; AI_API_KEY?: string };
export type ProvidedModel = { provider: Provider; label: string; model: LanguageModelV4 };

type Connection = { modelId: string; baseURL: string | undefined; apiKey: string | undefined };

// Chat completions, which every server that calls itself compatible speaks.
const MAKERS: Readonly<Record<Provider, (connection: Connection) => LanguageModelV4>> = {
  openai: ({ modelId, ...settings }) => createOpenAI(settings).chat(modelId),
  anthropic: ({ modelId, ...settings }) => createAnthropic(settings)(modelId),
  google: ({ modelId, ...settings }) => createGoogle(settings)(modelId),
  "openai-compatible": ({ modelId, baseURL = "", apiKey }) =>
    createOpenAICompatible({ name: "openai-compatible", baseURL, apiKey, includeUsage: true }).chatModel(modelId),
};

const wrong = (path: string, expected: string) => new AppError("INVALID_INPUT", { problems: [{ path, expected }] });

/** The model that the settings name ("openai/gpt-…"), or null when they name none. Throws when they contradict themselves. */
export function providedModel(settings: ModelSettings): ProvidedModel | null {
  const { AI_MODEL, AI_BASE_URL: baseURL, AI_API_KEY: apiKey } = settings;
  if (!AI_MODEL) return null;
  const slash = AI_MODEL.indexOf("/");
  const provider = PROVIDERS.find((known) => known === AI_MODEL.slice(0, slash));
  const modelId = AI_MODEL.slice(slash + 1);
  if (!provider || !modelId) throw wrong("AI_MODEL", `<provider>/<model> with a provider of ${PROVIDERS.join(", ")}`);
  if (provider === "openai-compatible" && !baseURL) throw wrong("AI_BASE_URL", "the address of the compatible server");
  return { provider, label: AI_MODEL, model: MAKERS[provider]({ modelId, baseURL, apiKey }) };
}
