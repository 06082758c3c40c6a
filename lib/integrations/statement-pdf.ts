import { formatDay, formatExactFigure, formatMoment } from "@/lib/format";
import type { DocumentBlock, DocumentCell, Inline, ReportDocument } from "@/lib/reports/rules/document";
import { cellText } from "./document-text";
import type { Flow, FlowTable, Piece } from "./pdf/flow";
import { writePdf } from "./pdf/write";

/** A figure stays on one line with its sign and unit. */
const joined = (text: string): string => text.replace(/[ \u202f]/g, "\u00a0");

/** Every cent is said, and no number carries a note: a holder reads amounts, not proofs. */
function pieces(content: readonly Inline[]): Piece[] {
  return content.map((piece): Piece => {
    if (piece.kind === "text") return { text: piece.text };
    if (piece.kind === "strong") return { text: piece.text, role: "strong" };
    if (piece.kind === "day") return { text: joined(formatDay(piece.day)) };
    if (piece.kind === "name") return { text: piece.name, isolated: true };
    if (!piece.figure || piece.figure.value === null) return { text: "unknown", muted: true };
    return { text: joined(formatExactFigure(piece.figure)) };
  });
}

const cell = (one: DocumentCell): Piece[] =>
  one.kind === "inline" ? pieces(one.content) : [{ text: joined(cellText(one)) }];

function block(one: DocumentBlock): Flow[] {
  if (one.kind === "heading") return [{ kind: "heading", level: 2, pieces: pieces(one.content) }];
  if (one.kind === "paragraph") return [{ kind: "paragraph", pieces: pieces(one.content) }];
  if (one.kind !== "table") return [];
  const table: FlowTable = {
    ...{ kind: "table", title: one.caption, caption: one.captioned ? one.caption : null, columns: one.columns },
    rows: one.rows.map((row) => row.map(cell)),
  };
  return [table];
}

type Frozen = { revision: number; digest: string };

/** A holder's statement for paper, from the frozen words: the same bytes for the same document. */
export function statementPdf(document: ReportDocument, { revision, digest }: Frozen): Promise<Buffer> {
  const stored = new Date(document.storedAt);
  const flow: Flow[] = [
    { kind: "title", pieces: [{ text: document.title }] },
    {
      ...{ kind: "paragraph", small: true },
      pieces: [{ text: `Revision ${revision}, frozen ${formatMoment(stored, "UTC")} UTC.`, muted: true }],
    },
    ...document.blocks.flatMap(block),
    {
      ...{ kind: "paragraph", small: true },
      pieces: [{ text: `SHA-256 of the words and numbers of this revision: ${digest}`, muted: true }],
    },
  ];
  const info = {
    ...{ title: document.title, author: document.venture, subject: document.kindName },
    ...{ keywords: digest, at: stored },
  };
  return writePdf(flow, info, `${document.venture} · Distribution statement · revision ${revision}`);
}
