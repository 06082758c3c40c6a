import { formatDay, formatFigure } from "@/lib/format";
import type {
  DocumentBlock,
  DocumentCell,
  DocumentFigure,
  DocumentTable,
  Inline,
  ReportDocument,
} from "@/lib/reports/rules/document";
import {
  bylineText,
  cellText,
  exactText,
  headText,
  linkText,
  referenceText,
  sourcesText,
  withDays,
} from "./document-text";
import { chartDrawing, chartWords } from "./pdf/chart";
import type { Flow, FlowTable, Piece } from "./pdf/flow";
import { writePdf } from "./pdf/write";
import { modelNote } from "./xlsx-model";

/** A figure stays on one line with its sign and unit. */
const joined = (text: string): string => text.replace(/[ \u202f]/g, "\u00a0");

const pieces = (content: readonly Inline[], options: { keepZeros?: boolean } = {}): Piece[] =>
  content.flatMap((piece): Piece[] => {
    if (piece.kind === "text") return [{ text: piece.text }];
    if (piece.kind === "day") return [{ text: joined(formatDay(piece.day)) }];
    if (piece.kind === "strong") return [{ text: piece.text, role: "strong" }];
    if (piece.kind === "name") return [{ text: "“" }, { text: piece.name, isolated: true }, { text: "”" }];
    if (!piece.figure) return [{ text: "unknown", muted: true }];
    return [
      { text: joined(formatFigure(piece.figure, options)) },
      { text: `${piece.figure.number}`, raised: true, muted: true },
    ];
  });

/** In a column of numbers each keeps its zeros, so that the points stand under each other. */
const cell = (one: DocumentCell, numeric: boolean): Piece[] =>
  one.kind === "inline" ? pieces(one.content, { keepZeros: numeric }) : [{ text: joined(cellText(one)) }];

const table = ({ caption, captioned, columns, rows }: DocumentTable): FlowTable => ({
  ...{ kind: "table", title: caption, caption: captioned ? caption : null, columns },
  rows: rows.map((row) => row.map((one, index) => cell(one, columns[index]?.numeric ?? false))),
});

function block(one: DocumentBlock): Flow {
  switch (one.kind) {
    case "heading":
      return { kind: "heading", level: one.level <= 2 ? 2 : 3, pieces: pieces(one.content) };
    case "paragraph":
      return { kind: "paragraph", pieces: pieces(one.content) };
    case "link":
      return { kind: "paragraph", pieces: [{ text: linkText(one) }] };
    case "list": {
      const label = (index: number) => (one.ordered ? `${index + 1}.` : "•");
      return { kind: "list", items: one.items.map((item, index) => ({ label: label(index), lines: [pieces(item)] })) };
    }
    case "table":
      return table(one);
    case "chart":
      return { kind: "figure", title: one.title, alt: chartWords(one), drawing: chartDrawing(one) };
    case "model":
      return { kind: "paragraph", small: true, pieces: [{ text: modelNote(one.title), muted: true }] };
    case "page-break":
      return one;
  }
}

const proof = (figure: DocumentFigure) => ({
  label: `${figure.number}`,
  lines: [
    [
      { text: withDays(figure.label), role: "strong" as const },
      { text: `: ${exactText(figure).replace(/\.$/, "")}, as of ${formatDay(figure.asOf)}` },
    ],
    [{ text: `Formula: ${withDays(figure.formula)}` }],
    [{ text: `Sources: ${sourcesText(figure)}. Figure ${referenceText(figure)}.`, muted: true }],
  ],
});

/** The words of a document as blocks for paper, then each figure with formula and sources. */
export function flowOfBlocks({ blocks, figures: quoted }: Pick<ReportDocument, "blocks" | "figures">): Flow[] {
  const figures: Flow[] =
    quoted.length === 0
      ? []
      : [
          { kind: "heading", level: 2, pieces: [{ text: "Figures and their sources" }] },
          { kind: "list", small: true, items: quoted.map(proof) },
        ];
  return [...blocks.map(block), ...figures];
}

const flowOf = (document: ReportDocument): Flow[] => [
  { kind: "title", pieces: [{ text: document.title }] },
  { kind: "paragraph", small: true, pieces: [{ text: bylineText(document), muted: true }] },
  ...flowOfBlocks(document),
];

/** The document as tagged PDF 1.7, fonts embedded: the same bytes for the same document. */
export function pdfDocument(document: ReportDocument): Promise<Buffer> {
  const about = document.venture ? `${document.venture}, ` : "";
  const info = {
    ...{ title: `${document.title} (${about}version ${document.version})`, author: document.writtenBy },
    ...{ subject: document.kindName, keywords: document.id, at: new Date(document.storedAt) },
  };
  return writePdf(flowOf(document), info, headText(document));
}
