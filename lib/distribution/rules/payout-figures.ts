import type Fraction from "fraction.js";
import { makeFigure } from "@/lib/figures/rules";
import type { Figure, FigureInput, Unit } from "@/lib/figures/schema";
import { NO_CURRENCY } from "@/lib/metrics/rules/given-figures";
import { payment } from "./exact";

/** What the figures of one call share: the terms as given, whose they are, and the day. */
export type Given = {
  currency: string | undefined;
  inputs: Readonly<Record<string, FigureInput>>;
  asOf: string;
  by: string;
};

/** Money without a currency is counted in no currency (ISO 4217: XXX). */
export const moneyUnit = (currency: string | undefined): Unit => currency ?? NO_CURRENCY;

/** A figure for one amount of money: what it is, of which rule, for which line. */
export function moneyFigure(
  line: { label: string; method: string; formula: string; of: Readonly<Record<string, FigureInput>> },
  amount: Fraction | null,
  reason: string | null,
  { currency, inputs, asOf, by }: Given,
): Figure {
  return makeFigure({
    label: line.label,
    value: amount ? String(payment(amount)) : null,
    ...(amount || !reason ? {} : { reason }),
    unit: moneyUnit(currency),
    asOf,
    method: line.method,
    formula: line.formula,
    inputs: { ...line.of, ...inputs },
    sources: [{ kind: "given", by }],
  });
}
