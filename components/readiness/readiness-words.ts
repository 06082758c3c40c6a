import type { LevelName } from "@/components/ui/level";
import type { ComponentId } from "@/lib/readiness/rules/criteria";
import type { ChangeLine } from "@/lib/readiness/rules/history";
import type { Band } from "@/lib/readiness/rules/score";

export const BAND_LEVEL: Readonly<Record<Band, LevelName>> = {
  "not ready": "critical",
  approaching: "warning",
  ready: "healthy",
  optimal: "excellent",
};

/** Short enough for the rim of a chart. */
export const COMPONENT_SHORT: Readonly<Record<ComponentId, string>> = {
  financial: "Financial",
  operational: "Operations",
  legal: "Legal, IP",
  market: "Market",
  diligence: "Diligence",
};

export const READINESS_SENTENCES: Readonly<Record<string, string>> = {
  ANSWERED_BY_DATA: "Stored data answer this criterion; correct the data instead.",
  NO_EVIDENCE: "A score needs at least one piece of evidence: a document, a figure, or what was seen and when.",
  EVIDENCE_IN_FUTURE: "A piece of evidence is dated in the future.",
  NO_SUCH_EVIDENCE: "A document or figure is not there any more. Choose another one.",
  CONFLICT: "Somebody changed this while you were at it. The page shows what stands now; look and try again.",
  NO_SUCH_PERSON: "That person cannot see this venture or has left. Choose another one.",
};

const plain = (value: number | null): string => (value === null ? "–" : `${Math.round(value * 10) / 10}`);

/** "Audited accounts 1 → 3": why the score differs. */
export function changeText({ label, before, after, kind }: ChangeLine): string {
  if (kind === "first") return `${label}: answered, ${plain(after)} of 4`;
  if (kind === "withdrawn") return `${label}: withdrawn, was ${plain(before)}`;
  return `${label}: ${plain(before)} → ${plain(after)}`;
}
