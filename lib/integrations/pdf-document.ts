import path from "node:path";
import pdfmake from "pdfmake";
import type { Content, TDocumentDefinitions } from "pdfmake/interfaces";
import { formatDay } from "@/lib/format";
import type {
  DocumentBlock,
  DocumentCell,
  DocumentFigure,
  DocumentTable,
  Inline,
  ReportDocument,
} from "@/lib/reports/rules/document";
import { chartSvg } from "./chart-svg";
import { cellText, exactText, figureText, headText, referenceText, sourcesText } from "./document-text";
import { drawable } from "./pdf-glyphs";

const FONTS = path.join(process.cwd(), "node_modules/pdfmake/fonts/Roboto");
const INK = "#1f2328";
const MUTED = "#55585e";
const LINE = "#dedcd6";

type Piece = { text: string; bold?: boolean; sup?: boolean; noWrap?: boolean; color?: string };

/** A figure stays on one line with its sign and unit. */
const pieces = (content: readonly Inline[]): Piece[] =>
  content.flatMap((piece): Piece[] => {
    if (piece.kind === "text") return [{ text: drawable(piece.text) }];
    if (piece.kind === "strong") return [{ text: drawable(piece.text), bold: true }];
    if (piece.kind === "name") return [{ text: `“${drawable(piece.name)}”` }];
    if (!piece.figure) return [{ text: "unknown", color: MUTED }];
    return [
      { text: drawable(figureText(piece.figure)), noWrap: true },
      { text: `${piece.figure.number}`, sup: true, noWrap: true, color: MUTED },
    ];
  });

const cell = (one: DocumentCell, numeric: boolean): Content => ({
  text: one.kind === "inline" ? pieces(one.content) : drawable(cellText(one)),
  alignment: numeric ? "right" : "left",
});

const HAIRLINES = {
  hLineWidth: () => 0.5,
  vLineWidth: () => 0,
  hLineColor: () => LINE,
  paddingLeft: (index: number) => (index === 0 ? 0 : 6),
  paddingRight: () => 6,
  paddingTop: () => 3,
  paddingBottom: () => 3,
};

function table({ caption, captioned, columns, rows }: DocumentTable): Content {
  const head = columns.map(
    ({ label, numeric }): Content => ({
      text: drawable(label),
      color: MUTED,
      bold: true,
      fontSize: 9,
      alignment: numeric ? "right" : "left",
    }),
  );
  const body = rows.map((row) => row.map((one, index) => cell(one, columns[index]?.numeric ?? false)));
  const widths = columns.map((_, index) => (index === 0 ? "*" : "auto"));
  return {
    margin: [0, 4, 0, 10],
    stack: [
      ...(captioned ? [{ text: drawable(caption), style: "caption" }] : []),
      {
        fontSize: 9.5,
        layout: HAIRLINES,
        table: { headerRows: 1, keepWithHeaderRows: 1, dontBreakRows: true, widths, body: [head, ...body] },
      },
    ],
  };
}

function block(one: DocumentBlock): Content {
  switch (one.kind) {
    case "heading":
      return {
        text: pieces(one.content),
        style: one.level <= 2 ? "heading" : "subheading",
        headlineLevel: 1,
        outline: true,
      };
    case "paragraph":
      return { text: pieces(one.content), margin: [0, 0, 0, 7] };
    case "list": {
      const items = one.items.map((item): Content => ({ text: pieces(item), margin: [0, 0, 0, 3] }));
      return { margin: [0, 0, 0, 7], ...(one.ordered ? { ol: items } : { ul: items }) };
    }
    case "table":
      return table(one);
    case "chart": {
      const svg = chartSvg({ ...one, title: drawable(one.title) });
      const drawing: Content = svg
        ? { svg: drawable(svg), width: 480 }
        : { text: "Nothing known in this period.", color: MUTED };
      return {
        unbreakable: true,
        margin: [0, 4, 0, 10],
        stack: [{ text: drawable(one.title), style: "caption" }, drawing],
      };
    }
    case "page-break":
      return { text: "", pageBreak: "after" };
  }
}

