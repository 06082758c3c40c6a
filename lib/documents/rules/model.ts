import type { Block } from "./template";

/** A document as it was written: every format, the screen and the redline are drawn from this. */
export type Piece = {
  text: string;
  strong?: boolean;
  missing?: boolean;
  /** The stored figure that it is written from. */
  figure?: string;
};
export type DocumentBlock =
  | { kind: Block; label: string; pieces: Piece[] }
  | { kind: "table"; columns: { label: string; numeric: boolean }[]; rows: Piece[][][] }
  | { kind: "page-break" };
export type DocumentModel = { title: string; blocks: DocumentBlock[] };

/** Something that the document needs and nobody has said. `field` is where it is said, where a person can say it. */
export type Missing = { field: string; label: string; stated: boolean };

const bare = ({ figure: _figure, ...piece }: Piece): Piece => piece;

/** The words alone: what two versions are compared by. A figure's id changes with its question, not with what is said. */
export const unquoted = ({ title, blocks }: DocumentModel): DocumentModel => ({
  title,
  blocks: blocks.map((block) => {
    if (block.kind === "page-break") return block;
    if (block.kind !== "table") return { ...block, pieces: block.pieces.map(bare) };
    return { ...block, rows: block.rows.map((row) => row.map((cell) => cell.map(bare))) };
  }),
});

/** Every figure that is quoted, once. */
export const quotedIn = ({ blocks }: DocumentModel): string[] => {
  const all = blocks.flatMap((block) =>
    block.kind === "page-break" ? [] : block.kind === "table" ? block.rows.flat(2) : block.pieces,
  );
  return [...new Set(all.flatMap(({ figure }) => figure ?? []))];
};

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
