import type { WeeklyFront, WeeklyMetricRow, WeeklyVentureRow } from "../../schema/weekly";
import type { DecisionDue, HoldingFacts, MetricLine, ReleaseLine, Risk, VentureFacts, WeeklyFacts } from "./facts";

/** The page that is forwarded: what fits on one, in the order in which it is read. */

const MOST = { decisions: 4, metrics: 10, ahead: 5, risks: 4, ventures: 10 } as const;

const decision = ({ stake, ...due }: DecisionDue) => ({ ...due, stake: stake?.id ?? null });

export function metricRow({ label, actual, plan, prior, change, level, moved }: MetricLine): WeeklyMetricRow {
  return {
    ...{ label, actual: actual.id, plan: plan?.id ?? null, prior: prior?.id ?? null, change: change?.id ?? null },
    ...{ asOf: actual.asOf, level, moved, points: change?.unit === "index" },
  };
}

/** What is good to know is no risk. */
const isRisk = ({ severity }: Risk): boolean => severity !== "info";

type Shared = Pick<WeeklyFront, "headline" | "lead">;

const lightIn = ({ light: { light, reasons }, lastLight }: WeeklyFacts): WeeklyFront["light"] => ({
  ...{ light, reasons, last: lastLight },
});

const cashNumber = ({ label, actual, level }: MetricLine) => ({ label, figure: actual.id, level });
/** Of what was sold: what is still to come. */
const releaseNumber = ({ tranche, dueOn, amount }: ReleaseLine) => ({
  ...{ label: `${tranche}, ${dueOn}`, figure: amount.id, level: null },
});

/** The three primary measures of the stage, what makes them, then the other headline measures. */
const FIRST: readonly string[] = [
  ...["growth_rate", "revenue_1m", "valuation", "valuation_change", "exit_readiness", "customer_concentration"],
  ...["team_retention", "mrr", "net_revenue_retention", "gross_margin_ratio"],
];
const place = ({ key }: MetricLine): number => (FIRST.includes(key) ? FIRST.indexOf(key) : FIRST.length);
const firstMetrics = (metrics: readonly MetricLine[]): WeeklyMetricRow[] =>
  metrics
    .toSorted((a, b) => place(a) - place(b))
    .slice(0, MOST.metrics)
    .map(metricRow);

const SOLD = "The venture is sold; its measures are not followed any more.";

function ventureFront(facts: VentureFacts, said: Shared): WeeklyFront {
  const { venture, decisions, metrics, cash, ahead, risks, charts, releases } = facts;
  return {
    ...{ ...said, light: lightIn(facts), decisions: decisions.slice(0, MOST.decisions).map(decision) },
    moreDecisions: Math.max(0, decisions.length - MOST.decisions),
    table: { kind: "metrics", rows: firstMetrics(metrics), ...(venture.exitedOn ? { none: SOLD } : {}) },
    numbers: venture.exitedOn ? releases.map(releaseNumber) : cash.map(({ line }) => cashNumber(line)),
    ahead: ahead.slice(0, MOST.ahead),
    risks: risks
      .filter(isRisk)
      .slice(0, MOST.risks)
      .map(({ severity, title, venture }) => ({ severity, title, venture })),
    chart: charts[0] ?? null,
  };
}

const measured = (facts: VentureFacts, key: string): WeeklyVentureRow["growth"] => {
  const line = [...facts.metrics, ...facts.cash.map((one) => one.line)].find((one) => one.key === key);
  return line ? { figure: line.actual.id, level: line.level } : null;
};

/** As short as the page that is forwarded needs it. */
const SHORT: Readonly<Record<string, string>> = { "exit preparation": "preparation", "value realization": "sale" };
const shortStage = (stage: string): string =>
  stage
    .split(", ")
    .map((one) => SHORT[one] ?? one)
    .join(", ");

/** Of what was sold no measure is followed any more. The value is the measure that every screen shows, else what was kept. */
export function ventureRow(facts: VentureFacts): WeeklyVentureRow {
  const { venture, light, lastLight, value } = facts;
  const of = (key: string) => (venture.exitedOn ? null : measured(facts, key));
  return {
    ...{ slug: venture.slug, name: venture.name, stage: shortStage(venture.stage) },
    ...{ light: light.light, last: lastLight?.light ?? null },
    ...{ growth: of("growth_rate"), runway: of("cash_runway"), readiness: of("exit_readiness") },
    value: of("valuation")?.figure ?? (venture.exitedOn ? null : (value?.equity.central?.id ?? null)),
  };
}

const GRAVITY = ["red", "amber", "unknown", "green"] as const;
const SEVERITY = ["critical", "warning", "info"] as const;

/** Those that need a look first; within a light by name. */
export const byGravity = (ventures: readonly VentureFacts[]): VentureFacts[] => {
  const place = ({ light: { light } }: VentureFacts) => GRAVITY.indexOf(light);
  return ventures.toSorted((a, b) => place(a) - place(b) || (a.venture.name < b.venture.name ? -1 : 1));
};

export const decisionsOf = ({ ventures }: HoldingFacts): DecisionDue[] =>
  ventures.flatMap(({ decisions }) => decisions).toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1));

export const aheadOf = ({ ventures }: HoldingFacts) =>
  ventures.flatMap(({ ahead }) => ahead).toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));

export const risksOf = ({ ventures }: HoldingFacts) =>
  ventures
    .flatMap(({ risks }) => risks)
    .toSorted((a, b) => SEVERITY.indexOf(a.severity) - SEVERITY.indexOf(b.severity));

/** The ends of the range are told in the bottom line. */
const SHOWN_TOTALS: readonly string[] = ["cash", "group"];

function holdingFront(facts: HoldingFacts, said: Shared): WeeklyFront {
  const decisions = decisionsOf(facts);
  return {
    ...{ ...said, light: lightIn(facts), decisions: decisions.slice(0, MOST.decisions).map(decision) },
    moreDecisions: Math.max(0, decisions.length - MOST.decisions),
    table: {
      kind: "ventures",
      rows: byGravity(facts.ventures).slice(0, MOST.ventures).map(ventureRow),
      more: Math.max(0, facts.ventures.length - MOST.ventures),
    },
    numbers: facts.totals
      .filter(({ key }) => SHOWN_TOTALS.includes(key))
      .map(({ label, figure }) => ({ label, figure: figure.id, level: null })),
    ahead: aheadOf(facts).slice(0, MOST.ahead),
    risks: risksOf(facts)
      .filter(isRisk)
      .slice(0, MOST.risks)
      .map(({ severity, title, venture }) => ({ severity, title, venture })),
    chart: null,
  };
}

export const frontOf = (facts: WeeklyFacts, said: Shared): WeeklyFront =>
  facts.kind === "venture" ? ventureFront(facts, said) : holdingFront(facts, said);
