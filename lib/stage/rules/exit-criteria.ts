import { parseDate } from "@internationalized/date";
import { Exact } from "@/lib/money";
import { EXIT_CRITERIA, type ExitBranch } from "../schema/exit";

/** What 40.2 is judged by, from stored facts; null is unknown and never counts as met. */
export type ExitFacts = {
  today: string;
  /** Qualified buyers: on the list and not declined. */
  qualified: number | null;
  pool: number;
  /** As a fraction; null without a data room. */
  completeness: string | null;
  openFindings: number | null;
  /** Equity value of the newest kept version with its day, in the venture's currency. */
  equity: string | null;
  valuedOn: string | null;
  /** The profile's minimum valuation in the venture's currency; null without a rate. */
  minimum: string | null;
  /** Steps of the optimization plan that are not done; null without a plan. */
  openSteps: number | null;
};

export type ExitCriterion = {
  id: ExitBranch;
  label: string;
  /** What is asked for, in words. */
  rule: string;
  met: boolean;
  /** What is still missing, by name. */
  missing: string[];
};

/** The level of readiness at which a room counts as complete (criterion "data-room", score 4). */
const COMPLETE = new Exact("0.95");
/** A valuation speaks for so many days. */
const VALUATION_DAYS = 92;

const line = (id: ExitBranch, rule: string, missing: string[]): ExitCriterion => ({
  ...{ id, label: EXIT_CRITERIA[id], rule, missing },
  met: missing.length === 0,
});

function buyers({ qualified, pool }: ExitFacts): ExitCriterion {
  const rule = `As many qualified buyers as the profile asks for: ${pool}`;
  if (qualified === null) return line("buyers", rule, ["Nobody has entered a buyer."]);
  return line("buyers", rule, qualified >= pool ? [] : ["Fewer qualified buyers than the profile asks for."]);
}

function diligence({ completeness, openFindings }: ExitFacts): ExitCriterion {
  const missing: string[] = [];
  if (completeness === null) missing.push("There is no data room, or nothing is required in it.");
  else if (new Exact(completeness).lt(COMPLETE)) missing.push("Required items of the data room are not filed.");
  if (openFindings) missing.push("Serious findings of the review are open.");
  return line("diligence", "95 % of the required items filed, and no serious finding open", missing);
}

/** Is the day within so many days before today? */
const within = (day: string, today: string, days: number): boolean =>
  parseDate(day).add({ days }).compare(parseDate(today)) >= 0;

function valuation({ equity, valuedOn, minimum, openSteps, today }: ExitFacts): ExitCriterion {
  const missing: string[] = [];
  if (equity === null || valuedOn === null) missing.push("No valuation is kept.");
  else {
    if (!within(valuedOn, today, VALUATION_DAYS)) missing.push("The valuation is older than a quarter.");
    if (minimum === null) missing.push("The minimum valuation cannot be converted: no exchange rate is stored.");
    else if (new Exact(equity).lt(minimum)) missing.push("The valuation is below the profile's minimum.");
  }
  if (openSteps === null) missing.push("No optimization plan is kept.");
  else if (openSteps > 0) missing.push("Steps of the optimization plan are open.");
  return line(
    "valuation",
    "Valued within a quarter, at or above the minimum, and the optimization plan carried out",
    missing,
  );
}

/** The three `done when` lines of 40.2. "Maximized" is the house's reading: nothing that the plan names is left to do. */
export const exitCriteria = (facts: ExitFacts): ExitCriterion[] => [buyers(facts), diligence(facts), valuation(facts)];
