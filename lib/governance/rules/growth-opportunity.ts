import type { Figure } from "@/lib/figures/schema";
import { Exact } from "@/lib/money";
import { type Cause, either, type Holds, type Stands } from "./causes";

/** A growth lever: its return as a multiple, what it needs in US dollars, and as a share of the venture's growth budget. */
export type LeverFact = {
  id: string;
  title: string;
  roi: string | null;
  costUsd: string | null;
  share: string | null;
  figures: readonly Figure[];
};

/** spec/stage-40, section 8: projected ROI > 3x that needs > $100,000 or > 20 % of budget. */
const ROI = "3";
const COST_USD = "100000";
const SHARE = "0.2";
/** What fired stands until it is a tenth below. */
const MARGIN = "0.9";

function above(value: string | null, limit: string, stands: boolean): Holds {
  if (value === null) return null;
  return new Exact(value).gt(stands ? new Exact(limit).times(MARGIN) : limit);
}

export const leverKey = (id: string): string => `lever:${id}`;

function holds({ roi, costUsd, share }: LeverFact, stands: boolean): Holds {
  const pays = above(roi, ROI, stands);
  const large = either(above(costUsd, COST_USD, stands), above(share, SHARE, stands));
  if (pays === false || large === false) return false;
  return pays === null || large === null ? null : true;
}

/** ACTIVE-VENTURE-001: each lever is a cause of its own. */
export const growthOpportunities = (levers: readonly LeverFact[], stands: Stands): Cause[] =>
  levers.map((lever) => ({
    trigger: "ACTIVE-VENTURE-001",
    key: leverKey(lever.id),
    holds: holds(lever, stands(leverKey(lever.id))),
    title: lever.title,
    why: "Its projected return is more than three times its cost, and it needs more than 100,000 US dollars or more than a fifth of the growth budget.",
    figures: lever.figures,
  }));
