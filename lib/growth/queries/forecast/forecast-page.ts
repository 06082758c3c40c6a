import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { listFigureViews } from "@/lib/figures/queries";
import { askedView } from "@/lib/figures/rules";
import type { Figure, FigureAsk, FigureView } from "@/lib/figures/schema";
import { atOneMoment, todayOf, type VentureRow } from "@/lib/metrics/queries/performance";
import { indexFigures } from "../../rules/forecast/forecast-index";
import type { Outcome } from "../../rules/forecast/forecast-record-figures";
import {
  FORECAST_LABELS,
  FORECAST_LEVELS,
  FORECAST_METRICS,
  type ForecastMetric,
  keptMetricOf,
} from "../../schema/venture-forecast";
import { askOf, computeForecast, type Made, type VentureForecast } from "./forecast";
import { type CalibrationView, calibrationView, loadKept, loadOutcomes } from "./forecast-records";
import { type AskedMeasure, computeMeasureForecast, measureAsk } from "./measure-forecast";
import { loadMonthlyFacts, type MonthFigure, type MonthlyFacts } from "./monthly-series";

export type Band = { level: number; low: FigureView; high: FigureView };
/** `bands` are the model's own; `wide` those widened by past errors, empty where too few months are known. */
export type AheadMonth = { month: string; point: FigureView; bands: Band[]; wide: Band[]; chanceHigher: FigureView };
export type ComponentMonth = { month: string; trend: FigureView; seasonal: FigureView; remainder: FigureView };
export type AnomalyMonth = { month: string; actual: FigureView; expected: FigureView; score: FigureView };

export type ForecastModel = {
  name: string;
  /** Why a benchmark stands in for a model; null where a model was fitted. */
  reason: string | null;
  months: number;
  leftOut: number;
  season: boolean;
  /** Where another series is forecast and this one follows from it. */
  by: string | null;
  parameters: { name: string; figure: FigureView }[];
};

/** A kept forecast beside what came. */
export type PastMonth = {
  madeOn: string;
  month: string;
  model: string;
  forecast: FigureView | null;
  low: FigureView | null;
  high: FigureView | null;
  actual: FigureView | null;
  held: boolean;
};

export type ForecastPage = {
  metric: ForecastMetric;
  label: string;
  unit: string;
  choices: { metric: ForecastMetric; label: string }[];
  /** Why there is no forecast, with the months that are missing; null when there is one. */
  refusal: { reason: string; months: string[] } | null;
  actual: { month: string; figure: FigureView; known: boolean }[];
  plan: { month: string; figure: FigureView }[];
  through: string | null;
  model: ForecastModel | null;
  ahead: AheadMonth[];
  accuracy: Record<string, FigureView>;
  components: ComponentMonth[] | null;
  anomalies: AnomalyMonth[];
  calibration: CalibrationView;
  past: PastMonth[];
  /** The day on which this month's forecast was kept, null while none was. */
  keptOn: string | null;
};

const PARAMETERS = ["alpha", "beta", "gamma", "phi"] as const;
const MEASURES = [
  "mase",
  "versus_naive",
  "versus_seasonal_naive",
  ...FORECAST_LEVELS.flatMap((level) => ["coverage", "wide_coverage", "model_coverage"].map((of) => `${of}|${level}`)),
];
const PAST_SHOWN = 36;

type Views = (key: string) => FigureView | null;

function viewsOf(figures: readonly Figure[], ask: FigureAsk): Views {
  const index = indexFigures(figures);
  return (key) => {
    const figure = index.get(key);
    return figure ? askedView(figure, ask) : null;
  };
}

function aheadOf({ context }: Pick<Made, "context">, views: Views, horizon: number): AheadMonth[] {
  return context.ahead.slice(0, horizon).flatMap((month) => {
    const [point, chanceHigher] = [views(`point|${month}`), views(`chance_higher|${month}`)];
    const bandsOf = (kind: "" | "wide_"): Band[] =>
      FORECAST_LEVELS.flatMap((level) => {
        const [low, high] = [views(`${kind}low|${month}|${level}`), views(`${kind}high|${month}|${level}`)];
        return low && high ? [{ level, low, high }] : [];
      });
    return point && chanceHigher ? [{ month, point, chanceHigher, bands: bandsOf(""), wide: bandsOf("wide_") }] : [];
  });
}

