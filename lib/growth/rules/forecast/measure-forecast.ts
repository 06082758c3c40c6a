import type { Figure, FigureSource, Unit } from "@/lib/figures/schema";
import { monthEndAfter } from "@/lib/metrics/rules/periods";
import { FORECAST_LEVELS, FURTHEST_MONTHS } from "../../schema/venture-forecast";
import { forecastWithPast } from "./forecast";
import { type MonthValue, seasonOf, type Usable, usableMonths } from "./monthly-values";
import { type ForecastContext, pointFigures } from "./venture-forecast-figures";
import { widenedFigures } from "./widened-figures";

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
  const usable = usableMonths(series.points);
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
