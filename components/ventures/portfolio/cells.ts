import type { LevelName } from "@/components/ui/level";
import { formatAge } from "@/lib/format";
import { type ColumnKey, MEASURES, type Measure } from "@/lib/reports/schema/portfolio";
import { stageWords } from "../stage-words";
import { type LevelledFigure, type PortfolioLine, worstLevel } from "../venture-line";

/**
 * A page of the portfolio carries hundreds of figures into the browser: each as a short list, its label once in the head
 * of the column. `figureIn` makes the figure of it again.
 */
export type PackedFigure = readonly [
  id: string,
  revision: number,
  value: string | null,
  unit: string,
  asOf: string,
  word: string | null,
  tone: LevelName | null,
  reason: string | null,
  stale: string | null,
  /** Where it is called otherwise than in the first row. */
  label: string | null,
];

export type Cell = string | null | PackedFigure | readonly (number | null)[];
export type PackedRow = { slug: string; name: string; age: string; cells: readonly Cell[] };
export type PackedPage = { labels: Readonly<Partial<Record<Measure, string>>>; rows: readonly PackedRow[] };

export const isMeasure = (column: ColumnKey): column is Measure => MEASURES.some((measure) => measure === column);

const short = <T extends readonly unknown[]>(list: T): T => {
  const last = list.findLastIndex((one) => one !== null);
  return list.slice(0, last + 1) as unknown as T;
};

function packed({ figure, level }: LevelledFigure, label: string | undefined): PackedFigure {
  const { id, revision, value, unit, asOf, reason = null, stale = null } = figure;
  const named = figure.label === label ? null : figure.label;
  return short([id, revision, value, unit, asOf, level?.word ?? null, level?.tone ?? null, reason, stale, named]);
}

/** What a venture's own facts say in a column. */
export function wordsOf(line: PortfolioLine, column: Exclude<ColumnKey, Measure | "trend">): string | null {
  if (column === "stage") return stageWords(line.stage, line.openSubstages);
  return column === "level" ? worstLevel(line) : line[column];
}

function cellOf(line: PortfolioLine, column: ColumnKey, labels: PackedPage["labels"]): Cell {
  if (column === "trend") return line.trend;
  if (!isMeasure(column)) return wordsOf(line, column);
  const held = line.figures[column];
  return held && packed(held, labels[column]);
}

export function packPage(lines: readonly PortfolioLine[], columns: readonly ColumnKey[], now: Date): PackedPage {
  const labels = Object.fromEntries(
    columns.filter(isMeasure).flatMap((measure) => {
      const label = lines.find(({ figures }) => figures[measure])?.figures[measure]?.figure.label;
      return label === undefined ? [] : [[measure, label]];
    }),
  ) as PackedPage["labels"];
  const rows = lines.map((line) => ({
    ...{ slug: line.slug, name: line.name, age: formatAge(line.asOf ? new Date(line.asOf) : null, now) },
    cells: columns.map((column) => cellOf(line, column, labels)),
  }));
  return { labels, rows };
}

export function figureIn(cell: PackedFigure | null, label: string | undefined): LevelledFigure | null {
  if (!cell) return null;
  const [id, revision, value, unit, asOf, word, tone, reason, stale, named] = cell;
  return {
    figure: {
      ...{ id, revision, value, asOf, label: named ?? label ?? "", reason: reason ?? null, stale: stale ?? null },
      unit: unit as LevelledFigure["figure"]["unit"],
    },
    level: word && tone ? { word, tone } : null,
  };
}
