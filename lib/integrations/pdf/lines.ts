import bidiFactory from "bidi-js";
import { faceRuns, type Role } from "./faces";
import type { Piece } from "./flow";
import { drawable } from "./glyphs";

/** Pieces of text broken into lines, and each line into runs in the order in which they are seen. */

export type Style = { role: Role; size: number; muted: boolean; raised: boolean; colour?: string };
export type Run = { text: string; face: string; style: Style; width: number; rightToLeft: boolean };
export type Line = { runs: Run[]; width: number };
/** The width of a run in points. */
export type Measure = (text: string, face: string, size: number) => number;

const bidi = bidiFactory();
const HAN = "\\u2e80-\\u9fff\\uac00-\\ud7a3\\uf900-\\ufaff\\uff00-\\uffef";
/** A line may end after a blank, a hyphen or a slash, and between letters of Chinese, Japanese and Korean. */
const TOKENS = new RegExp(
  `[${HAN}](?:[、。，．！？：；）」』】”’]|\\p{M})*|[^ ${HAN}]*?[-‐/](?=[^ \\d])|[^ ${HAN}]+|[ ]+`,
  "gu",
);

/** What stands between these has a direction of its own and takes no part in its neighbours'. Nothing is drawn for them. */
const [ISOLATE, END_ISOLATE, UNSEEN] = ["\u2068", "\u2069", ""];
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufefc]/;

type Atom = { text: string; face: string; style: Style; level: number; at: number };

/** The letters of all pieces, each with its face and its level of direction (UAX #9), joined where all is alike. */
function atomsOf(pieces: readonly Piece[], role: Role, size: number): { text: string; atoms: Atom[] } {
  const atoms: Atom[] = [];
  let text = "";
  const add = (said: string, face: string, style: Style) => {
    atoms.push({ text: said, face, style, level: 0, at: text.length });
    text += said;
  };
  for (const piece of pieces) {
    const style: Style = {
      ...{ role: piece.role ?? role, muted: piece.muted ?? false, raised: piece.raised ?? false },
      size: piece.raised ? size * 0.68 : size,
      ...(piece.colour ? { colour: piece.colour } : {}),
    };
    if (piece.isolated) add(ISOLATE, UNSEEN, style);
    for (const run of faceRuns(drawable(piece.text), style.role)) add(run.text, run.face.key, style);
    if (piece.isolated) add(END_ISOLATE, UNSEEN, style);
  }
  if (!RIGHT_TO_LEFT.test(text)) return { text, atoms };
  const { levels } = bidi.getEmbeddingLevels(text, "ltr");
  return { text, atoms: atoms.flatMap((atom) => byLevel(atom, levels)) };
}

function byLevel(atom: Atom, levels: Uint8Array): Atom[] {
  const parts: Atom[] = [];
  for (let index = 0; index < atom.text.length; index += 1) {
    const level = levels[atom.at + index] ?? 0;
    const sign = atom.text[index] ?? "";
    const drawn = level % 2 === 1 ? (bidi.getMirroredCharacter(sign) ?? sign) : sign;
    const last = parts.at(-1);
    if (last?.level === level) last.text += drawn;
    else parts.push({ ...atom, text: drawn, level, at: atom.at + index });
  }
  return parts;
}

const slice = (atoms: readonly Atom[], from: number, to: number): Atom[] =>
  atoms.flatMap((atom) => {
    const start = Math.max(from, atom.at);
    const end = Math.min(to, atom.at + atom.text.length);
    return start < end && atom.face !== UNSEEN
      ? [{ ...atom, text: atom.text.slice(start - atom.at, end - atom.at), at: start }]
      : [];
  });

/** Rule L2: from the highest level down to the lowest odd one, whatever stands at it or above is turned around. */
function inSight(atoms: readonly Atom[]): Atom[] {
  const seen = [...atoms];
  for (let level = Math.max(0, ...atoms.map((atom) => atom.level)); level > 0; level -= 1) {
    let from = 0;
    while (from < seen.length) {
      let to = from;
      while ((seen[to]?.level ?? -1) >= level) to += 1;
      if (to > from) seen.splice(from, to - from, ...seen.slice(from, to).reverse());
      from = to + 1;
    }
  }
  return seen;
}

/** Shaping turns Arabic and Hebrew around by itself; signs between them are turned here. */
function runOf({ text, face, style, level }: Atom, measure: Measure): Run {
  const rightToLeft = level % 2 === 1;
  const shown = rightToLeft && !RIGHT_TO_LEFT.test(text) ? [...text].reverse().join("") : text;
  return { text: shown, face, style, rightToLeft, width: measure(shown, face, style.size) };
}

type Range = { from: number; to: number };

const signsOf = (text: string, at: number): Range[] => {
  let from = at;
  return Array.from(text, (sign) => {
    const range = { from, to: from + sign.length };
    from = range.to;
    return range;
  });
};

export type Layout = { lines: Line[]; natural: number; least: number };

/** Lines no wider than asked for; a word that is wider than a line is broken where it must. */
export function layLines(
  pieces: readonly Piece[],
  as: { role: Role; size: number; width: number },
  measure: Measure,
): Layout {
  const { text, atoms } = atomsOf(pieces, as.role, as.size);
  const widthOf = (from: number, to: number) =>
    slice(atoms, from, to).reduce((sum, one) => sum + measure(one.text, one.face, one.style.size), 0);
  const tokens = [...text.matchAll(TOKENS)].map((found) => {
    const [from, to] = [found.index, found.index + found[0].length];
    return { from, to, blank: found[0].trim() === "" && !found[0].includes("\u00a0"), width: widthOf(from, to) };
  });
  const ranges: Range[] = [];
  let open: (Range & { width: number }) | null = null;
  const close = () => {
    if (open) ranges.push(open);
    open = null;
  };
  for (const token of tokens) {
    const wide = !token.blank && token.width > as.width;
    const parts = wide ? signsOf(text.slice(token.from, token.to), token.from) : [token];
    for (const part of parts) {
      const width = wide ? widthOf(part.from, part.to) : token.width;
      if (open && !token.blank && open.width + width > as.width + 0.01) close();
      if (!open && token.blank) continue;
      open = open
        ? { from: open.from, to: part.to, width: open.width + width }
        : { from: part.from, to: part.to, width };
    }
  }
  close();
  const lines = ranges.map(({ from, to }): Line => {
    const end = from + text.slice(from, to).trimEnd().length;
    const runs = inSight(slice(atoms, from, end)).map((atom) => runOf(atom, measure));
    return { runs, width: runs.reduce((sum, run) => sum + run.width, 0) };
  });
  const least = Math.max(0, ...tokens.filter(({ blank }) => !blank).map(({ width }) => width));
  return { lines: lines.length > 0 ? lines : [{ runs: [], width: 0 }], natural: widthOf(0, text.length), least };
}
