import PDFDocument from "pdfkit";
import type { Fonts } from "./fonts";
import type { Line, Measure, Run } from "./lines";

/** Pages as they are drawn, with the tree of what is drawn beside them (ISO 32000-1, 14.7 and 14.8). */

export const COLOURS = { ink: "#1f2328", muted: "#55585e", line: "#dedcd6", series: "#1f4a8a" } as const;
export const PAGE = { width: 595.28, height: 841.89, left: 56, right: 56, top: 66, bottom: 60 } as const;
export const WIDTH = PAGE.width - PAGE.left - PAGE.right;
const END = PAGE.height - PAGE.bottom;

export type Tag = PDFKit.PDFStructureElement;
type TagOptions = { alt?: string; scope?: "Column" | "Row"; bbox?: [number, number, number, number] };

export type Sheet = {
  doc: PDFKit.PDFDocument;
  measure: Measure;
  /** From the top of the page. */
  y: number;
  /** Of the page that is drawn on, from zero. */
  page: number;
  root: Tag;
};

export type SheetInfo = { title: string; author: string; subject: string; keywords: string; at: Date };

export function openSheet(fonts: Fonts, { at, ...info }: SheetInfo): Sheet {
  const doc = new PDFDocument({
    ...{ size: "A4", margin: 0, bufferPages: true, pdfVersion: "1.7", lang: "en-GB", displayTitle: true, tagged: true },
    // Dates come from the document, so that the same document is the same bytes.
    info: {
      ...{ Title: info.title, Author: info.author, Subject: info.subject, Keywords: info.keywords },
      ...{ Creator: "Chairman", Producer: "Chairman", CreationDate: at, ModDate: at },
    },
  });
  for (const [key, bytes] of fonts) doc.registerFont(key, bytes);
  const widths = new Map<string, number>();
  const measure: Measure = (text, face, size) => {
    const key = `${face}\n${text}`;
    const known =
      widths.get(key) ??
      doc
        .font(face)
        .fontSize(1000)
        .widthOfString(text, { features: [...FEATURES] });
    widths.set(key, known);
    return (known * size) / 1000;
  };
  const root = doc.struct("Document");
  doc.addStructure(root);
  return { doc, measure, y: PAGE.top, page: 0, root };
}

/** Figures of one width, as on the screens. */
const FEATURES = ["tnum"] as const;

export function newPage(sheet: Sheet): void {
  sheet.doc.addPage({ size: "A4", margin: 0 });
  sheet.page += 1;
  sheet.y = PAGE.top;
}

export const left = (sheet: Sheet): number => END - sheet.y;
export const whole = END - PAGE.top;

/** Goes to the next page when so much does not fit on this one; what fits on none begins where it is. */
export function need(sheet: Sheet, height: number): void {
  if (height > left(sheet) && sheet.y > PAGE.top) newPage(sheet);
}

export function child(sheet: Sheet, parent: Tag, type: string, options: TagOptions = {}): Tag {
  const made = sheet.doc.struct(type, options);
  parent.add(made);
  return made;
}

/** What is drawn belongs to the element; on every page again. */
export function tagged(sheet: Sheet, element: Tag, type: string, draw: () => void): void {
  element.add(sheet.doc.markStructureContent(type));
  draw();
  sheet.doc.endMarkedContent();
}

/** What is drawn says nothing: lines, the running head, page numbers. */
export function ornament(sheet: Sheet, type: "Layout" | "Pagination", draw: () => void): void {
  sheet.doc.markContent("Artifact", { type });
  draw();
  sheet.doc.endMarkedContent();
}

export const hairline = (sheet: Sheet, y: number): void =>
  ornament(sheet, "Layout", () => {
    sheet.doc
      .moveTo(PAGE.left, y)
      .lineTo(PAGE.width - PAGE.right, y)
      .lineWidth(0.5)
      .stroke(COLOURS.line);
  });

type Place = { x: number; baseline: number; colour?: string };

/** Shows a run; a right-to-left one carries its text in the order of reading. */
function show({ doc }: Sheet, { text, rightToLeft }: Run, x: number, y: number): void {
  if (rightToLeft) doc.markContent("Span", { actual: text });
  doc.text(text, x, y, { lineBreak: false, baseline: "alphabetic", features: [...FEATURES] });
  if (rightToLeft) doc.endMarkedContent();
}

/** One line of runs from its left end. */
export function drawLine(sheet: Sheet, line: Line, { x, baseline, colour }: Place): void {
  let at = x;
  for (const run of line.runs) {
    const { face, style } = run;
    sheet.doc
      .font(face)
      .fontSize(style.size)
      .fillColor(style.colour ?? (style.muted ? COLOURS.muted : (colour ?? COLOURS.ink)));
    show(sheet, run, at, style.raised ? baseline - style.size * 0.45 : baseline);
    at += run.width;
  }
}