const proof = (figure: DocumentFigure): Content => ({
  margin: [0, 0, 0, 6],
  fontSize: 8.5,
  columnGap: 6,
  columns: [
    { width: 20, text: `${figure.number}`, alignment: "right", color: MUTED },
    {
      width: "*",
      stack: [
        {
          text: [
            { text: drawable(figure.label), bold: true },
            { text: drawable(`: ${exactText(figure)}, as of ${formatDay(figure.asOf)}`) },
          ],
        },
        { text: drawable(`Formula: ${figure.formula}`) },
        { text: drawable(`Sources: ${sourcesText(figure)}. Figure ${referenceText(figure)}.`), color: MUTED },
      ],
    },
  ],
});

function definition(document: ReportDocument): TDocumentDefinitions {
  const running = drawable(headText(document));
  const stored = new Date(document.storedAt);
  const figures: Content[] =
    document.figures.length === 0
      ? []
      : [{ text: "Figures", style: "heading", headlineLevel: 1, outline: true }, ...document.figures.map(proof)];
  return {
    // Dates come from the document, so that the same document is the same bytes.
    info: {
      ...{ title: `${document.title} (${document.venture}, version ${document.version})`, author: document.writtenBy },
      ...{ subject: document.kindName, keywords: document.id, creator: "Chairman", producer: "Chairman" },
      ...{ creationDate: stored, modDate: stored },
    },
    language: "en-GB",
    displayTitle: true,
    version: "1.7",
    pageSize: "A4",
    pageMargins: [56, 64, 56, 56],
    defaultStyle: { font: "Roboto", fontSize: 10.5, lineHeight: 1.25, color: INK },
    styles: {
      title: { fontSize: 20, bold: true, lineHeight: 1.15 },
      heading: { fontSize: 13, bold: true, margin: [0, 10, 0, 4] },
      subheading: { fontSize: 11, bold: true, margin: [0, 6, 0, 3] },
      caption: { fontSize: 9.5, bold: true, margin: [0, 0, 0, 3] },
    },
    header: { text: running, fontSize: 8.5, color: MUTED, margin: [56, 30, 56, 0] },
    footer: (page, pages) => ({
      text: `Page ${page} of ${pages}`,
      fontSize: 8.5,
      color: MUTED,
      alignment: "right",
      margin: [56, 18, 56, 0],
    }),
    // A heading does not end a page.
    pageBreakBefore: (node, { getFollowingNodesOnPage }) =>
      node.headlineLevel === 1 && getFollowingNodesOnPage().length === 0,
    content: [
      { text: drawable(document.title), style: "title" },
      {
        text: drawable(
          `Stored ${document.storedAt.slice(0, 16).replace("T", " ")} UTC, written by: ${document.writtenBy}`,
        ),
        color: MUTED,
        fontSize: 9,
        margin: [0, 2, 0, 12],
      },
      ...document.blocks.map(block),
      ...figures,
    ],
  };
}

const fontFile = (style: string): string => path.join(FONTS, `Roboto-${style}.ttf`);
const FONT_FILES = {
  normal: fontFile("Regular"),
  bold: fontFile("Medium"),
  italics: fontFile("Italic"),
  bolditalics: fontFile("MediumItalic"),
};

/** The four fonts are read from disk; nothing else is, and nothing is fetched, whatever a document says. */
function prepare(): void {
  pdfmake.setFonts({ Roboto: { ...FONT_FILES } });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((file) => Object.values(FONT_FILES).includes(file));
}

/** The document as PDF 1.7, fonts embedded: the same bytes for the same document. */
export async function pdfDocument(document: ReportDocument): Promise<Buffer> {
  prepare();
  return pdfmake.createPdf(definition(document)).getBuffer();
}
