import "server-only";
import type { db, Tx } from "@/lib/db";
import { findShippedEffect, type ShippedEffect } from "@/lib/experiments/queries";
import { experimentDataset } from "@/lib/experiments/rules/result-figures";
import type { Figure, FigureSource } from "@/lib/figures/schema";
import { loadResolvedSeries } from "@/lib/metrics/queries/series";
import { dayDate, dayText, monthEndAfter, monthsUntil } from "@/lib/metrics/rules/periods";
import { flowOver } from "@/lib/metrics/rules/series";
import { Exact, fromMinor } from "@/lib/money";
import {
  type CannotTell,
  decideEffect,
  type EffectVerdict,
  type EffectWindow,
  splitAtStart,
  type Tried,
} from "../../rules/initiatives/effect";
import { type ComparedVenture, differenceInDifferences } from "../../rules/initiatives/effect-comparison";
import { effectOfExperiment } from "../../rules/initiatives/effect-experiment";
import { differenceToForecast, monthlyForecaster } from "../../rules/initiatives/effect-forecast";
import { gainOf, returnOn, type ValueBase, type Valued } from "../../rules/initiatives/effect-value";
import { budgetUse, type LedgerEntry } from "../../rules/initiatives/initiative-budget";
import { ledgerDataset, type OutcomeFigures, outcomeFigures } from "../../rules/initiatives/initiative-figures";
import { type InitiativeMeasure, measureOf, movesToo } from "../../rules/initiatives/initiative-measure";
import { billingScope, listBaseMonths, loadMeasureHistory, type MeasureHistory } from "./initiative-history";

export type InitiativeRow = Awaited<ReturnType<typeof db.initiative.findUniqueOrThrow>>;

export type MeasuredEffect = {
  measure: InitiativeMeasure;
  history: MeasureHistory;
  tried: readonly Tried[];
  effect: EffectVerdict;
  valued: Valued | null;
  roi: Exact | null;
  figures: OutcomeFigures;
};

const MOST_VENTURES = 40;
/** Ventures are compared over the two years before the start at most: further back fewer of them can be. */
const COMPARED_MONTHS = 24;

/** Initiatives of the venture that worked on the same measure while this one ran. */
async function overlaps(tx: Tx, row: InitiativeRow, measure: InitiativeMeasure, reviewOn: string): Promise<boolean> {
  const { id, ventureId, startedOn } = row;
  if (!startedOn) return false;
  const others = await tx.initiative.findMany({
    where: {
      ...{ ventureId, id: { not: id }, startedOn: { lt: dayDate(reviewOn) } },
      OR: [{ endedOn: null }, { endedOn: { gt: startedOn } }],
    },
  });
  return others.some((other) => movesToo(measureOf(other), measure));
}

/** The same measure of the other ventures over the same months; those that work on it themselves are left out. */
async function comparedVentures(
  tx: Tx,
  row: InitiativeRow,
  measure: InitiativeMeasure,
  window: EffectWindow,
  reviewOn: string,
): Promise<ComparedVenture[]> {
  const ventures = await tx.venture.findMany({
    where: { id: { not: row.ventureId }, archivedAt: null, stage: "active" },
    orderBy: { id: "asc" },
    take: MOST_VENTURES,
    select: { id: true, currency: true },
  });
  const started = await tx.initiative.findMany({
    where: { ventureId: { in: ventures.map(({ id }) => id) }, startedOn: { not: null, lt: dayDate(reviewOn) } },
  });
  const whole = { ...measure, group: null };
  const busy = new Set(started.filter((one) => movesToo(measureOf(one), whole)).map((one) => one.ventureId));
  const compared: ComparedVenture[] = [];
  for (const venture of ventures.filter(({ id }) => !busy.has(id))) {
    const { months } = await loadMeasureHistory(tx, venture, whole, reviewOn);
    const byMonth = new Map(months.map(({ month, value }) => [month, value]));
    const over = (wanted: readonly string[]) => wanted.flatMap((month) => byMonth.get(month) ?? []);
    compared.push({ id: venture.id, before: over(window.monthsBefore), after: over(window.months) });
  }
  return compared;
}

function latest(window: EffectWindow): EffectWindow {
  const { before, monthsBefore } = window;
  return { ...window, before: before.slice(-COMPARED_MONTHS), monthsBefore: monthsBefore.slice(-COMPARED_MONTHS) };
}

async function tryMethods(
  tx: Tx,
  row: InitiativeRow,
  measure: InitiativeMeasure,
  history: MeasureHistory,
  shipped: ShippedEffect | null,
  reviewOn: string,
): Promise<Tried[]> {
  const startedOn = row.startedOn ? dayText(row.startedOn) : null;
  const { window, reason } = splitAtStart(history.months, startedOn);
  const first = shipped ? [effectOfExperiment(shipped, measure, { ...row, startedOn }, history.months)] : [];
  if (!window) return [...first, ...none(reason)];
  const others = await comparedVentures(tx, row, measure, latest(window), reviewOn);
  return [
    ...first,
    differenceToForecast(window, monthlyForecaster),
    differenceInDifferences(latest(window), others, measure.scale),
  ];
}

