import { type Flow, type FlowFigure, type ListItem, type Piece, textsOf } from "./flow";
import { cutFonts } from "./fonts";
import { drawable } from "./glyphs";
import { type Layout, layLines, type Style } from "./lines";
import { drawFigure } from "./marks";
import {
  child,
  drawLine,
  left,
  need,
  newPage,
  openSheet,
  ornament,
  PAGE,
  type Sheet,
  type SheetInfo,
  type Tag,
  tagged,
  WIDTH,
} from "./sheet";
import { drawTable, firstOf, layTable } from "./table";

type TextStyle = { role: Style["role"]; size: number; leading: number; before: number; after: number };
const STYLES = {
  title: { role: "headline", size: 20, leading: 1.2, before: 0, after: 3 },
  heading2: { role: "headline", size: 13.5, leading: 1.25, before: 14, after: 5 },
  heading3: { role: "strong", size: 10.5, leading: 1.3, before: 9, after: 3 },
  caption: { role: "strong", size: 9.5, leading: 1.3, before: 5, after: 3 },
  body: { role: "text", size: 10, leading: 1.45, before: 0, after: 7 },
  small: { role: "text", size: 8.5, leading: 1.4, before: 0, after: 5 },
} as const satisfies Readonly<Record<string, TextStyle>>;

/** A block that knows how much of it must stand together, and how it is drawn. */
type Laid = { first: number; draw: () => void };

const lay = (sheet: Sheet, pieces: readonly Piece[], { role, size }: TextStyle, width: number = WIDTH): Layout =>
  layLines(pieces, { role, size, width }, sheet.measure);

type Placed = { layout: Layout; style: TextStyle; element: Tag; type: string; x?: number };

/** Lines one under the other; never one alone at the foot or at the head of a page. */
function flowLines(sheet: Sheet, { layout: { lines }, style, element, type, x = PAGE.left }: Placed): void {
  const height = style.size * style.leading;
  let from = 0;
  while (from < lines.length) {
    let fit = Math.floor((left(sheet) + 0.01) / height);
    const rest = lines.length - from;
    if (fit < rest && rest - fit === 1) fit -= 1;
    if (fit < Math.min(2, rest)) {
      newPage(sheet);
      continue;
    }
    const part = lines.slice(from, from + Math.max(1, fit));
    tagged(sheet, element, type, () => {
      for (const line of part) {
        drawLine(sheet, line, { x, baseline: sheet.y + style.size * (0.5 + style.leading / 2) - style.size * 0.12 });
        sheet.y += height;
      }
    });
    from += part.length;
  }
}

const top = (sheet: Sheet): boolean => sheet.y === PAGE.top;

function textBlock(sheet: Sheet, pieces: readonly Piece[], style: TextStyle, type: string): Laid {
  const layout = lay(sheet, pieces, style);
  const first = Math.min(2, layout.lines.length) * style.size * style.leading;
  return {
    first,
    draw: () => {
      if (!top(sheet)) sheet.y += style.before;
      flowLines(sheet, { layout, style, element: child(sheet, sheet.root, type), type });
      sheet.y += style.after;
    },
  };
}

const plain = (pieces: readonly Piece[]): string => pieces.map(({ text }) => drawable(text)).join("");

/** A heading stands with what it heads, and in the outline of the file. */
function headingBlock(
  sheet: Sheet,
  block: Extract<Flow, { kind: "heading" }>,
  next: Laid | undefined,
  outline: Outline,
): Laid {
  const style = block.level === 2 ? STYLES.heading2 : STYLES.heading3;
  const text = textBlock(sheet, block.pieces, style, `H${block.level}`);
  const first = style.before + text.first + style.after + (next?.first ?? 0);
  return {
    first,
    draw: () => {
      need(sheet, first);
      outline.add(block.level, plain(block.pieces));
      text.draw();
    },
  };
}

function drawItem(sheet: Sheet, list: Tag, item: ListItem, style: TextStyle, indent: number): void {
  const element = child(sheet, list, "LI");
  const label = lay(sheet, [{ text: item.label, muted: true }], style, indent);
  const x = PAGE.left + (item.inset ? indent : 0);
  const lines = item.lines.map((line) => lay(sheet, line, style, PAGE.left + WIDTH - x - indent));
  need(
    sheet,
    Math.min(
      3,
      lines.reduce((sum, one) => sum + one.lines.length, 0),
    ) *
      style.size *
      style.leading,
  );
  const at = sheet.y;
  flowLines(sheet, { layout: label, style, element: child(sheet, element, "Lbl"), type: "Lbl", x });
  sheet.y = at;
  const body = child(sheet, element, "LBody");
  for (const layout of lines) {
    flowLines(sheet, { layout, style, element: child(sheet, body, "P"), type: "P", x: x + indent });
  }
  sheet.y += 3;
}

