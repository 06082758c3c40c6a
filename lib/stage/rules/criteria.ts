import { Exact } from "@/lib/money";
import type { GateLine } from "@/lib/ventures/rules";
import { CRITERIA, type CriterionId } from "../schema/run";
import type { ExitCriterion } from "./exit-criteria";
import { phaseOf, type SaleFacts } from "./realization";

/** One line of a gate or one `done when`, as the facts have it. */
export type Judged = {
  id: CriterionId;
  label: string;
  /** What is asked for, in words. */
  rule: string;
  /** Unknown is not met. */
  met: boolean;
  /** What the facts say, or what is missing, by name. */
  found: string[];
};

const judged = (id: CriterionId, rule: string, met: boolean, found: string[]): Judged => ({
  ...{ id, label: CRITERIA[id], rule, met, found },
});

export const entryLines = (lines: readonly GateLine[]): Judged[] =>
  lines.map(({ criterion, required, passed, found, detail }) =>
    judged(`entry.${criterion}`, required, passed, [`Found: ${found}.`, ...detail.map((one) => `${one}.`)]),
  );

/** A line of 40.1 as growth management tells it; null is unknown. */
export type GrowthLine = {
  key: "levers-identified" | "strategies-executed" | "metrics-improved";
  holds: boolean | null;
  evidence: string;
};

const GROWTH_RULES: Readonly<Record<GrowthLine["key"], string>> = {
  "levers-identified": "A lever analysis with at least one lever that has figures of its own",
  "strategies-executed": "An initiative that was started, with every milestone reached",
  "metrics-improved": "More initiatives measured as improving their metric than as worsening it",
};

export const growthLines = (lines: readonly GrowthLine[]): Judged[] =>
  lines.map(({ key, holds, evidence }) => judged(`40.1.${key}`, GROWTH_RULES[key], holds === true, [evidence]));

export const preparationLines = (lines: readonly ExitCriterion[]): Judged[] =>
  lines.map(({ id, rule, met, missing }) => judged(`40.2.${id}`, rule, met, missing));

const AGREED: readonly string[] = ["definitive-agreement", "closing", "complete"];

const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** The lines of 40.3 from deals, closing and ledger. */
export function saleLines(sale: SaleFacts): Judged[] {
  const agreed = sale.deals.filter(({ stage }) => AGREED.includes(stage));
  const complete = sale.deals.filter(({ stage }) => stage === "complete");
  const { distributions, payableMinor } = sale.money;
  const owed =
    payableMinor > 0n ? "Something that came in or was distributed has not reached its payee." : "Every payee is paid.";
  return [
    judged("40.3.negotiated", "A bidder with a signed definitive agreement", agreed.length > 0, [
      agreed.length > 0
        ? `${agreed.map(({ bidder }) => bidder).join(", ")} came to the definitive agreement.`
        : "No bidder has come to the definitive agreement.",
    ]),
    judged("40.3.closed", "A closing that is complete", complete.length > 0, [
      complete.length > 0
        ? `The closing with ${complete.map(({ bidder }) => bidder).join(", ")} is complete.`
        : "No closing is complete.",
    ]),
    judged(
      "40.3.distributed",
      "The proceeds distributed among the holders, and every payee paid",
      distributions > 0 && payableMinor <= 0n,
      distributions > 0
        ? [`${counted(distributions, "distribution")} recorded.`, owed]
        : ["Nothing has been distributed."],
    ),
  ];
}

export type ExitFacts = {
  /** The three lines of 40.1 and of 40.3, overrides included. */
  growthDone: boolean;
  executed: boolean;
  /** Growth year over year as a fraction, and the profile's target in %; null is unknown. */
  growth: string | null;
  target: number;
  sale: SaleFacts;
};

/** The exit gate: growth optimized, exit executed, value captured. */
export function exitLines({ growthDone, executed, growth, target, sale }: ExitFacts): Judged[] {
  const reached = growth !== null && new Exact(growth).times(100).gte(target);
  const captured = executed && phaseOf(sale) === "over";
  const { deferred } = sale.money;
  return [
    judged(
      "exit.growth-optimized",
      `Growth of at least the profile's target of ${target} % a year, and every line of 40.1`,
      growthDone && reached,
      [
        ...(growth === null ? ["Growth is not known."] : reached ? [] : ["Growth is below the profile's target."]),
        ...(growthDone ? ["Every line of 40.1 holds."] : ["Not every line of 40.1 holds."]),
      ],
    ),
    judged("exit.executed", "Deal negotiated and transaction closed", executed, [
      executed ? "The deal is negotiated and the transaction closed." : "The sale is not closed.",
    ]),
    judged("exit.value-captured", "Everything distributed and paid, and nothing held back any more", captured, [
      ...(captured ? ["Nothing is owed and nothing is held back."] : []),
      ...(!captured && deferred > 0 ? [`${counted(deferred, "tranche")} of the sale still held back.`] : []),
      ...(!captured && deferred === 0 ? ["The proceeds are not distributed in full."] : []),
    ]),
  ];
}

/** Which criteria hold, as one text: equal texts, equal state. */
export const criteriaText = (holding: readonly string[]): string => holding.toSorted().join(" ");
