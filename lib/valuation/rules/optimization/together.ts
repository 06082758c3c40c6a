import { bestSequence, type PlanLimits, type PlanStep, type Sequence } from "./sequence";

/** Every set of them, the smaller ones first. */
const setsOf = (steps: readonly PlanStep[]): PlanStep[][] =>
  Array.from({ length: 2 ** steps.length }, (_, mask) => steps.filter((_step, at) => mask & (1 << at))).sort(
    (a, b) => a.length - b.length,
  );

/** What a set is worth together, shared out by what each is worth alone, so that orders can be compared. */
function shared(set: readonly PlanStep[], worth: number): PlanStep[] {
  const alone = set.reduce((sum, step) => sum + Math.max(0, step.worth), 0);
  let left = worth;
  return set.map((step, at) => {
    const part = alone > 0 ? Math.round((worth * Math.max(0, step.worth)) / alone) : 0;
    const own = at === set.length - 1 ? left : part;
    left -= own;
    return { ...step, worth: own };
  });
}

/**
 * The best plan where the worth of some steps depends on each other: every set of the `linked` ones is tried with what it
 * is worth together, the others are added up. Exact as `bestSequence` is; at most a handful of linked steps. `together`
 * is null where a set cannot be valued. Of equal worth the plan with fewer linked steps.
 */
export function bestTogether(
  linked: readonly PlanStep[],
  others: readonly PlanStep[],
  together: (set: readonly PlanStep[]) => number | null,
  limits: PlanLimits,
): Sequence & { worth: number } {
  let best: Sequence & { worth: number } = { ...bestSequence(others, limits), worth: 0 };
  best.worth = worthOf(best, others);
  let proven = best.proven;
  for (const set of setsOf(linked).slice(1)) {
    const worth = together(set);
    if (worth === null) continue;
    const steps = [...others, ...shared(set, worth)];
    const found = bestSequence(steps, limits, new Set(set.map(({ id }) => id)));
    proven &&= found.proven;
    const all = worthOf(found, steps);
    if (all > best.worth && set.every(({ id }) => found.placed.some((one) => one.id === id)))
      best = { ...found, worth: all };
  }
  return { ...best, proven };
}

const worthOf = ({ placed }: Sequence, steps: readonly PlanStep[]): number => {
  const worth = new Map(steps.map((step) => [step.id, step.worth]));
  return placed.reduce((sum, { id }) => sum + (worth.get(id) ?? 0), 0);
};
