import type { ReportBlock } from "../../schema";
import {
  asData,
  bullets,
  type ExitDocumentFacts,
  figureTable,
  heading,
  number,
  quote,
  type ReadinessFacts,
  rowsOf,
  say,
  text,
} from "./facts";

const BY = { data: "the stored data", person: "a person" } as const;

function scoreLine({ score, coverage, band }: ReadinessFacts): string {
  const answered = `Of the weight of all criteria this part is answered: ${quote(coverage)}.`;
  return score
    ? `Exit readiness is ${quote(score)}${band ? `, ${band}` : ""}. ${answered}`
    : `There is no total while too little is answered. ${answered}`;
}

const listOr = (title: string, items: readonly string[], none: string): ReportBlock[] => [
  heading(title),
  items.length > 0 ? bullets(items) : say(none),
];

/** The score with what it rests on, criterion by criterion, and what would raise it. */
export function readinessBlocks({ readiness, criteria, plan }: ExitDocumentFacts): ReportBlock[] {
  const { components, lines } = readiness;
  const named = (of: (line: ReadinessFacts["lines"][number]) => boolean) =>
    lines.filter(of).map(({ label }) => asData(label));
  return [
    say(scoreLine(readiness)),
    figureTable("Components", "Component", rowsOf(components)),
    ...listOr(
      "Red flags that gate the band",
      named(({ gate }) => gate),
      "None.",
    ),
    heading("Criteria of the score"),
    {
      kind: "table",
      caption: "Criteria of the score",
      columns: [text("Criterion"), text("Component"), number("Score"), text("Answered by"), text("Evidence")],
      rows: lines.map(({ label, component, figure, by, evidence }) => [
        ...[asData(label), asData(component), figure ? quote(figure) : "not answered"],
        ...[by ? BY[by] : "nobody", evidence ? asData(evidence) : "–"],
      ]),
    },
    heading("What to do next"),
    plan.steps.length === 0
      ? say("Readiness names no step.")
      : {
          kind: "table",
          caption: "What to do next",
          columns: [text("Criterion"), text("What to do"), number("Readiness lost"), number("Worth of an hour")],
          rows: plan.steps.map(({ label, toDo, points, worth }) => [label, toDo, quote(points), quote(worth)]),
        },
    heading("When preparation is done"),
    bullets(
      criteria.map(({ label, met, missing }) => (met ? `${label}: met.` : `${label}: not met. ${missing.join(" ")}`)),
    ),
    ...listOr(
      "Not answered yet",
      named(({ by }) => by === null),
      "Every criterion is answered.",
    ),
    ...listOr(
      "Evidence that is older than a year",
      named(({ stale }) => stale),
      "None.",
    ),
    say("The weights of the items are the house's own; the worth of an hour is an estimate."),
  ];
}
