import { type DateOrder, DELIMITERS, type Encoding } from "../schema";
import { possibleOrders } from "./dates";
import type { DecimalMark } from "./numbers";

/** A cell as a reader hands it on: text, a spreadsheet's number, or a spreadsheet's error such as #REF!. */
export type Cell = string | number | { error: string };

const SAMPLE_BYTES = 64 * 1024;

/** By byte order mark, then by zero bytes (UTF-16 without a mark), then by whether it is valid UTF-8; else Windows Latin-1. */
export function detectEncoding(bytes: Uint8Array): Encoding {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return "utf-8";
  if (a === 0xff && b === 0xfe) return "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  let even = 0;
  let odd = 0;
  sample.forEach((byte, i) => {
    if (byte !== 0) return;
    if (i % 2 === 0) even += 1;
    else odd += 1;
  });
  const half = sample.length / 2;
  if (odd > half * 0.4 && even < half * 0.05) return "utf-16le";
  if (even > half * 0.4 && odd < half * 0.05) return "utf-16be";
  return isUtf8(bytes) ? "utf-8" : "windows-1252";
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** How often each delimiter stands outside quotes, record by record. */
function countPerRecord(text: string, delimiter: string, records: number): number[] {
  const counts: number[] = [];
  let quoted = false;
  let count = 0;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && character === delimiter) count += 1;
    else if (!quoted && character === "\n") {
      counts.push(count);
      count = 0;
      if (counts.length === records) return counts;
    }
  }
  if (count > 0) counts.push(count);
  return counts;
}

/** The delimiter that cuts most records into the same number of cells, more than one; a comma when none does. */
export function detectDelimiter(text: string): (typeof DELIMITERS)[number] {
  let best: { delimiter: (typeof DELIMITERS)[number]; score: number } = { delimiter: ",", score: 0 };
  for (const delimiter of DELIMITERS) {
    const counts = countPerRecord(text.slice(0, SAMPLE_BYTES), delimiter, 60);
    const filled = counts.filter((count) => count > 0);
    const frequency = new Map<number, number>();
    for (const count of filled) frequency.set(count, (frequency.get(count) ?? 0) + 1);
    const [columns = 0, agreeing = 0] = [...frequency].sort((x, y) => y[1] - x[1] || y[0] - x[0])[0] ?? [];
    const score = agreeing / Math.max(counts.length, 1) + Math.min(columns, 50) / 1_000;
    if (agreeing > 0 && score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

export const cellText = (cell: Cell | undefined): string =>
  typeof cell === "string" ? cell : typeof cell === "number" ? String(cell) : cell ? cell.error : "";

const looksLikeData = (cell: Cell | undefined): boolean =>
  typeof cell === "number" || /^[\s\d.,:;()%€$£+/-]*\d[\s\d.,:;()%€$£+/-]*$/.test(cellText(cell));

/**
 * The first of the top rows that can name columns: as wide as what follows, mostly words, none twice. A year or a
 * period may name a column, so data-like cells only count against a row when they are the majority of an unknown header.
 */
export function detectHeaderRow(rows: readonly (readonly Cell[])[], isKnown: (name: string) => boolean): number {
  const top = rows.slice(0, 30);
  const width = Math.max(...rows.map((row) => filled(row)), 1);
  let best = { index: 0, score: -1 };
  top.forEach((row, index) => {
    const names = row.map(cellText).filter((name) => name.trim() !== "");
    if (names.length < Math.min(2, width)) return;
    const known = names.filter(isKnown).length;
    const words = row.filter((cell) => cellText(cell).trim() !== "" && !looksLikeData(cell)).length;
    const unique = new Set(names.map((name) => name.trim().toLowerCase())).size / names.length;
    const score = (3 * known + words) / names.length + names.length / width + unique - index * 0.02;
    if (score > best.score) best = { index, score };
  });
  return best.index + 1;
}

const filled = (row: readonly Cell[]): number => row.filter((cell) => cellText(cell).trim() !== "").length;

/** What a column's cells say about day and month: the one order that reads them all, none, or several (a question). */
export function detectDateOrder(cells: Iterable<Cell | undefined>): { order: DateOrder | null; ambiguous: boolean } {
  let orders: DateOrder[] | null = null;
  for (const cell of cells) {
    const possible = typeof cell === "string" ? possibleOrders(cell) : null;
    if (!possible || possible.length === 0) continue;
    if (/\d\.\d/.test(String(cell))) continue;
    const narrowed: DateOrder[] = orders === null ? possible : orders.filter((order) => possible.includes(order));
    // Two cells that no order reads together: somebody has to say which is meant; the other rows are rejected.
    if (narrowed.length === 0) return { order: null, ambiguous: true };
    orders = narrowed;
  }
  if (orders === null) return { order: null, ambiguous: false };
  const [only] = orders;
  return orders.length === 1 && only ? { order: only, ambiguous: false } : { order: null, ambiguous: true };
}

const NUMBERISH = /^[\s(+\-\u2212€$£¥A-Z%]*[\d.,'’\s\u00a0\u202f]*\d[\d.,'’\s\u00a0\u202f]*[\s)\-\u2212€$£¥A-Z%]*$/u;

/** Which mark the numbers of these cells prove; null with `ambiguous` when "1.234" is all there is, or both are proved. */
export function detectDecimalMark(cells: Iterable<Cell | undefined>): {
  mark: DecimalMark | null;
  ambiguous: boolean;
} {
  const proof: Record<DecimalMark, number> = { ".": 0, ",": 0 };
  let open = 0;
  for (const cell of cells) {
    if (typeof cell !== "string" || !NUMBERISH.test(cell)) continue;
    const mark = provenMark(cell.replace(/[^\d.,]/g, ""));
    if (mark === "open") open += 1;
    else if (mark) proof[mark] += 1;
  }
  if (proof["."] > 0 && proof[","] > 0) return { mark: null, ambiguous: true };
  if (proof[","] > 0) return { mark: ",", ambiguous: false };
  if (proof["."] > 0) return { mark: ".", ambiguous: false };
  return { mark: null, ambiguous: open > 0 };
}

function provenMark(digits: string): DecimalMark | "open" | null {
  const dots = digits.split(".").length - 1;
  const commas = digits.split(",").length - 1;
  if (dots === 0 && commas === 0) return null;
  if (dots > 0 && commas > 0) return digits.lastIndexOf(".") > digits.lastIndexOf(",") ? "." : ",";
  if (dots > 1) return ",";
  if (commas > 1) return ".";
  const mark = dots === 1 ? "." : ",";
  const [whole = "", fraction = ""] = digits.split(mark);
  const couldBeGroup = fraction.length === 3 && whole.length >= 1 && whole.length <= 3 && whole !== "0";
  return couldBeGroup ? "open" : mark;
}
