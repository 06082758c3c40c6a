import { makeFigure } from "@/lib/figures/rules";
import type { Figure, FigureSource, Unit } from "@/lib/figures/schema";
import type { RecordedPoint } from "../../schema/venture-forecast";
import { type Calibration, calibrationOf, type PastCall, type PastInterval } from "./calibration";
import { decimalText } from "./forecast-figures";
import type { MonthValue } from "./monthly-values";

const METHOD = "growth.forecast-record.";
export const isForecastRecordMethod = (method: string): boolean => method.startsWith(METHOD);

export type KeptForecast = {
  id: string;
  metric: string;
  madeOn: string;
  through: string;
  lastValue: number;
  model: string;
  points: readonly RecordedPoint[];
};

/** A kept forecast's months that have come since: what was said and what it was. */
export type Outcome = { record: KeptForecast; point: RecordedPoint; actual: number };

export function outcomesOf(
  records: readonly KeptForecast[],
  actual: ReadonlyMap<string, readonly MonthValue[]>,
): Outcome[] {
  return records.flatMap((record) => {
    const known = new Map((actual.get(record.metric) ?? []).map(({ month, value }) => [month, value]));
    return record.points.flatMap((point) => {
      const value = known.get(point.month) ?? null;
      return value === null ? [] : [{ record, point, actual: value }];
    });
  });
}

const intervalsOf = ({ point, actual }: Outcome): PastInterval[] =>
  point.intervals.map(({ level, low, high }) => ({ level, low: Number(low), high: Number(high), actual }));

const callOf = ({ record, point, actual }: Outcome): PastCall[] =>
  point.chanceHigher === null ? [] : [{ probability: point.chanceHigher, happened: actual > record.lastValue }];

export const calibrationOfOutcomes = (outcomes: readonly Outcome[], levels: readonly number[]): Calibration =>
  calibrationOf(outcomes.flatMap(intervalsOf), outcomes.flatMap(callOf), levels);

type Subject = { ventureId: string; metric: string | null; asOf: string; sources: readonly FigureSource[] };

/** How the kept forecasts of a venture did, of one metric or of all: each number with its sample. */
export function calibrationFigures({ ventureId, metric, asOf, sources }: Subject, found: Calibration): Figure[] {
  const draw = (
    part: string,
    label: string,
    value: number | null,
    unit: Unit,
    formula: string,
    level?: number,
  ): Figure =>
    makeFigure({
      ...{ label, unit, formula, asOf, method: `${METHOD}${part}@1`, sources: [...sources] },
      value: value === null ? null : decimalText(value),
      ...(value === null ? { reason: "no-outcomes-yet" } : {}),
      inputs: {
        venture: { value: ventureId },
        metric: { value: metric ?? "all" },
        ...(level ? { level: { value: level } } : {}),
      },
    });
  const levels = found.intervals.flatMap(({ level, held, of, coverage }) => {
    const words = `past ${Math.round(level * 100)} % intervals`;
    return [
      draw("held", `Held by ${words}`, held, "count", `${words} of kept forecasts that held what came`, level),
      draw("intervals", `Count of ${words}`, of, "count", `${words} of kept forecasts whose month has come`, level),
      draw(
        "coverage",
        `Coverage of ${words}`,
        coverage,
        "ratio",
        `${words} that held what came ÷ all whose month has come`,
        level,
      ),
    ];
  });
  const { score, of } = found.brier;
  return [
    ...levels,
    draw("calls", "Past calls of higher or not", of, "count", "Months of kept forecasts that have come"),
    draw(
      "brier",
      "Brier score of past calls",
      score === null ? null : Number(score.toPrecision(3)),
      "text",
      "Mean of (chance to be higher − 1 where it was, 0 where it was not)²; a coin scores 0.25",
    ),
  ];
}
