import { definitionOf } from "@/lib/metrics/rules/performance-table";
import type { ReportBlock } from "../../schema";
import { dealBlocks, moneyBlocks } from "./appendix-deal";
import { growthBlocks, readinessBlocks } from "./appendix-growth";
import { asData, bullets, capital, heading, number, quote, say, table, tableOr, text, whyUnknown } from "./blocks";
import type {
  AgentWork,
  AutomaticDecision,
  DayAhead,
  DecisionDue,
  DecisionTaken,
  GapLine,
  MetricLine,
  OverrideLine,
  Risk,
  RiskLine,
  VentureFacts,
} from "./facts";
import { LIGHT_DEFINITION, LIGHT_NAMES } from "./status";
import { weekWords } from "./weeks";

/** The appendix of a venture, in the order of the front page. */

const yesNo = (yes: boolean, word: string): string => (yes ? word : "");

export function decisionBlocks(decisions: readonly DecisionDue[], venture: boolean): ReportBlock[] {
  const columns = [
    text("Decision"),
    ...(venture ? [text("Venture")] : []),
    text("Due"),
    number("At stake"),
    text("Waits"),
    text("Can be undone"),
  ];
  const rows = decisions.map(({ title, venture: of, dueOn, overdue, stake, waiting, reversible }) => [
    ...[asData(title), ...(venture ? [asData(of)] : []), overdue ? `overdue since ${dueOn}` : dueOn],
    ...[quote(stake), waiting, reversible ? "yes" : "no"],
  ]);
  return [heading("Decisions needed"), tableOr("Decisions needed", columns, rows, "No decision waits.")];
}

const MOST_AHEAD = 40;

/** The next days, also those for which the first page has no room. */
export function aheadBlocks(ahead: readonly DayAhead[], venture: boolean): ReportBlock[] {
  const columns = [text("On"), ...(venture ? [text("Venture")] : []), text("What")];
  const rows = ahead
    .slice(0, MOST_AHEAD)
    .map(({ on, what, venture: of }) => [on, ...(venture ? [asData(of)] : []), asData(what)]);
  return [heading("Days ahead", 3), tableOr("Days ahead", columns, rows, "No day is set.")];
}

export const statusLine = ({ light, lastLight }: Pick<VentureFacts, "light" | "lastLight">): string =>
  lastLight
    ? `**${LIGHT_NAMES[light.light]}**; in ${weekWords(lastLight.week)} it was ${LIGHT_NAMES[lastLight.light].toLowerCase()}.`
    : `**${LIGHT_NAMES[light.light]}**; there is no report of the week before.`;

const LATE_MS = 86_400_000;

/** A week that was caught up on says what of it is of a later day. */
export function lateBlocks({ week, writtenAt }: Pick<VentureFacts, "week" | "writtenAt">): ReportBlock[] {
  if (Date.parse(writtenAt) - Date.parse(week.endsAt) < LATE_MS) return [];
  return [
    say(
      `This report was written on ${writtenAt.slice(0, 10)}, later than the Monday after the week: decisions that wait, levers, experiments, offers, the closing, the risk list and what is held back are of that day.`,
    ),
  ];
}

function statusBlocks(facts: VentureFacts): ReportBlock[] {
  return [
    heading("Status"),
    say(statusLine(facts)),
    say(`${facts.light.reasons.map((why) => capital(asData(why))).join(". ")}.`),
    ...lateBlocks(facts),
  ];
}

const METRIC_COLUMNS = [
  ...[text("Measure"), number("Actual"), text("Level"), number("Plan"), number("Month before"), number("Change")],
  ...[text("As of"), text("This week")],
];

const changeCell = ({ change }: MetricLine): string =>
  change ? `${quote(change)}${change.unit === "index" ? "\u00a0pts" : ""}` : "–";

const movedWords = (moved: boolean | null): string => (moved ? "moved" : "");

export const metricCells = (line: MetricLine): string[] => [
  ...[asData(line.label), quote(line.actual), line.level?.word ?? "", quote(line.plan), quote(line.prior)],
  ...[changeCell(line), line.actual.asOf, movedWords(line.moved)],
];

