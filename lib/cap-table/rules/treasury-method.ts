import type Fraction from "fraction.js";
import { type Amount, rational, sum, ZERO } from "@/lib/distribution/rules/exact";

export type Exercised = { id: string; netShares: Fraction; repurchased: Fraction };

/**
 * Shares left of each instrument when what exercising brings buys shares back at the price of the deal: n × (1 − strike ÷
 * price), nothing at or out of the money. Source: methods a5.
 */
export function treasuryMethod(
  price: Amount,
  instruments: readonly { id: string; shares: Amount; strike: Amount }[],
): { diluted: Fraction; instruments: Exercised[] } {
  const deal = rational(price);
  const exercised = instruments.map(({ id, shares, strike }): Exercised => {
    const cost = rational(strike);
    if (cost.gte(deal)) return { id, netShares: ZERO, repurchased: ZERO };
    const all = rational(shares);
    const repurchased = all.mul(cost).div(deal);
    return { id, netShares: all.sub(repurchased), repurchased };
  });
  return { diluted: sum(exercised.map(({ netShares }) => netShares)), instruments: exercised };
}
