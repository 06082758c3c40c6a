import { TEMPLATE_LIMITS } from "../schema";
import { CONDITIONS, columnOf, findField, LISTS } from "./dictionary";
import { FORMATS } from "./values";

/**
 * The language of templates. It only names things from a closed dictionary: nothing in it is ever run.
 *
 *   # title   ## heading   > note   1. clause   (a) sub-clause   - item   ___ signature   | cell | cell |   --- new page
 *   {{field}}   {{field|format}}   **strong**
 *   {{#if condition}} … {{else}} … {{/if}}   {{#each list}} … {{/each}}, each on a line of its own
 */
export type Inline =
  | { kind: "text"; text: string; strong: boolean }
  | { kind: "field"; key: string; style: string | null; strong: boolean };
export type Block = "title" | "heading" | "paragraph" | "note" | "clause" | "sub-clause" | "item" | "signature";
interface Branch<N> {
  kind: "if";
  condition: string;
  met: N[];
  otherwise: N[];
}
interface Each<N> {
  kind: "each";
  list: string;
  nodes: N[];
}
export type Row = { kind: "row"; cells: Inline[][] } | Branch<Row> | Each<Row>;
export type Node =
  | { kind: "block"; block: Block; content: Inline[] }
  | { kind: "table"; columns: { label: string; numeric: boolean }[]; rows: Row[] }
  | { kind: "page-break" }
  | Branch<Node>
  | Each<Node>;
export type Template = { nodes: Node[] };
export type TemplateProblem = { line: number; problem: string; expected: string };

