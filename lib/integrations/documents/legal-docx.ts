import {
  AlignmentType,
  DeletedTextRun,
  Document,
  HeadingLevel,
  InsertedTextRun,
  type IParagraphOptions,
  LevelFormat,
  Packer,
  PageBreak,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from "docx";
import type { DocumentBlock, DocumentModel, Piece } from "@/lib/documents/rules/model";
import type { Redline, RedlineLine } from "@/lib/documents/rules/redline";
import { openParts, zipParts } from "./office-zip";

const CLAUSES = "clauses";
const ITEMS = "items";
const indent = (left: number) => ({ paragraph: { indent: { left, hanging: 480 } } });
const level = (at: number, format: (typeof LevelFormat)[keyof typeof LevelFormat], text: string) => ({
  ...{ level: at, format, text, alignment: AlignmentType.START, style: indent(480 * (at + 1)) },
});
const NUMBERING = {
  config: [
    {
      reference: CLAUSES,
      levels: [level(0, LevelFormat.DECIMAL, "%1."), level(1, LevelFormat.LOWER_LETTER, "(%2)")],
    },
    { reference: ITEMS, levels: [level(0, LevelFormat.BULLET, "•")] },
  ],
};

type Shape = Omit<IParagraphOptions, "children" | "text" | "run">;
/** What a block is to Word: real headings and real numbers, so that it can be gone on with. */
const SHAPES: Readonly<Record<string, Shape>> = {
  title: { heading: HeadingLevel.TITLE },
  heading: { heading: HeadingLevel.HEADING_1 },
  clause: { numbering: { reference: CLAUSES, level: 0 }, spacing: { after: 120 } },
  "sub-clause": { numbering: { reference: CLAUSES, level: 1 }, spacing: { after: 120 } },
  item: { numbering: { reference: ITEMS, level: 0 } },
  note: { indent: { left: 240 }, spacing: { after: 160 } },
  signature: { spacing: { before: 720 } },
};
const PLAIN: Shape = { spacing: { after: 160 } };
const shapeOf = (kind: string): Shape => SHAPES[kind] ?? PLAIN;
const SIGN = "____________________________   ";

const run = ({ text, strong, missing }: Piece, italics = false) =>
  new TextRun({ text, bold: strong || missing, italics, ...(missing ? { highlight: "yellow" as const } : {}) });

const cell = (pieces: readonly Piece[], numeric: boolean, bold = false) =>
  new TableCell({
    margins: { left: 80, right: 80, top: 40, bottom: 40 },
    children: [
      new Paragraph({
        alignment: numeric ? AlignmentType.END : AlignmentType.START,
        children: pieces.map((piece) => run(bold ? { ...piece, strong: true } : piece)),
      }),
    ],
  });

function table({ columns, rows }: Extract<DocumentBlock, { kind: "table" }>): Table {
  const head = new TableRow({
    tableHeader: true,
    children: columns.map(({ label, numeric }) => cell([{ text: label }], numeric, true)),
  });
  const body = rows.map(
    (row) => new TableRow({ children: row.map((one, index) => cell(one, columns[index]?.numeric ?? false)) }),
  );
  return new Table({ width: { size: 100, type: WidthType.PERCENTAGE }, rows: [head, ...body] });
}

function block(one: DocumentBlock): (Paragraph | Table)[] {
  if (one.kind === "page-break") return [new Paragraph({ children: [new PageBreak()] })];
  // Without a paragraph behind it two tables would be one to Word.
  if (one.kind === "table") return [table(one), new Paragraph({ spacing: { after: 80 } })];
  const line = one.kind === "signature" ? [new TextRun(SIGN)] : [];
  const runs = one.pieces.map((piece) => run(piece, one.kind === "note"));
  return [new Paragraph({ ...shapeOf(one.kind), children: [...line, ...runs] })];
}

export type FileAbout = { title: string; subject: string; at: Date };

/** Packs a document with nothing in it that comes from the clock or from chance. */
async function pack(children: (Paragraph | Table)[], { title, subject, at }: FileAbout): Promise<Buffer> {
  const made = new Document({
    ...{ title, subject, creator: "Chairman", lastModifiedBy: "Chairman", numbering: NUMBERING },
    styles: { default: { document: { run: { font: "Calibri", size: 22 } } } },
    sections: [{ children }],
  });
  const parts = openParts(new Uint8Array(await Packer.toBuffer(made)));
  if (parts === "FILE_TOO_LARGE") throw new RangeError("a document of ours is never so large");
  const core = Buffer.from(parts.get("docProps/core.xml") ?? []).toString("utf8");
  const day = at.toISOString().replace(/\.\d+Z$/, "Z");
  parts.set("docProps/core.xml", Buffer.from(core.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, day)));
  return zipParts(parts);
}

/** The document as DOCX: the same bytes for the same document. */
export const legalDocx = (model: DocumentModel, about: FileAbout): Promise<Buffer> =>
  pack(model.blocks.flatMap(block), about);

type Counter = { next: () => { id: number; author: string; date: string } };

function redlineParagraph({ kind, op, changes }: RedlineLine, marks: Counter): Paragraph {
  const italics = kind === "note";
  const children = changes.map(({ op: change, text }) => {
    if (change === "insert") return new InsertedTextRun({ text, italics, ...marks.next() });
    return change === "delete"
      ? new DeletedTextRun({ text, italics, ...marks.next() })
      : new TextRun({ text, italics });
  });
  // The break of a line is a change of its own, so that accepting or rejecting all leaves no empty line behind.
  const mark = op === "insert" ? { insertion: marks.next() } : op === "delete" ? { deletion: marks.next() } : null;
  return new Paragraph({ ...shapeOf(kind), ...(mark ? { run: mark } : {}), children });
}

/** Two versions as one DOCX with real tracked changes (w:ins, w:del). Tables stand in it as lines. */
export function redlineDocx({ lines }: Redline, about: FileAbout & { author: string }): Promise<Buffer> {
  let id = 0;
  const date = about.at.toISOString();
  const marks: Counter = { next: () => ({ id: ++id, author: about.author, date }) };
  return pack(
    lines.map((line) => redlineParagraph(line, marks)),
    about,
  );
}
