import { parseDate } from "@internationalized/date";
import { Exact } from "@/lib/money";
import { ALERT_KINDS, ALERT_METRICS, type AlertDraft, type AlertKind, type AlertSeverity } from "./schema";

/** What alerts are decided from: shares and rates as fractions, runway in months, readiness in points. */
export type AlertFacts = {
  stage: "mature" | "active" | "exited";
  /** More than six months in stage 40. */
  longInStage: boolean;
  /** In % a year, % a quarter and points, as the chairman sets them. */
  growthAlertBelow: number;
  valuationDropAlert: number;
  exitReadinessTarget: number;
  values: Readonly<Record<string, { value: string | null; reason?: string | null | undefined } | undefined>>;
  freshness: "fresh" | "ageing" | "stale" | "unknown";
};

/** Does it hold? Null is unknown: an alert that stands goes on standing, and none is raised. */
type Holds = boolean | null;
type Amount = Exact | string | number;

const PERCENT = new Exact("0.01");
const MONTHS_UNTIL_GROWTH_COUNTS = 6;

/** Days as YYYY-MM-DD. The sixth month's last day is not yet "more than six months". */
export function isLongInStage(enteredOn: string | null, today: string): boolean {
  if (enteredOn === null) return false;
  return parseDate(enteredOn).add({ months: MONTHS_UNTIL_GROWTH_COUNTS }).compare(parseDate(today)) < 0;
}

/**
 * Below `limit`; once it stands, below `limit + margin`. So a value that hovers about its limit raises one alert and not
 * one every night.
 */
function below(value: string | null | undefined, limit: Amount, margin: Amount, stands: boolean): Holds {
  if (value === null || value === undefined) return null;
  return new Exact(value).lt(stands ? new Exact(limit).plus(margin) : limit);
}

/** Above `limit`; once it stands, above `limit − margin`. */
function above(value: string | null | undefined, limit: Amount, margin: Amount, stands: boolean): Holds {
  if (value === null || value === undefined) return null;
  return new Exact(value).gt(stands ? new Exact(limit).minus(margin) : limit);
}

type Rule = {
  severity: AlertSeverity;
  title: string;
  /** When it is raised and when it ends: words that stay true while it stands. */
  detail: (facts: AlertFacts) => string;
  holds: (value: string | null | undefined, facts: AlertFacts, stands: boolean) => Holds;
};

const RULES: Readonly<Record<AlertKind, Rule>> = {
  "growth-critical": {
    severity: "critical",
    title: "growth rate critical",
    detail: ({ growthAlertBelow: limit }) =>
      `Raised below ${limit} % a year after more than 6 months in stage 40; ends at ${limit + 1} %.`,
    holds: (value, { longInStage, growthAlertBelow }, stands) =>
      longInStage ? below(value, PERCENT.times(growthAlertBelow), "0.01", stands) : false,
  },
  "valuation-decline": {
    severity: "critical",
    title: "valuation decline",
    detail: ({ valuationDropAlert: limit }) =>
      `Raised at a loss of more than ${limit} % in a quarter; ends when it is ${limit - 2} % or less.`,
    holds: (value, { valuationDropAlert }, stands) =>
      below(value, PERCENT.times(valuationDropAlert).negated(), "0.02", stands),
  },
  "runway-low": {
    severity: "warning",
    title: "cash runway low",
    detail: () => "Raised below 6 months; ends at 7 months.",
    holds: (value, { values }, stands) =>
      values.cash_runway?.reason === "not-burning" ? false : below(value, "6", "1", stands),
  },
  "concentration-high": {
    severity: "warning",
    title: "few customers carry the revenue",
    detail: () => "Raised when the three largest customers bring more than 50 %; ends at 48 %.",
    holds: (value, _facts, stands) => above(value, "0.5", "0.02", stands),
  },
  "retention-low": {
    severity: "warning",
    title: "key people leave",
    detail: () => "Raised when fewer than 70 % of the key people stayed for 12 months; ends at 72 %.",
    holds: (value, _facts, stands) => below(value, "0.7", "0.02", stands),
  },
  "data-stale": {
    severity: "warning",
    title: "data is stale",
    detail: () => "The next period is long overdue; ends with the next import that reaches it.",
    holds: (_value, { freshness }) => (freshness === "unknown" ? null : freshness === "stale"),
  },
  "exit-ready": {
    severity: "info",
    title: "exit readiness achieved",
    detail: ({ exitReadinessTarget: target }) => `Raised at the target of ${target} points; ends below ${target - 2}.`,
    holds: (value, { exitReadinessTarget: target }, stands) => {
      const short = below(value, stands ? target - 2 : target, 0, stands);
      return short === null ? null : !short;
    },
  },
};

export const alertTitle = (kind: AlertKind): string => RULES[kind].title;

export type AlertChanges = { raise: AlertDraft[]; clear: AlertKind[] };

/**
 * Which alerts begin and which end, given those that stand. What is unknown changes nothing; a venture that has left
 * has no alerts any more.
 */
export function decideAlerts(facts: AlertFacts, standing: ReadonlySet<AlertKind>): AlertChanges {
  if (facts.stage === "exited") return { raise: [], clear: ALERT_KINDS.filter((kind) => standing.has(kind)) };
  const changes: AlertChanges = { raise: [], clear: [] };
  for (const kind of ALERT_KINDS) {
    const { severity, title, detail, holds } = RULES[kind];
    const metric = ALERT_METRICS[kind];
    const stands = standing.has(kind);
    const now = holds(metric ? facts.values[metric]?.value : null, facts, stands);
    if (now === true && !stands) changes.raise.push({ kind, severity, title, detail: detail(facts) });
    if (now === false && stands) changes.clear.push(kind);
  }
  return changes;
}
