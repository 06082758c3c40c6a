import { type FigureSource, REASON_SENTENCES } from "@/lib/figures/schema";
import { formatDay, formatExactFigure, formatFigure, formatMoment, formatNumber } from "@/lib/format";
import type { DocumentCell, DocumentFigure, Inline, ReportDocument } from "@/lib/reports/rules/document";

/** How the pieces of a document read as plain words; every format says them alike. */
export const figureText = (figure: DocumentFigure | null): string => (figure ? formatFigure(figure) : "unknown");

export function inlineText(content: readonly Inline[]): string {
  return content
    .map((piece) => {
      if (piece.kind === "figure") return figureText(piece.figure);
      if (piece.kind === "day") return formatDay(piece.day);
      return piece.kind === "name" ? `“${piece.name}”` : piece.text;
    })
    .join("");
}

export function cellText(cell: DocumentCell): string {
  if (cell.kind === "empty") return "";
  return cell.kind === "day" ? formatDay(cell.day) : inlineText(cell.content);
}

/** The figure that a cell is, when it is nothing else. */
export function figureOfCell(cell: DocumentCell): DocumentFigure | null {
  const [only, ...rest] = cell.kind === "inline" ? cell.content : [];
  return only?.kind === "figure" && rest.length === 0 ? only.figure : null;
}

function sourceWords(source: FigureSource): string {
  if (source.kind === "given") return `given by ${source.by}`;
  const name = source.dataset.replace(/^metric:/, "values of ").replaceAll("_", " ");
  return `${name}, version ${source.version}, ${formatNumber(source.rows, { decimals: 0 })} rows`;
}

export const sourcesText = (figure: DocumentFigure): string =>
  figure.sources.length > 0 ? figure.sources.map(sourceWords).join("; ") : "other figures only";

/** The value to its last digit, or why there is none. */
export function exactText(figure: DocumentFigure): string {
  if (figure.value !== null) return formatExactFigure(figure);
  return REASON_SENTENCES[figure.reason ?? ""] ?? "Unknown.";
}

export const referenceText = (figure: DocumentFigure): string => `${figure.id}, revision ${figure.revision}`;

/** Where it can be fetched, as a path of the house that wrote the document. */
export const linkText = ({ text, href }: { text: string; href: string }): string => `${text}: ${href}`;

export const headText = (document: ReportDocument): string =>
  [
    document.venture,
    document.kindName,
    `version ${document.version}`,
    document.asOf ? `as of ${formatDay(document.asOf)}` : null,
  ]
    .filter(Boolean)
    .join(" · ");

/** "rules" wrote what no model had a hand in. */
const writerWords = (writtenBy: string): string => (writtenBy === "rules" ? "rules over stored figures" : writtenBy);

export const bylineText = (document: ReportDocument): string =>
  `Stored ${formatMoment(new Date(document.storedAt), "UTC")} UTC, written by ${writerWords(document.writtenBy)}.`;

/** A stored value of a chart in its unit. */
export const pointText = (value: string | null, unit: string): string => formatFigure({ value, unit });
