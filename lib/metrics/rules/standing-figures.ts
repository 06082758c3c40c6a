import type { Figure } from "@/lib/figures/schema";
import { derived, whenKnown } from "./billing-figures";
import { known, type Measure, mapMeasure, ratio, unknown } from "./measure";
import { monthEndAfter, monthsUntil } from "./periods";
import { flowFigure, stockFigure, type VentureFacts } from "./venture-facts";

type Named<Key extends string = string> = Readonly<Record<string, Figure> & Record<Key, Figure>>;

/** By how much one figure differs from the same of an earlier time, as a share of it. */
export const change = (now: Figure, before: Figure): Measure =>
  whenKnown([now, before], (a, b) =>
    b.lt(0) ? unknown("negative-base") : mapMeasure(ratio(a, b), (r) => known(r.minus(1))),
  );

/** Key people, valuation and readiness: stored as they are, compared with what they were. */
export function standingFigures(facts: VentureFacts, through: string): Named {
  const unit = facts.venture.currency;
  const yearAgo = monthEndAfter(through, -12);
  const people = stockFigure(
    facts,
    { key: "key_people_before", metric: "key_people", label: "Key people 12 months ago", unit: "count" },
    yearAgo,
  );
  const left = flowFigure(
    facts,
    { key: "key_people_left_12m", metric: "key_people_left", label: "Key people who left, 12 months", unit: "count" },
    monthsUntil(through, 12),
  );
  const kept = whenKnown([people, left], (before, gone) =>
    gone.gt(before) ? unknown("contradiction") : ratio(before.minus(gone), before),
  );
  const formula = "(Key people 12 months ago − those who left since) ÷ key people 12 months ago";
  const valuation = stockFigure(
    facts,
    { key: "valuation", metric: "valuation", label: "Valuation", unit },
    facts.today,
  );
  const quarterAgo = monthEndAfter(valuation.asOf, -3);
  const earlier = stockFigure(
    facts,
    { key: "valuation_before", metric: "valuation", label: "Valuation 3 months before", unit },
    quarterAgo,
  );
  const drift = "Valuation ÷ valuation 3 months before − 1";
  return {
    ...{ people, left, valuation, valuation_before: earlier },
    team_retention: derived(facts, { key: "team_retention", label: "Team retention", unit: "ratio", formula }, kept, {
      people,
      left,
    }),
    valuation_change: derived(
      facts,
      { key: "valuation_change", label: "Valuation change in a quarter", unit: "ratio", formula: drift },
      change(valuation, earlier),
      { valuation, before: earlier },
    ),
    exit_readiness: stockFigure(
      facts,
      { key: "exit_readiness", metric: "exit_readiness", label: "Exit readiness", unit: "score" },
      facts.today,
    ),
  };
}

/** What one head costs in a month: the price of work in a lever or a plan. */
export function headFigures(facts: VentureFacts, through: string): Named<"cost_per_head"> {
  const unit = facts.venture.currency;
  const expenses = {
    key: "operating_expenses_12m",
    metric: "operating_expenses",
    label: "Operating expenses, 12 months",
  };
  const spent = flowFigure(facts, { ...expenses, unit }, monthsUntil(through, 12));
  const people = { key: "headcount", metric: "headcount", label: "Headcount", unit: "count" as const };
  const heads = stockFigure(facts, people, through);
  const draft = { key: "cost_per_head", label: "Operating expenses per head and month", unit };
  const formula = "Operating expenses of 12 months ÷ 12 ÷ headcount";
  const measure = whenKnown([spent, heads], (cost, count) => ratio(cost.div(12), count));
  return { spent, heads, cost_per_head: derived(facts, { ...draft, formula }, measure, { spent, heads }) };
}
