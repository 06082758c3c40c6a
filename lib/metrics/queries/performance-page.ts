import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import type { db, Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { askedView } from "@/lib/figures/rules";
import type { Figure, FigureView } from "@/lib/figures/schema";
import { type Level, levelOf } from "../rules/levels";
import { monthOf } from "../rules/measure";
import { figuresByKey, onBasis, ventureFigures } from "../rules/performance";
import { definitionOf, figureKey, measureOfKey, PERFORMANCE_GROUPS, pickFigure } from "../rules/performance-table";
import { monthEnd, monthEndAfter, monthsOf, monthsUntil } from "../rules/periods";
import type { Span, VentureFacts } from "../rules/venture-facts";
import type { Basis } from "../schema";
import { figuresOn } from "./asks";
import {
  atOneMoment,
  FACT_METRICS,
  loadVentureBase,
  loadVentureFacts,
  todayOf,
  type VentureBase,
  type VentureRow,
} from "./performance";
import { loadResolvedSeries } from "./series";
import { loadTrend } from "./trends";

export type PerformanceRow = {
  key: string;
  label: string;
  now: FigureView;
  /** How it was counted in this window. */
  formula: string;
  level: Level | null;
  /** Over the measure's own window, as the desk, memos and reports quote it; null where that is the window shown. */
  headline: FigureView | null;
  previous: FigureView | null;
  yearBefore: FigureView | null;
  plan: FigureView | null;
  forecast: FigureView | null;
};

export type PerformanceTable = {
  /** The window shown: its first day, and the last day of its last month. */
  from: string;
  through: string;
  financeThrough: string | null;
  billingThrough: string | null;
  /** Months that can be chosen, "2026-10" first. */
  months: string[];
  groups: { title: string; rows: PerformanceRow[] }[];
  warnings: string[];
};

type Window = { month: string | null; span: Span };

/** The venture as facts, or the refusal that it is not there for this actor. */
export async function seenVenture(actor: Actor, tx: Tx | typeof db, ventureId: string): Promise<VentureRow> {
  const venture = maySeeVenture(actor, ventureId) ? await tx.venture.findUnique({ where: { id: ventureId } }) : null;
  if (!venture) throw new AppError("NOT_FOUND");
  return venture;
}

type Asked = { venture: string; asOf: string; span: number; basis?: Basis; through?: string };

const viewOf = (figure: Figure, asked: Asked): FigureView =>
  askedView(figure, { of: "performance", args: { basis: "actual", ...asked } });

type Reading = { base: VentureBase; cohorts: false };
type Column = { figures: readonly Figure[]; asked: Asked };

function cell({ figures, asked }: Column, key: string): FigureView | null {
  const figure = pickFigure(figures, key, asked.span);
  return figure && figure.value !== null ? viewOf(figure, asked) : null;
}

type Columns = Record<"now" | "headline" | "previous" | "yearBefore" | "plan" | "forecast", Column>;

/** What the desk says of a measure, where that is another number than the one of this window. */
function headlineCell(column: Column, key: string, now: Figure): FigureView | null {
  const figure = pickFigure(column.figures, key, column.asked.span);
  return figure && figure.id !== now.id ? viewOf(figure, column.asked) : null;
}

function groupsOf(columns: Columns): PerformanceTable["groups"] {
  const { now, previous, yearBefore, plan, forecast } = columns;
  const byKey = figuresByKey(now.figures);
  return PERFORMANCE_GROUPS.map(({ title, keys }) => ({
    title,
    rows: keys.flatMap((key: string) => {
      const figure = byKey.get(figureKey(key, now.asked.span));
      if (!figure) return [];
      const measure = measureOfKey(key);
      return {
        ...{ key, label: definitionOf(key)?.name ?? figure.label, formula: figure.formula },
        now: viewOf(figure, now.asked),
        level: levelOf(measure, figure.value, figure.reason),
        headline: headlineCell(columns.headline, key, figure),
        ...{ previous: cell(previous, key), yearBefore: cell(yearBefore, key) },
        ...{ plan: cell(plan, key), forecast: cell(forecast, key) },
      };
    }),
  })).filter(({ rows }) => rows.length > 0);
}

/** Each measure over its own window; billing is read over a year there, so a year's facts serve for both. */
async function headlineColumn(
  tx: Tx,
  venture: VentureRow,
  facts: VentureFacts,
  asked: Asked,
  reading: Reading,
): Promise<Column> {
  const own = { ...asked, span: 0, basis: "actual" as const };
  if (asked.span !== 12) return { asked: own, figures: await figuresOn(tx, venture, own, reading) };
  const { span: _, ...rest } = facts;
  return { asked: own, figures: ventureFigures(rest, []).figures };
}

async function basisColumn(
  tx: Tx,
  venture: VentureRow,
  facts: VentureFacts,
  asked: Asked,
  basis: "plan" | "forecast",
): Promise<Column> {
  const series = await loadResolvedSeries(tx, venture, FACT_METRICS, asked.asOf, basis);
  const figures = series.size === 0 ? [] : ventureFigures(onBasis(facts, basis, series), []).figures;
  return { figures, asked: { ...asked, basis } };
}

function chosenDay(month: string | null, today: string): string {
  const end = month ? monthEnd(`${month}-01`) : today;
  return end < today ? end : today;
}

function choices({ overview }: VentureBase, facts: VentureFacts, last: string): string[] {
  const begins = [facts.series.get("revenue")?.points[0]?.period.from, overview.firstStart];
  const earliest = begins.flatMap((day) => day ?? []).sort()[0];
  return earliest && earliest <= last ? monthsOf({ from: earliest, to: last }).map(monthOf).reverse() : [];
}

/** Every measure of a venture over one window: beside the window before, the year before, the plan and the forecast. */
export async function getPerformanceTable(
  actor: Actor,
  ventureId: string,
  { month, span }: Window,
  now: Date,
): Promise<PerformanceTable> {
  return atOneMoment(async (tx) => {
    const venture = await seenVenture(actor, tx, ventureId);
    const today = todayOf(venture, now);
    const reading: Reading = { base: await loadVentureBase(tx, venture), cohorts: false };
    const latest = await loadVentureFacts(tx, venture, today, span, reading);
    const asOf = chosenDay(month, today);
    const { facts } = asOf === today ? latest : await loadVentureFacts(tx, venture, asOf, span, reading);
    const billingThrough = facts.billing.facts?.window.to ?? null;
    const through = billingThrough ?? facts.financeThrough ?? monthEndAfter(asOf, -1);
    const newest = latest.facts.billing.facts?.window.to ?? latest.facts.financeThrough ?? monthEndAfter(today, -1);
    const at = { venture: venture.id, asOf, span };
    const earlier = async (months: number): Promise<Column> => {
      const asked = { ...at, asOf: monthEndAfter(through, -months) };
      return { asked, figures: await figuresOn(tx, venture, { ...asked, basis: "actual" }, reading) };
    };
    const yearBefore = await earlier(12);
    const actual = ventureFigures(facts, []);
    return {
      ...{
        from: monthsUntil(through, span).from,
        through,
        billingThrough,
        financeThrough: facts.financeThrough,
        warnings: actual.warnings,
      },
      months: choices(reading.base, latest.facts, newest),
      groups: groupsOf({
        now: { figures: actual.figures, asked: at },
        headline: await headlineColumn(tx, venture, facts, at, reading),
        previous: span === 12 ? yearBefore : await earlier(span),
        yearBefore,
        plan: await basisColumn(tx, venture, facts, at, "plan"),
        forecast: await basisColumn(tx, venture, facts, at, "forecast"),
      }),
    };
  });
}

export type TrendPointView = { day: string; figure: FigureView | null };
export type TrendView = { key: string; label: string; unit: string } & Record<
  "actual" | "plan" | "forecast",
  TrendPointView[]
>;

/** A measure month by month, each point with its proof at hand. */
export async function getPerformanceTrend(
  actor: Actor,
  ventureId: string,
  { key, span, through, months = 36 }: { key: string; span: Span; through: string; months?: number },
): Promise<TrendView> {
  return atOneMoment(async (tx) => {
    const venture = await seenVenture(actor, tx, ventureId);
    const trend = await loadTrend(tx, venture, { key, span, through, months });
    const views = (basis: Basis) =>
      trend[basis].map(({ day, figure, alone }) => {
        const reach = basis === "actual" ? {} : { through: day };
        if (!figure) return { day, figure };
        if (alone) return { day, figure: askedView(figure, { of: "billing", args: { venture: venture.id, day } }) };
        return { day, figure: viewOf(figure, { ...{ venture: venture.id, asOf: day, span, basis }, ...reach }) };
      });
    const first = [...trend.actual, ...trend.plan].find(({ figure }) => figure)?.figure;
    return {
      ...{ key, label: definitionOf(key)?.name ?? first?.label ?? key, unit: first?.unit ?? venture.currency },
      ...{ actual: views("actual"), plan: views("plan"), forecast: views("forecast") },
    };
  });
}
