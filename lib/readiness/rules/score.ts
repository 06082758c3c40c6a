import { Exact } from "@/lib/money";
import { COMPONENT_IDS, COMPONENT_WEIGHTS, type ComponentId } from "./criteria";

export type Answer = 0 | 1 | 2 | 3 | 4;
export type ScoredCriterion = {
  component: ComponentId;
  id: string;
  /** Null is unanswered. */
  score: Answer | null;
  /** Within its component, above 0. */
  weight: Exact;
  /** Days of the evidence, `YYYY-MM-DD`; the newest counts. */
  evidence: readonly string[];
  redFlag: boolean;
};

export const BANDS = ["not ready", "approaching", "ready", "optimal"] as const;
export type Band = (typeof BANDS)[number];

export type ComponentScore = {
  weight: Exact;
  /** 0 to 100; null while nothing of it is answered. */
  score: Exact | null;
  /** Answered weight ÷ weight, 0 to 1. */
  coverage: Exact;
};
export type NextAction = {
  id: string;
  component: ComponentId;
  /** Points of the total that a 4 would add; null where nothing is answered yet. */
  pointsLost: Exact | null;
  /** What an answer would add to the coverage. */
  coverageGain: Exact;
};
export type ReadinessScore = {
  score: Exact | null;
  reason: string | null;
  band: Band | null;
  components: ReadonlyMap<ComponentId, ComponentScore>;
  coverage: Exact;
  gates: string[];
  stale: string[];
  /** How much of each stale score still counts, 0 to 1. */
  decay: ReadonlyMap<string, Exact>;
  nextBestActions: NextAction[];
};

export const LEAST_COVERAGE = new Exact("0.7");
const ZERO = new Exact(0);
const FULL = new Exact(100);

/** The day that many months later; the last of its month where that is shorter. */
function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const index = year * 12 + month - 1 + months;
  const [toYear, toMonth] = [Math.floor(index / 12), (index % 12) + 1];
  const last = new Date(Date.UTC(toYear, toMonth, 0)).getUTCDate();
  const two = (value: number) => `${value}`.padStart(2, "0");
  return `${`${toYear}`.padStart(4, "0")}-${two(toMonth)}-${two(Math.min(date, last))}`;
}

const dayNumber = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000);

/**
 * How much of a score still counts: all of it for 12 months after its newest evidence, then less each day, nothing after
 * 24 months. Without dated evidence nothing decays.
 */
export function decayOf(evidence: readonly string[], asOf: string): Exact {
  const newest = [...evidence].sort().at(-1);
  if (newest === undefined) return new Exact(1);
  const [from, to] = [addMonths(newest, 12), addMonths(newest, 24)];
  if (asOf <= from) return new Exact(1);
  if (asOf >= to) return ZERO;
  return new Exact(dayNumber(to) - dayNumber(asOf)).div(dayNumber(to) - dayNumber(from));
}

/** The day from which a score counts for nothing unless newer evidence comes; null without dated evidence. */
export function endOfDecay(evidence: readonly string[]): string | null {
  const newest = [...evidence].sort().at(-1);
  return newest === undefined ? null : addMonths(newest, 24);
}

/** spec/stage-40, section 5: not ready < 70; approaching [70, 85); ready [85, 95]; optimal > 95. */
export function bandOf(score: Exact): Band {
  if (score.lt(70)) return "not ready";
  if (score.lt(85)) return "approaching";
  return score.lte(95) ? "ready" : "optimal";
}

const sum = (values: readonly Exact[]): Exact => values.reduce((total, value) => total.plus(value), ZERO);
const answered = (criteria: readonly ScoredCriterion[]) => criteria.filter(({ score }) => score !== null);

function componentOf(criteria: readonly ScoredCriterion[], weight: Exact, decay: ReadonlyMap<string, Exact>) {
  const known = answered(criteria);
  const [all, of] = [sum(criteria.map((one) => one.weight)), sum(known.map((one) => one.weight))];
  const points = sum(known.map((one) => one.weight.times(one.score ?? 0).times(decay.get(one.id) ?? 1)));
  return {
    weight,
    score: of.isZero() ? null : points.div(of.times(4)).times(100),
    coverage: all.isZero() ? ZERO : of.div(all),
  };
}

/**
 * Readiness of a venture for a sale, 0 to 100: Σ component weight × component over the components with an answer, each
 * component Σ w·s ÷ (4·Σ w) over its answered criteria (spec/stage-40, section 5; spec/methods, g).
 *
 * @returns `score` and `band` null with reason "coverage-below-70" while less than 70 % of the weight is answered; a red
 * flag makes the band "not ready" whatever the score is.
 */
export function readinessScore(criteria: readonly ScoredCriterion[], asOf: string): ReadinessScore {
  const decay = new Map(criteria.map((one) => [one.id, decayOf(one.evidence, asOf)]));
  const of = (component: ComponentId) => criteria.filter((one) => one.component === component);
  const components = new Map(
    COMPONENT_IDS.map((id) => [id, componentOf(of(id), new Exact(COMPONENT_WEIGHTS[id]), decay)] as const),
  );
  const coverage = sum([...components.values()].map((one) => one.weight.times(one.coverage))).div(FULL);
  const scored = [...components.values()].filter((one) => one.score !== null);
  const weights = sum(scored.map((one) => one.weight));
  const enough = coverage.gte(LEAST_COVERAGE);
  const total = sum(scored.map((one) => one.weight.times(one.score ?? 0)));
  const score = enough && weights.gt(0) ? total.div(weights) : null;
  const gates = criteria.filter((one) => one.redFlag).map(({ id }) => id);
  return {
    ...{ score, components, coverage, gates, decay },
    reason: score ? null : "coverage-below-70",
    band: score && (gates.length > 0 ? "not ready" : bandOf(score)),
    stale: criteria.filter((one) => one.score !== null && decay.get(one.id)?.lt(1)).map(({ id }) => id),
    nextBestActions: nextActions(criteria, { components, weights, decay }),
  };
}

type Standing = Pick<ReadinessScore, "components" | "decay"> & { weights: Exact };

/** What would add most points first; unanswered criteria after, by what they add to the coverage. */
function nextActions(criteria: readonly ScoredCriterion[], { components, weights, decay }: Standing): NextAction[] {
  const actions = criteria.map((one): NextAction => {
    const siblings = criteria.filter(({ component }) => component === one.component);
    const component = components.get(one.component)?.weight ?? ZERO;
    const [all, of] = [sum(siblings.map(({ weight }) => weight)), sum(answered(siblings).map(({ weight }) => weight))];
    const missing = new Exact(4).minus(new Exact(one.score ?? 0).times(decay.get(one.id) ?? 1)).div(4);
    const part =
      one.score === null || weights.isZero() ? null : component.div(weights).times(100).times(one.weight).div(of);
    return {
      ...{ id: one.id, component: one.component, pointsLost: part?.times(missing) ?? null },
      coverageGain: one.score === null ? component.div(100).times(one.weight).div(all) : ZERO,
    };
  });
  const order = (action: NextAction) => action.pointsLost ?? new Exact(-1);
  return actions
    .filter(({ pointsLost }) => pointsLost === null || pointsLost.gt(0))
    .sort(
      (a, b) => order(b).comparedTo(order(a)) || b.coverageGain.comparedTo(a.coverageGain) || (a.id < b.id ? -1 : 1),
    );
}
