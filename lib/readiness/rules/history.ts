import { Exact } from "@/lib/money";
import type { Assessment } from "./assessment";
import {
  COMPONENT_IDS,
  COMPONENT_LABELS,
  COMPONENT_WEIGHTS,
  type ComponentId,
  CRITERIA,
  criterionOf,
} from "./criteria";

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

export type ComponentChange = { id: ComponentId; label: string; before: number | null; after: number | null };
export const componentChanges = (before: Shape | null, after: Shape): ComponentChange[] =>
  COMPONENT_IDS.map((id) => ({
    ...{ id, label: COMPONENT_LABELS[id] },
    before: before?.components[id] ?? null,
    after: after.components[id] ?? null,
  }));
