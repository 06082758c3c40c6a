import "server-only";
import type { Tx } from "@/lib/db";
import { dollarRates, growthBudget } from "@/lib/decisions/queries/facts";
import type { Figure, FigureSource } from "@/lib/figures/schema";
import { SHARED_DATA } from "@/lib/figures/schema";
import { figuresOf, loadVentureLevers } from "@/lib/growth/queries/levers/levers";
import { median } from "@/lib/growth/rules/anomalies/robust";
import { findTimedVenture, loadMarket } from "@/lib/market/queries/timing";
import { marketScore } from "@/lib/market/rules/drivers";
import { yearsBefore } from "@/lib/market/rules/percentile";
import { seriesDataset } from "@/lib/market/schema/series";
import { loadVentureFacts } from "@/lib/metrics/queries/performance";
import { figuresByKey, ventureFigures } from "@/lib/metrics/rules/performance";
import { addDays, dayDate, dayText } from "@/lib/metrics/rules/periods";
import { rateSources } from "@/lib/metrics/rules/used-rates";
import { Exact } from "@/lib/money";
import { resolveStored } from "@/lib/ventures/queries";
import type { ExitFacts, SignalFact } from "../rules/exit-opportunity";
import type { LeverFact } from "../rules/growth-opportunity";
import { highestBefore, type MarketFacts, type SeriesFact, spikeScore } from "../rules/market-timing";
import { type TriggerFrame, triggerFigure } from "../rules/trigger-figures";
import type { ComparablesFact, ValuationFacts } from "../rules/valuation-milestone";
import type { SignalKind } from "../schema";

type Venture = NonNullable<Awaited<ReturnType<typeof findTimedVenture>>>;
type Versions = ReadonlyMap<string, number>;
type Market = Awaited<ReturnType<typeof loadMarket>>;

export type TriggerFacts = {
  /** Null where levers cannot be looked for. */
  levers: LeverFact[] | null;
  exit: ExitFacts;
  valuation: ValuationFacts;
  market: MarketFacts;
  /** Every figure of all of them with what it rests on, inputs first. */
  figures: Figure[];
};

type Scene = { tx: Tx; venture: Venture; today: string; frame: TriggerFrame; versions: Versions };

async function versionsOf(tx: Tx, ventureId: string): Promise<Versions> {
  const rows = await tx.datasetVersion.findMany({ where: { ventureId: { in: [ventureId, SHARED_DATA] } } });
  return new Map(rows.map(({ dataset, version }) => [dataset, version]));
}

type Filter = Record<string, string>;
const dataset = (scene: Scene, name: string, rows: number, filter: Filter) => ({
  ...{ kind: "dataset" as const, ventureId: scene.venture.id, dataset: name },
  ...{ version: scene.versions.get(name) ?? 0, rows, filter },
});

/** Twelve years, as exit timing reads them. */
const seriesSource = (scene: Scene, key: string, rows: number): FigureSource => ({
  ...dataset(scene, seriesDataset(key), rows, { from: yearsBefore(scene.today, 12), knownOn: scene.today }),
  ventureId: SHARED_DATA,
});

const inputOf = ({ id, label }: Figure) => ({ figure: id, label });

/** Levers with what they need in US dollars, and as a share of the growth budget. */
async function leverFacts(scene: Scene): Promise<{ levers: LeverFact[] | null; figures: Figure[] }> {
  const { tx, venture, today, frame, versions } = scene;
  const found = await loadVentureLevers(tx, venture.id, today);
  if (!found || found.reason !== null) return { levers: null, figures: [] };
  const rate = (await dollarRates(tx, [venture.currency], dayDate(today))).get(venture.currency);
  const budget = await growthBudget(tx, venture.id);
  const made: Figure[] = [];
  const levers = found.levers.map(({ lever, figures: { roi, cost } }): LeverFact => {
    const about = { of: lever.id, inputs: { cost: inputOf(cost) }, reason: cost.reason ?? "no-data" };
    const usd = triggerFigure(frame, {
      ...{ ...about, part: "lever-cost-usd", label: "What it needs, in US dollars", unit: "USD" },
      value: cost.value && rate ? new Exact(cost.value).times(rate.rate).toFixed() : null,
      ...{ reason: cost.value ? "missing-fx-rate" : (cost.reason ?? "no-data") },
      formula: "cost of the lever × US dollars for one unit, at the newest stored rate of the day",
      sources: rate?.used ? rateSources([rate.used], versions) : [],
    });
    const share = triggerFigure(frame, {
      ...{ ...about, part: "lever-share", label: "What it needs, of the year's growth budget", unit: "ratio" },
      value: cost.value && budget?.amount.gt(0) ? new Exact(cost.value).div(budget.amount).toFixed(12) : null,
      formula: "cost of the lever ÷ (the profile's growth budget cap × revenue of the newest twelve reported months)",
      sources: [dataset(scene, "metric:revenue", 12, { metric: "revenue", from: yearsBefore(today, 1), to: today })],
    });
    made.push(usd, share);
    const title = `A growth lever pays off: ${lever.kind.replaceAll("-", " ")}${lever.subject ? ` (${lever.subject})` : ""}`;
    const values = { roi: roi.value, costUsd: usd.value, share: share.value };
    return { id: lever.id, title, ...values, figures: [roi, usd, share] };
  });
  return { levers, figures: [...figuresOf(found), ...made] };
}

