import type { BreakpointReason } from "@/lib/distribution/schema";
import { ERROR_SENTENCES } from "@/lib/error-sentences";
import type { AppErrorCode } from "@/lib/errors";

const SENTENCES: Readonly<Record<string, string>> = {
  STALE_SPLIT: "Someone kept another split since you opened this. Nothing was saved; reload to see what stands.",
  NOT_KNOWN: "What each holder receives cannot be told yet. Nothing was saved.",
  UNKNOWN_HOLDER: "The tax of a holder cannot be read. Nothing was saved.",
  FINANCING_EXCEEDS: "Financing and deposit are more than all that is paid. Nothing was saved.",
  NO_CASH: "Stock, rollover and tax leave a holder with less than nothing in cash. Nothing was saved.",
  NOTHING_KEPT: "Keep a split first; the statement is written from it.",
};

export function splitSentence(refusal: string | null): string | null {
  if (refusal === null) return null;
  return (
    SENTENCES[refusal] ?? ERROR_SENTENCES[refusal as AppErrorCode] ?? "It did not work. Nothing was saved; try again."
  );
}

export const REASON_WORDS: Readonly<Record<BreakpointReason, string>> = {
  debt: "debt is paid",
  preference: "the preference is paid",
  exercise: "is exercised",
  cap: "reaches its cap",
  conversion: "converts",
};

export const REACH_WORDS = { closing: "at closing", all: "if all is paid" } as const;

/** The first few by name, then how many more. */
export function named(ids: readonly string[], names: ReadonlyMap<string, string>, most = 2): string {
  const words = ids.map((id) => names.get(id) ?? id);
  return words.length <= most ? words.join(", ") : `${words.slice(0, most).join(", ")} and ${words.length - most} more`;
}