/** Why figures of a table are unknown, once for each. */
export function reasonsOf(lines: readonly MetricLine[]): ReportBlock[] {
  const unknown = lines.filter(({ actual }) => actual.value === null && actual.reason !== "not-burning");
  return unknown.length > 0
    ? [bullets(unknown.map(({ label, actual }) => `${asData(label)}: ${whyUnknown(actual)}`))]
    : [];
}

const CHANGE_NOTE =
  "Changes are against the value of the month before: money and counts in per cent of it, rates and shares in points (pts). Books close by the month, so most measures move once in four weeks.";

function metricBlocks({ metrics, venture }: VentureFacts): ReportBlock[] {
  if (metrics.length === 0)
    return [
      heading("Metrics"),
      say(
        venture.exitedOn
          ? "The venture is sold; its measures are not followed any more."
          : "No measure is known: no accounts and no subscriptions are stored.",
      ),
    ];
  return [
    heading("Metrics"),
    table("Metrics", METRIC_COLUMNS, metrics.map(metricCells)),
    ...reasonsOf(metrics),
    say(CHANGE_NOTE),
  ];
}

function cashBlocks({ cash, charts, venture }: VentureFacts): ReportBlock[] {
  const lines = cash.map(({ line }) => line);
  return [
    heading("Cash"),
    tableOr(
      "Cash",
      METRIC_COLUMNS,
      lines.map(metricCells),
      venture.exitedOn ? "The venture is sold." : "No account of cash is stored.",
    ),
    ...reasonsOf(lines),
    ...charts,
  ];
}

/** Who answers for what might go wrong, and what is done about it. */
function registerTable(register: readonly RiskLine[], venture: boolean): ReportBlock {
  const columns = [
    text("Risk"),
    ...(venture ? [text("Of")] : []),
    ...[text("Level"), text("Owner"), text("Mitigation"), text("Due"), text("Status")],
  ];
  const rows = register.map((one) => [
    ...[asData(one.title), ...(venture ? [asData(one.venture)] : [])],
    `${one.level} (${one.likelihood}, ${one.impact})`,
    ...[one.owner === null ? "nobody yet" : asData(one.owner), asData(one.mitigation || "none yet")],
    ...[one.overdue ? `overdue since ${one.dueOn}` : (one.dueOn ?? "no day"), one.status],
  ]);
  return tableOr("Risk list", columns, rows, "No risk is on the list.");
}

export function riskBlocks(
  risks: readonly Risk[],
  register: readonly RiskLine[] | undefined,
  venture: boolean,
): ReportBlock[] {
  const columns = [
    text("Risk"),
    ...(venture ? [text("Venture")] : []),
    text("Severity"),
    text("Since"),
    text("This week"),
    text("Noted by"),
    text("What it is about"),
  ];
  const rows = risks.map(({ title, venture: of, severity, since, isNew, notedBy, detail }) => [
    ...[asData(title), ...(venture ? [asData(of)] : []), severity, since, yesNo(isNew, "new")],
    ...[asData(notedBy ?? "nobody yet"), asData(detail)],
  ]);
  return [
    heading("Risks"),
    tableOr("Risks", columns, rows, "No alert stood at the end of the week."),
    ...(register ? [registerTable(register, venture)] : []),
  ];
}

export function takenBlocks(
  taken: readonly DecisionTaken[],
  overrides: readonly OverrideLine[],
  venture: boolean,
): ReportBlock[] {
  const columns = [
    text("Decision"),
    ...(venture ? [text("Venture")] : []),
    text("Answer"),
    text("On"),
    text("By"),
    number("At stake"),
    text("Against the advice"),
    text("Note"),
  ];
  const rows = taken.map(({ title, venture: of, verdict, on, by, stake, override, note }) => [
    ...[asData(title), ...(venture ? [asData(of)] : []), verdict, on, asData(by), quote(stake)],
    ...[yesNo(override, "yes"), asData(note)],
  ]);
  return [
    heading("Decisions taken and overrides"),
    tableOr("Decisions taken", columns, rows, "Nobody decided a memo in this week."),
    overrideTable(overrides, venture),
  ];
}

