import { ERROR_SENTENCES } from "@/lib/error-sentences";

const SENTENCES: Readonly<Record<string, string | undefined>> = ERROR_SENTENCES;

/** What a person reads for a code that an action refused with; a refusal of the domain has sentences of its own, given first. */
export function errorSentence(code: string, own: Readonly<Record<string, string | undefined>> = {}): string {
  return own[code] ?? SENTENCES[code] ?? ERROR_SENTENCES.INTERNAL;
}
