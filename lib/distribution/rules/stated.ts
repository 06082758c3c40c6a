import type Fraction from "fraction.js";
import { answer, type Measure, unknown } from "@/lib/metrics/rules/measure";
import { type Amount, payment } from "./exact";

/** The largest size that a JSON number can still say. */
const LARGEST = "1e300";

const sayable = (measure: Measure): Measure =>
  measure.value === null || (measure.value.isFinite() && measure.value.abs().lte(LARGEST))
    ? measure
    : unknown("too-large");

/** Measures with those that no number can say made unknown. */
export function bounded<Name extends string>(measures: Readonly<Record<Name, Measure>>): Record<Name, Measure> {
  const entries = Object.entries(measures) as [Name, Measure][];
  return Object.fromEntries(entries.map(([name, measure]) => [name, sayable(measure)])) as Record<Name, Measure>;
}

/** Numbers of 17 digits, null where there is none, with the reasons by name. */
export const stated = <Name extends string>(measures: Readonly<Record<Name, Measure>>) => answer(bounded(measures));

export const payments = (amounts: ReadonlyMap<string, Fraction>): Record<string, Amount> =>
  Object.fromEntries([...amounts].map(([id, amount]) => [id, payment(amount)]));
