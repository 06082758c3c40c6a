import { known, unknown } from "@/lib/metrics/rules/measure";
import { Exact } from "@/lib/money";
import type { PlanCriterion, PlanFacts } from "./plan";

/** The same facts as text, for a browser that tries estimates out. */
export type StoredPlanFacts = Pick<PlanFacts, "inputs" | "context"> & {
  equity: string | null;
  revenue: string | null;
  criteria: readonly (Omit<PlanCriterion, "points"> & { points: string | null })[];
  metrics: Readonly<Record<string, string | null>>;
};

const text = (value: Exact | null | undefined): string | null => value?.toFixed() ?? null;
const exact = (value: string | null): Exact | null => (value === null ? null : new Exact(value));

export const storePlanFacts = ({
  inputs,
  context,
  equity,
  revenue,
  criteria,
  metrics,
}: PlanFacts): StoredPlanFacts => ({
  ...{ inputs, context, equity: text(equity.value), revenue: text(revenue) },
  criteria: criteria.map((one) => ({ ...one, points: text(one.points) })),
  metrics: Object.fromEntries(Object.entries(metrics).map(([driver, value]) => [driver, text(value)])),
});

export const readPlanFacts = ({ inputs, context, equity, revenue, criteria, metrics }: StoredPlanFacts): PlanFacts => ({
  ...{ inputs, context, revenue: exact(revenue) },
  equity: equity === null ? unknown("no-method-used") : known(equity),
  criteria: criteria.map((one) => ({ ...one, points: exact(one.points) })),
  metrics: Object.fromEntries(Object.entries(metrics).map(([driver, value]) => [driver, exact(value)])),
});
