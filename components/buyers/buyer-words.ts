import { errorSentence } from "@/components/ui/error-sentence";
import type { LevelName } from "@/components/ui/level";
import type { Fit } from "@/lib/buyers/rules/fit";
import type { BuyerKind, EvidenceTier, Tier } from "@/lib/buyers/schema";

export const TIER_LEVEL: Readonly<Record<Tier, LevelName>> = {
  priority: "excellent",
  short: "healthy",
  long: "warning",
  out: "unknown",
};
export const KIND_LABELS: Readonly<Record<BuyerKind, string>> = {
  strategic: "Strategic",
  financial: "Financial",
  management: "Management",
};
export const EVIDENCE_LABELS: Readonly<Record<EvidenceTier, string>> = {
  A: "A: filed or signed",
  B: "B: published by others",
  C: "C: said by somebody",
};
export const ANTITRUST: Readonly<Record<Fit["antitrust"], { level: LevelName; word: string }>> = {
  clear: { level: "healthy", word: "clear" },
  flag: { level: "warning", word: "needs a look" },
  block: { level: "critical", word: "likely forbidden" },
  unknown: { level: "unknown", word: "not looked at" },
};

const SENTENCES: Readonly<Record<string, string>> = {
  CONFLICT: "Somebody changed this while you were at it. The page shows what stands now; look and try again.",
  ALREADY_LISTED: "That buyer is on this venture's list already.",
  PUT_AWAY: "That buyer was put away. Bring it back from the list of those below.",
  REASON_REQUIRED: "Say why: the reason stays beside the choice.",
  NOT_APPROVED: "The chairman has not approved that this buyer is sent this. Ask for it below the list.",
  DATE_IN_FUTURE: "The day lies in the future.",
  NO_SUCH_PERSON: "That person cannot see this venture or has left. Choose another one.",
  NO_NAME: "A name has letters or digits.",
  GOES_BACK: "The board goes forward only. What happened stays in the history.",
  DECLINED: "One of them has said no. Leave it out.",
  ALREADY_APPROVED: "The chairman has approved this for all of them already.",
};

export const buyerSentence = (refusal: string): string => errorSentence(refusal, SENTENCES);
