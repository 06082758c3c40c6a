import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { neededBy } from "@/lib/figures/rules";
import type { Figure, FigureSource } from "@/lib/figures/schema";
import { listCustomerYears, listPlanPrices } from "@/lib/metrics/queries/customer-years";
import { loadRates } from "@/lib/metrics/queries/fx";
import { atOneMoment, loadVentureFacts, todayOf } from "@/lib/metrics/queries/performance";
import { booksOfRecord } from "@/lib/metrics/queries/series";
import { factorsOn, type Scope, subscriptionOverview } from "@/lib/metrics/queries/subscriptions";
import { ventureFigures } from "@/lib/metrics/rules/performance";
import { datasetSource } from "@/lib/metrics/rules/venture-facts";
import { Exact } from "@/lib/money";
import { resolveStored } from "@/lib/ventures/queries";
import { type LeverContext, type LeverFigures, leverFigures } from "../rules/lever-figures";
import { findLevers, type Lever, type LeverFacts } from "../rules/levers";

type VentureRow = { id: string; slug: string; name: string; currency: string; timeZone: string };

export type VentureLevers = {
  venture: { id: string; slug: string; name: string; currency: string };
  asOf: string;
  /** Why no lever could be looked for; null when they were. */
  reason: string | null;
  minimumRoi: number;
  levers: { lever: Lever; figures: LeverFigures }[];
  /** What the levers' figures are computed from, besides those of the levers. */
  inputs: Figure[];
};

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

const METRIC = "metrics.venture.";

const exactOf = (figure: Figure) => (figure.value === null ? null : new Exact(figure.value));

/** What each customer paid a year ago and pays now, and at which prices, per month. */
async function customerFacts(
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

async function levers(tx: Tx, venture: VentureRow, asOf: string): Promise<VentureLevers> {
  const { id, slug, name, currency } = venture;
  const settings = await tx.ventureSettings.findUnique({ where: { ventureId: id } });
  const profile = resolveStored(settings ?? { profile: "balanced", autonomy: "assisted", overrides: {} });
  const about = { venture: { id, slug, name, currency }, asOf, minimumRoi: profile.parameters.minimumInitiativeRoi };
  const without = (reason: string) => ({ ...about, reason, levers: [], inputs: [] });
  const { facts, cohorts } = await loadVentureFacts(tx, venture, asOf);
  if (facts.billing.facts === null) return without(facts.billing.reason);
  const { openingDay: from, window, rowsBefore, rowsNow } = facts.billing.facts;
  const scoped = await scopeOf(tx, venture, window.to);
  if ("reason" in scoped) return without(scoped.reason);
  const inputs = ventureFigures(facts, cohorts).figures;
  const byKey = (key: string) => inputs.find((figure) => figure.method === `${METRIC}${key}@1`);
  const [grossMargin, costPerHead] = [byKey("gross_margin_ratio"), byKey("cost_per_head")];
  if (!grossMargin || !costPerHead) return without("no-data");
  const { customers, prices } = await customerFacts(tx, scoped.scope, from, window.to);
  const weighed = { grossMarginRatio: exactOf(grossMargin), costPerHead: exactOf(costPerHead) };
  const sources: FigureSource[] = [
    datasetSource(facts, "subscriptions", Math.max(rowsBefore, rowsNow), { paidOnEither: [from, window.to] }),
    datasetSource(facts, "customers", customers.length, {}),
  ];
  const context: LeverContext = { ventureId: id, currency, from, to: window.to, sources, grossMargin, costPerHead };
  const found = findLevers({ customers, prices, ...weighed });
  return {
    ...about,
    reason: null,
    levers: found.map((lever) => ({ lever, figures: leverFigures(lever, context) })),
    inputs,
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

type Stored = { figure: Figure; ventureId: string | null };

export const isLeverMethod = (method: string): boolean => method.startsWith("growth.lever.");

/** A lever's figure computed again from the facts as they are now, with what it rests on; null where they are gone. */
export async function recomputeLeverFigure(tx: Tx, { figure, ventureId }: Stored): Promise<Figure[] | null> {
  const venture = ventureId ? await tx.venture.findUnique({ where: { id: ventureId } }) : null;
  const to = figure.inputs.to && "value" in figure.inputs.to ? figure.inputs.to.value : null;
  if (!venture || typeof to !== "string") return null;
  const found = await levers(tx, venture, to);
  const all = [...found.inputs, ...found.levers.flatMap(({ figures }) => Object.values(figures))];
  const again = all.find((candidate) => candidate.id === figure.id);
  return again ? neededBy(again, all) : null;
}
