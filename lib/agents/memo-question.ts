import { z } from "zod";
import { figureReference } from "@/lib/figures/schema";
import type { TaskHeader } from "./agent";
import { CANNOT_ANSWER } from "./ask";
import { checkSentence } from "./grounding";
import type { Script } from "./growth-script";
import { asData } from "./untrusted";

/** A question on a memo is put with the memo: what it recommends, and its figures with what they are made of. Pure. */

const partSchema = z.object({ id: z.string(), label: z.string() });
export const memoContextSchema = z.object({
  title: z.string(),
  recommendation: z.string(),
  /** As the memo calls them; `from` are the figures that each is computed from. */
  figures: z.array(partSchema.extend({ known: z.boolean(), from: z.array(z.string()) })),
  parts: z.array(partSchema),
});
export type MemoContext = z.infer<typeof memoContextSchema>;

const TOOL = "memo";
const BLOCK = /<data tool="memo" trust="none">\n(.*)\n/u;

/** What a model reads of the memo: material, like any other text that names customers and bidders. */
export const memoPrompt = (memo: MemoContext): string =>
  `The question is about a memo that you proposed. Its figures can be quoted by their ids.\n${asData(TOOL, memo)}`;

export function readMemo(prompt: string): MemoContext | undefined {
  const block = BLOCK.exec(prompt)?.[1];
  if (block === undefined) return undefined;
  try {
    return memoContextSchema.safeParse(JSON.parse(block)).data;
  } catch {
    return undefined;
  }
}

/** Other words for what memos call cost, effect, return and range. */
const ALSO: readonly (readonly [RegExp, RegExp])[] = [
  [/\b(?:costs?|budget|expens\w+|spend\w*|price)\b/iu, /\b(?:cost|budget|price|leaves)\b/iu],
  [/\b(?:effects?|brings?|benefits?|gains?|earns?|upside|worth)\b/iu, /\b(?:revenue|effect|net|worth|value)\b/iu],
  [/\b(?:returns?|roi|pays? off)\b/iu, /\breturn\b/iu],
  [/\b(?:risks?|downside|worst|wrong|lowest)\b/iu, /\blow\b/iu],
  [/\b(?:best case|highest|upside)\b/iu, /\bhigh\b/iu],
];
const COMMON = new Set(["once", "whole", "with", "from", "over", "that", "this", "stays", "months", "move"]);
const WHY =
  /\b(?:why|how (?:do|did|does) \w+ (?:get|come|know)|come from|based on|made (?:up )?of|comput\w+|calculat\w+)\b/iu;

const wordsOf = (label: string): string[] =>
  (label.toLowerCase().match(/\p{L}{4,}/gu) ?? []).filter((word) => !COMMON.has(word));

const asksFor = (question: string, label: string): boolean =>
  ALSO.some(([asked, called]) => asked.test(question) && called.test(label)) ||
  wordsOf(label).some((word) => new RegExp(`\\b${word}\\b`, "iu").test(question));

/** A label without the numbers that some carry ("Revenue, 3 months"). */
export const plainLabel = (label: string): string => {
  const words = label.replace(/,?\s*(?:in |over |of )?\d+(?: \w+)?(?: (?:before|ago))?/gu, "").trim();
  return words || "A part of it";
};

/** What would be refused is not said. */
const sayable = (line: string, id: string): boolean =>
  checkSentence(line, { figures: new Map([[id, "current"]]), names: new Set(), untrusted: [] }).length === 0;

const lineOf = ({ id, label }: { id: string; label: string }): string[] => {
  const line = `${plainLabel(label)}: ${figureReference(id)}.`;
  return sayable(line, id) ? [`- ${line}\n`] : [];
};

/** The memo's own figures that the question asks for, and what they are made of where it asks why; empty where none is. */
export function fromMemo(question: string, { figures, parts }: MemoContext): string {
  const asked = figures.filter(({ label }) => asksFor(question, label));
  const lines = asked.filter(({ known }) => known).flatMap(lineOf);
  if (lines.length === 0) return "";
  const made = WHY.test(question) ? [...new Set(asked.flatMap(({ from }) => from))] : [];
  const inputs = parts.filter(({ id }) => made.includes(id)).flatMap(lineOf);
  const because = inputs.length > 0 ? `\nComputed from:\n\n${inputs.join("")}` : "";
  return `The memo says:\n\n${lines.join("")}${because}`;
}

/** The memo first; then whatever else of the question the agent's own data answers. */
export const withMemo =
  (script: Script): Script =>
  (header: TaskHeader, findings) => {
    const own = header.memo ? fromMemo(header.question ?? "", header.memo) : "";
    const move = script(header, findings);
    if (!own || move.tool !== null) return move;
    return { say: move.say.startsWith(CANNOT_ANSWER) ? own : `${own}\n${move.say}`, tool: null };
  };
