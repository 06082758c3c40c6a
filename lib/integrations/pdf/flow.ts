import type { Role } from "./faces";
import type { Sheet } from "./sheet";

/** What a PDF is made of before it has pages: pieces of text in a role, and blocks of them. */

export type Piece = {
  text: string;
  role?: Role;
  muted?: boolean;
  raised?: boolean;
  /** Of a mark beside its word; text is ink or muted. */
  colour?: string;
  /** A name: its direction is its own. */
  isolated?: boolean;
};

export type Cell = readonly Piece[];
export type FlowTable = {
  kind: "table";
  /** Seen above the table; without one the heading above says the same. */
  caption: string | null;
  title: string;
  columns: readonly { label: string; numeric: boolean }[];
  rows: readonly (readonly Cell[])[];
};

type Label = { x: number; y: number; text: string; anchor: "start" | "middle" | "end"; muted: boolean };
/** Marks of a chart in a box of points, y downwards. */
export type Drawing = {
  width: number;
  height: number;
  rules: readonly { x1: number; x2: number; y: number }[];
  path: string;
  dots: readonly { x: number; y: number }[];
  labels: readonly Label[];
};

export type FlowFigure = { kind: "figure"; title: string; alt: string; drawing: Drawing | null };

/** `inset`: it belongs to the item before, and stands in by one step. */
export type ListItem = { label: string; lines: readonly (readonly Piece[])[]; inset?: boolean };

export type Flow =
  | { kind: "title"; pieces: readonly Piece[] }
  | { kind: "heading"; level: 2 | 3; pieces: readonly Piece[] }
  | { kind: "paragraph"; pieces: readonly Piece[]; small?: boolean }
  | { kind: "list"; items: readonly ListItem[]; small?: boolean }
  | FlowTable
  | FlowFigure
  /** A page of its own design: it names its texts, so that the fonts hold them, and draws itself. */
  | { kind: "drawn"; texts: readonly Said[]; draw: (sheet: Sheet) => void }
  | { kind: "page-break" };

export type Said = { text: string; role: Role };

const said = (pieces: readonly Piece[], role: Role = "text"): Said[] =>
  pieces.map((piece) => ({ text: piece.text, role: piece.role ?? role }));

function textsIn(block: Flow): Said[] {
  switch (block.kind) {
    case "title":
      return said(block.pieces, "headline");
    case "heading":
      return said(block.pieces, block.level === 2 ? "headline" : "strong");
    case "paragraph":
      return said(block.pieces);
    case "list":
      return block.items.flatMap(({ label, lines }) => said([{ text: label }, ...lines.flat()]));
    case "table": {
      const heads = block.columns.map(({ label }) => ({ text: label }));
      return [...said([{ text: block.caption ?? "" }, ...heads], "strong"), ...said(block.rows.flat(2))];
    }
    case "figure":
      return [...said([{ text: block.title }], "strong"), ...said(block.drawing?.labels ?? [])];
    case "drawn":
      return [...block.texts];
    case "page-break":
      return [];
  }
}

/** Every text of a document with the role in which it is drawn, so that the fonts are cut to what is needed. */
export const textsOf = (flow: readonly Flow[]): Said[] => flow.flatMap(textsIn);
