import { formatNearDay } from "@/lib/format";
import type { DocumentChart, ReportDocument } from "@/lib/reports/rules/document";
import type { WeeklyDocument } from "@/lib/reports/schema/weekly";
import { chartDrawing, chartWords } from "../pdf/chart";
import type { Flow, FlowTable, Piece, Said } from "../pdf/flow";
import { layLines, type Style } from "../pdf/lines";
import { drawFigure } from "../pdf/marks";
import {
  COLOURS,
  child,
  drawLine,
  hairline,
  left,
  newPage,
  ornament,
  PAGE,
  type Sheet,
  type Tag,
  tagged,
  WIDTH,
} from "../pdf/sheet";
import { drawTable, type LaidTable, layTable } from "../pdf/table";
import {
  decisionTable,
  edition,
  type Figures,
  figuresOf,
  figureText,
  lastWeek,
  lightPieces,
  mainTable,
  markOf,
  pieces,
  piecesOf,
  TONE_COLOURS,
  weekLine,
} from "./front-page";

/** The first page, drawn: masthead, headline and bottom line beside the numbers, then what to decide and how it stands. */

type Look = { role?: Style["role"]; size: number; leading?: number; gap?: number; type?: string };
type Box = { x: number; width: number };

const FULL: Box = { x: PAGE.left, width: WIDTH };
const GUTTER = 24;
/** What the last lines of the page need. */
const FOOT = 26;
const SIDE = 150;
const MAIN: Box = { x: PAGE.left, width: WIDTH - SIDE - GUTTER };
const ASIDE: Box = { x: PAGE.left + WIDTH - SIDE, width: SIDE };

/** Text in a box at the sheet's place; the place moves below it. */
function write(sheet: Sheet, parent: Tag, { x, width }: Box, said: readonly Piece[], look: Look): void {
  const { role = "text", size, leading = 1.35, gap = 0, type = "P" } = look;
  const { lines } = layLines(said, { role, size, width }, sheet.measure);
  tagged(sheet, child(sheet, parent, type), type, () => {
    for (const line of lines) {
      drawLine(sheet, line, { x, baseline: sheet.y + size * (leading / 2 + 0.38) });
      sheet.y += size * leading;
    }
  });
  sheet.y += gap;
}

function rule(sheet: Sheet, { x, width }: Box, weight: number, colour: string): void {
  ornament(sheet, "Layout", () => {
    sheet.doc
      .moveTo(x, sheet.y)
      .lineTo(x + width, sheet.y)
      .lineWidth(weight)
      .stroke(colour);
  });
}

type Page = { document: WeeklyDocument; figures: Figures; revision: number; hash: string };

function masthead(sheet: Sheet, { document, revision }: Page): void {
  sheet.y = 50;
  rule(sheet, FULL, 1.6, COLOURS.ink);
  sheet.y += 9;
  write(sheet, sheet.root, FULL, [{ text: document.subject }], {
    role: "headline",
    size: 25,
    leading: 1.15,
    gap: 2,
    type: "H1",
  });
  write(sheet, sheet.root, FULL, [{ text: `${weekLine(document)}. ${edition(document, revision)}`, muted: true }], {
    size: 8.8,
    gap: 7,
  });
  rule(sheet, FULL, 0.5, COLOURS.ink);
  sheet.y += 11;
}

function rubric(sheet: Sheet, box: Box, text: string): void {
  write(sheet, sheet.root, box, [{ text, role: "strong", muted: true }], { size: 8.6, gap: 2, type: "H2" });
}

/** Headline and bottom line on the left; the light and the numbers on the right. */
function opening(sheet: Sheet, { document, figures }: Page): void {
  const from = sheet.y;
  const { headline, lead, light, numbers } = document.front;
  write(sheet, sheet.root, MAIN, pieces(headline, figures), { role: "headline", size: 19, leading: 1.2, gap: 8 });
  for (const sentence of lead)
    write(sheet, sheet.root, MAIN, pieces(sentence, figures), { size: 9.6, leading: 1.4, gap: 2 });
  const end = sheet.y;
  sheet.y = from;
  write(
    sheet,
    sheet.root,
    ASIDE,
    lightPieces(light.light).map((piece) => ({ ...piece, role: "strong" as const })),
    { size: 14, leading: 1.3 },
  );
  write(sheet, sheet.root, ASIDE, [{ text: lastWeek(document), muted: true }], { size: 8.6, gap: 2 });
  for (const why of light.reasons.slice(0, 3)) write(sheet, sheet.root, ASIDE, [{ text: why }], { size: 8.6, gap: 1 });
  sheet.y += 6;
  for (const { label, figure, level } of numbers.slice(0, 4)) {
    rule(sheet, ASIDE, 0.5, COLOURS.line);
    sheet.y += 4;
    write(
      sheet,
      sheet.root,
      ASIDE,
      pieces(label, figures).map((piece) => ({ ...piece, muted: true })),
      { size: 8.2 },
    );
    const mark = level && level.tone !== "unknown" ? [markOf(level.tone)] : [];
    write(sheet, sheet.root, ASIDE, [...mark, { text: figureText(figures, figure), role: "strong" }], {
      size: 12.5,
      gap: 3,
    });
  }
  const aside = sheet.y;
  sheet.y = Math.max(end, aside) + 8;
  ornament(sheet, "Layout", () => {
    sheet.doc
      .moveTo(ASIDE.x - GUTTER / 2, from)
      .lineTo(ASIDE.x - GUTTER / 2, sheet.y - 8)
      .lineWidth(0.5)
      .stroke(COLOURS.line);
  });
}

