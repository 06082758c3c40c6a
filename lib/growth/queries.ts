import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Figure, FigureSource } from "@/lib/figures/schema";
import { listCustomerYears, listPlanPrices } from "@/lib/metrics/queries/customer-years";
import { loadRates } from "@/lib/metrics/queries/fx";
import { atOneMoment, loadVentureFacts, todayOf } from "@/lib/metrics/queries/performance";
import { booksOfRecord, loadResolvedSeries } from "@/lib/metrics/queries/series";
import { factorsOn, type Scope, subscriptionOverview } from "@/lib/metrics/queries/subscriptions";
import { derived, whenKnown } from "@/lib/metrics/rules/billing-figures";
import { ratio } from "@/lib/metrics/rules/measure";
import { ventureFigures } from "@/lib/metrics/rules/performance";
import { monthsUntil } from "@/lib/metrics/rules/periods";
import { datasetSource, flowFigure, stockFigure, type VentureFacts } from "@/lib/metrics/rules/venture-facts";
import { Exact } from "@/lib/money";
import { type LeverContext, type LeverFigures, leverFigures } from "./rules/lever-figures";
import { findLevers, type Lever } from "./rules/levers";

type VentureRow = { id: string; slug: string; name: string; currency: string; timeZone: string };

export type VentureLevers = {
  venture: { id: string; slug: string; name: string; currency: string };
  asOf: string;
  /** Why no lever could be looked for; null when they were. */
  reason: string | null;
  levers: { lever: Lever; figures: LeverFigures }[];
  /** What the levers' figures are computed from, besides those of the levers. */
  inputs: Figure[];
};

/** Operating expenses of twelve months per head and month, and what it is computed from. */
function costPerHead(facts: VentureFacts, through: string): { figure: Figure; inputs: Figure[] } {
  const unit = facts.venture.currency;
  const expenses = {
    key: "operating_expenses_12m",
    metric: "operating_expenses",
    label: "Operating expenses, 12 months",
    unit,
  };
  const spent = flowFigure(facts, expenses, monthsUntil(through, 12));
  const people = { key: "headcount", metric: "headcount", label: "Headcount", unit: "count" as const };
  const heads = stockFigure(facts, people, through);
  const draft = { key: "cost_per_head", label: "Operating expenses per head and month", unit };
  const formula = "Operating expenses of 12 months ÷ 12 ÷ headcount";
  const measure = whenKnown([spent, heads], (cost, count) => ratio(cost.div(12), count));
  return { figure: derived(facts, { ...draft, formula }, measure, { spent, heads }), inputs: [spent, heads] };
}

/** The subscriptions in one currency, or why they cannot be read so. */
async function scopeOf(tx: Tx, venture: VentureRow, through: string): Promise<{ scope: Scope } | { reason: string }> {
  const overview = await subscriptionOverview(tx, venture.id);
  const bookOfRecord = (await booksOfRecord(tx, venture.id)).get("subscriptions") ?? null;
  if (overview.rows === 0) return { reason: "no-data" };
  if (overview.contradictions > 0 && !bookOfRecord) return { reason: "contradiction" };
  const rates = await loadRates(tx, venture.currency, overview.currencies, through, through);
  const factors = factorsOn(rates, overview.currencies, through);
  return factors ? { scope: { ventureId: venture.id, factors, bookOfRecord } } : { reason: "missing-fx-rate" };
}

/** The facts of a venture with the costs that levers are weighed with. */
async function factsWithCosts(tx: Tx, venture: VentureRow, asOf: string) {
  const { facts, cohorts } = await loadVentureFacts(tx, venture, asOf);
  const costs = await loadResolvedSeries(tx, venture, ["operating_expenses", "headcount"], asOf);
  return { facts: { ...facts, series: new Map([...facts.series, ...costs]) }, cohorts };
}

const exactOf = (figure: Figure) => (figure.value === null ? null : new Exact(figure.value));

async function levers(tx: Tx, venture: VentureRow, asOf: string): Promise<VentureLevers> {
  const { id, slug, name, currency } = venture;
  const about = { venture: { id, slug, name, currency }, asOf };
  const { facts, cohorts } = await factsWithCosts(tx, venture, asOf);
  const billing = facts.billing.facts;
  if (!billing)
    return {
      ...about,
      reason: facts.billing.facts === null ? facts.billing.reason : "no-data",
      levers: [],
      inputs: [],
    };
  const [from, to] = [billing.openingDay, billing.window.to];
  const scoped = await scopeOf(tx, venture, to);
  if ("reason" in scoped) return { ...about, reason: scoped.reason, levers: [], inputs: [] };
  const computed = ventureFigures(facts, cohorts).figures;
  const grossMargin = computed.find((figure) => figure.method === "metrics.venture.gross_margin_ratio@1");
  if (!grossMargin) return { ...about, reason: "no-data", levers: [], inputs: [] };
  const cost = costPerHead(facts, facts.financeThrough ?? to);
  const customers = await listCustomerYears(tx, scoped.scope, from, to);
  const prices = await listPlanPrices(tx, scoped.scope, to);
  const found = findLevers({
    customers: customers.map(({ customer, segment, channel, annualBefore, annualNow }) => ({
      ...{ id: customer, segment, channel },
      before: annualBefore.div(12),
      now: annualNow.div(12),
    })),
    prices: prices.map(({ customer, plan, annualPerUnit, units }) => ({
      customer,
      plan,
      perUnit: annualPerUnit.div(12),
      units,
    })),
    grossMarginRatio: exactOf(grossMargin),
    costPerHead: exactOf(cost.figure),
  });
  const sources: FigureSource[] = [
    datasetSource(facts, "subscriptions", billing.rowsNow, { before: from, now: to }),
    datasetSource(facts, "customers", customers.length, {}),
  ];
  const context: LeverContext = { ventureId: id, currency, from, to, sources, grossMargin, costPerHead: cost.figure };
  return {
    ...about,
    reason: null,
    levers: found.map((lever) => ({ lever, figures: leverFigures(lever, context) })),
    inputs: [...computed, ...cost.inputs, cost.figure],
  };
}

/** The growth levers that the venture's own data show on a day (today at the venture unless given), best return first. */
export async function getVentureLevers(
  actor: Actor,
  venture: string,
  asOf: string | null,
  now: Date,
): Promise<VentureLevers> {
  const byId = /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(venture);
  const row = await db.venture.findFirst({ where: byId ? { id: venture } : { slug: venture } });
  if (!row || !maySeeVenture(actor, row.id)) throw new AppError("NOT_FOUND");
  return atOneMoment((tx) => levers(tx, row, asOf ?? todayOf(row, now)));
}
