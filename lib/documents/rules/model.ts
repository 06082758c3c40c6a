import type { Block } from "./template";

/** A document as it was written: every format, the screen and the redline are drawn from this. */
export type Piece = { text: string; strong?: boolean; missing?: boolean };
export type DocumentBlock =
  | { kind: Block; label: string; pieces: Piece[] }
  | { kind: "table"; columns: { label: string; numeric: boolean }[]; rows: Piece[][][] }
  | { kind: "page-break" };
export type DocumentModel = { title: string; blocks: DocumentBlock[] };

/** Something that the document needs and nobody has said. `field` is where it is said, where a person can say it. */
export type Missing = { field: string; label: string; stated: boolean };

export const COUNSEL_LINE = "Counsel must review this document before it is signed, sent or relied on.";

export const textOf = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join("");
/** What a screen reader and a printout say of a hole. */
export const missingText = (label: string): string => `[missing: ${label}]`;

/** The document as lines of plain words, tables row by row. */
export const linesOf = ({ blocks }: DocumentModel): string[] =>
  blocks.flatMap((block) => {
    if (block.kind === "page-break") return [];
    if (block.kind !== "table") return [`${block.label ? `${block.label} ` : ""}${textOf(block.pieces)}`];
    return [
      block.columns.map(({ label }) => label).join(" | "),
      ...block.rows.map((row) => row.map(textOf).join(" | ")),
    ];
  });
