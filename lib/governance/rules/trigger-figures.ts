import { makeFigure } from "@/lib/figures/rules";
import type { Figure, FigureInput, FigureSource, Unit } from "@/lib/figures/schema";
import { Exact } from "@/lib/money";

const METHOD = "governance.trigger.";
export const isTriggerMethod = (method: string): boolean => method.startsWith(METHOD);

export type TriggerFrame = { ventureId: string; day: string };

type Draft = {
  part: string;
  /** Tells two of the same part apart: a lever, a series. */
  of?: string;
  label: string;
  unit: Unit;
  value: string | number | null;
  reason?: string;
  formula: string;
  inputs?: Record<string, FigureInput>;
  sources: readonly FigureSource[];
  asOf?: string;
};

const textOf = (value: string | number): string =>
  typeof value === "string" ? value : new Exact(value).toSignificantDigits(12).toFixed();

/** A number that a trigger looked at: asked again on the same day it is made again from the facts as they are then. */
export function triggerFigure({ ventureId, day }: TriggerFrame, draft: Draft): Figure {
  const { part, of, label, unit, value, reason, formula, inputs = {}, sources, asOf = day } = draft;
  const unknown = value === null || (typeof value === "number" && !Number.isFinite(value));
  return makeFigure({
    ...{ label, unit, asOf, formula, sources: [...sources] },
    inputs: {
      ...{ venture: { value: ventureId }, day: { value: day } },
      ...(of ? { of: { value: of } } : {}),
      ...inputs,
    },
    value: unknown ? null : textOf(value),
    ...(unknown ? { reason: reason ?? "no-data" } : {}),
    method: `${METHOD}${part}@1`,
  });
}
