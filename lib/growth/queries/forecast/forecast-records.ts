import "server-only";
import { z } from "zod";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { askedView, neededBy } from "@/lib/figures/rules";
import type { Figure, FigureAsk, FigureView } from "@/lib/figures/schema";
import { atOneMoment, todayOf, type VentureRow } from "@/lib/metrics/queries/performance";
import { dayText } from "@/lib/metrics/rules/periods";
import type { Calibration } from "../../rules/forecast/calibration";
import { keyOf } from "../../rules/forecast/forecast-index";
import {
  calibrationFigures,
  calibrationOfOutcomes,
  isForecastRecordMethod,
  type KeptForecast,
  type Outcome,
  outcomesOf,
} from "../../rules/forecast/forecast-record-figures";
import {
  FORECAST_LEVELS,
  type ForecastMetric,
  forecastMetricSchema,
  recordedPointSchema,
} from "../../schema/venture-forecast";
import { loadMonthlyFacts, loadMonthlySeries, type MonthlyFacts, type MonthlySeries } from "./monthly-series";

type RecordRow = Awaited<ReturnType<Tx["forecastRecord"]["findFirstOrThrow"]>>;

export const toKept = (row: RecordRow): KeptForecast => ({
  ...{ id: row.id, metric: row.metric, madeOn: dayText(row.madeOn), through: row.through, model: row.model },
  lastValue: Number(row.lastValue.toString()),
  points: z.array(recordedPointSchema).parse(row.points),
});

export async function loadKept(tx: Tx, ventureId: string, metric?: ForecastMetric): Promise<KeptForecast[]> {
  const rows = await tx.forecastRecord.findMany({
    where: { ventureId, ...(metric ? { metric } : {}) },
    orderBy: [{ madeOn: "desc" }, { metric: "asc" }],
  });
  return rows.map(toKept);
}

/** What came of the kept forecasts; `known` holds series that are loaded already. */
export async function loadOutcomes(
  tx: Tx,
  venture: VentureRow,
  monthly: MonthlyFacts,
  records: readonly KeptForecast[],
  known: readonly MonthlySeries[] = [],
): Promise<Outcome[]> {
  const series = new Map(known.map((one) => [one.metric as string, one.points]));
  for (const metric of new Set(records.map((record) => record.metric))) {
    const named = forecastMetricSchema.safeParse(metric);
    if (!named.success || series.has(metric)) continue;
    series.set(metric, (await loadMonthlySeries(tx, venture, monthly, named.data)).points);
  }
  return outcomesOf(records, series);
}

export type CalibrationView = {
  calibration: Calibration;
  /** By `keyOf(part, level)`: "held|0.8". */
  figures: Record<string, FigureView>;
};

const calibrationAsk = (ventureId: string, metric: ForecastMetric | null): FigureAsk => ({
  of: "forecast-record",
  args: { venture: ventureId, metric: metric ?? "all" },
});

const subjectOf = (venture: VentureRow, metric: ForecastMetric | null, today: string) => ({
  ...{ ventureId: venture.id, metric, asOf: today, sources: [] },
});

export function calibrationView(
  venture: VentureRow,
  metric: ForecastMetric | null,
  today: string,
  outcomes: readonly Outcome[],
): CalibrationView {
  const calibration = calibrationOfOutcomes(outcomes, FORECAST_LEVELS);
  const figures = calibrationFigures(subjectOf(venture, metric, today), calibration);
  const ask = calibrationAsk(venture.id, metric);
  return { calibration, figures: Object.fromEntries(figures.map((figure) => [keyOf(figure), askedView(figure, ask)])) };
}

/** How all kept forecasts of a venture did against what came: coverage by level, Brier score, sample sizes. */
export async function getForecastCalibration(actor: Actor, ventureId: string, now: Date): Promise<CalibrationView> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  return atOneMoment(async (tx) => {
    const venture = await tx.venture.findUnique({ where: { id: ventureId } });
    if (!venture) throw new AppError("NOT_FOUND");
    const today = todayOf(venture, now);
    const monthly = await loadMonthlyFacts(tx, venture, today);
    const outcomes = await loadOutcomes(tx, venture, monthly, await loadKept(tx, ventureId));
    return calibrationView(venture, null, today, outcomes);
  });
}

async function calibrationAgain(tx: Tx, ventureId: string, args: FigureAsk["args"]): Promise<Figure[] | null> {
  const venture = await tx.venture.findUnique({ where: { id: ventureId } });
  const named = forecastMetricSchema.safeParse(args.metric);
  if (!venture || (!named.success && args.metric !== "all")) return null;
  const metric = named.success ? named.data : null;
  const today = todayOf(venture, clock.now());
  const monthly = await loadMonthlyFacts(tx, venture, today);
  const outcomes = await loadOutcomes(tx, venture, monthly, await loadKept(tx, ventureId, metric ?? undefined));
  return calibrationFigures(subjectOf(venture, metric, today), calibrationOfOutcomes(outcomes, FORECAST_LEVELS));
}

export const FORECAST_RECORD_ASKS = { "forecast-record": calibrationAgain } as const;

type Stored = { figure: Figure; ventureId: string | null };

export { isForecastRecordMethod };

export async function recomputeForecastRecordFigure(tx: Tx, { figure, ventureId }: Stored): Promise<Figure[] | null> {
  const metric = figure.inputs.metric && "value" in figure.inputs.metric ? figure.inputs.metric.value : null;
  if (!ventureId || typeof metric !== "string") return null;
  const figures = await calibrationAgain(tx, ventureId, { metric });
  const again = figures?.find((one) => one.id === figure.id);
  return figures && again ? neededBy(again, figures) : null;
}
