import { rational } from "@/lib/distribution/rules/exact";
import { exactOf } from "@/lib/distribution/rules/rates";
import { known, type Measure, unknown } from "@/lib/metrics/rules/measure";
import type { AntiDilutionInput } from "../schema/computing";

/**
 * Conversion price after an issue below it, and conversion price before ÷ after. Weighted average: CP × (A + B) ÷ (A + C),
 * A outstanding, B what the money would have bought at CP, C the new shares. Never upwards. Source: methods a7, NVCA 4.4.4.
 */
export function antiDilution(input: AntiDilutionInput): { adjustedPrice: Measure; ratio: Measure } {
  const [before, price] = [rational(input.conversionPrice), rational(input.newPrice)];
  const [outstanding, issued] = [rational(input.outstanding), rational(input.newShares)];
  if (price.gte(before) || issued.n === 0n) return { adjustedPrice: known(exactOf(before)), ratio: known(1) };
  const atOldPrice = issued.mul(price).div(before);
  const after =
    input.kind === "full-ratchet" ? price : before.mul(outstanding.add(atOldPrice)).div(outstanding.add(issued));
  return {
    adjustedPrice: known(exactOf(after)),
    ratio: after.n === 0n ? unknown("zero-denominator") : known(exactOf(before.div(after))),
  };
}
