import { makeFigure } from "@/lib/figures/rules";
import type { Figure, FigureInput, Unit } from "@/lib/figures/schema";
import { Exact } from "@/lib/money";
import type { LeverContext, LeverFigures } from "./lever-figures";
import { drawnText } from "./lever-figures";
import type { Portfolio } from "./lever-portfolio";

/** What the budget is made of, as figures; `left` is what can still be committed. */
export type BudgetFigures = { readonly whole: Figure; readonly committed: Figure; readonly left: Figure };

export type BudgetFacts = {
  /** Revenue of twelve months. */
  readonly revenue: Figure | null;
  /** Percent of revenue. */
  readonly capPercent: number;
  /** Budgets of initiatives that are planned or running, in plain units; null where one is in another currency. */
  readonly committed: Exact | null;
  readonly initiatives: number;
  readonly version: number;
};

type Context = Pick<LeverContext, "ventureId" | "currency" | "from" | "to">;

const ref = (figure: Figure): FigureInput => ({ figure: figure.id, label: figure.label });

function maker({ ventureId, from, to }: Context) {
  const about = { venture: { value: ventureId }, from: { value: from }, to: { value: to } };
  return (figure: Omit<Figure, "id" | "asOf">): Figure =>
    makeFigure({ ...figure, asOf: to, inputs: { ...about, ...figure.inputs } });
}

const text = (value: Exact): string => value.toSignificantDigits(30).toFixed();

/** The growth budget of a year: the profile's cap on revenue, less what is committed. Revenue of nothing is no budget. */
export function budgetFigures(facts: BudgetFacts, context: Context): BudgetFigures {
  const make = maker(context);
  const { revenue, capPercent, committed } = facts;
  const unit: Unit = context.currency;
  const known = revenue?.value ? new Exact(revenue.value) : null;
  const amount = known?.gt(0) ? known.times(capPercent).div(100) : null;
  const whole = make({
    ...{ label: "Growth budget of a year", unit, method: "growth.lever.budget@1" },
    value: amount && text(amount),
    ...(amount ? {} : { reason: known ? "no-revenue" : (revenue?.reason ?? "no-data") }),
    formula: "the profile's cap in percent × revenue of 12 months",
    inputs: {
      cap: { value: capPercent, label: "growth budget cap, %" },
      ...(revenue ? { revenue: ref(revenue) } : {}),
    },
    sources: [],
  });
  const spoken = make({
    ...{ label: "Committed to initiatives", unit, method: "growth.lever.committed@1" },
    value: committed && text(committed),
    ...(committed ? {} : { reason: "mixed-currencies" }),
    formula: "Σ budgets of the initiatives that are planned or running",
    inputs: {},
    sources: [
      {
        ...{ kind: "dataset" as const, ventureId: context.ventureId, dataset: "initiatives" },
        ...{ version: facts.version, rows: facts.initiatives, filter: { status: ["planned", "running"] } },
      },
    ],
  });
  const rest = amount && committed ? Exact.max(0, amount.minus(committed)) : null;
  const left = make({
    ...{ label: "Growth budget left", unit, method: "growth.lever.budget-left@1" },
    value: rest && text(rest),
    ...(rest ? {} : { reason: whole.reason ?? spoken.reason ?? "no-data" }),
    formula: "growth budget − what is committed, not below zero",
    inputs: { budget: ref(whole), committed: ref(spoken) },
    sources: [],
  });
  return { whole, committed: spoken, left };
}

/** The chosen levers together: what they take of the budget and what they should bring. */
export function portfolioFigures(
  portfolio: Portfolio,
  levers: ReadonlyMap<string, LeverFigures>,
  budget: BudgetFigures,
  context: Context,
): Record<string, Figure> {
  const make = maker(context);
  const { currency } = context;
  const chosen = portfolio.chosen.flatMap(({ id }) => levers.get(id) ?? []);
  const costs = Object.fromEntries(chosen.map(({ cost }, index) => [`cost${index + 1}`, ref(cost)]));
  const effects = Object.fromEntries(chosen.map(({ effect }, index) => [`effect${index + 1}`, ref(effect)]));
  const spent = chosen.reduce((sum, { cost }) => sum.plus(cost.value ?? 0), new Exact(0));
  const cost = make({
    ...{ label: "Cost of the chosen levers", unit: currency, method: "growth.lever.chosen-cost@1", value: text(spent) },
    ...{ formula: "Σ cost of the chosen levers", inputs: costs, sources: [] },
  });
  const left = budget.left.value === null ? null : new Exact(budget.left.value);
  const share = left?.gt(0) ? spent.div(left) : null;
  const used = make({
    ...{ label: "Part of the budget used", unit: "ratio", method: "growth.lever.budget-used@1" },
    value: share && text(share),
    ...(share ? {} : { reason: budget.left.reason ?? "zero-denominator" }),
    ...{ formula: "cost of the chosen levers ÷ growth budget left", sources: [] },
    inputs: { cost: ref(cost), left: ref(budget.left) },
  });
  const together = (part: "p10" | "p50" | "p90", suffix: string) =>
    make({
      ...{ label: `Additional revenue of the chosen levers in 12 months${suffix}`, unit: currency, sources: [] },
      method: "growth.lever.chosen-effect@2",
      value: portfolio.joint ? drawnText(portfolio.joint.effect[part], currency) : "0",
      formula:
        "draw by draw: Σ over the chosen levers − what two of them would win twice; cuts of the losses work on what the others left, 1 − Π(1 − share); steps of winning customers multiply",
      inputs: { ...effects, quantile: { value: part } },
    });
  const overlap = make({
    ...{ label: "Won twice if the levers were added up", unit: currency, method: "growth.lever.chosen-overlap@1" },
    value: portfolio.joint ? drawnText(portfolio.joint.overlap.p50, currency) : "0",
    formula: "draw by draw: Σ over the chosen levers − what they bring together; median",
    ...{ inputs: effects, sources: [] },
  });
  return {
    ...{ budget: budget.whole, committed: budget.committed, left: budget.left, cost, used },
    ...{ effect: together("p50", ""), effectLow: together("p10", ", low"), effectHigh: together("p90", ", high") },
    overlap,
  };
}