function componentsOf({ context, components }: Made, views: Views): ComponentMonth[] | null {
  if (!components) return null;
  return context.months.flatMap((month) => {
    const [trend, seasonal, remainder] = [
      views(`trend|${month}`),
      views(`seasonal|${month}`),
      views(`remainder|${month}`),
    ];
    return trend && seasonal && remainder ? [{ month, trend, seasonal, remainder }] : [];
  });
}

function anomaliesOf({ context, components }: Made, views: Views, points: readonly MonthFigure[]): AnomalyMonth[] {
  return (components?.anomalies ?? []).flatMap(({ index }) => {
    const month = context.months[index] ?? "";
    const actual = points.find((point) => point.month === month)?.view;
    const [expected, score] = [views(`expected|${month}`), views(`score|${month}`)];
    return actual && expected && score ? [{ month, actual, expected, score }] : [];
  });
}

function modelOf({ found, context }: Made, views: Views, leftOut: number): ForecastModel {
  return {
    ...{ name: found.model.name, reason: found.model.reason, months: context.months.length, leftOut },
    season: found.model.period > 1,
    by: context.by ?? null,
    parameters: PARAMETERS.flatMap((name) => {
      const figure = views(name);
      return figure ? [{ name, figure }] : [];
    }),
  };
}

const accuracyOf = (views: Views): ForecastPage["accuracy"] =>
  Object.fromEntries(
    MEASURES.flatMap((key) => {
      const view = views(key);
      return view ? [[key, view] as const] : [];
    }),
  );

async function pastOf(
  actor: Actor,
  outcomes: readonly Outcome[],
  points: readonly MonthFigure[],
): Promise<PastMonth[]> {
  const shown = outcomes.slice(0, PAST_SHOWN);
  const narrow = FORECAST_LEVELS[0];
  const ends = ({ point }: Outcome) => point.intervals.find(({ level }) => level === narrow);
  const refs = shown.flatMap((outcome) => {
    const interval = ends(outcome);
    const { figure: id, revision } = outcome.point;
    if (!interval) return [{ id, revision }];
    const { lowFigure, lowRevision, highFigure, highRevision } = interval;
    return [
      { id, revision },
      { id: lowFigure, revision: lowRevision },
      { id: highFigure, revision: highRevision },
    ];
  });
  const views = new Map((await listFigureViews(actor, refs)).map((view) => [`${view.id}:${view.revision}`, view]));
  const viewOf = (id?: string, revision?: number) => views.get(`${id}:${revision}`) ?? null;
  return shown.map((outcome) => {
    const { record, point, actual } = outcome;
    const interval = ends(outcome);
    return {
      ...{ madeOn: record.madeOn, month: point.month, model: record.model },
      forecast: viewOf(point.figure, point.revision),
      low: viewOf(interval?.lowFigure, interval?.lowRevision),
      high: viewOf(interval?.highFigure, interval?.highRevision),
      actual: points.find(({ month }) => month === point.month)?.view ?? null,
      held: interval !== undefined && Number(interval.low) <= actual && actual <= Number(interval.high),
    };
  });
}

const choicesOf = ({ names }: MonthlyFacts) =>
  FORECAST_METRICS.filter((metric) => names.has(metric)).map((metric) => ({ metric, label: FORECAST_LABELS[metric] }));

const SHOWN_BEHIND = 36;

