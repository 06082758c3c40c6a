import type { Looked, Stands } from "./causes";
import { type ExitFacts, exitOpportunities, targetKey } from "./exit-opportunity";
import { growthOpportunities, type LeverFact, leverKey } from "./growth-opportunity";
import { highKey, type MarketFacts, marketTimings, spikeKey } from "./market-timing";
import { type ValuationFacts, valuationMilestones } from "./valuation-milestone";

export type AllFacts = {
  levers: readonly LeverFact[] | null;
  exit: ExitFacts;
  valuation: ValuationFacts;
  market: MarketFacts;
};

/** All four triggers at once. A lever, a target or a series that is gone has ended; what nobody could look at has not. */
export function lookAtTriggers({ levers, exit, valuation, market }: AllFacts, stands: Stands): Looked {
  return {
    causes: [
      ...growthOpportunities(levers ?? [], stands),
      ...exitOpportunities(exit, stands),
      ...valuationMilestones(valuation, stands),
      ...marketTimings(market, stands),
    ],
    whole: [
      ...(levers ? [leverKey("")] : []),
      targetKey(""),
      ...(market.deals ? [spikeKey("")] : []),
      ...(market.multiple ? [highKey("")] : []),
    ],
  };
}
