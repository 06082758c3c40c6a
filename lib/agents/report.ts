import type { ReportBlock } from "@/lib/reports/schema";

export { quotedFigures, type Span, spans } from "@/lib/reports/rules/spans";
export { type Report, type ReportBlock, reportBlockSchema, reportSchema } from "@/lib/reports/schema";

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
