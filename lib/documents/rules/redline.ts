import { type Change, diff, wordsOf } from "./diff";
import { type DocumentModel, textOf } from "./model";

/** A line of a redline: what it is, whether the line itself came or went, and its words. */
export type RedlineLine = {
  kind: string;
  label: string;
  /** Whether the break behind the line came, went, or stands in both. */
  op: Change["op"];
  changes: Change[];
};
export type Redline = { lines: RedlineLine[]; inserted: number; deleted: number };

/** Ends a line in the sequence of words; what is in front of the first NUL is what kind of line it was. */
const BREAK = "\u0000";
const MOST_WORDS = 40_000;

const lineWords = (kind: string, label: string, text: string): string[] => [
  ...wordsOf(text.replaceAll(BREAK, "")),
  // The number of a clause is no part of it: a clause that moves down is not rewritten.
  `${kind}${BREAK}${/^\d|^\(/.test(label) ? "" : label}`,
];

function sequenceOf({ blocks }: DocumentModel): string[] {
  const words = blocks.flatMap((block) => {
    if (block.kind === "page-break") return [];
    if (block.kind !== "table") return lineWords(block.kind, block.label, textOf(block.pieces));
    const head = lineWords("table-head", "", block.columns.map(({ label }) => label).join(" | "));
    return [...head, ...block.rows.flatMap((row) => lineWords("row", "", row.map(textOf).join(" | ")))];
  });
  return words.slice(0, MOST_WORDS);
}

/**
 * Words that were changed together stand together, the deleted before the inserted; a blank that was kept between two
 * replaced words belongs to both, or a replaced phrase would be read word by word.
 */
function joined(changes: readonly Change[]): Change[] {
  const made: Change[] = [];
  let [gone, come, blank] = ["", "", ""];
  const flush = (kept: string) => {
    if (gone) made.push({ op: "delete", text: gone });
    if (come) made.push({ op: "insert", text: come });
    const last = made.at(-1);
    if (kept && last?.op === "keep") made[made.length - 1] = { op: "keep", text: last.text + kept };
    else if (kept) made.push({ op: "keep", text: kept });
    [gone, come, blank] = ["", "", ""];
  };
  for (const { op, text } of changes) {
    if (op === "keep" && /^\s+$/.test(text) && gone && come && !blank) blank = text;
    else if (op === "keep") flush(blank + text);
    else {
      gone += blank + (op === "delete" ? text : "");
      come += blank + (op === "insert" ? text : "");
      blank = "";
    }
  }
  flush(blank);
  return made;
}

const isBreak = (change: Change | undefined): boolean => change?.text.includes(BREAK) ?? false;

/**
 * A run of one kind may stand a few words further on and say the same; it is moved to where it ends with its line, so
 * that a new clause is seen as one and not as the end of one and the beginning of the next.
 */
function slide(changes: Change[]): Change[] {
  const moved = [...changes];
  for (let start = 0; start < moved.length; start += 1) {
    const op = moved[start]?.op;
    if (op === "keep" || op === undefined) continue;
    let end = start;
    while (moved[end + 1]?.op === op) end += 1;
    const length = end - start + 1;
    const text = (at: number) => moved[at]?.text ?? "";
    let best = isBreak(moved[end]) ? 0 : -1;
    for (let by = 1; best < 0 && moved[end + by]?.op === "keep" && text(end + by) === text(start + by - 1); by += 1)
      if (isBreak(moved[end + by])) best = by;
    for (let by = 0; by < best; by += 1) {
      moved[start + by] = { op: "keep", text: text(start + by) };
      moved[start + by + length] = { op, text: text(start + by + length) };
    }
    start = end + Math.max(0, best);
  }
  return moved;
}

/** What was changed from one version to another, word by word, in the lines of both. */
export function redlineOf(from: DocumentModel, to: DocumentModel): Redline {
  const changes = slide(diff(sequenceOf(from), sequenceOf(to)));
  const lines: RedlineLine[] = [];
  let held: Change[] = [];
  const numbers = { clause: 0, letter: 0 };
  for (const { op, text } of changes) {
    if (!text.includes(BREAK)) {
      held.push({ op, text });
      continue;
    }
    const [kind = "paragraph", label = ""] = text.split(BREAK);
    lines.push({ kind, label: label || numberFor(kind, op, numbers), op, changes: joined(held) });
    held = [];
  }
  if (held.length > 0) lines.push({ kind: "paragraph", label: "", op: "keep", changes: joined(held) });
  const count = (op: Change["op"]) =>
    changes.filter((one) => one.op === op && !one.text.includes(BREAK) && one.text.trim() !== "").length;
  return { lines, inserted: count("insert"), deleted: count("delete") };
}

/** Clauses carry the number of the newer version; one that went has none. */
function numberFor(kind: string, op: Change["op"], numbers: { clause: number; letter: number }): string {
  if (op === "delete") return "";
  if (kind === "clause") {
    numbers.clause += 1;
    numbers.letter = 0;
    return `${numbers.clause}.`;
  }
  if (kind !== "sub-clause") return "";
  numbers.letter += 1;
  return `(${String.fromCharCode(96 + ((numbers.letter - 1) % 26) + 1)})`;
}