function stageOf({ series, usable, unit, made }: VentureForecast, horizon: number) {
  const views = made ? viewsOf(made.figures, askOf(made.context)) : null;
  const through = usable.ok ? (usable.months.at(-1) ?? null) : null;
  const until = made?.context.ahead[horizon - 1] ?? through ?? "";
  const behind = series.points.slice(-SHOWN_BEHIND);
  const refusal = usable.ok ? null : { reason: usable.reason, months: usable.months };
  return {
    ...{ unit, through, refusal },
    actual: behind.map(({ month, view, value }) => ({ month, figure: view, known: value !== null })),
    plan: series.plan
      .filter(({ month }) => month >= (behind[0]?.month ?? "") && month <= until)
      .map(({ month, view }) => ({ month, figure: view })),
    model: made && views && usable.ok ? modelOf(made, views, usable.leftOut) : null,
    ahead: made && views ? aheadOf(made, views, horizon) : [],
    accuracy: views ? accuracyOf(views) : {},
    components: made && views ? componentsOf(made, views) : null,
    anomalies: made && views ? anomaliesOf(made, views, series.points) : [],
  };
}

async function pageOf(tx: Tx, venture: VentureRow, asked: ForecastMetric | null, horizon: number, today: string) {
  const monthly = await loadMonthlyFacts(tx, venture, today);
  const choices = choicesOf(monthly);
  const metric = choices.find((choice) => choice.metric === asked)?.metric ?? choices[0]?.metric ?? asked ?? "revenue";
  const forecast = await computeForecast(tx, venture, monthly, metric);
  const records = await loadKept(tx, venture.id, metric);
  const outcomes = await loadOutcomes(tx, venture, monthly, records, [forecast.series]);
  const kept = records.find(({ madeOn }) => madeOn.slice(0, 7) === today.slice(0, 7));
  return {
    outcomes,
    points: forecast.series.points,
    page: {
      ...{ metric, label: FORECAST_LABELS[metric], choices, ...stageOf(forecast, horizon) },
      calibration: calibrationView(venture, metric, today, outcomes),
      keptOn: kept?.madeOn ?? null,
    },
  };
}

/** The forecast page of a venture for one metric (the first that has data unless said), as far as `horizon` months. */
export async function getForecastPage(
  actor: Actor,
  ventureId: string,
  { metric, horizon }: { metric: ForecastMetric | null; horizon: number },
  now: Date,
): Promise<ForecastPage> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const { page, outcomes, points } = await atOneMoment(async (tx) => {
    const venture = await tx.venture.findUnique({ where: { id: ventureId } });
    if (!venture) throw new AppError("NOT_FOUND");
    return pageOf(tx, venture, metric, horizon, todayOf(venture, now));
  });
  return { ...page, past: await pastOf(actor, outcomes, points) };
}

/** `calibration`: how kept forecasts did, null where none are kept. `accuracy` is that at past months. */
export type MeasureAhead = Pick<ForecastPage, "refusal" | "ahead" | "accuracy"> & {
  calibration: CalibrationView | null;
};

const unknownAhead = (reason: string, months: string[] = []): MeasureAhead => ({
  ...{ refusal: { reason, months }, ahead: [], accuracy: {}, calibration: null },
});

/**
 * What may come of a measure of the performance page: its forecast where one is kept, else one of its own values at the
 * ends of months (a rate, a multiple, a sum over a window); or why nothing can be told.
 */
export async function getMeasureAhead(
  actor: Actor,
  ventureId: string,
  { horizon, ...asked }: AskedMeasure & { horizon: number },
  now: Date,
): Promise<MeasureAhead> {
  const metric = keptMetricOf(asked.key, asked.span);
  if (metric) {
    const page = await getForecastPage(actor, ventureId, { metric, horizon }, now);
    return page.metric === metric ? page : unknownAhead("no-data");
  }
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  return atOneMoment(async (tx) => {
    const venture = await tx.venture.findUnique({ where: { id: ventureId } });
    if (!venture) throw new AppError("NOT_FOUND");
    const { usable, context, figures } = await computeMeasureForecast(tx, venture, asked);
    if (!usable.ok) return unknownAhead(usable.reason, usable.months);
    if (!context) return unknownAhead("no-forecast");
    const views = viewsOf(figures, measureAsk(context));
    return {
      refusal: null,
      ahead: aheadOf({ context }, views, horizon),
      accuracy: accuracyOf(views),
      calibration: null,
    };
  });
}