const MARKS: readonly [RegExp, Block][] = [
  [/^# +/, "title"],
  [/^##+ +/, "heading"],
  [/^> */, "note"],
  [/^\d{1,3}\. +/, "clause"],
  [/^\([a-z]{1,2}\) +/, "sub-clause"],
  [/^- +/, "item"],
  [/^_{3,} */, "signature"],
];
const DIRECTIVE = /^\{\{\s*(#if|#each|else|\/if|\/each)\b\s*([^{}]*?)\s*\}\}$/;
const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g;

type Line = { number: number; text: string };
type Reader = { lines: Line[]; at: number; depth: number; lists: string[]; problems: TemplateProblem[] };

const say = ({ problems }: Reader, line: number, problem: string, expected: string): void => {
  if (problems.length < TEMPLATE_LIMITS.problems) problems.push({ line, problem, expected });
};

function fieldOf(reader: Reader, line: number, given: string, strong: boolean): Inline | null {
  const [key = "", style = null, more] = given.split("|").map((part) => part.trim());
  const field =
    reader.lists.map((list) => columnOf(list, key)).find((found) => found !== null) ?? findField(key) ?? null;
  if (!field) {
    say(reader, line, `There is no field “${key}”.`, "Use a field of the list; names are written as they stand there.");
    return null;
  }
  if (more !== undefined || (style !== null && !(FORMATS[field.format] as readonly string[]).includes(style))) {
    const known = FORMATS[field.format].join(", ");
    say(reader, line, `“${given}” is no way to write ${field.label}.`, `After the bar stands one of: ${known}.`);
    return null;
  }
  return { kind: "field", key, style, strong };
}

/** Text with its placeholders; a placeholder that is not closed is said, never guessed. */
function inline(reader: Reader, { number, text }: Line): Inline[] {
  const content: Inline[] = [];
  let strong = false;
  const words = (piece: string) => {
    if (/\{\{|\}\}/.test(piece))
      say(reader, number, "A placeholder is not closed.", "Write two braces before and two after the field.");
    for (const [index, part] of piece.split("**").entries()) {
      if (index > 0) strong = !strong;
      if (part) content.push({ kind: "text", text: part, strong });
    }
  };
  let last = 0;
  for (const found of text.matchAll(PLACEHOLDER)) {
    words(text.slice(last, found.index));
    last = found.index + found[0].length;
    const given = found[1] ?? "";
    if (/^[#/]|^else$/.test(given))
      say(reader, number, `“${found[0]}” stands inside a line.`, "Put it on a line of its own.");
    else {
      const field = fieldOf(reader, number, given, strong);
      if (field) content.push(field);
    }
  }
  words(text.slice(last));
  if (strong) say(reader, number, "Strong words do not end.", "Write ** after them on the same line.");
  return content;
}

const cellsOf = (text: string): string[] =>
  text
    .replace(/^\|/, "")
    .replace(/\|\s*$/, "")
    .split(/(?<!\{\{[^}]*)\|/);

type Directive = { word: string; name: string };
const directiveOf = (text: string): Directive | null => {
  const found = DIRECTIVE.exec(text);
  return found ? { word: found[1] ?? "", name: found[2] ?? "" } : null;
};

function known(reader: Reader, { word, name }: Directive, line: number): boolean {
  const dictionary = word === "#if" ? CONDITIONS : LISTS;
  if (Object.hasOwn(dictionary, name)) return true;
  const what = word === "#if" ? "condition" : "list";
  say(reader, line, `There is no ${what} “${name}”.`, `Use one of: ${Object.keys(dictionary).join(", ")}.`);
  return false;
}

type Parse<N> = (reader: Reader, line: Line) => N | null;

/** What stands between an opening and its end; `read` makes of a plain line what stands there. */
function inner<N>(reader: Reader, directive: Directive, line: number, read: Parse<N>): Branch<N> | Each<N> | null {
  const { word, name } = directive;
  const valid = known(reader, directive, line);
  if (reader.depth >= TEMPLATE_LIMITS.depth)
    say(reader, line, "Too many are open inside each other.", `Open at most ${TEMPLATE_LIMITS.depth} at once.`);
  reader.depth += 1;
  if (word === "#each") reader.lists.push(name);
  const end = word === "#if" ? "/if" : "/each";
  const then = sequence(reader, read, word === "#if" ? ["else", end] : [end]);
  const otherwise = then.ended === "else" ? sequence(reader, read, [end]) : { nodes: [], ended: then.ended };
  if (word === "#each") reader.lists.pop();
  reader.depth -= 1;
  if (otherwise.ended === null) say(reader, line, `{{${word} ${name}}} is never closed.`, `Write {{${end}}} after it.`);
  if (!valid) return null;
  return word === "#if"
    ? { kind: "if", condition: name, met: then.nodes, otherwise: otherwise.nodes }
    : { kind: "each", list: name, nodes: then.nodes };
}

function sequence<N>(reader: Reader, read: Parse<N>, ends: readonly string[]) {
  const nodes: (N | Branch<N> | Each<N>)[] = [];
  while (reader.at < reader.lines.length) {
    const line = reader.lines[reader.at];
    if (!line) break;
    const directive = directiveOf(line.text);
    if (directive && ends.includes(directive.word)) {
      reader.at += 1;
      return { nodes: nodes as N[], ended: directive.word };
    }
    if (!directive) {
      const node = read(reader, line);
      if (node) nodes.push(node);
      continue;
    }
    reader.at += 1;
    if (!directive.word.startsWith("#")) {
      say(reader, line.number, `{{${directive.word}}} closes nothing.`, "Take it away, or open it above.");
      continue;
    }
    const made = reader.depth > TEMPLATE_LIMITS.depth ? null : inner(reader, directive, line.number, read);
    if (made) nodes.push(made);
  }
  return { nodes: nodes as N[], ended: null };
}

const isRow = ({ text }: Line): boolean => text.startsWith("|");

function table(reader: Reader): Node {
  const head = reader.lines[reader.at];
  const columns = cellsOf(head?.text ?? "").map((label) => ({
    label: label.replace(/>\s*$/, "").trim(),
    numeric: /> *$/.test(label),
  }));
  const start = reader.at + 1;
  let end = start;
  while (reader.lines[end] && (isRow(reader.lines[end] as Line) || directiveOf((reader.lines[end] as Line).text)))
    end++;
  const rows: Reader = { ...reader, lines: reader.lines.slice(start, end), at: 0 };
  const read: Parse<Row> = (own, line) => {
    own.at += 1;
    const cells = cellsOf(line.text).map((text) => inline(own, { number: line.number, text: text.trim() }));
    if (cells.length !== columns.length)
      say(own, line.number, `The row has ${cells.length} cells.`, `The head of the table has ${columns.length}.`);
    return { kind: "row", cells };
  };
  const { nodes } = sequence<Row>(rows, read, []);
  reader.at = end;
  return { kind: "table", columns, rows: nodes };
}

/** One block; lines of a paragraph that follow each other are one. */
const readBlock: Parse<Node> = (reader, line) => {
  if (line.text === "") {
    reader.at += 1;
    return null;
  }
  if (isRow(line)) return table(reader);
  if (/^-{3,}$/.test(line.text)) {
    reader.at += 1;
    return { kind: "page-break" };
  }
  const mark = MARKS.find(([pattern]) => pattern.test(line.text));
  const block = mark?.[1] ?? "paragraph";
  const texts = [line.text.replace(mark?.[0] ?? "", "")];
  reader.at += 1;
  for (let next = reader.lines[reader.at]; next && goesOn(next); next = reader.lines[reader.at]) {
    texts.push(next.text);
    reader.at += 1;
  }
  return { kind: "block", block, content: inline(reader, { number: line.number, text: texts.join(" ").trim() }) };
};

const goesOn = ({ text }: Line): boolean =>
  text !== "" &&
  !text.startsWith("|") &&
  !/^-{3,}$/.test(text) &&
  !directiveOf(text) &&
  !MARKS.some(([pattern]) => pattern.test(text));

/** A template, or what is wrong with it, line by line, and what to do. Never throws; what is too long is not read. */
export function parseTemplate(text: string): { template: Template; problems: TemplateProblem[] } {
  const lines = text
    .replace(/\r\n?/g, "\n")
    .split("\n")
    .map((line, index) => ({ number: index + 1, text: line.trim() }));
  const { letters, lines: most } = TEMPLATE_LIMITS;
  if (text.length > letters || lines.length > most) {
    const expected = `At most ${letters} letters in ${most} lines.`;
    return { template: { nodes: [] }, problems: [{ line: 1, problem: "The template is too long.", expected }] };
  }
  const reader: Reader = { lines, at: 0, depth: 0, lists: [], problems: [] };
  const { nodes } = sequence<Node>(reader, readBlock, []);
  if (nodes.length === 0) say(reader, 1, "The template is empty.", "Write at least a title.");
  return { template: { nodes }, problems: reader.problems.toSorted((a, b) => a.line - b.line) };
}
