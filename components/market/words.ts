import { ERROR_SENTENCES } from "@/lib/error-sentences";
import type { AppErrorCode } from "@/lib/errors";
import type { VerdictFound, VerdictInput } from "@/lib/market/rules/verdict";
import type { SeriesRefusal } from "@/lib/market/schema/series";
import type { TimingRefusal, Verdict } from "@/lib/market/schema/timing";

const SENTENCES: Readonly<Record<TimingRefusal | SeriesRefusal, string>> = {
  STALE_TIMING: "Someone kept other assumptions since you opened this. Nothing was saved; reload to see what stands.",
  UNKNOWN_SERIES: "One of the series chosen does not exist or is of another kind. Nothing was saved.",
  SERIES_EXISTS: "A series of this key exists. Another definition needs a key of its own.",
  NOTHING_TO_LOAD: "The file holds no value that can be read. Nothing was saved.",
  ALREADY_UNDONE: "This file has been taken back already.",
  SERVER_FAILED: "The server gave no rows. Nothing was kept.",
  NO_ROWS: "The tool answered, but with no rows that could be read as a table.",
  UNREADABLE_FILE: "The file is damaged, protected by a password, or of an old format. Save it again as XLSX or CSV.",
  TOO_MANY_ROWS: "More rows than a series can have. Split the file by years.",
  LOADED_OVER: "A later file corrected some of these values. Take that one back first.",
};

export function marketSentence(refusal: string | null): string | null {
  if (refusal === null) return null;
  if (refusal in SENTENCES) return SENTENCES[refusal as TimingRefusal | SeriesRefusal];
  return ERROR_SENTENCES[refusal as AppErrorCode] ?? "It did not work. Nothing was saved; try again.";
}

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  hold: "Hold",
  prepare: "Prepare",
  execute: "Execute",
};

const INPUT_WORDS: Readonly<Record<VerdictInput, string>> = {
  score: "the market",
  readiness: "readiness",
  runway: "the cash runway",
  waiting: "the worth of waiting",
};

const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;

const MARKET_WORDS = {
  open: "the market is open",
  between: "the market is neither open nor shut",
  shut: "the market is shut",
} as const;

/** "Prepare: the market is open, the venture is not ready, …": the answer with its reasons, without numbers. */
export function verdictSentence({ verdict, market, ready, short, waitingPays, missing }: VerdictFound): string {
  if (!verdict)
    return `No answer yet: ${listed(missing.map((input) => INPUT_WORDS[input]))} ${missing.length > 1 ? "are" : "is"} not known.`;
  const reasons = [
    market ? MARKET_WORDS[market] : null,
    ready ? "the venture is ready" : "the venture is not ready yet",
    short ? "the cash does not last long" : "the cash lasts",
    waitingPays ? "waiting is likelier to be worth more" : "waiting is not likely enough to be worth more",
  ];
  return `${VERDICT_WORDS[verdict]}: ${listed(reasons.flatMap((reason) => reason ?? []))}.`;
}

export const FLIP_WORDS: Readonly<Record<VerdictInput, string>> = {
  score: "Market score",
  readiness: "Exit readiness",
  runway: "Cash runway, months",
  waiting: "Best chance that waiting beats selling",
};
