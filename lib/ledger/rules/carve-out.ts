import type Fraction from "fraction.js";
import { carvedOf, debtOf } from "@/lib/distribution/rules/carve-out";
import { rational, whole } from "@/lib/distribution/rules/exact";
import type { ShareClass } from "@/lib/distribution/schema";
import { minorDigits } from "@/lib/money";
import type { CarveOut } from "../schema";

type Basis = { carveOut: CarveOut | null; classes: readonly ShareClass[] };

/**
 * What of a payment goes to the participants of the agreed carve-out before the holders share the rest: its part of all
 * proceeds so far less its part of those before (`beforeMinor`, what was carved out included). In minor units.
 */
export function carvedMinor(
  { carveOut, classes }: Basis,
  currency: string,
  beforeMinor: bigint,
  amountMinor: bigint,
): bigint {
  if (!carveOut) return 0n;
  const digits = minorDigits(currency);
  const scale = whole(10n ** BigInt(digits));
  const carve = carvedOf(rational(carveOut.ratio), debtOf(classes), digits);
  const inMinor = (amount: Fraction): bigint => (amount.n * 10n ** BigInt(digits)) / amount.d;
  const until = (gross: bigint) => inMinor(carve(whole(gross).div(scale)));
  return until(beforeMinor + amountMinor) - until(beforeMinor);
}
