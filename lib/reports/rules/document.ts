import { type FigureSource, type FigureView, figureReference } from "@/lib/figures/schema";
import type { ReportBlock, ReportTable } from "../schema";
import type { ReportModel } from "../schema/model";
import { quotedFigures, type Span, spans } from "./spans";

/** A figure as the document quotes it: the stored revision, numbered in the order of the text. */
export type DocumentFigure = FigureView & {
  number: number;
  method: string;
  formula: string;
  sources: readonly FigureSource[];
};

export type Inline = Exclude<Span, { kind: "figure" }> | { kind: "figure"; figure: DocumentFigure | null };

export type DocumentCell = { kind: "day"; day: string } | { kind: "inline"; content: Inline[] } | { kind: "empty" };

export type DocumentColumn = { label: string; numeric: boolean };
export type DocumentTable = {
  kind: "table";
  caption: string;
  /** Is the caption shown? Not where the heading above says the same. */
  captioned: boolean;
  columns: readonly DocumentColumn[];
  rows: readonly (readonly DocumentCell[])[];
};
export type DocumentChart = {
  kind: "chart";
  title: string;
  unit: string;
  /** `figure`: the id under which a point opens to its proof. */
  points: readonly { month: string; value: string | null; figure?: string }[];
};

/** A calculation for workbooks; each check with the figure that it is held against. */
export type DocumentModel = Omit<ReportModel, "checks"> & {
  checks: readonly (Omit<ReportModel["checks"][number], "figure"> & { figure: DocumentFigure })[];
};

export type DocumentBlock =
  | { kind: "heading"; level: number; content: Inline[] }
  | { kind: "paragraph"; content: Inline[] }
  | { kind: "list"; ordered: boolean; items: Inline[][] }
  | DocumentTable
  | DocumentChart
  | { kind: "link"; text: string; href: string }
  | DocumentModel
  | { kind: "page-break" };

/** What every format is made from: the same words, the same stored figures. */
export type ReportDocument = {
  id: string;
  kind: string;
  kindName: string;
  title: string;
  venture: string;
  ventureSlug: string;
  version: number;
  /** ISO moment at which this version was stored. */
  storedAt: string;
  /** The latest day that a quoted figure speaks of; null without figures. */
  asOf: string | null;
  writtenBy: string;
  blocks: DocumentBlock[];
  figures: DocumentFigure[];
};

export type StoredFigure = Omit<DocumentFigure, "number">;
export type DocumentHead = Omit<ReportDocument, "blocks" | "figures" | "asOf">;

/** What outsiders read before they have signed: nothing in its files may say whose it is. */
const ANONYMOUS: readonly string[] = ["exit-teaser"];

/** "Project 9F3A": the same for all that is written without the name of one venture. */
const codeName = (ventureId: string): string => `Project ${ventureId.replace(/\W/g, "").slice(-4).toUpperCase()}`;