function listBlock(sheet: Sheet, { items, small }: Extract<Flow, { kind: "list" }>): Laid {
  const style = small ? STYLES.small : STYLES.body;
  const widest = Math.max(0, ...items.map(({ label }) => lay(sheet, [{ text: label }], style).natural));
  const indent = Math.max(14, widest + 8);
  return {
    first: (items[0]?.lines.length === 1 ? 2 : 4) * style.size * style.leading + 3,
    draw: () => {
      const list = child(sheet, sheet.root, "L");
      for (const item of items) drawItem(sheet, list, item, style, indent);
      sheet.y += style.after - 3;
    },
  };
}

function tableBlock(sheet: Sheet, block: Extract<Flow, { kind: "table" }>): Laid {
  const table = layTable(sheet, block);
  const caption = block.caption ? textBlock(sheet, [{ text: block.caption }], STYLES.caption, "P") : null;
  const first = (caption ? caption.first + STYLES.caption.before + STYLES.caption.after : 0) + firstOf(table);
  return {
    first,
    draw: () => {
      need(sheet, first);
      caption?.draw();
      drawTable(sheet, table, sheet.root);
      sheet.y += 12;
    },
  };
}

function figureBlock(sheet: Sheet, { title, alt, drawing }: FlowFigure): Laid {
  if (!drawing)
    return textBlock(sheet, [{ text: `${title}: nothing is known in this period.`, muted: true }], STYLES.body, "P");
  const caption = textBlock(sheet, [{ text: title }], STYLES.caption, "P");
  const first = STYLES.caption.before + caption.first + STYLES.caption.after + drawing.height;
  return {
    first,
    draw: () => {
      need(sheet, first);
      caption.draw();
      drawFigure(sheet, drawing, alt);
      sheet.y += 10;
    },
  };
}

type Outline = { add: (level: 2 | 3, title: string) => void };

function outlineOf(sheet: Sheet): Outline {
  const { outline } = sheet.doc;
  let open: typeof outline | null = null;
  return {
    add: (level, title) => {
      const made = (level === 3 && open ? open : outline).addItem(title, { expanded: true });
      if (level === 2) open = made;
    },
  };
}

function laidOf(sheet: Sheet, block: Flow, next: Laid | undefined, outline: Outline): Laid {
  switch (block.kind) {
    case "title":
      return textBlock(sheet, block.pieces, STYLES.title, "H1");
    case "heading":
      return headingBlock(sheet, block, next, outline);
    case "paragraph":
      return textBlock(sheet, block.pieces, block.small ? STYLES.small : STYLES.body, "P");
    case "list":
      return listBlock(sheet, block);
    case "table":
      return tableBlock(sheet, block);
    case "figure":
      return figureBlock(sheet, block);
    case "drawn":
      return { first: 0, draw: () => block.draw(sheet) };
    case "page-break":
      return { first: 0, draw: () => (top(sheet) ? undefined : newPage(sheet)) };
  }
}

/** Head and foot of every page, once it is known how many there are. */
function number(sheet: Sheet, running: string): void {
  const { start, count } = sheet.doc.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    sheet.doc.switchToPage(page);
    const [head] = lay(sheet, [{ text: running, muted: true }], STYLES.small, WIDTH).lines;
    const [foot] = lay(sheet, [{ text: `Page ${page + 1} of ${count}`, muted: true }], STYLES.small).lines;
    ornament(sheet, "Pagination", () => {
      if (head) drawLine(sheet, head, { x: PAGE.left, baseline: 38 });
      if (foot) drawLine(sheet, foot, { x: PAGE.width - PAGE.right - foot.width, baseline: PAGE.height - 30 });
    });
  }
}

const DIGITS = "Page 0123456789 of";

/** Blocks as a tagged PDF with its fonts inside: the same bytes for the same document. */
export async function writePdf(flow: readonly Flow[], info: SheetInfo, running: string): Promise<Buffer> {
  const texts = [...textsOf(flow), { text: running, role: "text" as const }, { text: DIGITS, role: "text" as const }];
  const fonts = await cutFonts(texts.map(({ text, role }) => ({ text: drawable(text), role })));
  const sheet = openSheet(fonts, info);
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    sheet.doc.on("data", (chunk: Buffer) => chunks.push(chunk));
    sheet.doc.on("end", () => resolve(Buffer.concat(chunks)));
    sheet.doc.on("error", reject);
  });
  const outline = outlineOf(sheet);
  const laid: Laid[] = [];
  for (const block of [...flow].reverse()) laid.unshift(laidOf(sheet, block, laid[0], outline));
  for (const { draw } of laid) draw();
  number(sheet, running);
  sheet.root.end();
  sheet.doc.end();
  return done;
}
