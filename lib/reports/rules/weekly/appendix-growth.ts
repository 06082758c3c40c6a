import type { ReportBlock } from "../../schema";
import { asData, bullets, heading, number, quote, say, strip, table, tableOr, text } from "./blocks";
import type { ExperimentWeek, InitiativeWeek, ReadinessWeek, VentureFacts } from "./facts";

/** Levers under way, experiments, and exit readiness. */

const INITIATIVES = [
  ...[text("Initiative"), text("Status"), text("Owner"), number("Budget"), number("Spent")],
  ...[number("At the start"), number("Now")],
];

const initiativeCells = (one: InitiativeWeek): string[] => [
  ...[asData(one.title), one.status, asData(one.owner), quote(one.budget), quote(one.spent)],
  ...[quote(one.baseline), quote(one.now)],
];

const initiativeWords = ({ title, measure, outcome, next, reviewOn }: InitiativeWeek): string => {
  const step = next ? `${asData(next.title)}, ${next.overdue ? "overdue since" : "due on"} ${next.dueOn}; ` : "";
  return `**${asData(title)}**, measured by ${asData(measure)}: ${outcome.replace(/\.$/, "")}. Next: ${step}review on ${reviewOn}.`;
};

const EXPERIMENTS = [
  ...[text("Experiment"), text("Status"), text("Began"), text("Planned end"), number("Effect"), number("From")],
  ...[number("To"), text("Outcome")],
];

const experimentCells = (one: ExperimentWeek): string[] => [
  ...[asData(one.name), one.status, one.startedOn ?? "", one.plannedEnd ?? ""],
  ...[quote(one.estimate), quote(one.low), quote(one.high), asData(one.outcome)],
];

export const growthBlocks = ({ initiatives, experiments }: VentureFacts): ReportBlock[] => [
  heading("Levers and experiments"),
  tableOr("Levers under way", INITIATIVES, initiatives.map(initiativeCells), "No lever is being pulled."),
  ...(initiatives.length > 0 ? [bullets(initiatives.map(initiativeWords))] : []),
  tableOr("Experiments", EXPERIMENTS, experiments.map(experimentCells), "No experiment runs."),
];

function readinessLine({ score, band, coverage, target, before, change }: ReadinessWeek): string {
  const now =
    score.value === null
      ? `Exit readiness is ${quote(score)} while too little is answered (${quote(coverage)} of the weight); the profile asks for ${quote(target)}`
      : `Exit readiness is ${quote(score)}${band ? `, ${band}` : ""}, of ${quote(target)} that the profile asks for; ${quote(coverage)} of the weight is answered`;
  if (!before) return `${now}. No day before this week was kept to compare with.`;
  return `${now}. On ${before.day} it was ${quote(before.score)}, a change of ${quote(change)}.`;
}

const some = (title: string, items: readonly string[]): ReportBlock[] =>
  items.length > 0 ? [say(`**${title}**: ${items.map((item) => asData(item)).join("; ")}.`)] : [];

/** A score that came with an import stands among the metrics until enough criteria are answered here. */
function importedScore({ metrics, readiness }: VentureFacts): ReportBlock[] {
  const line = metrics.find(({ key }) => key === "exit_readiness");
  if (readiness?.score.value !== null || line?.actual.value == null) return [];
  return [
    say(
      `The ${quote(line.actual)} among the metrics was reported to this house for ${line.actual.asOf}; it is not the score of these criteria.`,
    ),
  ];
}

export function readinessBlocks(facts: VentureFacts): ReportBlock[] {
  const { readiness, venture } = facts;
  const title = heading("Exit readiness: change and gaps");
  if (!readiness)
    return [title, say(venture.exitedOn ? "The venture is sold." : "No criterion of readiness has been answered.")];
  const { components, moves, redFlags, gaps, actions } = readiness;
  return [
    title,
    say(readinessLine(readiness)),
    ...importedScore(facts),
    strip({ caption: "Components", head: "Part", row: "Score", figures: components }),
    ...some("What moved", moves),
    ...some("Red flags", redFlags),
    ...some("Not answered yet", gaps),
    ...(actions.length > 0
      ? [
          table(
            "What would raise it most",
            [text("Criterion"), text("What to do"), number("Points")],
            actions.map(({ label, toDo, points }) => [asData(label), asData(toDo), quote(points)]),
          ),
        ]
      : []),
  ];
}
