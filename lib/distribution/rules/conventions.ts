import type { ShareClass, WaterfallInput } from "../schema";
import { payment, rational } from "./exact";
import type { Waterfall } from "./waterfall";

const has = (classes: readonly ShareClass[], ...kinds: ShareClass["kind"][]): boolean =>
  classes.some(({ kind }) => kinds.includes(kind));

/** The conventions that a set of classes brings into play, by name. */
export function classConventions(classes: readonly ShareClass[], mandatory: boolean): Record<string, string> {
  return {
    numbers: "a JSON number is its decimal text; exact rational arithmetic, rounded once at the end",
    order: "costs, debt by rank, carve-out, preferences by rank (1 first), residual per as-converted share",
    withinRank: "pro rata to claims, not to shares or money invested",
    conversion: "pure Nash equilibrium: no class gains by switching alone; at a tie a class holds",
    unissuedPool: "not a class; it gets nothing",
    ...(has(classes, "preferred") && {
      claim: "invested × multiple (or preferenceAmount) + accruedDividends",
      cap: "on all receipts while holding, preference and dividends included; below the claim, the cap is the claim",
    }),
    ...(has(classes, "option", "warrant") && {
      exercise: "only if the common price is above the strike, solved with the price; payout net of strike",
    }),
    ...(has(classes, "safe") && {
      safe: "money back or conversion; with a cap, shares = purchaseAmount × capitalization ÷ valuationCap",
    }),
    ...(has(classes, "note") && {
      note: "ranks as debt while it holds: principal × (1 + premium) + interest; converts principal + interest, without the premium",
    }),
    ...(mandatory && {
      mandatoryConversion:
        "all convertible preferred convert when those that each gain by it hold more than the majority of the as-converted preferred votes; SAFEs and notes keep their choice",
    }),
  };
}

export const roundingConvention = (digits: number): string =>
  `payments to ${digits} digits by largest remainder, at a tie by id, so that all lines add up to the proceeds`;

export const currencyConvention = (currency: string | undefined): string =>
  currency ?? "not given: two digits in the minor unit, amounts carry no unit (XXX)";

export function waterfallConventions(input: WaterfallInput, digits: number): Record<string, string> {
  const { classes, carveOut, mandatoryConversion, currency } = input;
  return {
    ...classConventions(classes, mandatoryConversion !== undefined),
    rounding: roundingConvention(digits),
    currency: currencyConvention(currency),
    ...(carveOut?.rate !== undefined && { carveOutBase: "rate × proceeds before costs" }),
    ...(carveOut?.participants?.length && {
      carveOutParticipants:
        "pool less what participants receive as equity in the final waterfall (as one pool, or each against its share); what is saved goes back to the classes",
    }),
  };
}

export function waterfallWarnings(input: WaterfallInput, waterfall: Waterfall): string[] {
  const warnings: string[] = [];
  for (const given of input.classes) {
    if (given.kind !== "preferred" || given.participation !== "capped") continue;
    const invested = rational(given.invested ?? 0);
    const cap =
      given.capAmount === undefined ? invested.mul(rational(given.capMultiple ?? 0)) : rational(given.capAmount);
    const preference =
      given.preferenceAmount === undefined ? invested.mul(rational(given.multiple)) : rational(given.preferenceAmount);
    if (cap.lt(preference.add(rational(given.accruedDividends))))
      warnings.push(`${given.id}: the cap ${payment(cap)} is below the claim; the cap is paid`);
  }
  if (waterfall.forced)
    warnings.push("A majority of the preferred imposes conversion on all; payoffs jump where it begins to");
  if (waterfall.carveOutCut) warnings.push("The carve-out is cut to what costs and debt leave");
  if (waterfall.carriedBy)
    warnings.push(
      `The proceeds are no whole number of minor units; what is below one is carried by ${waterfall.carriedBy}`,
    );
  return warnings;
}
