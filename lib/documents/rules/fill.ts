import { CONDITIONS, columnOf, FIELDS, type Field, findField } from "./dictionary";
import { COUNSEL_LINE, type DocumentBlock, type DocumentModel, type Missing, missingText, type Piece } from "./model";
import type { Inline, Node, Row, Template } from "./template";
import { written } from "./values";

type Values = Readonly<Record<string, string | null>>;
/** What a document is made from: raw stored values, by field; nothing else reaches it. */
export type DocumentFacts = {
  fields: Values;
  lists: Readonly<Record<string, readonly Values[]>>;
  conditions: Readonly<Record<string, boolean>>;
  /** Terms that the offer leaves open, in words. */
  open: readonly string[];
  /** Of what is a stored figure its id: by field, and of each list by row and column. */
  figures?: {
    fields: Readonly<Record<string, string | undefined>>;
    lists: Readonly<Record<string, readonly Readonly<Record<string, string | undefined>>[]>>;
  };
};

export type Filled = { model: DocumentModel; missing: Missing[]; used: string[] };

type Frame = {
  facts: DocumentFacts;
  rows: { list: string; index: number; values: Values }[];
  missing: Map<string, Missing>;
  used: Set<string>;
  clause: number;
  letter: number;
};

const MOST_ROWS = 1_000;

/** The value of a field in words, or its hole. What nobody stored is never made up. */
function pieceOf(frame: Frame, { key, style, strong }: Extract<Inline, { kind: "field" }>): Piece {
  const row = frame.rows.findLast(({ list }) => columnOf(list, key) !== null);
  const field = (row ? columnOf(row.list, key) : findField(key)) as Field | null;
  const raw = (row ? row.values : frame.facts.fields)[key] ?? null;
  frame.used.add(key);
  const text = raw === null || !field ? null : written(raw, field.format, style ?? undefined);
  const { figures } = frame.facts;
  const figure = row ? figures?.lists[row.list]?.[row.index]?.[key] : figures?.fields[key];
  if (text !== null) return { text, ...(strong ? { strong } : {}), ...(figure ? { figure } : {}) };
  const label = field?.label ?? key;
  if (!frame.missing.has(key)) frame.missing.set(key, { field: key, label, stated: field?.from === "stated" });
  return { text: missingText(label), missing: true };
}

function pieces(frame: Frame, content: readonly Inline[]): Piece[] {
  const made = content.map((one) =>
    one.kind === "field" ? pieceOf(frame, one) : { text: one.text, ...(one.strong ? { strong: true } : {}) },
  );
  return made.length > 0 ? made : [{ text: "" }];
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const letterOf = (index: number): string =>
  index < 26 ? (LETTERS[index] ?? "") : `${LETTERS[Math.floor(index / 26) - 1] ?? ""}${LETTERS[index % 26] ?? ""}`;

/** Clauses are numbered as they stand, so that one that is left out leaves no gap. */
function labelOf(frame: Frame, block: Extract<Node, { kind: "block" }>["block"]): string {
  if (block === "clause") {
    frame.clause += 1;
    frame.letter = 0;
    return `${frame.clause}.`;
  }
  if (block === "item") return "•";
  if (block !== "sub-clause") return "";
  frame.letter += 1;
  return `(${letterOf(frame.letter - 1)})`;
}

type Open<N> = { kind: "if"; condition: string; met: N[]; otherwise: N[] } | { kind: "each"; list: string; nodes: N[] };

function* opened<N extends { kind: string }>(frame: Frame, node: Open<N>): Generator<N> {
  if (node.kind === "if") {
    yield* frame.facts.conditions[node.condition] ? node.met : node.otherwise;
    return;
  }
  for (const [index, values] of (frame.facts.lists[node.list] ?? []).slice(0, MOST_ROWS).entries()) {
    frame.rows.push({ list: node.list, index, values });
    yield* node.nodes;
    frame.rows.pop();
  }
}

/** Rows are made while their list is open: the generator says which values are meant. */
function rowsOf(frame: Frame, rows: readonly Row[]): Piece[][][] {
  const made: Piece[][][] = [];
  for (const row of rows) {
    if (row.kind === "row") made.push(row.cells.map((cell) => pieces(frame, cell)));
    else for (const one of opened(frame, row)) made.push(...rowsOf(frame, [one]));
  }
  return made;
}

function blocksOf(frame: Frame, nodes: Iterable<Node>): DocumentBlock[] {
  const blocks: DocumentBlock[] = [];
  for (const node of nodes) {
    if (node.kind === "page-break") blocks.push(node);
    else if (node.kind === "block")
      blocks.push({ kind: node.block, label: labelOf(frame, node.block), pieces: pieces(frame, node.content) });
    else if (node.kind === "table") {
      const rows = rowsOf(frame, node.rows);
      blocks.push({ kind: "table", columns: node.columns, rows });
    } else for (const inner of opened(frame, node)) blocks.push(...blocksOf(frame, [inner]));
  }
  return blocks;
}

const isCounsel = (block: DocumentBlock): boolean =>
  "pieces" in block && /counsel must review/i.test(block.pieces.map(({ text }) => text).join(""));

/** The document that a template and facts make. The same template and facts make the same document. */
export function fillTemplate(template: Template, facts: DocumentFacts, title: string): Filled {
  const frame: Frame = { facts, rows: [], missing: new Map(), used: new Set(), clause: 0, letter: 0 };
  const made = blocksOf(frame, template.nodes);
  // Whoever wrote the template: the line stands in every document.
  const first = made[0]?.kind === "title" ? 1 : 0;
  const counsel: DocumentBlock = { kind: "note", label: "", pieces: [{ text: COUNSEL_LINE }] };
  const blocks = made.some(isCounsel) ? made : [...made.slice(0, first), counsel, ...made.slice(first)];
  const headed = blocks.find((block) => block.kind === "title");
  return {
    model: { title: headed && "pieces" in headed ? headed.pieces.map(({ text }) => text).join("") : title, blocks },
    missing: [...frame.missing.values()],
    used: [...frame.used].toSorted(),
  };
}

/** Facts of which nothing is known: every field is a hole. */
export const NO_DOCUMENT_FACTS: DocumentFacts = {
  fields: Object.fromEntries(FIELDS.map(({ key }) => [key, null])),
  lists: {},
  conditions: Object.fromEntries(Object.keys(CONDITIONS).map((key) => [key, false])),
  open: [],
};
