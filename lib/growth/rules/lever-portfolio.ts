import type { Decimal } from "decimal.js";
import { toMinor } from "@/lib/money";
import type { ChoiceReason } from "../schema";
import { type Candidate, chooseBest, obstacleOf } from "./choose";
import { excludesOf, type Lever, needsOf } from "./levers";
import { type Range, rangeOf } from "./simulate";

/** Three to five at a time, whatever the profile allows. */
export const WISHED = 3;
export const MOST = 5;

export type PortfolioFacts = {
  readonly currency: string;
  /** What is left of the growth budget, in plain units; null when unknown. */
  readonly budget: Decimal | null;
  /** How many initiatives may still be started. */
  readonly places: number;
  readonly minimumRoi: number;
  /** Levers with an initiative that is planned or running. */
  readonly underWay: readonly string[];
};

export type LeverChoice = {
  readonly id: string;
  readonly chosen: boolean;
  readonly reason: ChoiceReason;
  readonly needs: readonly string[];
  readonly excludes: readonly string[];
};

export type Portfolio = {
  /** One per lever, in the order of the levers. */
  readonly choices: readonly LeverChoice[];
  readonly chosen: readonly Lever[];
  readonly short: boolean;
  readonly places: number;
  /** Of the chosen together; null where none is. */
  readonly effect: Range | null;
};

function unfit(lever: Lever, facts: PortfolioFacts): ChoiceReason | null {
  const { roi, cost, net } = lever.outcome;
  if (facts.underWay.includes(lever.id)) return "under-way";
  if (!roi || !cost || !net) return "unknown-return";
  if (roi.p50 < facts.minimumRoi) return "below-minimum";
  return facts.budget === null ? "no-budget" : null;
}

const minor = (amount: number, currency: string): bigint => toMinor(amount.toFixed(6), currency);

/** Draw by draw, so that the range of a sum is not the sum of ranges. */
function together(levers: readonly Lever[]): Range | null {
  const [first] = levers;
  if (!first) return null;
  return rangeOf(
    first.outcome.effects.map((_, draw) => levers.reduce((sum, { outcome }) => sum + (outcome.effects[draw] ?? 0), 0)),
  );
}

/**
 * The set of levers that is worth most: expected gross margin of 24 months less cost, within the budget and the number
 * of places, each with what it needs and without what counts the same revenue. Exact; three are wished for, five at most.
 */
export function choosePortfolio(levers: readonly Lever[], facts: PortfolioFacts): Portfolio {
  const relations = levers.map((lever) => ({
    lever,
    needs: needsOf(lever, levers).filter((id) => !facts.underWay.includes(id)),
    excludes: excludesOf(lever, levers),
    unfit: unfit(lever, facts),
  }));
  const candidates = relations.flatMap(({ lever, needs, excludes, unfit: reason }): Candidate[] => {
    const { cost, net } = lever.outcome;
    if (reason !== null || !cost || !net) return [];
    const { currency } = facts;
    return [{ id: lever.id, cost: minor(cost.p50, currency), value: minor(net.mean, currency), needs, excludes }];
  });
  const budget = facts.budget?.gt(0) ? toMinor(facts.budget, facts.currency) : 0n;
  const limits = { budget, atMost: Math.max(0, Math.min(MOST, facts.places)), atLeast: WISHED };
  const choice = chooseBest(candidates, limits);
  const choices = relations.map(({ lever: { id }, needs, excludes, unfit: reason }): LeverChoice => {
    const chosen = choice.ids.includes(id);
    const reachable = needs.every((need) => candidates.some((candidate) => candidate.id === need));
    const obstacle = reachable ? () => obstacleOf(id, candidates, limits, choice) : () => "needs" as const;
    return { id, chosen, reason: chosen ? "chosen" : (reason ?? obstacle()), needs, excludes };
  });
  const chosen = levers.filter(({ id }) => choice.ids.includes(id));
  return { choices, chosen, short: chosen.length < WISHED, places: limits.atMost, effect: together(chosen) };
}
