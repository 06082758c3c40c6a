import type { Figure, FigureSource, Unit } from "@/lib/figures/schema";
import { monthEndAfter, monthWords } from "@/lib/metrics/rules/periods";
import type { Forecast } from "../../schema/forecast";
import { FORECAST_LEVELS, FURTHEST_MONTHS } from "../../schema/venture-forecast";
import { chanceAbove } from "./calibration";
import type { Interval } from "./ets-intervals";
import { forecastWithPast } from "./forecast";
import { type MonthValue, seasonOf, type Usable, usableMonths } from "./monthly-values";
import { bounded, boundsText, draw, type ForecastContext, percent, pointFigures } from "./venture-forecast-figures";
import { widenedFigures } from "./widened-figures";
import type { Widening } from "./widening";

export type MeasureSeries = {
  ventureId: string;
  /** Of the performance page: "net_revenue_retention", "revenue_…m". */
  key: string;
  /** Length of the window that each month's value is over, in months. */
  span: number;
  label: string;
  unit: Unit;
  signed: boolean;
  points: readonly MonthValue[];
  /** The newest months, which have come and of which the measure cannot be told: nothing is forecast from behind them. */
  untold?: readonly string[];
  sources: readonly FigureSource[];
};

export type MeasureForecast = { usable: Usable; context: ForecastContext | null; figures: Figure[] };

/** Parts of a whole that cannot be more than all of it. */
const PARTS_OF_A_WHOLE: readonly string[] = ["gross_revenue_retention", "logo_churn", "customer_concentration"];
const A_YEAR = 12;

/**
 * The forecast of a rate, a multiple or a sum over a window, from its own values at the ends of months: neighbouring
 * windows share months, so their errors are alike, which a model's own interval does not know and the widening by past
 * errors measures. Windows of a year have no season by their making. Gaps are never filled in.
 */
export function measureForecast(series: MeasureSeries): MeasureForecast {
  const untold = series.untold ?? [];
  const usable: Usable =
    untold.length > 0 ? { ok: false, reason: "not-computable", months: [...untold] } : usableMonths(series.points);
  if (!usable.ok) return { usable, context: null, figures: [] };
  const { months, values } = usable;
  const period = series.span >= A_YEAR ? 1 : seasonOf(values.length);
  const found = forecastWithPast({ series: values, period, horizon: FURTHEST_MONTHS, levels: [...FORECAST_LEVELS] });
  if (!found.ok) return { usable, context: null, figures: [] };
  const last = months.at(-1) ?? "";
  const context: ForecastContext = {
    ...{ ventureId: series.ventureId, metric: series.key, label: series.label, unit: series.unit, months, values },
    ahead: Array.from({ length: FURTHEST_MONTHS }, (_, h) => monthEndAfter(`${last}-01`, h + 1).slice(0, 7)),
    ...{ floored: !series.signed, atMostOne: PARTS_OF_A_WHOLE.includes(series.key), sources: series.sources },
    span: series.span,
  };
  const { found: forecast, widened } = found.value;
  return {
    usable,
    context,
    figures: [...pointFigures(context, forecast, widened), ...widenedFigures(context, found.value)],
  };
}

/** A measure that follows from one that forecasts are kept of: over a window of months, and times a factor. */
export type Derivation = { window: number; factor: number };
type Monthly = { context: ForecastContext; found: Forecast; widened: Widening | null };

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The months of each window that have come, and from which to which step ahead it goes on. */
function windowsOf(values: readonly number[], window: number, horizon: number) {
  return Array.from({ length: horizon }, (_, h) => ({
    known: h + 1 < window ? sum(values.slice(values.length - (window - h - 1))) : 0,
    from: Math.max(0, h + 1 - window),
    to: h + 1,
  }));
}

/**
 * The forecast of a sum over a window, of a mean, or of a multiple of a metric, from the forecast of its months: what has
 * come is known, what is to come is added up. The months' errors are taken to move together, so the ends are added up too:
 * exact where they do, too wide otherwise. Two numbers about one thing cannot contradict each other so.
 */
