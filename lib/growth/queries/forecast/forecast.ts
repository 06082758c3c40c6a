import "server-only";
import { z } from "zod";
import type { Tx } from "@/lib/db";
import type { Figure, FigureAsk, Unit } from "@/lib/figures/schema";
import { todayOf, type VentureRow } from "@/lib/metrics/queries/performance";
import { monthEnd, monthEndAfter } from "@/lib/metrics/rules/periods";
import { findMetric } from "@/lib/metrics/schema";
import { type Anomaly, robustThreshold, stlAnomalies } from "../../rules/anomalies/anomalies";
import type { StlParts } from "../../rules/anomalies/stl";
import { forecastWithPast, type WidenedForecast, withPast } from "../../rules/forecast/forecast";
import { forecastIntegrated } from "../../rules/forecast/forecast-integrated";
import { cashWithoutFinancing, seasonOf, type Usable, usableMonths } from "../../rules/forecast/monthly-values";
import {
  accuracyFigures,
  componentFigures,
  type ForecastContext,
  pointFigures,
} from "../../rules/forecast/venture-forecast-figures";
import { widenedFigures } from "../../rules/forecast/widened-figures";
import type { Widening } from "../../rules/forecast/widening";
import type { Forecast } from "../../schema/forecast";
import {
  FORECAST_LABELS,
  FORECAST_LEVELS,
  type ForecastMetric,
  FURTHEST_MONTHS,
  forecastMetricSchema,
} from "../../schema/venture-forecast";
import { loadMonthlyFacts, loadMonthlySeries, type MonthlyFacts, type MonthlySeries } from "./monthly-series";

export type Components = { parts: StlParts; anomalies: Anomaly[] };
export type Made = {
  context: ForecastContext;
  found: Forecast;
  /** The intervals as wide as past errors say; null where there are too few past months to say. */
  widened: Widening | null;
  components: Components | null;
  figures: Figure[];
};
export type VentureForecast = { series: MonthlySeries; usable: Usable; unit: Unit; made: Made | null };

/** Seasons of three years tell an odd January from the other two. */
const LEAST_FOR_COMPONENTS = 36;
const ALPHA = 0.05;

const STORED_KEY: Readonly<Record<string, string>> = { mrr: "recurring_revenue" };

export function unitOf(metric: ForecastMetric, currency: string): Unit {
  return findMetric(STORED_KEY[metric] ?? metric)?.unit === "money" ? currency : "count";
}

/** MRR, customers and users cannot be below zero; revenue (refunds), cash and burn can. */
const isFloored = (metric: ForecastMetric): boolean => !(findMetric(STORED_KEY[metric] ?? metric)?.signed ?? false);

const monthAfter = (month: string, months: number): string => monthEndAfter(`${month}-01`, months).slice(0, 7);

function componentsOf(values: readonly number[]): Components | null {
  if (values.length < LEAST_FOR_COMPONENTS) return null;
  const threshold = robustThreshold(values.length, ALPHA);
  const { anomalies, parts } = stlAnomalies(values, 12, threshold, values.length);
  return { anomalies, parts };
}

type Asked = Parameters<typeof forecastWithPast>[0];

function direct(asked: Asked): WidenedForecast | null {
  const found = forecastWithPast(asked);
  return found.ok ? found.value : null;
}

function integrated(asked: Asked): WidenedForecast | null {
  const tried = forecastIntegrated(asked);
  return tried && withPast(tried, asked.series);
}

const CASH_BY = "the newest cash less the forecast of net burn, if no money is raised";

/** The forecast of a series whose months allow one; everything on it is a figure that can be made again. */
function make(
  venture: VentureRow,
  series: MonthlySeries,
  usable: Usable & { ok: true },
  burn: MonthlySeries | null,
): Made | null {
  const { months, values } = usable;
  const asked = {
    series: values,
    period: seasonOf(values.length),
    horizon: FURTHEST_MONTHS,
    levels: [...FORECAST_LEVELS],
  };
  const known = burn ? integrated(asked) : direct(asked);
  if (!known) return null;
  const { found, widened } = known;
  const { metric } = series;
  const ahead = Array.from({ length: FURTHEST_MONTHS }, (_, h) => monthAfter(months.at(-1) ?? "", h + 1));
  const context: ForecastContext = {
    ...{ ventureId: venture.id, metric, label: FORECAST_LABELS[metric], unit: unitOf(metric, venture.currency) },
    ...{ months, values, ahead, floored: isFloored(metric) },
    sources: burn ? [series.source, burn.source] : [series.source],
    ...(burn ? { by: CASH_BY } : {}),
  };
  const components = burn ? null : componentsOf(values);
  const figures = [
    ...pointFigures(context, found, widened),
    ...widenedFigures(context, known),
    ...accuracyFigures(context, found),
    ...(components ? componentFigures(context, components) : []),
  ];
  return { context, found, widened, components, figures };
}

/** A metric of a venture as it was known through a month (the newest unless said), with its forecast. */
export async function computeForecast(
  tx: Tx,
  venture: VentureRow,
  monthly: MonthlyFacts,
  metric: ForecastMetric,
  through: string | null = null,
): Promise<VentureForecast> {
  const until = (points: MonthlySeries["points"]) =>
    through ? points.filter(({ month }) => month <= through) : points;
  const whole = await loadMonthlySeries(tx, venture, monthly, metric);
  // Money raised moves cash more than anything else, and no month of the past says when the next comes.
  const burn = metric === "cash" ? await loadMonthlySeries(tx, venture, monthly, "net_burn") : null;
  const series = { ...whole, points: until(whole.points) };
  const usable = burn ? cashWithoutFinancing(series.points, until(burn.points)) : usableMonths(series.points);
  const current = usable.ok && (!through || usable.months.at(-1) === through);
  return {
    series,
    usable,
    unit: unitOf(metric, venture.currency),
    made: current ? make(venture, series, usable, burn) : null,
  };
}

const asked = z.object({ metric: forecastMetricSchema, through: z.string().regex(/^\d{4}-\d{2}$/) });

/** All figures of a forecast as the facts are now; null where they no longer allow it. */
export async function forecastFiguresAgain(
  tx: Tx,
  ventureId: string,
  raw: FigureAsk["args"],
): Promise<Figure[] | null> {
  const args = asked.safeParse(raw);
  const venture = await tx.venture.findUnique({ where: { id: ventureId } });
  if (!args.success || !venture) return null;
  const { metric, through } = args.data;
  const monthly = await loadMonthlyFacts(tx, venture, monthEnd(`${through}-01`));
  const { made } = await computeForecast(tx, venture, monthly, metric, through);
  return made?.figures ?? null;
}

export const askOf = ({ ventureId, metric, months }: ForecastContext): FigureAsk => ({
  of: "forecast",
  args: { venture: ventureId, metric, through: months.at(-1) ?? "" },
});

/** For a venture on a day: the metrics that have data, and the day at the venture. */
export async function forecastScene(tx: Tx, venture: VentureRow, now: Date) {
  const today = todayOf(venture, now);
  return { today, monthly: await loadMonthlyFacts(tx, venture, today) };
}
