import { digestOf, makeFigure } from "@/lib/figures/rules";
import { type Figure, unitSchema } from "@/lib/figures/schema";
import { NO_CURRENCY } from "@/lib/metrics/rules/given-figures";
import { Exact } from "@/lib/money";
import type { Forecast, ForecastInput } from "../../schema/forecast";

/** A number of statistics as the exact decimal that it is, to 15 significant digits. */
export const decimalText = (value: number): string => new Exact(value).toSignificantDigits(15).toFixed();

/** One figure for each step ahead of a series that the caller gave. */
export function givenForecastFigures(input: ForecastInput, found: Forecast, asOf: string): Figure[] {
  const unit = unitSchema.safeParse(input.unit ?? NO_CURRENCY);
  const { series, period, horizon, model } = input;
  const asked = digestOf({ series, period, horizon, model: model ?? null });
  return found.forecast.map((value, index) =>
    makeFigure({
      label: `Forecast, step ${index + 1}`,
      value: decimalText(value),
      unit: unit.success ? unit.data : NO_CURRENCY,
      asOf,
      method: "growth.forecast@1",
      formula: `${found.model.name}, ${index + 1} steps ahead`,
      inputs: { question: { value: asked }, step: { value: index + 1 } },
      sources: [{ kind: "given", by: "the series" }],
    }),
  );
}
