import Fraction from "fraction.js";
import { approximate, positive, sum, whole } from "@/lib/distribution/rules/exact";
import type { ShareClass } from "@/lib/distribution/schema";

export type HolderParts = { id: string; name: string; parts: Readonly<Record<string, string>> };

type Share = { holder: number; n: bigint; d: bigint };
/** Who holds what, read once for any number of splits. */
export type Holders = {
  named: readonly { id: string; name: string }[];
  /** By class who has a part of it; the parts of a class add up to 1. */
  byClass: ReadonlyMap<string, readonly Share[]>;
  /** By holder, then by class in the order of the classes. */
  weights: readonly (readonly number[])[];
};

const NOBODY = { id: "unnamed", name: "Holders that the cap table does not name" };

/** Reads the parts exactly; what of a class nobody is named for belongs to a line of its own. */
export function readHolders(given: readonly HolderParts[], classes: readonly ShareClass[]): Holders {
  const rest: Record<string, string> = {};
  for (const { id } of classes) {
    const open = whole(1n).sub(sum(given.flatMap(({ parts }) => (parts[id] ? [new Fraction(parts[id])] : []))));
    if (positive(open)) rest[id] = open.toFraction();
  }
  const all = Object.keys(rest).length > 0 ? [...given, { ...NOBODY, parts: rest }] : given;
  const partOf = all.map(({ parts }) =>
    classes.map(({ id }) => (parts[id] === undefined ? null : new Fraction(parts[id]))),
  );
  const byClass = classes.map(({ id }, index) => {
    const shares = partOf.flatMap((own, holder): Share[] => {
      const part = own[index];
      return part ? [{ holder, n: part.n, d: part.d }] : [];
    });
    return [id, shares] as const;
  });
  return {
    named: all.map(({ id, name }) => ({ id, name })),
    byClass: new Map(byClass),
    weights: partOf.map((own) => own.map((part) => (part ? approximate(part) : 0))),
  };
}

/** Larger remainder first, compared crosswise; at a tie the holder that is listed first. */
const byRemainder = (a: Share & { left: bigint }, b: Share & { left: bigint }): number => {
  const difference = b.left * a.d - a.left * b.d;
  return difference > 0n ? 1 : difference < 0n ? -1 : a.holder - b.holder;
};

/**
 * Splits what each class receives (whole minor units) among its holders: floors, then one unit each to the largest
 * remainders, so that the parts of every class add up. Units by holder.
 */
export function splitToHolders({ named, byClass }: Holders, payouts: ReadonlyMap<string, bigint>): bigint[] {
  const units = named.map(() => 0n);
  for (const [id, amount] of payouts) {
    if (amount === 0n) continue;
    let spare = amount;
    const parts = (byClass.get(id) ?? []).map((share) => {
      const floor = (amount * share.n) / share.d;
      spare -= floor;
      units[share.holder] = (units[share.holder] ?? 0n) + floor;
      return { ...share, left: (amount * share.n) % share.d };
    });
    if (spare === 0n) continue;
    for (const { holder } of parts.sort(byRemainder).slice(0, Number(spare)))
      units[holder] = (units[holder] ?? 0n) + 1n;
  }
  return units;
}

/**
 * A statistic by class (floating point) shared out in whole minor units by the holders' parts of it, so that they add up
 * to its rounded sum: floors, then one unit each to the largest remainders, at a tie to the holder that is listed first.
 */
export function shareOut({ weights }: Holders, values: readonly number[], digits: number): bigint[] {
  const scaled = weights.map(
    (parts) =>
      Math.max(
        0,
        parts.reduce((total, part, index) => total + part * (values[index] ?? 0), 0),
      ) *
      10 ** digits,
  );
  const floors = scaled.map(Math.floor);
  const sum = (all: readonly number[]) => all.reduce((a, b) => a + b, 0);
  const spare = Math.max(0, Math.round(sum(scaled)) - sum(floors));
  const first = scaled
    .map((value, holder) => ({ holder, left: value - Math.floor(value) }))
    .toSorted((a, b) => b.left - a.left || a.holder - b.holder)
    .slice(0, spare);
  for (const { holder } of first) floors[holder] = (floors[holder] ?? 0) + 1;
  return floors.map(BigInt);
}