const none = (reason: CannotTell): Tried[] => [
  { method: "forecast", estimate: null, reason },
  { method: "difference-in-differences", estimate: null, reason },
];

async function grossMarginBefore(
  tx: Tx,
  venture: { id: string; currency: string },
  end: string,
): Promise<Exact | null> {
  const series = await loadResolvedSeries(tx, venture, ["revenue", "cost_of_revenue"], end);
  const over = (metric: string) => flowOver(series.get(metric)?.points ?? [], monthsUntil(end, 3)).value;
  const [revenue, cost] = [over("revenue"), over("cost_of_revenue")];
  return revenue === null || cost === null || revenue.lte(0) ? null : revenue.minus(cost).div(revenue);
}

/** What the measure bears on, at the end of the month before the start. */
async function valueBase(
  tx: Tx,
  row: InitiativeRow,
  measure: InitiativeMeasure,
  startedOn: string,
): Promise<ValueBase> {
  const { ventureId: id, currency } = row;
  const end = monthEndAfter(startedOn, -1);
  const billing = await billingScope(tx, { id, currency }, end);
  const [base] = "reason" in billing ? [] : await listBaseMonths(tx, billing.scope, [end], measure.group);
  const customers = base && base.customersNow > 0 ? new Exact(base.customersNow) : null;
  const monthlyRevenue = base ? base.now.div(12) : null;
  return {
    ...{ monthlyRevenue, customers, grossMargin: await grossMarginBefore(tx, { id, currency }, end) },
    revenuePerCustomer: customers && monthlyRevenue ? monthlyRevenue.div(customers) : null,
  };
}

async function spentBy(
  tx: Tx,
  { id, budgetMinor }: InitiativeRow,
  day: string,
): Promise<{ minor: bigint; entries: number }> {
  const rows = await tx.initiativeSpend.findMany({ where: { initiativeId: id, spentOn: { lte: dayDate(day) } } });
  const entries: LedgerEntry[] = rows.map(({ id: entry, kind, amountMinor, closesId }) => ({
    ...{ id: entry, kind, amountMinor, closesId },
  }));
  return { minor: budgetUse(entries, budgetMinor).spentMinor, entries: entries.length };
}

/**
 * What came of an initiative by the end of a review date, from what is stored now. `tx` sees one moment; nothing is
 * written. The same date asked again on the same facts gives the same figures.
 */
export async function measureEffect(tx: Tx, row: InitiativeRow, reviewOn: string): Promise<MeasuredEffect> {
  const measure = measureOf(row);
  const startedOn = row.startedOn ? dayText(row.startedOn) : null;
  const venture = { id: row.ventureId, currency: row.currency };
  const history = await loadMeasureHistory(tx, venture, measure, reviewOn);
  const shipped = await findShippedEffect(tx, row, reviewOn);
  const tried = await tryMethods(tx, row, measure, history, shipped, reviewOn);
  const overlapping = await overlaps(tx, row, measure, reviewOn);
  const effect = decideEffect(tried, { direction: measure.direction, overlapping });
  const { chosen, reason } = effect;
  const base = chosen && startedOn ? await valueBase(tx, row, measure, startedOn) : null;
  const valued = chosen && base ? gainOf(measure.key, signed(chosen, measure), base) : null;
  const spent = await spentBy(tx, row, reviewOn);
  const roi = valued?.gain ? returnOn(valued.gain.central, fromMinor(spent.minor, row.currency)) : null;
  const versions = await tx.datasetVersion.findMany({ where: { ventureId: row.ventureId } });
  const versionOf = (dataset: string) => versions.find((one) => one.dataset === dataset)?.version ?? 0;
  const dataset = ledgerDataset(row.id);
  const ledger: FigureSource = {
    ...{
      kind: "dataset",
      ventureId: row.ventureId,
      dataset,
      version: versionOf(dataset),
      rows: spent.entries,
      filter: {},
    },
  };
  const figures = outcomeFigures(
    { ...row, targetValue: null, startedOn },
    {
      ...{ reviewOn, measure, reason, valued, roi, ledger },
      effect: chosen,
      spentMinor: spent.minor,
      sources: chosen?.method === "experiment" && shipped ? [...history.sources, countsOf(shipped)] : history.sources,
    },
  );
  return { measure, history, tried, effect, valued, roi: roi ? new Exact(roi) : null, figures };
}

/** The counts that a shipped experiment rests on, as a source. */
const countsOf = ({ id, ventureId, revision, rows }: ShippedEffect): FigureSource => ({
  ...{ kind: "dataset", ventureId, dataset: experimentDataset(id), version: revision, rows, filter: {} },
});

/** Less of what should fall is a gain. */
function signed(effect: NonNullable<EffectVerdict["chosen"]>, { direction }: InitiativeMeasure) {
  if (direction !== "down") return effect;
  return { ...effect, estimate: -effect.estimate, low: -effect.high, high: -effect.low };
}

export const figuresOfOutcome = (figures: OutcomeFigures): Figure[] => Object.values(figures);
