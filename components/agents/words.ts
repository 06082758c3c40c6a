import type { RunView } from "@/lib/agents/run-stream";

const WORD = /\s*(?:\[\[[^\]]*\]\]|\S)(?:\[\[[^\]]*\]\]|\S)*\s*/g;

/** Where each word of a text ends; a reference is never cut. */
export const wordEnds = (text: string): number[] =>
  [...text.matchAll(WORD)].map((match) => match.index + match[0].length);

/** How far a text that is being revealed has come after one more tick: a word, or more when it has fallen behind. */
export function nextReveal(text: string, shown: number): number {
  const left = wordEnds(text).filter((end) => end > shown);
  return left[Math.floor(left.length / 24)] ?? text.length;
}

/** What a screen reader hears: where the run is, not what it says. */
export function announcementOf(view: RunView): string {
  const { plan, status } = view;
  if (status === "waiting") return "";
  if (status === "succeeded") return "The analysis is finished; the report is ready.";
  if (status === "stopped") return `The analysis was stopped. ${view.reason ?? ""}`.trim();
  if (status === "failed") return "The analysis failed.";
  const index = plan.findIndex((item) => !item.done);
  const item = plan[index];
  return item ? `Step ${index + 1} of ${plan.length}: ${item.title}.` : "";
}

/** "0.3 s" */
export const durationOf = (from: string, to: string): string =>
  `${((Date.parse(to) - Date.parse(from)) / 1_000).toFixed(1)} s`;
