import type { Cell, FlowTable } from "./flow";
import { type Layout, type Line, layLines, type Style } from "./lines";
import {
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
  whole,
} from "./sheet";

/** Tables: columns as wide as they need, the head again on every page, rows that stay together. */

const PAD = { x: 10, y: 3.5 } as const;
const SIZES = [9.5, 8.5, 7.5] as const;
const LEADING = 1.3;

type Column = {
  width: number;
  numeric: boolean;
  /** The widest raised number of its cells. */
  hang: number;
};
export type LaidTable = {
  title: string;
  head: Layout[];
  rows: Layout[][];
  columns: Column[];
  size: number;
  /** Height of the head and of each row. */
  headHeight: number;
  heights: number[];
};

const measured = (sheet: Sheet, cell: Cell, role: Style["role"], size: number, width = 10_000): Layout =>
  layLines(cell, { role, size, width }, sheet.measure);

/** What is left over goes to the widest column of words; where it is short, columns keep their longest word. */
function shares(natural: readonly number[], least: readonly number[], room: number, wide: number): number[] | null {
  const sum = (of: readonly number[]) => of.reduce((all, one) => all + one, 0);
  const spare = room - sum(natural);
  if (spare >= 0) return natural.map((width, index) => width + (index === wide ? spare : 0));
  const short = room - sum(least);
  if (short < 0) return null;
  const wish = natural.map((width, index) => width - (least[index] ?? 0));
  const all = sum(wish) || 1;
  return least.map((width, index) => width + (short * (wish[index] ?? 0)) / all);
}

function widestOfWords(columns: FlowTable["columns"], natural: readonly number[]): number {
  const words = natural.map((width, index) => (columns[index]?.numeric ? 0 : width));
  return words.indexOf(Math.max(...words));
}

const heightOf = (cells: readonly Layout[], size: number): number =>
  Math.max(1, ...cells.map(({ lines }) => lines.length)) * size * LEADING + 2 * PAD.y;

/** In the first of the sizes in which every column keeps its longest word. */
export function layTable(
  sheet: Sheet,
  { columns, rows, title }: FlowTable,
  sizes: readonly number[] = SIZES,
): LaidTable {
  const heads = columns.map(({ label }): Cell => [{ text: label, role: "strong", muted: true }]);
  const room = WIDTH - PAD.x * (columns.length - 1);
  const fits = sizes.map((size) => {
    const all = columns.map((_, index) => [
      measured(sheet, heads[index] ?? [], "strong", size * 0.95),
      ...rows.map((row) => measured(sheet, row[index] ?? [], "text", size)),
    ]);
    const spare = (index: number) => (columns[index]?.numeric ? size : 0);
    const most = (pick: (one: Layout) => number) =>
      all.map((cells, index) => Math.max(0, ...cells.map(pick)) + 0.1 + spare(index));
    const natural = most((one) => one.natural);
    const least = most((one) => one.least);
    return { size, widths: shares(natural, least, room, widestOfWords(columns, natural)) };
  });
  const chosen = fits.find(({ widths }) => widths !== null) ?? { size: sizes.at(-1) ?? 7.5, widths: null };
  const widths = chosen.widths ?? columns.map(() => room / columns.length);
  const { size } = chosen;
  const head = heads.map((cell, index) => measured(sheet, cell, "strong", size * 0.95, widths[index]));
  const laid = rows.map((row) =>
    columns.map((_, index) => measured(sheet, row[index] ?? [], "text", size, widths[index])),
  );
  return {
    ...{
      title,
      head,
      rows: laid,
      size,
      headHeight: heightOf(head, size),
      heights: laid.map((row) => heightOf(row, size)),
    },
    columns: columns.map(({ numeric }, index) => {
      const hang = Math.max(0, ...laid.flatMap((row) => (row[index]?.lines ?? []).map(hanging)));
      return { numeric, hang: numeric ? hang : 0, width: widths[index] ?? 0 };
    }),
  };
}

type Place = { x: number; y: number; column: Column; size: number };

/** The raised number after a figure. */
const hanging = (line: Line | undefined): number => {
  const last = line?.runs.at(-1);
  return last?.style.raised ? last.width : 0;
};