/** The newest value of each day of the year before, in US dollars at the rate of its own day; without a rate it is left out. */
async function valuedBefore({ tx, venture, today }: Scene, before: string) {
  const rows = await tx.metricPoint.findMany({
    where: {
      ...{ ventureId: venture.id, metric: "valuation", basis: "actual", supersededAt: null },
      periodStart: { gte: dayDate(addDays(before, -366)), lt: dayDate(before) },
    },
    orderBy: [{ periodStart: "asc" }, { asOf: "asc" }],
    select: { periodStart: true, value: true, currency: true },
  });
  const byDay = new Map(rows.map((row) => [dayText(row.periodStart), row]));
  const valued = [];
  for (const [day, { value, currency }] of byDay) {
    if (!currency || day > today) continue;
    const rate = (await dollarRates(tx, [currency], dayDate(day))).get(currency);
    if (rate) valued.push({ day, usd: new Exact(value.toString()).times(rate.rate).toFixed() });
  }
  return valued;
}

async function usdValuation(scene: Scene, valuation: Figure): Promise<Figure> {
  const { tx, venture, frame, versions } = scene;
  const rate = (await dollarRates(tx, [venture.currency], dayDate(valuation.asOf))).get(venture.currency);
  return triggerFigure(frame, {
    ...{ part: "valuation-usd", label: "Valuation in US dollars", unit: "USD", asOf: valuation.asOf },
    value: valuation.value && rate ? new Exact(valuation.value).times(rate.rate).toFixed() : null,
    reason: valuation.value ? "missing-fx-rate" : (valuation.reason ?? "no-data"),
    formula: "valuation × US dollars for one unit, at the newest stored rate of its day",
    inputs: { valuation: inputOf(valuation) },
    sources: rate?.used ? rateSources([rate.used], versions) : [],
  });
}

const HALF_YEAR_DAYS = 183;
const LEAST_COMPARABLES = 3;

/** Medians of the comparables that count, by kind and measure, of two half years. */
async function comparablesFacts(scene: Scene): Promise<ComparablesFact[]> {
  const { tx, venture, today, frame } = scene;
  const rows = await tx.comparable.findMany({
    where: { ventureId: venture.id, excluded: null, date: { gte: dayDate(addDays(today, -2 * HALF_YEAR_DAYS)) } },
    orderBy: { id: "asc" },
  });
  const since = addDays(today, -HALF_YEAR_DAYS);
  const groups = Map.groupBy(rows, ({ kind, metric }) => `${kind}:${metric}`);
  return [...groups].map(([id, group]) => {
    const half = (part: "comparables-now" | "comparables-before", newer: boolean): Figure => {
      const values = group
        .filter(({ date }) => dayText(date) <= today && dayText(date) > since === newer)
        .map(({ multiple }) => Number(multiple));
      return triggerFigure(frame, {
        ...{ part, of: id, unit: "multiple" },
        label: `Median of the comparables, ${newer ? "last half year" : "half year before"}`,
        value: values.length < LEAST_COMPARABLES ? null : median(values),
        reason: "too-few-values",
        formula: `median of the multiples dated in the ${newer ? "last 183 days" : "183 days before"}, of at least three`,
        sources: [dataset(scene, "comparables", values.length, { until: today })],
      });
    };
    const [now, before] = [half("comparables-now", true), half("comparables-before", false)];
    return { id, now: now.value, before: before.value, figures: [now, before] };
  });
}

function seriesFact(scene: Scene, market: Market, kind: "deals" | "multiple"): SeriesFact | null {
  const chosen = market.series[kind];
  if (!chosen) return null;
  const label = market.options.find(({ key }) => key === chosen.key)?.label ?? chosen.key;
  const unit = kind === "deals" ? ("count" as const) : ("multiple" as const);
  const sources = [seriesSource(scene, chosen.key, chosen.points.length)];
  const last = chosen.points.at(-1);
  const draft = { of: chosen.key, sources, ...(last ? { asOf: last.day } : {}) };
  const newest = triggerFigure(scene.frame, {
    ...{ ...draft, part: `${kind}-newest`, label: `${label}: newest value`, unit, value: last?.value ?? null },
    formula: "the newest value of the series as it was known on the day",
  });
  const bare = { key: chosen.key, label, points: chosen.points };
  const terms = { today: scene.today, staleAfterDays: Number(market.kept.assumptions.history.staleAfterDays) };
  const least = Number(market.kept.assumptions.history.leastPoints);
  const held =
    kind === "deals"
      ? triggerFigure(scene.frame, {
          ...{ ...draft, part: "deals-score", label: `${label}: distance from usual, robust σ`, unit: "index" },
          value: spikeScore({ ...bare, figures: [] }, terms),
          formula: "(newest − median of the three years before) ÷ (1.4826 × their median absolute deviation)",
        })
      : triggerFigure(scene.frame, {
          ...{ ...draft, part: "multiple-high", label: `${label}: highest before`, unit: "multiple" },
          value: highestBefore({ ...bare, figures: [] }, least),
          formula: "the highest value before the newest one, of those that exit timing reads",
        });
  return { ...bare, figures: [newest, held] };
}

