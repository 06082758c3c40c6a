import { createHash } from "node:crypto";
import { canonicalJson } from "@/lib/figures/rules";
import { FIGURE_REFERENCE } from "@/lib/figures/schema";
import type { ReportBlock } from "../../schema";
import type { WeeklyDocument, WeeklyFormat, WeeklyFront } from "../../schema/weekly";
import { figuresOfBlocks } from "../document";
import { ventureAppendix } from "./appendix";
import { holdingAppendix } from "./appendix-holding";
import type { BottomLine } from "./bottom-line";
import type { WeeklyFacts } from "./facts";
import { frontOf } from "./front";
import { weekWords } from "./weeks";

/** The stored document of a week's facts, and what is told about it from outside: its figures, hash and file names. */

const subjectOf = (facts: WeeklyFacts): string => (facts.kind === "venture" ? facts.venture.name : "The holding");

export function weeklyDocument(facts: WeeklyFacts, said: BottomLine, writtenBy: string): WeeklyDocument {
  const { week, writtenAt } = facts;
  const subject = subjectOf(facts);
  return {
    ...{ title: `${subject}, ${weekWords(week.id)}`, subject, week: week.id, writtenAt, writtenBy },
    ...{ startsOn: week.startsOn, endsOn: week.endsOn, timeZone: week.timeZone },
    front: frontOf(facts, said),
    appendix: facts.kind === "venture" ? ventureAppendix(facts) : holdingAppendix(facts),
  };
}

const referred = (texts: readonly string[]): string[] =>
  texts.flatMap((text) => [...text.matchAll(FIGURE_REFERENCE)].map((match) => match[1] ?? ""));

function figuresOfTable({ table }: WeeklyFront): string[] {
  if (table.kind === "metrics")
    return table.rows.flatMap(({ actual, plan, prior, change }) =>
      [actual, plan, prior, change].flatMap((id) => id ?? []),
    );
  return table.rows.flatMap(({ growth, runway, readiness, value }) =>
    [growth?.figure, runway?.figure, readiness?.figure, value].flatMap((id) => id ?? []),
  );
}

/** Every figure that the document quotes, each once, in the order of reading. */
export function figuresOfWeekly({ front, appendix }: Pick<WeeklyDocument, "front" | "appendix">): string[] {
  return [
    ...new Set([
      ...referred([front.headline, ...front.lead]),
      ...front.decisions.flatMap(({ stake }) => stake ?? []),
      ...figuresOfTable(front),
      ...front.numbers.map(({ figure }) => figure),
      ...figuresOfBlocks(appendix),
    ]),
  ];
}

/** The document as blocks alone, for formats that have no page of their own and for comparing revisions. */
export const blocksOfWeekly = ({ front, appendix }: WeeklyDocument): ReportBlock[] => [
  { kind: "heading", level: 2, text: "Bottom line" },
  { kind: "paragraph", text: `**${front.headline}**` },
  { kind: "list", ordered: false, items: front.lead },
  ...appendix,
];

type Ref = { id: string; revision: number };

/** The seal of a revision: the same words over the same revisions of figures have the same hash. */
export const weeklyHash = (document: WeeklyDocument, figures: readonly Ref[]): string =>
  createHash("sha256")
    .update(canonicalJson({ document, figures: figures.toSorted((a, b) => (a.id < b.id ? -1 : 1)) }))
    .digest("hex");

const ENDINGS: Readonly<Record<WeeklyFormat, string>> = { pdf: "pdf", xlsx: "xlsx", md: "md", csv: "csv.zip" };

/** "northwind-data-weekly-2026-w47-r1.pdf"; a preview says that it is one. */
export function weeklyFileName(slug: string, week: string, revision: number, format: WeeklyFormat): string {
  const subject = slug
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 80);
  return `${subject}-weekly-${week}-${revision === 0 ? "preview" : `r${revision}`}.${ENDINGS[format]}`;
}
