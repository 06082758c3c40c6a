import type { Figure } from "@/lib/figures/schema";
import { Exact } from "@/lib/money";

/** Score 0 to 4 by steps: the first step whose bound the value reaches, from the best down. */
type Steps = {
  readonly higherIsBetter: boolean;
  readonly bounds: readonly [four: number, three: number, two: number, one: number];
};

export type Rule = { criterion: string; figure: string; steps: Steps };

const atLeast = (...bounds: Steps["bounds"]): Steps => ({ higherIsBetter: true, bounds });
const atMost = (...bounds: Steps["bounds"]): Steps => ({ higherIsBetter: false, bounds });

/** Which measure answers which criterion, and at what values; ratios as fractions. Bounds are the house's own. */
export const AUTOMATIC_RULES: readonly Rule[] = [
  { criterion: "revenue-quality", figure: "gross_revenue_retention", steps: atLeast(0.95, 0.9, 0.8, 0.7) },
  { criterion: "growth", figure: "growth_rate", steps: atLeast(0.3, 0.15, 0.05, 0) },
  { criterion: "gross-margin", figure: "gross_margin_ratio", steps: atLeast(0.75, 0.6, 0.4, 0.2) },
  { criterion: "runway", figure: "cash_runway", steps: atLeast(12, 9, 6, 3) },
  { criterion: "plan-accuracy", figure: "plan_gap", steps: atMost(0.05, 0.1, 0.2, 0.3) },
  { criterion: "reporting-freshness", figure: "data_age", steps: atMost(30, 45, 75, 120) },
  { criterion: "team-retention", figure: "team_retention", steps: atLeast(0.95, 0.85, 0.7, 0.6) },
  { criterion: "key-metrics", figure: "metrics_known", steps: atLeast(6, 5, 4, 3) },
  { criterion: "cap-table", figure: "cap_table_open", steps: atMost(0, 1, 4, 1_000_000) },
  { criterion: "concentration", figure: "customer_concentration", steps: atMost(0.2, 0.3, 0.5, 0.6) },
  { criterion: "net-retention", figure: "net_revenue_retention", steps: atLeast(1.15, 1.05, 0.95, 0.8) },
  { criterion: "data-room", figure: "data_room_completeness", steps: atLeast(0.95, 0.75, 0.5, 0.25) },
  { criterion: "findings", figure: "open_findings", steps: atMost(0, 2, 5, 10) },
];

export const ruleOf = (criterion: string): Rule | null =>
  AUTOMATIC_RULES.find((rule) => rule.criterion === criterion) ?? null;

/**
 * The score 0 to 4 that a measure earns. A value at a bound earns the better score.
 *
 * @returns null where the measure is unknown; unlimited runway (reason "not-burning") earns 4.
 */
export function scoreOf({ steps }: Rule, figure: Pick<Figure, "value" | "reason">): 0 | 1 | 2 | 3 | 4 | null {
  if (figure.value === null) return figure.reason === "not-burning" ? 4 : null;
  const value = new Exact(figure.value);
  const reached = steps.bounds.findIndex((bound) => (steps.higherIsBetter ? value.gte(bound) : value.lte(bound)));
  return ([4, 3, 2, 1] as const)[reached] ?? 0;
}

const words = (bound: number): string => new Exact(bound).toFixed();

/** How the score comes about, as a person reads it under the figure. */
export function stepsText({ steps }: Rule): string {
  const [four, three, two, one] = steps.bounds.map(words);
  return steps.higherIsBetter
    ? `4 from ${four}, 3 from ${three}, 2 from ${two}, 1 from ${one}, else 0`
    : `4 up to ${four}, 3 up to ${three}, 2 up to ${two}, 1 up to ${one}, else 0`;
}