/** Numbers end at one edge, whatever the numbers of their proofs behind them measure. */
function drawCell(sheet: Sheet, lines: readonly Line[], { x, y, column, size }: Place): void {
  lines.forEach((line, index) => {
    const from = column.numeric ? x + column.width - column.hang + hanging(line) - line.width : x;
    drawLine(sheet, line, { x: from, baseline: y + PAD.y + size * (0.98 + index * LEADING) });
  });
}

type RowTags = { row: Tag; cellType: (index: number) => { type: "TH" | "TD"; scope?: "Column" | "Row" } };

/** Lines `from` to `to` of a row's cells; tagged where tags are given, else an ornament (the head once more). */
function drawRow(
  sheet: Sheet,
  table: LaidTable,
  cells: readonly Layout[],
  tags: RowTags["cellType"] | null,
  row: (Tag | null)[],
  part = { from: 0, to: 999 },
): void {
  let x: number = PAGE.left;
  cells.forEach(({ lines }, index) => {
    const column = table.columns[index] ?? { width: 0, numeric: false, hang: 0 };
    const draw = () => drawCell(sheet, lines.slice(part.from, part.to), { x, y: sheet.y, column, size: table.size });
    const element = row[index];
    if (element && tags) tagged(sheet, element, tags(index).type, draw);
    else ornament(sheet, "Pagination", draw);
    x += column.width + PAD.x;
  });
}

function openRow(sheet: Sheet, group: Tag, count: number, cellType: RowTags["cellType"]): Tag[] {
  const row = child(sheet, group, "TR");
  return Array.from({ length: count }, (_, index) => {
    const { type, scope } = cellType(index);
    return child(sheet, row, type, scope ? { scope } : {});
  });
}

const HEAD_CELL: RowTags["cellType"] = () => ({ type: "TH", scope: "Column" });
const BODY_CELL: RowTags["cellType"] = (index) => (index === 0 ? { type: "TH", scope: "Row" } : { type: "TD" });

function finish(sheet: Sheet, height: number): void {
  sheet.y += height;
  hairline(sheet, sheet.y);
}

function headAgain(sheet: Sheet, table: LaidTable): void {
  newPage(sheet);
  drawRow(sheet, table, table.head, null, []);
  finish(sheet, table.headHeight);
}

/** A row that is higher than a page goes on where the page ends. */
function drawBodyRow(sheet: Sheet, table: LaidTable, cells: readonly Layout[], body: Tag): void {
  const tags = openRow(sheet, body, cells.length, BODY_CELL);
  const height = heightOf(cells, table.size);
  if (height > left(sheet) && height <= whole - table.headHeight) headAgain(sheet, table);
  const most = Math.max(1, ...cells.map(({ lines }) => lines.length));
  const step = table.size * LEADING;
  for (let from = 0; from < most; ) {
    let fit = Math.floor((left(sheet) - 2 * PAD.y) / step);
    if (fit < 1) {
      headAgain(sheet, table);
      fit = Math.max(1, Math.floor((left(sheet) - 2 * PAD.y) / step));
    }
    const to = Math.min(most, from + fit);
    drawRow(sheet, table, cells, BODY_CELL, tags, { from, to });
    finish(sheet, (to - from) * step + 2 * PAD.y);
    from = to;
  }
}

const KEPT_WHOLE = 0.3;

/** What a heading above must stay with: a small table whole, of a long one the head and the first rows. */
export function firstOf({ headHeight, heights }: LaidTable): number {
  const all = heights.reduce((sum, height) => sum + height, headHeight);
  if (all <= whole * KEPT_WHOLE) return all;
  return (
    headHeight +
    Math.min(
      heights.slice(0, 2).reduce((sum, height) => sum + height, 0),
      120,
    )
  );
}

export function drawTable(sheet: Sheet, table: LaidTable, parent: Tag): void {
  const element = child(sheet, parent, "Table", { alt: table.title });
  const head = child(sheet, element, "THead");
  const tags = openRow(sheet, head, table.head.length, HEAD_CELL);
  drawRow(sheet, table, table.head, HEAD_CELL, tags);
  finish(sheet, table.headHeight);
  if (table.rows.length === 0) return;
  const body = child(sheet, element, "TBody");
  for (const cells of table.rows) drawBodyRow(sheet, table, cells, body);
}
