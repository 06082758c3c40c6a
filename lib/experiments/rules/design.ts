import type { Design, Method, MetricDesign } from "../schema/design";
import { experimentPower } from "./power";

export type PlannedSize = {
  /** All arms together. */
  units: number | null;
  days: number | null;
  perArm: readonly { key: string; name: string; units: number | null }[];
  /** α of one comparison: the whole α shared among the comparisons of goals. */
  alphaEach: number;
  comparisons: number;
  reason: string | null;
};

/** A size that no test of a venture reaches; its day would be after the venture's life. */
const MOST_UNITS = 2_000_000_000;

export const primaryOf = (design: Design): MetricDesign => {
  const primary = design.metrics.find(({ role }) => role === "primary");
  if (!primary) throw new Error("A design without primary metric passed its schema");
  return primary;
};

export const isGoal = ({ role }: MetricDesign): boolean => role === "primary" || role === "goal";

/** Goals × treatments: the hypotheses among which α is shared. */
export const goalComparisons = (design: Design): number =>
  design.metrics.filter(isGoal).length * (design.arms.filter(({ weight }) => weight > 0).length - 1);

/**
 * Units in all arms together and days that the design asks for: the control against the smallest treatment, α shared
 * equally among the comparisons of goals (which Holm never needs more of). A Bayesian test has the fixed size as a guide.
 */
export function plannedSize(design: Design, method: Method): PlannedSize {
  const [control, ...treatments] = design.arms.filter(({ weight }) => weight > 0);
  const total = design.arms.reduce((all, { weight }) => all + weight, 0);
  const smallest = treatments.reduce((least, arm) => Math.min(least, arm.weight), Number.POSITIVE_INFINITY);
  const comparisons = goalComparisons(design);
  const alphaEach = design.alpha / comparisons;
  const rest = total - (control?.weight ?? 0) - smallest;
  const sign = primaryOf(design).better === "up" ? 1 : -1;
  const solved = experimentPower({
    ...{ baseline: design.baseline, effect: sign * design.minimalEffect, effectType: design.difference },
    ...{ power: design.power, allocation: [control?.weight ?? 0, smallest, rest], alpha: alphaEach },
    ...{ alternative: "two-sided" as const, variance: "unpooled" as const, sequential: method === "sequential" },
  });
  const none = (reason: string): PlannedSize => ({
    ...{ units: null, days: null, alphaEach, comparisons, reason },
    perArm: design.arms.map(({ key, name }) => ({ key, name, units: null })),
  });
  if (!solved.ok) return none("effect-out-of-range");
  if (solved.value.n === null) return none(solved.value.reasons.n ?? "not-reachable");
  if (solved.value.n > MOST_UNITS) return none("too-many-units");
  const units = Math.ceil(solved.value.n);
  return {
    ...{ units, alphaEach, comparisons, reason: null },
    days: design.trafficPerDay === null ? null : Math.ceil(units / design.trafficPerDay),
    perArm: design.arms.map(({ key, name, weight }) => ({ key, name, units: Math.ceil((units * weight) / total) })),
  };
}

/** "2026-11-22" and 14 → "2026-12-06". */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
