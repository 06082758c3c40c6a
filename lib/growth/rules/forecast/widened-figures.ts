import type { Figure } from "@/lib/figures/schema";
import { monthWords } from "@/lib/metrics/rules/periods";
import { FORECAST_LEVELS } from "../../schema/venture-forecast";
import type { WidenedForecast } from "./forecast";
import { basisOf, bounded, boundsText, draw, type ForecastContext, percent } from "./venture-forecast-figures";
import type { Widening, WideningBand } from "./widening";

const timesText = (factor: number): string => `× ${Math.round(factor * 100) / 100}`;

/** "1 to 3 ahead × 1.12, to 6 × 1.5": the factors as a person reads them. */
export function bandsText(bands: readonly WideningBand[]): string {
  return bands
    .map(({ until, factor }, index) => {
      const from = (bands[index - 1]?.until ?? 0) + 1;
      return `${until === null ? `from ${from}` : `${from} to ${until}`} ahead ${timesText(factor)}`;
    })
    .join(", ");
}

type Known = { context: ForecastContext; found: WidenedForecast["found"]; widened: Widening };

function endFigures({ context, found, widened }: Known): Figure[] {
  const { label, unit, ahead } = context;
  const cut = (value: number | null) => bounded(context, value);
  const basis = basisOf(context, found);
  return ahead.flatMap((month, h) =>
    widened.intervals.flatMap(({ level, lower, upper }, index) => {
      const bands = widened.bands[index]?.bands ?? [];
      const factor = bands.find(({ until }) => until === null || h < until)?.factor ?? 1;
      return (["low", "high"] as const).map((end) =>
        draw(context, {
          ...{ part: `wide_${end}`, unit, month, level, reason: found.reasons.intervals },
          label: `${label} in ${monthWords(month)}, ${end} end of ${percent(level)}, widened by past errors`,
          value: cut((end === "low" ? lower : upper)[h] ?? null),
          formula: `${basis}, ${h + 1} ahead: forecast + (${end} end of the model's ${percent(level)} interval − forecast) ${timesText(factor)}, the reach of past errors at ${widened.origins} origins${boundsText(context)}`,
        }),
      );
    }),
  );
}

function coverageFigures({ context, widened }: Known): Figure[] {
  return widened.coverage.flatMap(({ level, widened: wide, model }, index) => {
    const shared = { level, unit: "ratio" as const, reason: "too-few-values" };
    const share = (held: number, of: number): number | null => (of === 0 ? null : held / of);
    const tried = `${wide.of} comparisons at later past origins, by what had come until then`;
    return [
      draw(context, {
        ...{ ...shared, part: "wide_coverage", value: share(wide.held, wide.of) },
        label: `Measured coverage of ${percent(level)}, widened by past errors`,
        formula: `Values inside their widened ${percent(level)} interval ÷ values, ${tried}; today's factors: ${bandsText(widened.bands[index]?.bands ?? [])}`,
      }),
      draw(context, {
        ...{ ...shared, part: "model_coverage", value: share(model.held, model.of) },
        label: `Measured coverage of ${percent(level)}, the model's own, at the same months`,
        formula: `Values inside the model's own ${percent(level)} interval ÷ values, ${tried}`,
      }),
    ];
  });
}

/** The ends of the widened intervals, and how they and the model's own would have done; nothing where none could be told. */
export function widenedFigures(context: ForecastContext, { found, widened }: WidenedForecast): Figure[] {
  if (!widened || widened.intervals.length < FORECAST_LEVELS.length) return [];
  const known = { context, found, widened };
  return [...endFigures(known), ...coverageFigures(known)];
}
