import { taxOf } from "@/lib/distribution/rules/split/withholding";
import type { WithholdingRate } from "@/lib/distribution/schema/split";
import type { DistributeInput } from "../schema";
import type { Share } from "./shares";

export type Withheld = DistributeInput["withholdings"][number];

/**
 * Tax kept of each share: what is of one class first, then the rest in the order of the classes. Null where more would be
 * kept than a holder receives.
 */
export function withheldOf(shares: readonly Share[], withholdings: readonly Withheld[]): bigint[] | null {
  const kept = shares.map(() => 0n);
  const ordered = withholdings.toSorted((a, b) => Number(a.classId === null) - Number(b.classId === null));
  for (const { holderId, classId, amountMinor } of ordered) {
    let open = amountMinor;
    shares.forEach((share, index) => {
      if (share.holderId !== holderId || (classId !== null && share.classId !== classId)) return;
      const room = share.amountMinor - (kept[index] ?? 0n);
      const part = open < room ? open : room;
      kept[index] = (kept[index] ?? 0n) + part;
      open -= part;
    });
    if (open > 0n) return null;
  }
  return kept;
}

/** What is kept of a later payment by the rates that were fixed with the basis. */
export function withheldLater(shares: readonly Share[], rates: readonly WithholdingRate[]): Withheld[] {
  const holders = [...new Set(shares.map(({ holderId }) => holderId))];
  return holders.flatMap((holderId) => {
    const paying = shares
      .filter((share) => share.holderId === holderId)
      .map(({ classId, amountMinor }) => ({ classId, units: amountMinor }));
    const own = rates.filter((rate) => rate.holderId === holderId);
    return taxOf(paying, own, "later").map(({ classId, office, units }) => ({
      ...{ holderId, classId, amountMinor: units, party: office, name: office },
    }));
  });
}