/** Where the market stands in its own ten years, under the venture's assumptions. */
function scoreOf(scene: Scene, { series, kept }: Market): { score: number | null; figure: Figure } {
  const { score, reason } = marketScore(series, kept.assumptions, scene.today);
  const used = Object.values(series).flatMap((one) => one ?? []);
  const figure = triggerFigure(scene.frame, {
    ...{ part: "market-score", label: "Market score, −1 to +1", unit: "index", value: score },
    ...(reason ? { reason } : {}),
    formula: "Σ weight × sign × (percentile − 50) ÷ 50 ÷ Σ weight, over the drivers of exit timing that are known",
    inputs: { version: { value: kept.version, label: "version of the timing assumptions" } },
    sources: used.map(({ key, points }) => seriesSource(scene, key, points.length)),
  });
  return { score, figure };
}

async function signalFacts({ tx, venture }: Scene): Promise<SignalFact[]> {
  const rows = await tx.governanceSignal.findMany({
    where: { OR: [{ ventureId: venture.id }, { ventureId: null }] },
    orderBy: { id: "asc" },
  });
  const sector = venture.sector.trim().toLowerCase();
  return rows
    .filter((row) => row.ventureId !== null || row.sector === null || row.sector.trim().toLowerCase() === sector)
    .map(({ id, kind, title, source, dated, withdrawnAt }) => ({
      ...{ id, title, source, kind: kind as SignalKind, dated: dayText(dated), withdrawn: withdrawnAt !== null },
    }));
}

/** What the venture is worth today and was within the year, in US dollars; how it changed; how its comparables moved. */
async function valuationFacts(
  scene: Scene,
  own: readonly Figure[],
): Promise<{ facts: ValuationFacts; usd: Figure | null }> {
  const byKey = figuresByKey(own);
  const [valuation, change] = [byKey.get("valuation"), byKey.get("valuation_change")];
  const usd = valuation ? await usdValuation(scene, valuation) : null;
  const now = usd?.value && valuation ? [{ day: valuation.asOf, usd: usd.value }] : [];
  const earlier = valuation && now.length > 0 ? await valuedBefore(scene, `${valuation.asOf.slice(0, 7)}-01`) : [];
  const figures = { change: change ? [change] : [], valuation: usd ? [usd] : [] };
  const comparables = await comparablesFacts(scene);
  return { facts: { valuations: [...earlier, ...now], change: change?.value ?? null, comparables, figures }, usd };
}

function marketFacts(scene: Scene, market: Market, signals: readonly SignalFact[], sensitivity: string): MarketFacts {
  const { staleAfterDays, leastPoints } = market.kept.assumptions.history;
  return {
    ...{ today: scene.today, sensitivity, signals },
    ...{ staleAfterDays: Number(staleAfterDays), leastPoints: Number(leastPoints) },
    deals: seriesFact(scene, market, "deals"),
    multiple: seriesFact(scene, market, "multiple"),
  };
}

/** Everything that the triggers of a venture are decided from on a day, from stored data. */
export async function loadTriggerFacts(tx: Tx, ventureId: string, today: string): Promise<TriggerFacts | null> {
  const venture = await findTimedVenture(tx, ventureId);
  if (!venture) return null;
  const frame = { ventureId, day: today };
  const scene: Scene = { tx, venture, today, frame, versions: await versionsOf(tx, ventureId) };
  const settings = venture.settings ?? { profile: "balanced" as const, autonomy: "assisted" as const, overrides: {} };
  const { minimumValuation, marketTimingSensitivity } = resolveStored(settings).parameters;
  const loaded = await loadMarket(tx, venture, today, null);
  const { facts, cohorts } = await loadVentureFacts(tx, venture, today);
  const own = ventureFigures(facts, cohorts).figures;
  const { levers, figures: ofLevers } = await leverFacts(scene);
  const { facts: valuation, usd } = await valuationFacts(scene, own);
  const signals = await signalFacts(scene);
  const market = marketFacts(scene, loaded, signals, marketTimingSensitivity);
  const { score, figure } = scoreOf(scene, loaded);
  const quoted = [...valuation.comparables, ...[market.deals, market.multiple].flatMap((one) => one ?? [])];
  const all = [figure, ...own, ...ofLevers, ...(usd ? [usd] : []), ...quoted.flatMap((one) => one.figures)];
  return {
    ...{ levers, valuation, market },
    exit: {
      ...{ today, signals, score, openFrom: Number(loaded.kept.assumptions.rule.openFrom) },
      ...{ valuationUsd: usd?.value ?? null, targetUsd: String(minimumValuation) },
      figures: { score: [figure], valuation: valuation.figures.valuation },
    },
    figures: [...new Map(all.map((one) => [one.id, one])).values()],
  };
}
