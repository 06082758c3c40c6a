import { makeFigure } from "@/lib/figures/rules";
import type { Figure, Unit } from "@/lib/figures/schema";
import { Exact } from "@/lib/money";

const METHOD = "growth.cycle.forecast_error@1";
export const isCycleMethod = (method: string): boolean => method.startsWith("growth.cycle.");

type Part = { id: string; value: string | null };
export type ErrorOf = {
  label: string;
  unit: Unit;
  asOf: string;
  actual: Part;
  /** As it was made: a forecast is never computed again for its own review. */
  forecast: Part & { revision: number };
};

/** What came less what was forecast, in the unit of both; unknown while either is. */
export function forecastError({ label, unit, asOf, actual, forecast }: ErrorOf): Figure {
  const known = actual.value !== null && forecast.value !== null;
  const value = known ? new Exact(actual.value ?? 0).minus(forecast.value ?? 0).toFixed() : null;
  return makeFigure({
    ...{ label, unit, asOf, value, method: METHOD, sources: [] },
    ...(known ? {} : { reason: "no-data" }),
    formula: "what came − what was forecast",
    inputs: {
      actual: { figure: actual.id, label: "what came" },
      forecast: { figure: forecast.id, revision: forecast.revision, label: "what was forecast" },
    },
  });
}