function deciding(sheet: Sheet, { document, figures }: Page): void {
  const { decisions, moreDecisions, table } = document.front;
  rubric(sheet, FULL, "DECISIONS NEEDED");
  hairline(sheet, sheet.y);
  if (decisions.length === 0)
    write(sheet, sheet.root, FULL, [{ text: "No decision waits.", muted: true }], { size: 9.5, leading: 1.9 });
  else drawTable(sheet, layTable(sheet, decisionTable(document, figures, table.kind === "ventures")), sheet.root);
  if (moreDecisions > 0)
    write(sheet, sheet.root, FULL, [{ text: "The others stand in the appendix.", muted: true }], { size: 8.5 });
  sheet.y += 11;
}

/** What the days ahead and the risks need at the least: their headings and three lines. */
const OUTLOOK = 72;

/** From the size of the page's tables down to what is read without glasses. */
const TABLE_SIZES = [9.5, 8.5, 8] as const;
const roomFor = (sheet: Sheet): number => left(sheet) - FOOT - OUTLOOK;
const heightOf = ({ headHeight, heights }: LaidTable): number => heights.reduce((sum, row) => sum + row, headHeight);

/** As large as lets every row stand on the page; the smallest where none does. */
function largest(sheet: Sheet, table: FlowTable): LaidTable {
  const laid = TABLE_SIZES.map((_, index) => layTable(sheet, table, TABLE_SIZES.slice(index)));
  return laid.find((one) => heightOf(one) <= roomFor(sheet)) ?? laid.at(-1) ?? layTable(sheet, table);
}

/** The first rows, as many as leave room for what comes below: the page is one page. The rest stands in the appendix. */
function fitting(sheet: Sheet, table: LaidTable): LaidTable {
  const room = roomFor(sheet);
  let [height, count] = [table.headHeight, 0];
  for (const row of table.heights) {
    height += row;
    if (height > room) break;
    count += 1;
  }
  // Never none: one row and a page more is better than a heading over nothing.
  const most = Math.max(1, count);
  return { ...table, rows: table.rows.slice(0, most), heights: table.heights.slice(0, most) };
}

const noRows = ({ front: { table } }: WeeklyDocument): string =>
  table.kind === "metrics" ? (table.none ?? "No measure is known.") : "No venture is in Stage 40.";

function standing(sheet: Sheet, { document, figures }: Page): void {
  const metrics = document.front.table.kind === "metrics";
  rubric(sheet, FULL, metrics ? "METRICS" : "VENTURES");
  hairline(sheet, sheet.y);
  if (document.front.table.rows.length === 0)
    write(sheet, sheet.root, FULL, [{ text: noRows(document), muted: true }], { size: 9.5, leading: 1.9 });
  const { table } = document.front;
  let more = table.kind === "ventures" && table.more > 0;
  if (table.rows.length > 0) {
    const laid = fitting(sheet, largest(sheet, mainTable(document, figures)));
    drawTable(sheet, laid, sheet.root);
    more ||= laid.rows.length < table.rows.length;
  }
  if (more) write(sheet, sheet.root, FULL, [{ text: "The others stand in the appendix.", muted: true }], { size: 8.5 });
  sheet.y += 11;
}

const LINE = { size: 9, leading: 1.35, gap: 1 } as const;

/** Items one under the other, as many as the page has room for; what has none stands in the appendix. */
function items(sheet: Sheet, box: Box, all: readonly (readonly Piece[])[], none: string): void {
  if (all.length === 0) write(sheet, sheet.root, box, [{ text: none, muted: true }], LINE);
  for (const item of all) {
    const { lines } = layLines(item, { role: "text", size: LINE.size, width: box.width }, sheet.measure);
    if (lines.length * LINE.size * LINE.leading > left(sheet) - FOOT) return;
    write(sheet, sheet.root, box, item, LINE);
  }
}

