import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { neededBy } from "@/lib/figures/rules";
import type { Figure, FigureSource } from "@/lib/figures/schema";
import { atOneMoment, loadVentureFacts, todayOf } from "@/lib/metrics/queries/performance";
import { ventureFigures } from "@/lib/metrics/rules/performance";
import { rateSources } from "@/lib/metrics/rules/used-rates";
import { datasetSource, type VentureFacts } from "@/lib/metrics/rules/venture-facts";
import { Exact, fromMinor } from "@/lib/money";
import { resolveStored } from "@/lib/ventures/queries";
import { type LeverContext, type LeverFigures, leverFigures } from "../../rules/levers/lever-figures";
import { type Room, roomOf } from "../../rules/levers/lever-overlap";
import { choosePortfolio, type Portfolio } from "../../rules/levers/lever-portfolio";
import { findLevers, type Lever, type LeverFacts, type Missing } from "../../rules/levers/levers";
import { type BudgetFacts, budgetFigures, portfolioFigures } from "../../rules/levers/portfolio-figures";
import { loadPeers } from "../benchmarks/benchmarks";
import { CHANNEL_SPEND, loadChannelSpends } from "./channel-spend";
import { customerFacts, loadFunnel, scopeOf } from "./lever-facts";

type VentureRow = { id: string; slug: string; name: string; currency: string; timeZone: string; businessModel: string };

export type FoundLever = { lever: Lever; figures: LeverFigures };

export type VentureLevers = {
  venture: { id: string; slug: string; name: string; currency: string };
  asOf: string;
  /** The last day that the subscriptions reach; null without them. */
  through: string | null;
  /** Why no lever could be looked for; null when they were. */
  reason: string | null;
  minimumRoi: number;
  levers: FoundLever[];
  /** Kinds that could not be looked for. */
  missing: readonly Missing[];
  /** What was chosen of them, and its figures; null where no lever could be looked for. */
  portfolio: { choice: Portfolio; figures: Record<string, Figure> } | null;
  /** What the levers' figures are computed from, besides those of the levers. */
  inputs: Figure[];
};

const METRIC = "metrics.venture.";

const exactOf = (figure: Figure | null) => (figure?.value ? new Exact(figure.value) : null);

type Settings = ReturnType<typeof resolveStored>["parameters"];

async function settingsOf(tx: Tx, ventureId: string): Promise<Settings> {
  const settings = await tx.ventureSettings.findUnique({ where: { ventureId } });
  return resolveStored(settings ?? { profile: "balanced", autonomy: "assisted", overrides: {} }).parameters;
}

/** Initiatives that hold a place and a part of the budget. */
const openInitiatives = (tx: Tx, ventureId: string) =>
  tx.initiative.findMany({
    where: { ventureId, status: { in: ["planned", "running"] } },
    select: { lever: true, budgetMinor: true, currency: true },
  });
type Open = Awaited<ReturnType<typeof openInitiatives>>;

function committedOf(open: Open, currency: string): Exact | null {
  if (open.some((initiative) => initiative.currency !== currency)) return null;
  return open.reduce((sum, { budgetMinor }) => sum.plus(fromMinor(budgetMinor, currency)), new Exact(0));
}

type Frame = {
  context: LeverContext;
  facts: VentureFacts;
  settings: Settings;
  open: Open;
  revenue: Figure | null;
  room: Room;
};

function chosenOf(levers: readonly Lever[], found: readonly FoundLever[], frame: Frame) {
  const { context, facts, settings, open, revenue, room } = frame;
  const about: BudgetFacts = {
    ...{ revenue, capPercent: settings.growthBudgetCap, initiatives: open.length },
    committed: committedOf(open, context.currency),
    version: facts.versions.get("initiatives") ?? 0,
  };
  const budget = budgetFigures(about, context);
  const choice = choosePortfolio(levers, {
    ...{ currency: context.currency, budget: exactOf(budget.left), minimumRoi: settings.minimumInitiativeRoi },
    places: settings.growthInitiativesAtOnce - open.length,
    ...{ underWay: open.map(({ lever }) => lever), room, grossMargin: Number(context.grossMargin.value ?? 0) },
  });
  const byId = new Map(found.map(({ lever, figures }) => [lever.id, figures]));
  return { choice, figures: portfolioFigures(choice, byId, budget, context) };
}

