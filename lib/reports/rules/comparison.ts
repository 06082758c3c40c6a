import type { ReportBlock } from "../schema";

/** What two versions of a document say differently: which figures moved, which words changed. */

export type ComparedFigure = {
  id: string;
  revision: number;
  label: string;
  method: string;
  value: string | null;
  reason: string | null;
};
export type FigurePair = { before: ComparedFigure | null; after: ComparedFigure | null };

export type Words = { kind: "same" | "gone" | "new"; text: string };
export type Passage = { change: "same" | "changed" | "gone" | "new"; words: Words[] };
export type Comparison = { figures: FigurePair[]; unchangedFigures: number; passages: Passage[] };

/**
 * Figures of the two versions that ask the same: by id, otherwise by method and label (the id holds the days of the
 * window, so that next month's growth rate is another figure of the same question).
 */
export function pairFigures(before: readonly ComparedFigure[], after: readonly ComparedFigure[]): FigurePair[] {
  const left = new Map(before.map((figure) => [figure.id, figure]));
  const pairs = new Map<string, ComparedFigure>();
  const take = (figure: ComparedFigure, partner: ComparedFigure | undefined) => {
    if (!partner) return;
    pairs.set(figure.id, partner);
    left.delete(partner.id);
  };
  for (const figure of after) take(figure, left.get(figure.id));
  for (const figure of after) {
    if (pairs.has(figure.id)) continue;
    take(
      figure,
      [...left.values()].find(({ method, label }) => method === figure.method && label === figure.label),
    );
  }
  return [
    ...after.map((figure) => ({ before: pairs.get(figure.id) ?? null, after: figure })),
    ...[...left.values()].map((figure) => ({ before: figure, after: null })),
  ];
}

const isSame = ({ before, after }: FigurePair): boolean =>
  before !== null && after !== null && before.value === after.value && before.reason === after.reason;

/** Each block as lines of text; a table's row is a line, a chart is its title. */
function linesOf(block: ReportBlock): string[] {
  if (block.kind === "list") return block.items;
  if (block.kind === "table")
    return [block.caption, ...block.rows.map((row) => row.filter((cell) => cell !== "").join(" · "))];
  if (block.kind === "model")
    return block.inputs.flatMap(({ rows }) => rows.map(({ label, value }) => `${label}: ${value}`));
  return [block.kind === "chart" ? block.title : block.text];
}

type Step<T> = { kind: "same"; before: T; after: T } | { kind: "gone"; before: T } | { kind: "new"; after: T };

/** The shortest way from one list to the other (longest common subsequence); quadratic, for some hundred items. */
export function steps<T>(before: readonly T[], after: readonly T[], same: (a: T, b: T) => boolean): Step<T>[] {
  const width = after.length + 1;
  const longest = new Uint32Array((before.length + 1) * width);
  const at = (i: number, j: number) => longest[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const equal = same(before[i] as T, after[j] as T);
      longest[i * width + j] = equal ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const way: Step<T>[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [a, b] = [before[i] as T, after[j] as T];
    if (i < before.length && j < after.length && same(a, b)) {
      way.push({ kind: "same", before: a, after: b });
      i += 1;
      j += 1;
    } else if (j >= after.length || (i < before.length && at(i + 1, j) >= at(i, j + 1))) {
      way.push({ kind: "gone", before: a });
      i += 1;
    } else {
      way.push({ kind: "new", after: b });
      j += 1;
    }
  }
  return way;
}

const wordsOf = (text: string): string[] => text.match(/\s+|\[\[[^\]]*\]\]|[^\s[]+|\[/g) ?? [];

/** The words of two texts, runs of one kind joined. */
export function compareWords(before: string, after: string): Words[] {
  const runs: Words[] = [];
  for (const step of steps(wordsOf(before), wordsOf(after), (a, b) => a === b)) {
    const text = step.kind === "gone" ? step.before : step.after;
    const last = runs.at(-1);
    if (last?.kind === step.kind) last.text += text;
    else runs.push({ kind: step.kind, text });
  }
  return runs;
}

/** The share of words that two texts have in common, 0 to 1. */
function likeness(before: string, after: string): number {
  const [a, b] = [wordsOf(before), wordsOf(after)].map((words) => words.filter((word) => word.trim() !== ""));
  if (!a || !b || a.length + b.length === 0) return 1;
  const common = steps(a, b, (one, other) => one === other).filter(({ kind }) => kind === "same").length;
  return (2 * common) / (a.length + b.length);
}

const ALIKE = 0.4;

/** Lines that went and lines that came between two equal ones: the alike are one changed passage. */
function settle(gone: string[], come: string[]): Passage[] {
  const passages: Passage[] = [];
  for (const after of come) {
    const index = gone.findIndex((before) => likeness(before, after) >= ALIKE);
    if (index < 0) {
      passages.push({ change: "new", words: [{ kind: "new", text: after }] });
      continue;
    }
    const skipped = gone.splice(0, index + 1);
    const partner = skipped.pop() ?? "";
    passages.push(...skipped.map(goneText), { change: "changed", words: compareWords(partner, after) });
  }
  return [...passages, ...gone.splice(0).map(goneText)];
}

const goneText = (text: string): Passage => ({ change: "gone", words: [{ kind: "gone", text }] });

function comparePassages(before: readonly string[], after: readonly string[]): Passage[] {
  const passages: Passage[] = [];
  let [gone, come]: [string[], string[]] = [[], []];
  for (const step of steps(before, after, (a, b) => a === b)) {
    if (step.kind === "gone") gone.push(step.before);
    else if (step.kind === "new") come.push(step.after);
    else {
      passages.push(...settle(gone, come), { change: "same", words: [{ kind: "same", text: step.after }] });
      [gone, come] = [[], []];
    }
  }
  return [...passages, ...settle(gone, come)];
}

type Version = { blocks: readonly ReportBlock[]; figures: readonly ComparedFigure[] };

/** A sentence whose figure moved but whose words stayed is no changed passage: the figures are compared on their own. */
export function compareVersions(before: Version, after: Version): Comparison {
  const pairs = pairFigures(before.figures, after.figures);
  const asked = new Map(pairs.flatMap((pair) => (pair.before && pair.after ? [[pair.before.id, pair.after.id]] : [])));
  const renamed = (text: string) =>
    text.replace(/\[\[fig:([0-9a-f]{16})\]\]/g, (whole, id: string) =>
      asked.has(id) ? `[[fig:${asked.get(id)}]]` : whole,
    );
  const changed = pairs.filter((pair) => !isSame(pair));
  return {
    figures: changed,
    unchangedFigures: pairs.length - changed.length,
    passages: comparePassages(before.blocks.flatMap(linesOf).map(renamed), after.blocks.flatMap(linesOf)),
  };
}
