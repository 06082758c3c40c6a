import type { WITHHELD_ON, WithholdingRate } from "../../schema/split";
import { rational, whole } from "../exact";
import { roundHalfUp } from "../rounding";

export type Paying = { classId: string; units: bigint };
/** Of one rate, in whole minor units. */
export type Taxed = { classId: string | null; office: string; units: bigint };

const inUnits = (base: bigint, ratio: string): bigint => {
  const exact = roundHalfUp(whole(base).mul(rational(ratio)), 0);
  return (exact.s * exact.n) / exact.d;
};

/**
 * The tax of one holder on one payment: each rate on what its class pays, or on everything, half up to the minor unit. In
 * the order of the rates, and never more than is left: of the class where a rate is of one, of the whole payment otherwise.
 */
export function taxOf(
  paying: readonly Paying[],
  rates: readonly WithholdingRate[],
  occasion: Exclude<(typeof WITHHELD_ON)[number], "all">,
): Taxed[] {
  const sumOf = (lines: readonly Paying[]) => lines.reduce((all, { units }) => all + units, 0n);
  const applied = rates.filter(({ on }) => on === "all" || on === occasion);
  const kept: Taxed[] = [];
  for (const { classId, office, ratio } of applied) {
    const base = sumOf(classId === null ? paying : paying.filter((one) => one.classId === classId));
    const own = kept.filter((one) => classId === null || one.classId === classId);
    const left = base - own.reduce((all, { units }) => all + units, 0n);
    let units = inUnits(base, ratio);
    if (units > left) units = left;
    if (units > 0n) kept.push({ classId, office, units });
  }
  return withinAll(kept, sumOf(paying));
}

/** Rates of classes and rates of everything together may ask for more than there is: the last are cut first. */
function withinAll(kept: readonly Taxed[], most: bigint): Taxed[] {
  let left = most;
  return kept.flatMap((one) => {
    let { units } = one;
    if (units > left) units = left;
    left -= units;
    return units > 0n ? [{ ...one, units }] : [];
  });
}
