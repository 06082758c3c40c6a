import { makeFigure } from "@/lib/figures/rules";
import type { Figure, Unit } from "@/lib/figures/schema";
import { givenInputs } from "@/lib/metrics/rules/given-figures";
import type { Measure } from "@/lib/metrics/rules/measure";

export type Described = { name: string; label: string; formula: string; unit?: Unit };

/** Figures over what a caller gave, one per description; money needs its currency, without one there are none. */
export function givenFigures(
  tool: string,
  input: Readonly<Record<string, unknown>>,
  measures: Readonly<Record<string, Measure>>,
  described: readonly Described[],
  asOf: string,
): Figure[] {
  const { currency, ...rest } = input;
  const inputs = givenInputs(rest);
  return described.flatMap(({ name, label, formula, unit }) => {
    const measure = measures[name];
    const counted = unit ?? (typeof currency === "string" ? currency : null);
    if (!measure || !counted) return [];
    return makeFigure({
      label,
      value: measure.value === null ? null : measure.value.toSignificantDigits(30).toFixed(),
      ...(measure.value === null ? { reason: measure.reason } : {}),
      unit: counted,
      asOf,
      method: `valuation.${tool}.${name}@1`,
      formula,
      inputs,
      sources: [{ kind: "given", by: "caller" }],
    });
  });
}
