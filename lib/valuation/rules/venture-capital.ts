import { known, type Measure, MISSING, mapMeasure, ratio, unknown } from "@/lib/metrics/rules/measure";
import { Exact } from "@/lib/money";
import type { VentureCapitalInput } from "../schema/methods";

export type VentureCapital = Record<
  "postMoney" | "preMoney" | "requiredOwnership" | "finalOwnership" | "newShares" | "pricePerShare",
  Measure
> & { retention: { value: Exact } };

/** What one unit must have become at the exit. */
const requiredMultiple = ({ targetReturn, targetMultiple, years }: VentureCapitalInput): Exact =>
  targetMultiple ?? (targetReturn ?? new Exact(0)).plus(1).pow(years);

/**
 * Venture capital method: the part of the exit that repays the investment with its return, grossed up for later
 * dilution. Currency units and shares. An ownership above 1 does not exist. Source: methods c (Sahlman 1990).
 */
export function ventureCapitalMethod(input: VentureCapitalInput): VentureCapital {
  const { investment, exitValue, existingShares } = input;
  const retention = input.laterDilution.reduce((kept, part) => kept.times(part.neg().plus(1)), new Exact(1));
  const needed = investment.times(requiredMultiple(input));
  const within = (value: Exact): Measure => (value.gt(1) ? unknown("ownership-above-one") : known(value));
  const finalOwnership = mapMeasure(ratio(needed, exitValue), within);
  const requiredOwnership = mapMeasure(ratio(needed, exitValue.times(retention)), within);
  // investment ÷ ownership, without the detour through a rounded quotient; what is worth less than goes in has no price.
  const postMoney = ratio(exitValue.times(retention), requiredMultiple(input));
  const preMoney = mapMeasure(requiredOwnership, () => mapMeasure(postMoney, (post) => known(post.minus(investment))));
  const newShares = mapMeasure(requiredOwnership, (part) => {
    if (!existingShares) return MISSING;
    return part.eq(1) ? unknown("ownership-of-everything") : ratio(existingShares.times(part), part.neg().plus(1));
  });
  return {
    postMoney: exitValue.isZero() ? unknown("zero-denominator") : postMoney,
    preMoney,
    requiredOwnership,
    finalOwnership,
    newShares,
    pricePerShare: mapMeasure(newShares, (count) => ratio(investment, count)),
    retention: { value: retention },
  };
}

export function ventureCapitalConventions(input: VentureCapitalInput): Record<string, string> {
  return {
    target: input.targetMultiple ? "the money back so many times, whatever the years" : "(1 + return)^years",
    retention: "Π(1 − dilution) over the later rounds",
    requiredOwnership: "at the investment = final ownership ÷ retention",
    postMoney: "investment ÷ required ownership",
    newShares: "existing × f ÷ (1 − f), fractions kept",
  };
}
