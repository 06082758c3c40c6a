import { Exact } from "@/lib/money";
import type { BuyerKind, EvidenceTier, FitCriterion, Tier } from "../schema";

/** Weights are the house's own; antitrust is no part of the sum but a flag that stands before it. */
export const FIT_WEIGHTS: Readonly<Record<Exclude<FitCriterion, "antitrust">, number>> = {
  overlap: 30,
  capacity: 25,
  appetite: 15,
  relationship: 20,
  speed: 10,
};
export const TIER_TRUST: Readonly<Record<EvidenceTier, number>> = { A: 1, B: 0.8, C: 0.5 };
export const FIT_LABELS: Readonly<Record<FitCriterion, string>> = {
  overlap: "Strategic overlap",
  capacity: "Capacity to pay",
  appetite: "Appetite",
  speed: "Speed",
  relationship: "Relationship",
  antitrust: "Antitrust",
};

export type Claim = { criterion: FitCriterion; score: number; tier: EvidenceTier; dated: string };

/** A claim of more than so many months ago is old: it counts with half its trust. */
const OLD_MONTHS = 18;
const monthsBetween = (from: string, to: string): number =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));

export type Fit = {
  /** 0 to 100 over what is claimed; null while less than half of the weight is. */
  score: Exact | null;
  /** Weight that is claimed, as a fraction. */
  coverage: Exact;
  /** How far the claims can be trusted, as a fraction of all weight: sources and their age. */
  certainty: Exact;
  antitrust: "clear" | "flag" | "block" | "unknown";
};

const LEAST_COVERAGE = new Exact("0.5");
const ALL = new Exact(Object.values(FIT_WEIGHTS).reduce((sum, weight) => sum + weight, 0));

const trustOf = ({ tier, dated }: Claim, today: string): Exact =>
  new Exact(TIER_TRUST[tier]).times(monthsBetween(dated, today) > OLD_MONTHS ? "0.5" : 1);

function antitrustOf(claims: readonly Claim[]): Fit["antitrust"] {
  const claim = claims.find(({ criterion }) => criterion === "antitrust");
  if (!claim) return "unknown";
  return claim.score === 0 ? "block" : claim.score <= 2 ? "flag" : "clear";
}

/**
 * How well a buyer fits: Σ weight × score ÷ (4 × Σ weight) over the criteria with a claim, × 100, and apart from it how
 * far the claims can be trusted. One claim a criterion; scores 0 to 4.
 */
export function fitOf(claims: readonly Claim[], today: string): Fit {
  const weighed = claims.flatMap((claim) =>
    claim.criterion === "antitrust" ? [] : [{ claim, weight: new Exact(FIT_WEIGHTS[claim.criterion]) }],
  );
  const sum = (values: readonly Exact[]) => values.reduce((total, value) => total.plus(value), new Exact(0));
  const claimed = sum(weighed.map(({ weight }) => weight));
  const points = sum(weighed.map(({ weight, claim }) => weight.times(claim.score)));
  const coverage = claimed.div(ALL);
  return {
    score: coverage.lt(LEAST_COVERAGE) ? null : points.div(claimed.times(4)).times(100),
    coverage,
    certainty: sum(weighed.map(({ weight, claim }) => weight.times(trustOf(claim, today)))).div(ALL),
    antitrust: antitrustOf(claims),
  };
}

export type Means = { kind: BuyerKind; cash: Exact | null; debt: Exact | null; ebitda: Exact | null };

/**
 * What a buyer could pay: a fund 15 % of what it has not drawn (the usual limit for one company); a company its cash and
 * what it could still borrow up to 3 × EBITDA.
 *
 * @returns in the currency of the given means; null where they do not say.
 */
export function capacityOf({ kind, cash, debt, ebitda }: Means): Exact | null {
  if (cash === null) return null;
  if (kind === "financial") return cash.times("0.15");
  if (ebitda === null || debt === null) return kind === "management" ? cash : null;
  const room = ebitda.times(3).minus(debt);
  return cash.plus(room.gt(0) ? room : 0);
}

/** Capacity over the price as a score: 4 from 3 times, 3 from 2, 2 from 1, 1 from half, else 0. */
export function capacityScore(capacity: Exact, price: Exact): 0 | 1 | 2 | 3 | 4 {
  const times = capacity.div(price);
  const reached = [3, 2, 1, 0.5].findIndex((bound) => times.gte(bound));
  return ([4, 3, 2, 1] as const)[reached] ?? 0;
}

/** Companies bought in 36 months as a score: 4 from 6, 3 from 3, 2 from 2, 1 from 1. */
export function appetiteScore(deals: number): 0 | 1 | 2 | 3 | 4 {
  const reached = [6, 3, 2, 1].findIndex((bound) => deals >= bound);
  return ([4, 3, 2, 1] as const)[reached] ?? 0;
}

export type Candidate = {
  id: string;
  name: string;
  fit: Fit;
  /** What a person chose instead of the rule, with why. */
  chosen: { tier: Tier; reason: string } | null;
  declined: boolean;
};
export type Placed = { id: string; tier: Tier; reason: string; byRule: boolean; rank: number | null };

const whole = (value: Exact): string => value.toFixed(0);

function placeByRule({ fit, declined }: Candidate, rank: number, pool: number): { tier: Tier; reason: string } {
  const { score, certainty, antitrust } = fit;
  if (declined) return { tier: "out", reason: "Said no" };
  if (antitrust === "block") return { tier: "out", reason: "A merger of the two would likely be forbidden" };
  if (score === null) return { tier: "out", reason: "Less than half of the fit is known" };
  if (score.lt(35)) return { tier: "out", reason: `Fit ${whole(score)} of 100, below 35` };
  if (rank > pool) return { tier: "out", reason: `Rank ${rank}; the list holds ${pool}` };
  const words = `Fit ${whole(score)} of 100, rank ${rank}, ${whole(certainty.times(100))} % certain`;
  const flagged = antitrust === "flag" ? "; antitrust needs a look first" : "";
  if (score.gte(70) && certainty.gte("0.6") && rank <= Math.ceil(pool / 4) && !flagged)
    return { tier: "priority", reason: words };
  if (score.gte(55) && rank <= Math.ceil((pool * 2) / 3)) return { tier: "short", reason: words + flagged };
  return { tier: "long", reason: words + flagged };
}

/**
 * The target list: candidates in order of fit, then certainty, then name, cut at the profile's size. Who is out keeps
 * the reason; what a person chose stands before the rule.
 */
export function targetList(candidates: readonly Candidate[], pool: number): Placed[] {
  const eligible = candidates.filter(
    ({ fit, declined }) => fit.score?.gte(35) === true && fit.antitrust !== "block" && !declined,
  );
  const ranked = eligible.toSorted(
    (a, b) =>
      (b.fit.score ?? new Exact(0)).comparedTo(a.fit.score ?? 0) ||
      b.fit.certainty.comparedTo(a.fit.certainty) ||
      (a.name < b.name ? -1 : 1),
  );
  const ranks = new Map(ranked.map(({ id }, index) => [id, index + 1]));
  return candidates.map((candidate) => {
    const rank = ranks.get(candidate.id) ?? null;
    const ruled = placeByRule(candidate, rank ?? Number.POSITIVE_INFINITY, pool);
    const { chosen } = candidate;
    return chosen
      ? { id: candidate.id, tier: chosen.tier, reason: chosen.reason, byRule: false, rank }
      : { id: candidate.id, ...ruled, byRule: true, rank };
  });
}
