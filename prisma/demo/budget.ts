import { addMonths } from "./calendar";
import type { Ledger, MetricRow, MonthFacts } from "./finance";
import type { FinanceScript } from "./script";

const PLANNED = ["revenue", "recurring_revenue", "operating_expenses", "ebitda", "new_customers"] as const;
type Planned = Record<(typeof PLANNED)[number], number>;

const actuals = (fact: MonthFacts, entry: Ledger): Planned => {
  const opex = entry.salesAndMarketing + entry.researchAndDevelopment + entry.generalAndAdministrative;
  return {
    revenue: Number(entry.revenue),
    recurring_revenue: Number(fact.recurring),
    operating_expenses: Number(opex),
    ebitda: Number(entry.revenue - entry.costOfRevenue - opex),
    new_customers: fact.won,
  };
};

/** Budgets are written in December: each month of the year is the month a year before, grown by what was hoped for. */
export function budgetYears(
  script: FinanceScript,
  facts: readonly MonthFacts[],
  ledger: readonly Ledger[],
): MetricRow[] {
  const known = new Map(facts.map((fact, index) => [fact.month, { fact, entry: ledger[index] }]));
  return Object.entries(script.budgetGrowth).flatMap(([year, growth]) =>
    Array.from({ length: 12 }, (_, index) => {
      const month = `${year}-${String(index + 1).padStart(2, "0")}`;
      const before = known.get(addMonths(month, -12));
      return before?.entry ? planMonth(month, actuals(before.fact, before.entry), growth) : [];
    }).flat(),
  );
}

function planMonth(month: string, before: Planned, growth: number): MetricRow[] {
  const revenue = before.revenue * (1 + growth);
  const operating_expenses = before.operating_expenses * (1 + growth * 0.7);
  const costOfRevenue = (before.revenue - before.operating_expenses - before.ebitda) * (1 + growth);
  const plan: Planned = {
    revenue,
    recurring_revenue: before.recurring_revenue * (1 + growth),
    operating_expenses,
    ebitda: revenue - costOfRevenue - operating_expenses,
    new_customers: before.new_customers * (1 + growth * 0.5),
  };
  return PLANNED.map((metric) => ({
    metric,
    month,
    basis: "plan",
    amount: BigInt(Math.round(plan[metric])),
    unit: metric === "new_customers" ? "count" : "money",
  }));
}
