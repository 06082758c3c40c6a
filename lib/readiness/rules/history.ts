import { Exact } from "@/lib/money";
import type { Assessment } from "./assessment";
import { COMPONENT_IDS, COMPONENT_WEIGHTS, type ComponentId, CRITERIA, criterionOf } from "./criteria";
import { LEAST_COVERAGE } from "./score";

/** What is kept of a day: enough to draw its shape again and to say what changed since. */
export type Shape = {
  components: Record<string, number | null>;
  /** Score 0 to 4 as it counted, decay included; null is unanswered. */
  criteria: Record<string, number | null>;
  gates: string[];
};

export function shapeOf({ components, lines, scored }: Assessment): Shape {
  const value = (text: string | null) => (text === null ? null : new Exact(text).toDecimalPlaces(6).toNumber());
  return {
    components: Object.fromEntries(components.map(({ id, figure }) => [id, value(figure.value)])),
    criteria: Object.fromEntries(
      lines.map(({ criterion, figure }) => {
        const decay = scored.decay.get(criterion.id) ?? new Exact(1);
        return [criterion.id, figure.value === null ? null : decay.times(figure.value).toDecimalPlaces(6).toNumber()];
      }),
    ),
    gates: scored.gates,
  };
}

/** The total of a shape's criteria by the same rule as the score; null under the least coverage. */
export function totalOf(criteria: Shape["criteria"]): Exact | null {
  const [zero, hundred] = [new Exact(0), new Exact(100)];
  let [points, weights, coverage] = [zero, zero, zero];
  for (const id of COMPONENT_IDS) {
    const own = CRITERIA.filter(({ component }) => component === id);
    const known = own.flatMap((one) => {
      const counted = criteria[one.id] ?? null;
      return counted === null ? [] : [{ weight: one.weight, points: new Exact(counted).times(one.weight) }];
    });
    const [all, answered] = [own, known].map((ones) => ones.reduce((sum, { weight }) => sum.plus(weight), zero));
    if (!all || !answered || answered.isZero()) continue;
    const weight = new Exact(COMPONENT_WEIGHTS[id]);
    const score = known.reduce((sum, one) => sum.plus(one.points), zero).div(answered.times(4));
    points = points.plus(weight.times(score));
    weights = weights.plus(weight);
    coverage = coverage.plus(weight.times(answered).div(all).div(hundred));
  }
  return coverage.lt(LEAST_COVERAGE) ? null : points.div(weights).times(hundred);
}

export type ChangeLine = {
  criterion: string;
  label: string;
  component: ComponentId;
  before: number | null;
  after: number | null;
  /** "first" answered, "withdrawn", "up", "down". */
  kind: "first" | "withdrawn" | "up" | "down";
};

/** Why the score of two days differs: each criterion that changed, the weightiest first. */
export function changesBetween(before: Shape, after: Shape): ChangeLine[] {
  const lines = CRITERIA.flatMap((criterion): ChangeLine[] => {
    const was = before.criteria[criterion.id] ?? null;
    const is = after.criteria[criterion.id] ?? null;
    if (was === is) return [];
    const kind = was === null ? "first" : is === null ? "withdrawn" : is > was ? "up" : "down";
    return [
      { criterion: criterion.id, label: criterion.label, component: criterion.component, before: was, after: is, kind },
    ];
  });
  const size = ({ criterion, before: was, after: is }: ChangeLine): number => {
    const known = criterionOf(criterion);
    return known ? (COMPONENT_WEIGHTS[known.component] * known.weight * Math.abs((is ?? 0) - (was ?? 0))) / 400 : 0;
  };
  return lines.sort((a, b) => size(b) - size(a));
}
