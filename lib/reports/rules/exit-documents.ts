import { figureReference } from "@/lib/figures/schema";
import type { ReportBlock } from "../schema";
import { type ExitDocument, PLAN_STEPS } from "../schema/exit-documents";

/** Drafts of exit preparation as templates over stored figures. What is not known is marked, never invented. */

/** A figure by its id; null where nothing is stored. */
export type Quoted = string | null;

export type ExitDocumentFacts = {
  venture: string;
  summary: string;
  sector: string;
  businessModel: string;
  country: string;
  foundedOn: string | null;
  /** Figures of performance with their labels, in the order of a reader. */
  performance: readonly { label: string; figure: Quoted }[];
  /** Teasers name no company: figures that anybody could look up stay out of the text. */
  value: { equity: Quoted; low: Quoted; high: Quoted; valuedOn: string | null };
  readiness: { score: Quoted; components: readonly { label: string; figure: Quoted }[] };
  room: {
    exists: boolean;
    completeness: Quoted;
    priceEffect: Quoted;
    sections: readonly { title: string; figure: Quoted; missing: readonly string[] }[];
  };
  /** Steps by estimated value per hour, and how far each driver of the valuation moves the equity. */
  plan: {
    steps: readonly { label: string; toDo: string; points: Quoted; worth: Quoted }[];
    drivers: readonly { label: string; low: Quoted; high: Quoted }[];
  };
  buyers: readonly { name: string; kind: string; tier: string; why: string; stage: string; nextStep: string }[];
};

const MISSING = "[to be filled in: not in the stored data]";
const heading = (text: string, level = 2): ReportBlock => ({ kind: "heading", level, text });
const say = (text: string): ReportBlock => ({ kind: "paragraph", text });
const quote = (figure: Quoted): string => (figure ? figureReference(figure) : MISSING);

type Row = readonly [label: string, figure: Quoted];
const figureTable = (caption: string, head: string, rows: readonly Row[]): ReportBlock => ({
  kind: "table",
  caption,
  columns: [
    { label: head, numeric: false },
    { label: "Figure", numeric: true },
  ],
  rows: rows.map(([label, figure]) => [label, quote(figure)]),
});

const text = (label: string) => ({ label, numeric: false });
const number = (label: string) => ({ label, numeric: true });

/** What raises the value most for the effort. Hours and the worth of a point are the house's own estimates. */
function planBlocks({ plan: { steps, drivers }, value }: ExitDocumentFacts): ReportBlock[] {
  const rows = steps.map(({ label, toDo, points, worth }) => [label, toDo, quote(points), quote(worth)]);
  return [
    say(
      value.equity
        ? `Equity is valued at ${quote(value.equity)}. Steps are in the order of estimated value per hour; each opens to its hours and its assumption.`
        : "No valuation is kept, so what a step is worth is not known; steps stand in the order of readiness.",
    ),
    heading(PLAN_STEPS),
    steps.length === 0
      ? say("Readiness names no step: answer its criteria first.")
      : {
          kind: "table",
          caption: PLAN_STEPS,
          columns: [text("Criterion"), text("What to do"), number("Readiness lost"), number("Worth of an hour")],
          rows,
        },
    heading("What moves the valuation"),
    drivers.length === 0
      ? say("The valuation that is kept has no drivers that could be varied.")
      : {
          kind: "table",
          caption: "What moves the valuation",
          columns: [text("Driver"), number("At its low end"), number("At its high end")],
          rows: drivers.map(({ label, low, high }) => [label, quote(low), quote(high)]),
        },
    heading("What is missing"),
    say("What a step costs in money is not stored; hours stand for it. Timing is on its own page."),
  ];
}

function packageBlocks({ room }: ExitDocumentFacts): ReportBlock[] {
  if (!room.exists) return [heading("Status"), say("There is no data room yet, so there is no package.")];
  const gaps = room.sections.filter(({ missing }) => missing.length > 0);
  return [
    heading("Status"),
    figureTable("Status", "Of the package", [
      ["Required items filed", room.completeness],
      ["Effect of findings on the price", room.priceEffect],
    ]),
    heading("Index"),
    figureTable(
      "Index",
      "Section",
      room.sections.map(({ title, figure }) => [title, figure] as const),
    ),
    heading("What is missing"),
    ...(gaps.length === 0 ? [say("No required item is missing.")] : []),
    ...gaps.flatMap(({ title, missing }): ReportBlock[] => [
      heading(title, 3),
      { kind: "list", ordered: false, items: [...missing] },
    ]),
  ];
}