const withoutName = (text: string, names: readonly string[], instead: string): string =>
  names.reduce(
    (left, name) => left.replace(new RegExp(name.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"), "giu"), instead),
    text,
  );

type Named = { id: string; name: string; slug: string };

/** The venture as the document may call it, and how a text of the document may say it. */
export function namedAs(kind: string, { id, name, slug }: Named): Named & { say: (text: string) => string } {
  if (!ANONYMOUS.includes(kind)) return { id, name, slug, say: (text) => text };
  const code = codeName(id);
  const say = (text: string) =>
    withoutName(
      text,
      [name, slug].filter((one) => one.length > 2),
      code,
    );
  return { id, name: code, slug: code.toLowerCase().replaceAll(" ", "-"), say };
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

const textsOf = (block: ReportBlock): string[] => {
  if (block.kind === "list") return block.items;
  if (block.kind === "table") return [block.caption, ...block.rows.flat()];
  if (block.kind === "model") return block.checks.map(({ figure }) => figureReference(figure));
  return block.kind === "chart" ? [] : [block.text];
};

/** The same blocks with every text said another way. */
export const sayingOf = (blocks: readonly ReportBlock[], say: (text: string) => string): ReportBlock[] =>
  blocks.map((block): ReportBlock => {
    if (block.kind === "list") return { ...block, items: block.items.map(say) };
    if (block.kind === "table") {
      const columns = block.columns.map((column) => ({ ...column, label: say(column.label) }));
      return { ...block, columns, caption: say(block.caption), rows: block.rows.map((row) => row.map(say)) };
    }
    if (block.kind === "model") return block;
    return block.kind === "chart" ? { ...block, title: say(block.title) } : { ...block, text: say(block.text) };
  });

/** The figures that the blocks quote, in the order in which a reader meets them. */
export const figuresOfBlocks = (blocks: readonly ReportBlock[]): string[] =>
  quotedFigures(blocks.flatMap(textsOf).join("\n"));

/** Stored blocks and the revisions that they quote, as one document. A reference to a figure that is not held stays null. */
export function makeDocument(
  head: DocumentHead,
  blocks: readonly ReportBlock[],
  held: readonly StoredFigure[],
): ReportDocument {
  const byId = new Map(held.map((figure) => [figure.id, figure]));
  const quoted = figuresOfBlocks(blocks).flatMap((id) => byId.get(id) ?? []);
  const figures = quoted.map((figure, index): DocumentFigure => ({ ...figure, number: index + 1 }));
  const numbered = new Map(figures.map((figure) => [figure.id, figure]));
  const inline = (text: string): Inline[] =>
    spans(text).map((span) =>
      span.kind === "figure" ? { kind: "figure", figure: numbered.get(span.id) ?? null } : span,
    );
  const asOf = figures.reduce<string | null>((latest, { asOf: day }) => (latest && latest > day ? latest : day), null);
  return {
    ...{ ...head, asOf, figures },
    blocks: blocks.map((block, index) =>
      block.kind === "model" ? modelOf(block, numbered) : blockOf(block, inline, blocks[index - 1]),
    ),
  };
}

/** A table under a heading of the same words needs no caption to be seen. */
export const isCaptioned = (block: ReportTable, above: ReportBlock | undefined): boolean =>
  !(above?.kind === "heading" && above.text === block.caption);

const modelOf = (block: ReportModel, figures: ReadonlyMap<string, DocumentFigure>): DocumentModel => ({
  ...block,
  checks: block.checks.flatMap(({ figure: id, ...check }) => {
    const figure = figures.get(id);
    return figure ? [{ ...check, figure }] : [];
  }),
});

function blockOf(
  block: Exclude<ReportBlock, ReportModel>,
  inline: (text: string) => Inline[],
  above: ReportBlock | undefined,
): DocumentBlock {
  if (block.kind === "chart") {
    const points = block.points.map(({ month, value, figure }) => ({
      month,
      value,
      ...(figure && { figure: figure.id }),
    }));
    return { ...block, points };
  }
  if (block.kind === "heading") return { kind: "heading", level: block.level, content: inline(block.text) };
  if (block.kind === "paragraph") return { kind: "paragraph", content: inline(block.text) };
  if (block.kind === "link") return block;
  if (block.kind === "list") return { kind: "list", ordered: block.ordered, items: block.items.map(inline) };
  const rows = block.rows.map((row) => block.columns.map((_, index) => cellOf(row[index] ?? "", inline)));
  return { kind: "table", caption: block.caption, captioned: isCaptioned(block, above), columns: block.columns, rows };
}

function cellOf(text: string, inline: (text: string) => Inline[]): DocumentCell {
  if (text === "") return { kind: "empty" };
  return DAY.test(text) ? { kind: "day", day: text } : { kind: "inline", content: inline(text) };
}

/** "northwind-data-growth-lever-report-v3.pdf" */
export function documentFileName(
  document: Pick<ReportDocument, "ventureSlug" | "kind" | "version">,
  ending: string,
): string {
  const name = `${document.ventureSlug}-${document.kind}`.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return `${name.slice(0, 100)}-v${document.version}.${ending}`;
}
