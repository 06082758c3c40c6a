import type { Figure } from "@/lib/figures/schema";

const inputOf = (figure: Figure, name: string): unknown => {
  const input = figure.inputs[name];
  return input && "value" in input ? input.value : undefined;
};

/** "low|2026-11|0.8", "mase", "held|0.8": what a figure of a forecast is called on its page. */
export function keyOf(figure: Figure): string {
  const part = figure.method.replace(/^.*\./, "").replace(/@\d+$/, "");
  const named = [inputOf(figure, "month"), inputOf(figure, "level")].filter((value) => value !== undefined);
  return [part, ...named].join("|");
}

export const indexFigures = (figures: readonly Figure[]): Map<string, Figure> =>
  new Map(figures.map((figure) => [keyOf(figure), figure]));