function buyerBlocks({ buyers }: ExitDocumentFacts): ReportBlock[] {
  if (buyers.length === 0) return [say("Nobody has entered a buyer, so there is no list.")];
  const columns = ["Buyer", "Kind", "List", "Why", "Stage", "Next step"].map((label) => ({ label, numeric: false }));
  const rows = buyers.map((one) => [one.name, one.kind, one.tier, one.why, one.stage, one.nextStep]);
  return [
    say("Names stay in the holding. Nobody is approached before the chairman says so."),
    { kind: "table", caption: "Target buyers", columns, rows },
  ];
}

/** Without the company's name: what a buyer reads before it has signed anything. */
function teaserBlocks(facts: ExitDocumentFacts): ReportBlock[] {
  const { sector, businessModel, country, performance } = facts;
  return [
    say(
      "Draft. Its text names no company; the head of the file does, and comes off before anybody outside reads it. It is sent to nobody before the chairman approves it.",
    ),
    heading("The opportunity"),
    say(`A ${businessModel} company in ${sector}, based in ${country}. What makes it stand out: ${MISSING}`),
    heading("Key figures"),
    figureTable(
      "Key figures",
      "Measure",
      performance.slice(0, 6).map(({ label, figure }) => [label, figure] as const),
    ),
    heading("The process"),
    say(`Contact, timetable and how to answer: ${MISSING}`),
  ];
}

function memorandumBlocks(facts: ExitDocumentFacts): ReportBlock[] {
  const { venture, summary, sector, businessModel, country, foundedOn, performance, readiness } = facts;
  return [
    say("Draft for those who signed the NDA. No valuation is in it on purpose: the price is the buyer's to name."),
    heading("Summary"),
    say(summary || MISSING),
    heading("The company"),
    {
      kind: "list",
      ordered: false,
      items: [
        `Name: ${venture}`,
        `Business: ${businessModel}, ${sector}`,
        `Country: ${country}`,
        `Founded: ${foundedOn ?? MISSING}`,
        `Products, market and competitors: ${MISSING}`,
        `Management and people: ${MISSING}`,
      ],
    },
    heading("Performance"),
    figureTable(
      "Performance",
      "Measure",
      performance.map(({ label, figure }) => [label, figure] as const),
    ),
    heading("State of preparation"),
    figureTable("State of preparation", "Component", [
      ["Exit readiness", readiness.score],
      ...readiness.components.map(({ label, figure }) => [label, figure] as const),
    ]),
    heading("Plan and outlook"),
    say(MISSING),
    heading("The transaction"),
    say(`What is sold, timetable and conditions: ${MISSING}`),
  ];
}

const BLOCKS: Readonly<Record<ExitDocument, (facts: ExitDocumentFacts) => ReportBlock[]>> = {
  "valuation-optimization-plan": planBlocks,
  "due-diligence-package": packageBlocks,
  "target-buyer-list": buyerBlocks,
  "exit-teaser": teaserBlocks,
  "information-memorandum": memorandumBlocks,
};
const TITLES: Readonly<Record<ExitDocument, (venture: string) => string>> = {
  "valuation-optimization-plan": (venture) => `Valuation optimization plan: ${venture}`,
  "due-diligence-package": (venture) => `Due diligence package: ${venture}`,
  "target-buyer-list": (venture) => `Target buyers of ${venture}`,
  "exit-teaser": () => "Teaser, draft",
  "information-memorandum": (venture) => `Information memorandum, draft: ${venture}`,
};

export const exitDocument = (
  kind: ExitDocument,
  facts: ExitDocumentFacts,
): { title: string; blocks: ReportBlock[] } => ({
  title: TITLES[kind](facts.venture),
  blocks: BLOCKS[kind](facts),
});