async function levers(tx: Tx, venture: VentureRow, asOf: string): Promise<VentureLevers> {
  const { id, slug, name, currency } = venture;
  const settings = await settingsOf(tx, id);
  const about = { venture: { id, slug, name, currency }, asOf, minimumRoi: settings.minimumInitiativeRoi };
  const without = (reason: string) => ({
    ...about,
    through: null,
    reason,
    levers: [],
    missing: [],
    portfolio: null,
    inputs: [],
  });
  const { facts, cohorts } = await loadVentureFacts(tx, venture, asOf);
  if (facts.billing.facts === null) return without(facts.billing.reason);
  const { openingDay: from, window, rowsBefore, rowsNow } = facts.billing.facts;
  const scoped = await scopeOf(tx, venture, window.to);
  if ("reason" in scoped) return without(scoped.reason);
  const inputs = ventureFigures(facts, cohorts).figures;
  const byKey = (key: string) => inputs.find((figure) => figure.method === `${METRIC}${key}@1`) ?? null;
  const [grossMargin, costPerHead] = [byKey("gross_margin_ratio"), byKey("cost_per_head")];
  if (!grossMargin || !costPerHead) return without("no-data");
  const { customers, prices } = await customerFacts(tx, scoped.scope, from, window.to);
  const funnel = await loadFunnel(tx, venture, facts, window.to);
  const peers = await loadPeers(tx, venture, exactOf(byKey("arr")), window.to);
  const spends = await loadChannelSpends(tx, id, from, window.to, facts.versions.get(CHANNEL_SPEND) ?? 0);
  const weighed: LeverFacts = {
    ...{ seed: window.to, customers, prices, cohorts, funnel: funnel.steps, benchmarks: peers.rows },
    spentByChannel: spends.spent,
    ...{ grossMarginRatio: exactOf(grossMargin), costPerHead: exactOf(costPerHead) },
  };
  const sources: FigureSource[] = [
    datasetSource(facts, "subscriptions", Math.max(rowsBefore, rowsNow), { paidOnEither: [from, window.to] }),
    datasetSource(facts, "customers", customers.length, {}),
    ...rateSources(facts.billing.facts.rates ?? [], facts.versions),
  ];
  const more = ({ benchmark, step, kind, subject }: Lever) => [
    ...(kind === "channel-payback" && subject ? [spends.source(subject)] : []),
    ...(benchmark ? peers.sources(benchmark) : []),
    ...(step ? funnel.sources(step) : []),
  ];
  const context = { ventureId: id, currency, from, to: window.to, sources, more, grossMargin, costPerHead };
  const { levers: known, missing } = findLevers(weighed);
  const found = known.map((lever) => ({ lever, figures: leverFigures(lever, context) }));
  const open = await openInitiatives(tx, id);
  const portfolio = chosenOf(known, found, {
    ...{ context, facts, settings, open, revenue: byKey("revenue_12m"), room: roomOf(customers) },
  });
  return { ...about, through: window.to, reason: null, levers: found, missing, portfolio, inputs };
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

/** The same for the house itself, within a transaction; null where the venture is gone. */
export async function loadVentureLevers(tx: Tx, ventureId: string, day: string): Promise<VentureLevers | null> {
  const venture = await tx.venture.findUnique({ where: { id: ventureId } });
  return venture ? levers(tx, venture, day) : null;
}

/** Every figure of a computation, what they rest on first. */
export const figuresOf = ({ inputs, levers: found, portfolio }: VentureLevers): Figure[] => [
  ...inputs,
  ...found.flatMap(({ figures }) => Object.values(figures)),
  ...Object.values(portfolio?.figures ?? {}),
];

type Stored = { figure: Figure; ventureId: string | null };

export const isLeverMethod = (method: string): boolean => method.startsWith("growth.lever.");

/** A lever's figure computed again from the facts as they are now, with what it rests on; null where they are gone. */
export async function recomputeLeverFigure(tx: Tx, { figure, ventureId }: Stored): Promise<Figure[] | null> {
  const to = figure.inputs.to && "value" in figure.inputs.to ? figure.inputs.to.value : null;
  const all = ventureId && typeof to === "string" ? await leverFiguresOn(tx, ventureId, to) : null;
  const again = all?.find((candidate) => candidate.id === figure.id);
  return again && all ? neededBy(again, all) : null;
}

/** Every figure of the levers on a day; null where the venture is gone. */
export async function leverFiguresOn(tx: Tx, ventureId: string, day: string): Promise<Figure[] | null> {
  const found = await loadVentureLevers(tx, ventureId, day);
  return found && figuresOf(found);
}
