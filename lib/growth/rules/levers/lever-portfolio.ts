import type { Decimal } from "decimal.js";
import { toMinor } from "@/lib/money";
import type { ChoiceReason } from "../../schema";
import { type Candidate, chooseBest, type Limits, obstacleOf } from "./choose";
import { expectedInteraction, type Joint, jointEffect, mostSynergy, type Room } from "./lever-overlap";
import { excludesOf, type Lever, needsOf } from "./levers";

/** Three to five at a time, whatever the profile allows. */
export const WISHED = 3;
export const MOST = 5;

/** What a set is worth is counted over two years, as the return of each of its levers is. */
const MONTHS = 24;

export type PortfolioFacts = {
  readonly currency: string;
  /** What is left of the growth budget, in plain units; null when unknown. */
  readonly budget: Decimal | null;
  /** How many initiatives may still be started. */
  readonly places: number;
  readonly minimumRoi: number;
  /** Levers with an initiative that is planned or running. */
  readonly underWay: readonly string[];
  /** What the levers' branches of the driver tree move in a year. */
  readonly room: Room;
  /** 0…1; 0 where it is unknown, and then no return is known either. */
  readonly grossMargin: number;
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
  /** Of the chosen together, with what their sum would count twice; null where none is. */
  readonly joint: Joint | null;
};

function unfit(lever: Lever, facts: PortfolioFacts): ChoiceReason | null {
  const { roi, cost, net } = lever.outcome;
  if (facts.underWay.includes(lever.id)) return "under-way";
  if (!roi || !cost || !net) return "unknown-return";
  if (roi.p50 < facts.minimumRoi) return "below-minimum";
  return facts.budget === null ? "no-budget" : null;
}

const minor = (amount: number, currency: string): bigint => toMinor(amount.toFixed(6), currency);

/** What a set is worth more or less than its parts, in minor units; the levers by id, at the venture's gross margin. */
function togetherOf(levers: readonly Lever[], facts: PortfolioFacts): Limits["together"] {
  const { room, currency, grossMargin } = facts;
  const byId = new Map(levers.map((lever) => [lever.id, lever]));
  const worth = (revenue: number) => minor(revenue * grossMargin, currency);
  return {
    value: (ids) =>
      worth(
        expectedInteraction(
          ids.flatMap((id) => byId.get(id) ?? []),
          room,
          MONTHS,
        ),
      ),
    most: worth(mostSynergy(levers, room, MONTHS)) + 1n,
  };
}

/**
 * The set of levers that is worth most: expected gross margin of 24 months less cost, within the budget and the number
 * of places, each with what it needs, without what counts the same revenue, less what they would win twice. Exact over
 * expected values; three are wished for, five at most.
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
  const limits: Limits = {
    ...{ budget, atMost: Math.max(0, Math.min(MOST, facts.places)), atLeast: WISHED },
    together: togetherOf(levers, facts),
  };
  const choice = chooseBest(candidates, limits);
  const choices = relations.map(({ lever: { id }, needs, excludes, unfit: reason }): LeverChoice => {
    const chosen = choice.ids.includes(id);
    const reachable = needs.every((need) => candidates.some((candidate) => candidate.id === need));
    const obstacle = reachable ? () => obstacleOf(id, candidates, limits, choice) : () => "needs" as const;
    return { id, chosen, reason: chosen ? "chosen" : (reason ?? obstacle()), needs, excludes };
  });
  const chosen = levers.filter(({ id }) => choice.ids.includes(id));
  return {
    choices,
    chosen,
    short: chosen.length < WISHED,
    places: limits.atMost,
    joint: jointEffect(chosen, facts.room),
  };
}
