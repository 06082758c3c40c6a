import { FIGURE_REFERENCE } from "@/lib/figures/schema";

export type Span =
  | { kind: "text"; text: string }
  | { kind: "strong"; text: string }
  | { kind: "figure"; id: string }
  | { kind: "name"; name: string }
  /** YYYY-MM-DD, to be said in words. */
  | { kind: "day"; day: string };

const SPAN =
  /\[\[fig:([0-9a-f]{16})\]\]|\[\[name:([^[\]\n]*)\]\]|\*\*([^*\n]+)\*\*|(?<![\w-])(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?![\w-])/g;

/** Not 31 February. */
const isDay = (text: string): boolean => new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);

/** A line of a report cut into what is shown differently. A reference inside bold text counts as the reference. */
export function spans(text: string): Span[] {
  // Pair by pair: what stands between two bold runs is not bold.
  const plain = text.replace(/\*\*([^*\n]+)\*\*/g, (bold, inner: string) => (inner.includes("[[") ? inner : bold));
  const found: Span[] = [];
  let from = 0;
  for (const match of plain.matchAll(SPAN)) {
    if (match.index > from) found.push({ kind: "text", text: plain.slice(from, match.index) });
    const [whole, figure, name, strong, day] = match;
    if (figure) found.push({ kind: "figure", id: figure });
    else if (name !== undefined) found.push({ kind: "name", name });
    else if (day && isDay(day)) found.push({ kind: "day", day });
    else if (day) found.push({ kind: "text", text: day });
    else found.push({ kind: "strong", text: strong ?? "" });
    from = match.index + whole.length;
  }
  if (from < plain.length) found.push({ kind: "text", text: plain.slice(from) });
  return found;
}

/** The ids of the figures that a text quotes, each once, in the order of the text. */
export const quotedFigures = (text: string): string[] => [
  ...new Set([...text.matchAll(FIGURE_REFERENCE)].map((match) => match[1] ?? "")),
];
