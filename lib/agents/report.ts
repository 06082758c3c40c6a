import { z } from "zod";
import { FIGURE_REFERENCE } from "@/lib/figures/schema";

/** A report as it is stored: blocks of text that refer to figures; no number is in it. Pure. */
export const reportBlockSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("heading"), level: z.int().min(1).max(6), text: z.string() }),
  z.object({ kind: z.literal("paragraph"), text: z.string() }),
  z.object({ kind: z.literal("list"), ordered: z.boolean(), items: z.array(z.string()) }),
]);
export type ReportBlock = z.infer<typeof reportBlockSchema>;

export const reportSchema = z.object({ blocks: z.array(reportBlockSchema), model: z.string() });
export type Report = z.infer<typeof reportSchema>;

const HEADING = /^(#{1,6})\s+(.*)$/;
const ITEM = /^\s*(?:([-*•])|\d{1,2}[.)])\s+(.*)$/;

/** The little Markdown that agents write: headings, paragraphs, lists. Everything else is a paragraph as it stands. */
export function reportBlocks(text: string): ReportBlock[] {
  const blocks: ReportBlock[] = [];
  let open = false;
  for (const line of text.split("\n")) {
    const last = open ? blocks.at(-1) : undefined;
    const heading = HEADING.exec(line);
    open = line.trim() !== "" && !heading;
    if (heading) blocks.push({ kind: "heading", level: heading[1]?.length ?? 1, text: (heading[2] ?? "").trim() });
    else if (open) blocks.push(...continued(last, line));
  }
  return blocks;
}

/** Adds the line to the open block, or gives the block that it begins. */
function continued(last: ReportBlock | undefined, line: string): ReportBlock[] {
  const item = ITEM.exec(line);
  if (item) {
    const ordered = item[1] === undefined;
    const text = (item[2] ?? "").trim();
    if (last?.kind !== "list" || last.ordered !== ordered) return [{ kind: "list", ordered, items: [text] }];
    last.items.push(text);
  } else if (last?.kind === "list") last.items.push(`${last.items.pop() ?? ""} ${line.trim()}`);
  else if (last?.kind === "paragraph") last.text += ` ${line.trim()}`;
  else return [{ kind: "paragraph", text: line.trim() }];
  return [];
}

export const quotedFigures = (text: string): string[] => [
  ...new Set([...text.matchAll(FIGURE_REFERENCE)].map((match) => match[1] ?? "")),
];

export type Span =
  | { kind: "text"; text: string }
  | { kind: "strong"; text: string }
  | { kind: "figure"; id: string }
  | { kind: "name"; name: string };

const SPAN = /\[\[fig:([0-9a-f]{16})\]\]|\[\[name:([^[\]\n]*)\]\]|\*\*([^*\n]+)\*\*/g;

/** A line of a report cut into what is shown differently. A reference inside bold text counts as the reference. */
export function spans(text: string): Span[] {
  const plain = text.replace(/\*\*((?:[^*\n]*)\[\[(?:[^*\n]*))\*\*/g, "$1");
  const found: Span[] = [];
  let from = 0;
  for (const match of plain.matchAll(SPAN)) {
    if (match.index > from) found.push({ kind: "text", text: plain.slice(from, match.index) });
    const [whole, figure, name, strong] = match;
    if (figure) found.push({ kind: "figure", id: figure });
    else if (name !== undefined) found.push({ kind: "name", name });
    else found.push({ kind: "strong", text: strong ?? "" });
    from = match.index + whole.length;
  }
  if (from < plain.length) found.push({ kind: "text", text: plain.slice(from) });
  return found;
}
