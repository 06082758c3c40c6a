import { figureReference } from "@/lib/figures/schema";
import type { ReportBlock, ReportChart } from "../../schema";

/** What the drafts of exit preparation are written from, and the blocks that they share. What is not known is marked, never invented. */

/** A figure by its id; null where nothing is stored. */
export type Quoted = string | null;

export type PackageFacts = {
  deal: string;
  frozen: boolean;
  completeness: Quoted;
  priceEffect: Quoted;
  /** Counts of what waits, is late or has expired. */
  counts: readonly { label: string; figure: Quoted }[];
  sections: readonly {
    number: number;
    title: string;
    figure: Quoted;
    owner: string | null;
    items: readonly { number: string; title: string; state: string }[];
  }[];
  findings: readonly { title: string; severity: string; section: string; status: string }[];
  archives: readonly { number: number; frozenOn: string; by: string; reason: string; hash: string; href: string }[];
};

export type ListedBuyer = {
  name: string;
  kind: string;
  country: string | null;
  tier: string;
  why: string;
  stage: string;
  owner: string | null;
  nextStep: string;
  nextOn: string | null;
  evidence: readonly { claim: string; tier: string; source: string; asOf: string }[];
  score: Quoted;
  certainty: Quoted;
  capacity: Quoted;
};

type Lever = { label: string; step: string; effect: Quoted; cost: Quoted; perCost: Quoted };
/** What raises the value most for the effort, by the page of the plan. */
export type OptimizationFacts = {
  equity: Quoted;
  total: Quoted;
  cost: Quoted;
  reached: Quoted;
  /** Against the plan that was kept; null before the first. */
  planned: Quoted;
  gap: Quoted;
  proven: boolean;
  sequence: readonly (Lever & { startsOn: string; showsOn: string })[];
  left: readonly (Lever & { why: string })[];
  kept: readonly {
    label: string;
    endsOn: string;
    state: string;
    from: string | null;
    to: string | null;
    actual: Quoted;
  }[];
};

export type ReadinessFacts = {
  score: Quoted;
  coverage: Quoted;
  band: string | null;
  components: readonly { label: string; figure: Quoted }[];
  lines: readonly {
    label: string;
    component: string;
    figure: Quoted;
    /** Who answered, and what it rests on. */
    by: "data" | "person" | null;
    evidence: string | null;
    stale: boolean;
    gate: boolean;
  }[];
};

export type ExitDocumentFacts = {
  venture: string;
  summary: string;
  sector: string;
  businessModel: string;
  country: string;
  foundedOn: string | null;
  /** Figures of performance with their labels, in the order of a reader. */
  performance: readonly { label: string; figure: Quoted }[];
  charts: readonly ReportChart[];
  /** Teasers name no company: figures that anybody could look up stay out of the text. */
  value: { equity: Quoted; low: Quoted; high: Quoted; valuedOn: string | null };
  readiness: ReadinessFacts;
  /** What has to hold before 40.2 is done. */
  criteria: readonly { label: string; met: boolean; missing: readonly string[] }[];
  /** Null without a data room. */
  room: PackageFacts | null;
  /** Steps by estimated value per hour, and how far each driver of the valuation moves the equity. */
  plan: {
    steps: readonly { label: string; toDo: string; points: Quoted; worth: Quoted }[];
    drivers: readonly { label: string; low: Quoted; high: Quoted }[];
  };
  /** Null where no valuation is kept. */
  optimization: OptimizationFacts | null;
  buyers: readonly ListedBuyer[];
};

export const MISSING = "[to be filled in: not in the stored data]";
export const heading = (said: string, level = 2): ReportBlock => ({ kind: "heading", level, text: said });
export const say = (said: string): ReportBlock => ({ kind: "paragraph", text: said });
export const quote = (figure: Quoted): string => (figure ? figureReference(figure) : MISSING);
/** Words of people and of files: nothing in them is a figure or an emphasis. */
export const asData = (said: string): string => said.replace(/\[\[|\]\]|\*\*/g, " ").trim();
export const bullets = (items: readonly string[]): ReportBlock => ({ kind: "list", ordered: false, items: [...items] });

type Row = readonly [label: string, figure: Quoted];
export const figureTable = (caption: string, head: string, rows: readonly Row[]): ReportBlock => ({
  kind: "table",
  caption,
  columns: [text(head), number("Figure")],
  rows: rows.map(([label, figure]) => [label, quote(figure)]),
});
export const rowsOf = (all: readonly { label: string; figure: Quoted }[]): Row[] =>
  all.map(({ label, figure }) => [label, figure] as const);

export function text(label: string) {
  return { label, numeric: false };
}
export function number(label: string) {
  return { label, numeric: true };
}
