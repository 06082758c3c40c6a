import { makeFigure } from "@/lib/figures/rules";
import type { Figure, FigureSource, Unit } from "@/lib/figures/schema";
import { monthEnd, monthWords } from "@/lib/metrics/rules/periods";
import type { Forecast } from "../../schema/forecast";
import { FORECAST_LEVELS } from "../../schema/venture-forecast";
import type { Anomaly } from "../anomalies/anomalies";
import type { StlParts } from "../anomalies/stl";
import { chanceAbove } from "./calibration";
import { decimalText } from "./forecast-figures";
import type { Widening } from "./widening";

const METHOD = "growth.forecast.";
export const isForecastMethod = (method: string): boolean => method.startsWith(METHOD);

/** What the figures of one forecast of one venture have in common. */
export type ForecastContext = {
  ventureId: string;
  metric: string;
  label: string;
  unit: Unit;
  months: readonly string[];
  values: readonly number[];
  /** The months ahead. */
  ahead: readonly string[];
  /** Does the metric never go below zero? Then an interval does not either. */
  floored: boolean;
  /** Is it a part of a whole, which is never more than all of it? */
  atMostOne?: boolean;
  /** The window of each month's value, where it is one that a reader chooses. */
  span?: number;
  sources: readonly FigureSource[];
  /** What is forecast, where it is not the series itself: the formula says so. */
  by?: string;
};

type Draft = {
  part: string;
  label: string;
  value: number | null;
  reason?: string | undefined;
  unit: Unit;
  formula: string;
  month?: string;
  level?: number;
};

export const percent = (level: number): string => `${Math.round(level * 100)} %`;

/** The chance is told from the widened interval where there is one: another rule than before. */
const VERSIONS: Readonly<Record<string, number>> = { chance_higher: 2 };

export function draw(context: ForecastContext, draft: Draft): Figure {
  const { ventureId, metric, sources, months } = context;
  const { part, label, value, reason, unit, formula, month, level } = draft;
  const through = months.at(-1) ?? "";
  return makeFigure({
    ...{ label, unit, formula, method: `${METHOD}${part}@${VERSIONS[part] ?? 1}`, sources: [...sources] },
    value: value === null ? null : decimalText(value),
    ...(value === null ? { reason: reason ?? "no-data" } : {}),
    asOf: monthEnd(`${through}-01`),
    inputs: {
      venture: { value: ventureId },
      metric: { value: metric },
      through: { value: through, label: "known through" },
      ...(context.span ? { span: { value: context.span, label: "months of the window" } } : {}),
      ...(month ? { month: { value: month } } : {}),
      ...(level ? { level: { value: level } } : {}),
    },
  });
}

export const basisOf = ({ months, by }: ForecastContext, { model }: Forecast): string =>
  `${by ? `${by}, ` : ""}${model.name} on ${months.length} months to ${months.at(-1)}`;

/** A value where the metric can be: what is below zero or above all of it is its bound. */
export function bounded({ floored, atMostOne }: ForecastContext, value: number | null): number | null {
  const above = value !== null && floored ? Math.max(0, value) : value;
  return above !== null && atMostOne ? Math.min(1, above) : above;
}

export const boundsText = ({ floored, atMostOne }: ForecastContext): string =>
  `${floored ? "; not below zero" : ""}${atMostOne ? "; not above 100 %" : ""}`;

/** Each month ahead: the point, both ends at each level, and the chance to end above the last known value. */
export function pointFigures(context: ForecastContext, found: Forecast, widened: Widening | null = null): Figure[] {
  const { label, unit, ahead } = context;
  const basis = basisOf(context, found);
  const last = context.values.at(-1) ?? 0;
  const cut = (value: number | null) => bounded(context, value);
  const width = found.intervalMethod === "bootstrap" ? "5,000 drawn paths" : "normal errors";
  return ahead.flatMap((month, h) => {
    const value = found.forecast[h] ?? null;
    const shared = { unit, month };
    const point = draw(context, {
      ...{ ...shared, part: "point", label: `${label} in ${monthWords(month)}, forecast`, value: cut(value) },
      formula: `${basis}, ${h + 1} ahead${boundsText(context)}`,
    });
    const ends = found.intervals.flatMap(({ level, lower, upper }) =>
      (["low", "high"] as const).map((part) =>
        draw(context, {
          ...{ ...shared, part, level, reason: found.reasons.intervals },
          label: `${label} in ${monthWords(month)}, ${part} end of ${percent(level)}`,
          value: cut((part === "low" ? lower : upper)[h] ?? null),
          formula: `${basis}, ${h + 1} ahead: ${part} end of the ${percent(level)} interval by ${width}${boundsText(context)}`,
        }),
      ),
    );
    const [narrow] = widened?.intervals ?? found.intervals;
    const [low, high] = [narrow?.lower[h] ?? null, narrow?.upper[h] ?? null];
    const known = value !== null && low !== null && high !== null && narrow;
    const chance = known ? chanceAbove(last, { point: value, low, high, level: narrow.level }) : null;
    const higher = draw(context, {
      ...{
        part: "chance_higher",
        label: `Chance that ${label} in ${monthWords(month)} is above today's`,
        unit: "ratio",
        month,
      },
      ...{ value: chance, reason: found.reasons.intervals ?? "no-errors" },
      formula: `Part of a normal distribution about the forecast, as wide as its ${percent(FORECAST_LEVELS[0])} interval${widened ? " widened by past errors" : ""}, above ${context.months.at(-1)}`,
    });
    return [point, ...ends, higher];
  });
}