export function derivedForecast(
  series: Omit<MeasureSeries, "points" | "signed">,
  { context: monthly, found, widened }: Monthly,
  { window, factor }: Derivation,
): MeasureForecast {
  const { months, values } = monthly;
  if (values.length < window)
    return { usable: { ok: false, reason: "too-few-months", months: [] }, context: null, figures: [] };
  const windows = windowsOf(values, window, found.forecast.length);
  const added = (ahead: readonly (number | null)[]): (number | null)[] =>
    windows.map(({ known, from, to }) => {
      const parts = ahead.slice(from, to);
      return parts.includes(null) ? null : (known + sum(parts.flatMap((part) => part ?? []))) * factor;
    });
  const ends = ({ level, lower, upper }: Interval): Interval => ({ level, lower: added(lower), upper: added(upper) });
  const context: ForecastContext = {
    ...{ ventureId: series.ventureId, metric: series.key, label: series.label, unit: series.unit, months },
    ...{ values: [sum(values.slice(-window)) * factor], ahead: monthly.ahead, floored: monthly.floored },
    ...{ sources: series.sources, span: series.span },
  };
  const forecast = added(found.forecast.map((value) => (monthly.floored ? Math.max(0, value) : value)));
  const how = `${window > 1 ? `the last ${window} months: what is known of them and the forecasts of the others, ` : ""}${factor === 1 ? "" : `× ${Number(factor.toPrecision(6))}, `}${found.model.name} on ${months.length} months`;
  return {
    usable: { ok: true, months: [...months], values: [...values], leftOut: 0 },
    context,
    figures: derivedFigures(context, {
      ...{ how, forecast, reason: found.reasons.intervals },
      own: found.intervals.map(ends),
      wide: widened?.intervals.map(ends) ?? [],
    }),
  };
}

type Derived = {
  how: string;
  forecast: readonly (number | null)[];
  own: readonly Interval[];
  wide: readonly Interval[];
  reason: string | undefined;
};

function derivedFigures(context: ForecastContext, { how, forecast, own, wide, reason }: Derived): Figure[] {
  const { label, unit, ahead } = context;
  return ahead.flatMap((month, h) => {
    const end = (part: string, { level, lower, upper }: Interval, words: string) =>
      (["low", "high"] as const).map((side) =>
        draw(context, {
          ...{ part: `${part}${side}`, unit, month, level, reason },
          label: `${label} in ${monthWords(month)}, ${side} end of ${percent(level)}${words}`,
          value: bounded(context, (side === "low" ? lower : upper)[h] ?? null),
          formula: `${how}: Σ of the ${side} ends, as if all errors moved together${words}${boundsText(context)}`,
        }),
      );
    const point = bounded(context, forecast[h] ?? null);
    const [narrow] = wide.length > 0 ? wide : own;
    const [low, high] = [narrow?.lower[h] ?? null, narrow?.upper[h] ?? null];
    const known = point !== null && low !== null && high !== null && narrow;
    return [
      draw(context, {
        part: "point",
        label: `${label} in ${monthWords(month)}, forecast`,
        unit,
        month,
        value: point,
        formula: how,
      }),
      ...own.flatMap((interval) => end("", interval, "")),
      ...wide.flatMap((interval) => end("wide_", interval, ", widened by past errors")),
      draw(context, {
        ...{
          part: "chance_higher",
          label: `Chance that ${label} in ${monthWords(month)} is above today's`,
          unit: "ratio",
          month,
        },
        value: known ? chanceAbove(context.values.at(-1) ?? 0, { point, low, high, level: narrow.level }) : null,
        reason: reason ?? "no-errors",
        formula: `Part of a normal distribution about the forecast, as wide as its ${percent(FORECAST_LEVELS[0])} interval, above ${context.months.at(-1)}`,
      }),
    ];
  });
}
