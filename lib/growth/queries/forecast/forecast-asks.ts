import "server-only";
import type { Tx } from "@/lib/db";
import { neededBy } from "@/lib/figures/rules";
import type { Figure } from "@/lib/figures/schema";
import { isForecastMethod } from "../../rules/forecast/venture-forecast-figures";
import { forecastFiguresAgain } from "./forecast";
import { keptWindowAgain } from "./kept-column";
import { measureFiguresAgain } from "./measure-forecast";

/** The questions that the screens of forecasts carry. */
export const FORECAST_ASKS = {
  forecast: forecastFiguresAgain,
  "measure-forecast": measureFiguresAgain,
  "kept-window": keptWindowAgain,
} as const;

type Stored = { figure: Figure; ventureId: string | null };

export { isForecastMethod };

/** A figure of a forecast computed again from the facts as they are now. */
export async function recomputeForecastFigure(tx: Tx, { figure, ventureId }: Stored): Promise<Figure[] | null> {
  if (!ventureId) return null;
  const plain = Object.entries(figure.inputs).flatMap(([name, input]) =>
    "value" in input && (typeof input.value === "string" || typeof input.value === "number")
      ? [[name, input.value] as const]
      : [],
  );
  const madeAgain = "span" in figure.inputs ? measureFiguresAgain : forecastFiguresAgain;
  const figures = await madeAgain(tx, ventureId, Object.fromEntries(plain));
  const again = figures?.find((one) => one.id === figure.id);
  return figures && again ? neededBy(again, figures) : null;
}
