import type Fraction from "fraction.js";
import { floorUnits, rational, sum, whole, ZERO } from "./exact";

const unitOf = (digits: number): Fraction => rational(`1e-${digits}`);

/**
 * Rounds lines that add up to `total` to the minor unit so that they still do: floors, then one unit each to the
 * largest remainders, at a tie by name. What a total that is no whole number of units has below one unit goes to the
 * line that comes next; `carriedBy` names it.
 */
export function roundLines(
  lines: ReadonlyMap<string, Fraction>,
  digits: number,
): { rounded: Map<string, Fraction>; carriedBy: string | null } {
  const unit = unitOf(digits);
  const parts = [...lines].map(([id, value]) => {
    const units = value.div(unit);
    const floor = floorUnits(units);
    return { id, floor, remainder: units.sub(whole(floor)) };
  });
  const total = sum([...lines.values()]).div(unit);
  const entire = floorUnits(total);
  let spare = Number(entire - parts.reduce((units, part) => units + part.floor, 0n));
  let residue = total.sub(whole(entire));
  let carriedBy: string | null = null;
  const order = [...parts].sort((a, b) => b.remainder.compare(a.remainder) || (a.id < b.id ? -1 : 1));
  const extra = new Map<string, Fraction>();
  for (const part of order) {
    if (spare > 0) {
      extra.set(part.id, whole(1n));
      spare -= 1;
    } else if (residue.n > 0n) {
      extra.set(part.id, residue);
      carriedBy = part.id;
      residue = ZERO;
    }
  }
  const rounded = parts.map(
    (part) =>
      [
        part.id,
        whole(part.floor)
          .add(extra.get(part.id) ?? ZERO)
          .mul(unit),
      ] as const,
  );
  return { rounded: new Map(rounded), carriedBy };
}

/** Half up to the minor unit. */
export function roundHalfUp(value: Fraction, digits: number): Fraction {
  const unit = unitOf(digits);
  return whole(floorUnits(value.div(unit).add(rational("0.5")))).mul(unit);
}
