import type { DocumentBlock, DocumentModel, Piece } from "@/lib/documents/rules/model";
import type { Flow, Piece as FlowPiece } from "../pdf/flow";
import { writePdf } from "../pdf/write";
import type { FileAbout } from "./legal-docx";

const pieces = (given: readonly Piece[], muted = false): FlowPiece[] =>
  given.map(({ text, strong, missing }) => ({ text, ...(strong || missing ? { role: "strong" } : {}), muted }));

const LISTED: readonly string[] = ["clause", "sub-clause", "item"];

function flow(one: DocumentBlock): Flow {
  if (one.kind === "page-break") return one;
  if (one.kind === "table") {
    const rows = one.rows.map((row) => row.map((cell) => pieces(cell)));
    return {
      kind: "table",
      title: one.columns.map(({ label }) => label).join(", "),
      caption: null,
      columns: one.columns,
      rows,
    };
  }
  if (one.kind === "title") return { kind: "title", pieces: pieces(one.pieces) };
  if (one.kind === "heading") return { kind: "heading", level: 2, pieces: pieces(one.pieces) };
  if (LISTED.includes(one.kind)) {
    const inset = one.kind === "sub-clause";
    return { kind: "list", items: [{ label: one.label, lines: [pieces(one.pieces)], inset }] };
  }
  const sign = one.kind === "signature" ? [{ text: "____________________________   " }] : [];
  return { kind: "paragraph", pieces: [...sign, ...pieces(one.pieces, one.kind === "note")] };
}

/** Items that follow each other are one list to a reader. */
function grouped(blocks: readonly Flow[]): Flow[] {
  const made: Flow[] = [];
  for (const block of blocks) {
    const last = made.at(-1);
    if (block.kind === "list" && last?.kind === "list")
      made[made.length - 1] = { ...last, items: [...last.items, ...block.items] };
    else made.push(block);
  }
  return made;
}

/** The document as tagged PDF: the same bytes for the same document. */
export function legalPdf(model: DocumentModel, { title, subject, at }: FileAbout): Promise<Buffer> {
  const info = { title, subject, at, author: "Chairman", keywords: "" };
  return writePdf(grouped(model.blocks.map(flow)), info, `${title} · ${subject}`);
}
