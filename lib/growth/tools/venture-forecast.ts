import { defineTool, type Tool } from "@/lib/agents/define-tool";
import { ok, refuse } from "@/lib/errors";
import type { Figure } from "@/lib/figures/schema";
import { FORECAST_CONVENTIONS } from "../rules/forecast/forecast";
import { indexFigures } from "../rules/forecast/forecast-index";
import { ventureForecastInputSchema, ventureForecastOutputSchema } from "../schema/venture-forecast";

const ACCURACY = [
  ...["mase", "versus_naive", "versus_seasonal_naive", "coverage|0.8", "coverage|0.95"],
  ...["wide_coverage|0.8", "wide_coverage|0.95", "model_coverage|0.8", "model_coverage|0.95"],
];
const PARTS = [
  ...["point", "low|0.8", "high|0.8", "low|0.95", "high|0.95"],
  ...["wide_low|0.8", "wide_high|0.8", "wide_low|0.95", "wide_high|0.95", "chance_higher"],
];

/** "low|0.8" of a month is indexed as "low|2026-11|0.8". */
const ofMonth = (part: string, month: string): string => {
  const [name = "", ...level] = part.split("|");
  return [name, month, ...level].join("|");
};

const MONTH_CONVENTIONS = {
  months: "complete months up to the newest; gaps are never filled in",
  widened:
    "wide_low and wide_high: the model's interval times the reach of its past errors at that distance, at least 1",
};

type Index = ReadonlyMap<string, Figure>;

function pointOf(index: Index, month: string) {
  const found = PARTS.flatMap((part) => {
    const figure = index.get(ofMonth(part, month));
    return figure ? [[part.replace("|", " "), figure] as const] : [];
  });
  return {
    month,
    figures: Object.fromEntries(found.map(([part, { id }]) => [part, id])),
    values: Object.fromEntries(found.map(([part, { value }]) => [part, value])),
  };
}

const accuracyOf = (index: Index) =>
  Object.fromEntries(
    ACCURACY.flatMap((part) => {
      const figure = index.get(part);
      return figure ? [[part.replace("|", " "), { figure: figure.id, value: figure.value }]] : [];
    }),
  );

const ventureForecast = defineTool({
  name: "venture.forecast",
  description:
    "Forecast of one metric of a venture from its stored months, with intervals, accuracy at past origins against naive forecasts, months that stand out, and how kept forecasts did; or why there is none",
  input: ventureForecastInputSchema,
  output: ventureForecastOutputSchema,
  effect: "read",
  pure: false,
  reads: ["venture-performance"],
  writes: [],
  run: async ({ venture, metric, months }, { actor, now }) => {
    if (!actor) return refuse("FORBIDDEN" as const, [{ path: "", expected: "somebody who is signed in" }]);
    const { findVentureForecast } = await import("../queries/forecast/forecast-of-venture");
    const found = await findVentureForecast(actor, venture, metric, now);
    if (!found) return refuse("NOT_FOUND" as const, [{ path: "venture", expected: "a venture that you may see" }]);
    const { forecast, calibration } = found;
    const { made, usable, unit } = forecast;
    const index: Index = made ? indexFigures(made.figures) : new Map();
    const ahead = made?.context.ahead.slice(0, months) ?? [];
    const anomalies = made?.components?.anomalies ?? [];
    const points = ahead.map((month) => pointOf(index, month));
    const oddMonths = anomalies.flatMap(({ index: at }) => {
      const month = made?.context.months[at] ?? "";
      const [score, expected] = [index.get(`score|${month}`), index.get(`expected|${month}`)];
      return score && expected ? [{ month, score: score.id, expected: expected.id }] : [];
    });
    const shown = new Set([
      ...points.flatMap(({ figures }) => Object.values(figures)),
      ...Object.values(accuracyOf(index)).map(({ figure }) => figure),
      ...oddMonths.flatMap(({ score, expected }) => [score, expected]),
    ]);
    return ok({
      result: {
        ...{
          venture: found.venture,
          metric,
          unit,
          points,
          accuracy: accuracyOf(index),
          anomalies: oddMonths,
          calibration,
        },
        reason: made ? null : usable.ok ? "no-forecast" : usable.reason,
        missingMonths: usable.ok ? [] : usable.months,
        from: usable.ok ? (usable.months[0] ?? null) : null,
        through: usable.ok ? (usable.months.at(-1) ?? null) : null,
        model: made?.found.model.name ?? null,
      },
      figures: made?.figures.filter(({ id }) => shown.has(id)) ?? [],
      conventions: { ...FORECAST_CONVENTIONS, ...MONTH_CONVENTIONS },
    });
  },
});

export const ventureForecastTools: readonly Tool[] = [ventureForecast] as readonly Tool[];