/** Days ahead and risks side by side. */
function outlook(sheet: Sheet, { document }: Page): void {
  const half = (WIDTH - GUTTER) / 2;
  const days: Box = { x: PAGE.left, width: half };
  const beside: Box = { x: PAGE.left + half + GUTTER, width: half };
  const from = sheet.y;
  const { ahead, risks, table } = document.front;
  const of = (venture: string) => (table.kind === "ventures" ? `${venture}: ` : "");
  const coming = ahead.map(({ on, what, venture }): Piece[] => [
    { text: `${formatNearDay(on, document.endsOn)}\u2002`, role: "strong" },
    { text: `${of(venture)}${what}` },
  ]);
  rubric(sheet, days, "DAYS AHEAD");
  items(sheet, days, coming, "No day is set.");
  const end = sheet.y;
  sheet.y = from;
  const told = risks.map(({ severity, title, venture }): Piece[] => [
    markOf(severity === "info" ? "unknown" : severity),
    { text: `${of(venture)}${title}` },
  ]);
  rubric(sheet, beside, "RISKS");
  items(sheet, beside, told, "No alert stood at the end of the week.");
  sheet.y = Math.max(end, sheet.y) + 10;
}

/** As high as the page has room, in points. */
const LEAST_CHART = 70;
const MOST_CHART = 150;

/** As the appendix has it: a point knows its figure by the id alone. */
function chartOf({ front: { chart: shown } }: WeeklyDocument): DocumentChart | null {
  if (!shown) return null;
  return {
    ...shown,
    points: shown.points.map(({ figure, ...point }) => ({ ...point, ...(figure && { figure: figure.id }) })),
  };
}

/** The chart where the page has room for it; the appendix has it in any case. */
function chart(sheet: Sheet, { document }: Page): void {
  const shown = chartOf(document);
  const room = Math.min(MOST_CHART, left(sheet) - 40);
  const drawing = shown && room >= LEAST_CHART ? chartDrawing(shown, room) : null;
  if (!shown || !drawing) return;
  rubric(sheet, FULL, shown.title);
  drawFigure(sheet, drawing, chartWords(shown));
  sheet.y += 4;
}

const closing = ({ document, hash }: Page): string =>
  `Every number is a stored figure; its formula and sources stand at the end. Bottom line by the ${document.writtenBy}. Content SHA-256 ${hash.slice(0, 16)}…`;

function foot(sheet: Sheet, page: Page): void {
  const look = { size: 7.6 };
  const { lines } = layLines(
    [{ text: closing(page), muted: true }],
    { role: "text", ...look, width: WIDTH },
    sheet.measure,
  );
  sheet.y = Math.max(sheet.y, PAGE.height - PAGE.bottom - lines.length * look.size * 1.35 + 8);
  write(sheet, sheet.root, FULL, [{ text: closing(page), muted: true }], look);
}

const said = (all: readonly Piece[], role: Said["role"] = "text"): Said[] =>
  all.map((piece) => ({ text: piece.text, role: piece.role ?? role }));

/** Every text of the page in the role in which it is drawn. */
function textsOf(page: Page): Said[] {
  const { document, figures, revision } = page;
  const { front } = document;
  const strong = (text: string): Said => ({ text, role: "strong" });
  const shown = chartOf(document);
  const charts = shown ? (chartDrawing(shown)?.labels ?? []) : [];
  return [
    ...said([{ text: document.subject }, ...pieces(front.headline, figures)], "headline"),
    ...said(front.lead.flatMap((sentence) => pieces(sentence, figures))),
    ...said([{ text: `${weekLine(document)}. ${edition(document, revision)} ${lastWeek(document)} ${closing(page)}` }]),
    ...said(lightPieces(front.light.light), "strong"),
    ...said(front.light.reasons.map((text) => ({ text }))),
    ...front.numbers.flatMap(({ label, figure }) => [
      ...said(pieces(label, figures)),
      strong(figureText(figures, figure)),
    ]),
    ...said(Object.keys(TONE_COLOURS).map((tone) => markOf(tone as keyof typeof TONE_COLOURS))),
    ...said([...piecesOf(decisionTable(document, figures, true)), ...piecesOf(mainTable(document, figures))]),
    ...front.ahead.flatMap(({ on, what, venture }) => [
      strong(`${formatNearDay(on, document.endsOn)}\u2002`),
      ...said([{ text: `${venture}: ${what}` }]),
    ]),
    ...said(front.risks.map(({ title, venture }) => ({ text: `${venture}: ${title}` }))),
    ...said(charts.map(({ text }) => ({ text }))),
    ...["DECISIONS NEEDED", "METRICS", "VENTURES", "DAYS AHEAD", "RISKS", front.chart?.title ?? ""].map(strong),
    ...said([
      {
        text: `${noRows(document)} No decision waits. No day is set. No alert stood at the end of the week. The others stand in the appendix.`,
      },
    ]),
  ];
}

/** The page as one block of the flow; the appendix begins on the next. */
export function frontPage(document: WeeklyDocument, report: ReportDocument, hash: string): Flow[] {
  const page: Page = { document, figures: figuresOf(report), revision: report.version, hash };
  const draw = (sheet: Sheet) => {
    for (const part of [masthead, opening, deciding, standing, outlook, chart, foot]) part(sheet, page);
    newPage(sheet);
  };
  return [{ kind: "drawn", texts: textsOf(page), draw }];
}
