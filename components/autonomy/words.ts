import { errorSentence } from "@/components/ui/error-sentence";
import { formatExactMoney } from "@/lib/format";

export const LEVEL_WORDS: Readonly<Record<string, string>> = { manual: "Manual", assisted: "Assisted", auto: "Auto" };

const REFUSALS: Readonly<Record<string, string>> = {
  CEILING: "This always goes to the chairman; no level lets it pass.",
  NOT_ITS_CLASS: "This agent may not propose actions of this kind.",
  PAUSED: "All agents are paused already.",
  NOT_PAUSED: "The agents are at work again already.",
};
export const policyRefusal = (code: string): string => errorSentence(code, REFUSALS);

/** "Auto, up to $20,000". */
export function heldWords({ level, limitUsd }: { level: string; limitUsd: string | null }): string {
  const word = LEVEL_WORDS[level] ?? level;
  return level === "auto" && limitUsd !== null ? `${word}, up to ${dollars(limitUsd)}` : word;
}

export const dollars = (plain: string): string => formatExactMoney(plain, "USD").replace(/\.00$/, "");

export const recordHref = (agent: string, actionClass: string): string => `/record/agents/${agent}/${actionClass}`;