function overrideTable(overrides: readonly OverrideLine[], venture: boolean): ReportBlock {
  const columns = [
    text("Gate or condition"),
    ...(venture ? [text("Venture")] : []),
    ...[text("What was done"), text("On"), text("By"), text("Reason")],
  ];
  const rows = overrides.map(({ what, venture: of, how, on, by, reason }) => [
    ...[asData(what), ...(venture ? [asData(of)] : []), how, on, asData(by), asData(reason)],
  ]);
  return tableOr("Gates and conditions", columns, rows, "No gate was overridden and no condition waived in this week.");
}

export function agentBlocks(
  automatic: readonly AutomaticDecision[],
  work: readonly AgentWork[],
  venture: boolean,
): ReportBlock[] {
  const columns = [
    text("What"),
    ...(venture ? [text("Venture")] : []),
    text("Agent"),
    text("On"),
    number("At stake"),
    text("Rule"),
    text("Reversed"),
  ];
  const rows = automatic.map(({ title, venture: of, agent, on, stake, rule, reversed }) => [
    ...[asData(title), ...(venture ? [asData(of)] : []), agent, on, quote(stake), asData(rule), yesNo(reversed, "yes")],
  ]);
  const worked = work.map(({ agent, runs, failed, tokens, cost }) => [
    agent,
    ...[runs, failed, tokens, cost].map((one) => quote(one)),
  ]);
  return [
    heading("What agents did by themselves, and what it cost"),
    tableOr("Decided by the policy", columns, rows, "The policy decided nothing without a person."),
    tableOr(
      "Runs of the agents",
      [text("Agent"), number("Runs"), number("Failed"), number("Tokens"), number("Cost")],
      worked,
      "No agent ran in this week.",
    ),
  ];
}

export const gapBlocks = (gaps: readonly GapLine[]): ReportBlock[] => [
  heading("Data gaps"),
  tableOr(
    "Data gaps",
    [text("What"), text("Why it is unknown")],
    gaps.map(({ what, why }) => [asData(what), asData(why)]),
    "No gap is known.",
  ),
];

/** What the words of the report mean. */
export function definitionBlocks(lines: readonly Pick<MetricLine, "key" | "label">[]): ReportBlock[] {
  const known = [...new Map(lines.map((line) => [line.key, line])).values()].flatMap(({ key, label }) => {
    const definition = key === "revenue_1m" ? definitionOf("revenue") : definitionOf(key);
    return definition ? [`**${label}**: ${asData(definition.definition.replace(/\.?$/, "."))}`] : [];
  });
  return [
    heading("Definitions"),
    say("**Traffic light**"),
    bullets(LIGHT_DEFINITION),
    ...(known.length > 0 ? [say("**Measures**"), bullets(known)] : []),
    say(
      "A week is that of ISO 8601, Monday to Sunday, in the holding's time zone. Measures are as of its last day; decisions, runs and alerts are those of the week; what waits, levers, experiments, offers, the closing, the risk list and what is held back are as they stood when the report was written.",
    ),
  ];
}

export const linesOf = ({ metrics, cash }: VentureFacts): MetricLine[] => [...metrics, ...cash.map(({ line }) => line)];

export const ventureAppendix = (facts: VentureFacts): ReportBlock[] => [
  ...decisionBlocks(facts.decisions, false),
  ...aheadBlocks(facts.ahead, false),
  ...statusBlocks(facts),
  ...metricBlocks(facts),
  ...cashBlocks(facts),
  ...growthBlocks(facts),
  ...readinessBlocks(facts),
  ...dealBlocks(facts),
  ...moneyBlocks(facts),
  ...riskBlocks(facts.risks, facts.register, false),
  ...takenBlocks(facts.taken, facts.overrides ?? [], false),
  ...agentBlocks(facts.automatic, facts.work, false),
  ...gapBlocks(facts.gaps),
  ...definitionBlocks(linesOf(facts)),
];
