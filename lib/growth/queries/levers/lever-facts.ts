import "server-only";
import type { Tx } from "@/lib/db";
import type { FigureSource } from "@/lib/figures/schema";
import { listCustomerYears, listPlanPrices } from "@/lib/metrics/queries/customer-years";
import { loadRates } from "@/lib/metrics/queries/fx";
import { booksOfRecord, loadResolvedSeries } from "@/lib/metrics/queries/series";
import { factorsOn, type Scope, subscriptionOverview } from "@/lib/metrics/queries/subscriptions";
import { monthEndAfter, monthsUntil, type Period } from "@/lib/metrics/rules/periods";
import { flowOver } from "@/lib/metrics/rules/series";
import type { MetricSeries, VentureFacts } from "@/lib/metrics/rules/venture-facts";
import type { Exact } from "@/lib/money";
import type { FunnelStep } from "../../rules/levers/lever-flows";
import type { LeverFacts } from "../../rules/levers/levers";

type Venture = { id: string; currency: string };

/** The subscriptions in one currency, or why they cannot be read so. */
export async function scopeOf(
  tx: Tx,
  venture: Venture,
  through: string,
): Promise<{ scope: Scope } | { reason: string }> {
  const overview = await subscriptionOverview(tx, venture.id);
  const bookOfRecord = (await booksOfRecord(tx, venture.id)).get("subscriptions") ?? null;
  if (overview.rows === 0) return { reason: "no-data" };
  if (overview.contradictions > 0 && !bookOfRecord) return { reason: "contradiction" };
  const rates = await loadRates(tx, venture.currency, overview.currencies, through, through);
  const factors = factorsOn(rates, overview.currencies, through);
  return factors ? { scope: { ventureId: venture.id, factors, bookOfRecord } } : { reason: "missing-fx-rate" };
}

/** What each customer paid a year ago and pays now, and at which prices, per month. */
export async function customerFacts(
  tx: Tx,
  scope: Scope,
  from: string,
  to: string,
): Promise<Pick<LeverFacts, "customers" | "prices">> {
  const customers = await listCustomerYears(tx, scope, from, to);
  const prices = await listPlanPrices(tx, scope, to);
  return {
    customers: customers.map(({ customer, segment, channel, annualBefore, annualNow }) => ({
      ...{ id: customer, segment, channel },
      before: annualBefore.div(12),
      now: annualNow.div(12),
    })),
    prices: prices.map(({ customer, plan, annualPerUnit, units }) => ({
      ...{ customer, plan, units },
      perUnit: annualPerUnit.div(12),
    })),
  };
}

const STAGES = ["visitors", "leads", "trials", "new_customers"] as const;

export type Funnel = { steps: FunnelStep[] | null; sources: (step: { from: string; to: string }) => FigureSource[] };

/** The stages from visitor to customer over the last three months and the same a year before; null where one is missing. */
export async function loadFunnel(tx: Tx, venture: Venture, facts: VentureFacts, through: string): Promise<Funnel> {
  const series: ReadonlyMap<string, MetricSeries> = await loadResolvedSeries(tx, venture, STAGES, facts.today);
  const [now, before] = [monthsUntil(through, 3), monthsUntil(monthEndAfter(through, -12), 3)];
  const flow = (metric: string, period: Period): Exact | null => {
    const held = series.get(metric);
    return held ? flowOver(held.points, period).value : null;
  };
  const stages = STAGES.flatMap((metric) => {
    const [today, then] = [flow(metric, now), flow(metric, before)];
    return today && then ? [{ metric, now: today, before: then }] : [];
  });
  const steps = stages.slice(1).flatMap((stage, index) => {
    const earlier = stages[index];
    if (!earlier) return [];
    return [
      {
        ...{ from: earlier.metric, to: stage.metric },
        now: { entered: earlier.now, passed: stage.now },
        before: { entered: earlier.before, passed: stage.before },
      },
    ];
  });
  const sources = ({ from, to }: { from: string; to: string }) =>
    [from, to].flatMap((metric) =>
      [now, before].map(
        (period): FigureSource => ({
          ...{ kind: "dataset", ventureId: venture.id, dataset: `metric:${metric}`, rows: 3 },
          version: facts.versions.get(`metric:${metric}`) ?? 0,
          filter: { metric, basis: "actual", ...period },
        }),
      ),
    );
  // Without the last stage nobody becomes a customer, and without one before it there is no step.
  return { steps: stages.at(-1)?.metric === "new_customers" && steps.length > 0 ? steps : null, sources };
}
