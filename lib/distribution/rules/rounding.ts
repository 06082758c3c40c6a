import Fraction from "fraction.js";
import { floorUnits, positive, rational, whole, ZERO } from "./exact";

const scaleOf = (digits: number): bigint => 10n ** BigInt(digits);

type Part = { id: string; floor: bigint; remainder: bigint; of: bigint };

/** Larger remainder first, at a tie by name; the remainders are compared crosswise, without a common denominator. */
const byRemainder = (a: Part, b: Part): number => {
  const difference = b.remainder * a.of - a.remainder * b.of;
  if (difference !== 0n) return difference > 0n ? 1 : -1;
  return a.id < b.id ? -1 : 1;
};

/**
 * Rounds lines (each at least 0) that add up to `total` to the minor unit so that they still do: floors, then one unit
 * each to the largest remainders, at a tie by name. What a total that is no whole number of units has below one unit
 * goes to the line that comes next; `carriedBy` names it.
 */
export function roundLines(
  lines: ReadonlyMap<string, Fraction>,
  total: Fraction,
  digits: number,
): { rounded: Map<string, Fraction>; carriedBy: string | null } {
  const scale = scaleOf(digits);
  const parts = [...lines].map(([id, value]): Part => {
    const units = value.n * scale;
    return { id, floor: units / value.d, remainder: units % value.d, of: value.d };
  });
  const entire = (total.n * scale) / total.d;
  let spare = Number(entire - parts.reduce((units, part) => units + part.floor, 0n));
  let residue = total.sub(new Fraction(entire, scale));
  let carriedBy: string | null = null;
  const extra = new Map<string, Fraction>();
  const order = spare > 0 || positive(residue) ? [...parts].sort(byRemainder) : [];
  for (const part of order) {
    if (spare > 0) {
      extra.set(part.id, new Fraction(1n, scale));
      spare -= 1;
    } else if (positive(residue)) {
      extra.set(part.id, residue);
      carriedBy = part.id;
      residue = ZERO;
    }
  }
  const rounded = parts.map(({ id, floor }) => {
    const more = extra.get(id);
    const base = new Fraction(floor, scale);
    return [id, more ? base.add(more) : base] as const;
  });
  return { rounded: new Map(rounded), carriedBy };
}

/** Half up to the minor unit. */
export function roundHalfUp(value: Fraction, digits: number): Fraction {
  const scale = scaleOf(digits);
  return new Fraction(floorUnits(value.mul(whole(scale)).add(rational("0.5"))), scale);
}