/** How the method would have done at past origins, and what was estimated. */
export function accuracyFigures(context: ForecastContext, found: Forecast): Figure[] {
  const { accuracy, reasons, parameters } = found;
  const tried = `at ${accuracy.origins} past origins, ${accuracy.points} comparisons`;
  const measure = (part: string, label: string, value: number | null, unit: Unit, formula: string, key = part) =>
    draw(context, {
      part,
      label,
      value,
      unit,
      formula: `${formula}, ${tried}`,
      reason: reasons[key] ?? "too-few-values",
    });
  const { naive, seasonalNaive } = accuracy.versusNaive;
  const coverage = Object.entries(accuracy.coverage).map(([level, value]) =>
    draw(context, {
      ...{ part: "coverage", label: `Measured coverage of ${percent(Number(level))}`, value, unit: "ratio" as const },
      ...{ level: Number(level), reason: reasons[`coverage.${level}`] ?? "too-few-values" },
      formula: `Values inside their ${percent(Number(level))} interval ÷ values, ${tried}`,
    }),
  );
  const estimated = (["alpha", "beta", "gamma", "phi"] as const).flatMap((name) => {
    const value = parameters[name];
    const label = `Smoothing parameter ${name}`;
    return value === null
      ? []
      : [
          draw(context, {
            part: name,
            label,
            value: Number(value.toPrecision(4)),
            unit: "text",
            formula: basisOf(context, found),
          }),
        ];
  });
  return [
    measure(
      "mase",
      "Mean absolute scaled error",
      accuracy.mase,
      "ratio",
      "Mean absolute error ÷ that of the naive forecast inside the known months",
    ),
    measure(
      "versus_naive",
      "Error against the last value",
      naive,
      "ratio",
      "Mean absolute error ÷ that of the last value",
      "versusNaive.naive",
    ),
    measure(
      "versus_seasonal_naive",
      "Error against the month a year before",
      seasonalNaive,
      "ratio",
      "Mean absolute error ÷ that of the value a year before",
      "versusNaive.seasonalNaive",
    ),
    ...coverage,
    ...estimated,
  ];
}

/** Trend, season and remainder of each known month, and what stands out. */
export function componentFigures(
  context: ForecastContext,
  { parts, anomalies }: { parts: StlParts; anomalies: readonly Anomaly[] },
): Figure[] {
  const { label, unit, months } = context;
  const formula = "STL (Cleveland et al. 1990), the same season every year, outliers left out";
  const parted = months.flatMap((month, t) =>
    (["trend", "seasonal", "remainder"] as const).map((part) =>
      draw(context, {
        part,
        label: `${label} in ${monthWords(month)}, ${part}`,
        value: parts[part][t] ?? null,
        unit,
        month,
        formula,
      }),
    ),
  );
  const found = anomalies.flatMap(({ index, score, expected }) => {
    const month = months[index] ?? "";
    return [
      draw(context, {
        ...{
          part: "score",
          label: `${label} in ${monthWords(month)}, distance`,
          value: score,
          unit: "multiple" as const,
          month,
        },
        formula: "(Remainder − median) ÷ (1.4826 × median absolute deviation of the remainders)",
      }),
      draw(context, {
        ...{ part: "expected", label: `${label} in ${monthWords(month)}, expected`, value: expected, unit, month },
        formula: "Trend + season of the month, computed without it",
      }),
    ];
  });
  return [...parted, ...found];
}
