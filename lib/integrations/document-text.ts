import { type FigureSource, REASON_SENTENCES } from "@/lib/figures/schema";
import { formatDay, formatExactFigure, formatFigure, formatMoment, formatNumber } from "@/lib/format";
import { Exact, minorDigits } from "@/lib/money";
import type { DocumentCell, DocumentFigure, Inline, ReportDocument } from "@/lib/reports/rules/document";

/** Days of a formula or a label in words. */
export const withDays = (text: string): string =>
  text.replace(/(?<![\w-])\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\w-])/g, (day) => formatDay(day));

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
  const name = source.dataset
    .replace(/^metric:/, "values of ")
    .replace(/:[0-9a-f-]{36}$/, "")
    .replace(/[_-]/g, " ");
  return `${name}, version ${source.version}, ${formatNumber(source.rows, { decimals: 0 })} ${source.rows === 1 ? "row" : "rows"}`;
}

export const sourcesText = (figure: DocumentFigure): string =>
  figure.sources.length > 0 ? figure.sources.map(sourceWords).join("; ") : "other figures only";

/** Digits that mean something to a reader: cents of money, six places of the rest, more of what is small. */
function readable(value: string, unit: string): string {
  const exact = new Exact(value);
  const places = /^[A-Z]{3}$/.test(unit) ? minorDigits(unit) : 6;
  return (exact.abs().lt(1) ? exact.toSignificantDigits(6) : exact.toDecimalPlaces(places)).toFixed();
}

/** The value to the last digit that can be read, or why there is none. The workbook holds every digit. */
export function exactText(figure: DocumentFigure): string {
  const { value, unit } = figure;
  if (value !== null) return formatExactFigure(unit === "text" ? figure : { ...figure, value: readable(value, unit) });
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
