import Fraction from "fraction.js";
import { closingBridge, convert, type Exchange } from "@/lib/deals/rules/bridge";
import { laterMoney } from "@/lib/deals/rules/later-money";
import type { OfferContext, Prepared } from "@/lib/deals/rules/proceeds";
import type { OfferTerms } from "@/lib/deals/schema/terms";
import type { Reach } from "../../schema/split";
import { engineExits } from "../breakpoints";
import { type Engine, outcomeOf } from "../equilibrium";
import { byValue, greater, lesser, positive, rational, sum, whole, ZERO } from "../exact";
import { readEngine } from "../waterfall";
import type { Piecewise } from "./piecewise";

/** What an offer brings as a straight line of its headline price: consideration = factor × price + fixed. */
export type PriceLine = {
  factor: Fraction;
  fixed: Fraction;
  /** The least price that the other terms allow. */
  least: Fraction;
  /** Carve-out before preferences: its part, and the debt that goes before it. */
  carveOut: Fraction;
  debts: Fraction;
};

export function exchangeOf({ currency, digits, rates }: OfferContext, of: string): Exchange | null {
  const rate = of === currency ? "1" : (rates[of] ?? null);
  return rate === null ? null : { rate, digits };
}

/** Larger than any price, to read what the terms take off it. */
const BEYOND = "999999999999999";

/** Unrounded in the price alone; every other term counts as the bridge rounds it. Null without a rate of exchange. */
export function priceLine(terms: OfferTerms, { context, debts }: Prepared, reach: Reach): PriceLine | null {
  const exchange = exchangeOf(context, terms.currency);
  if (!exchange) return null;
  const found = closingBridge({ ...terms, price: BEYOND }, exchange);
  if (!found.ok) return null;
  const { value: bridge } = found;
  const rate = rational(exchange.rate);
  const off = bridge.equity.sub(bridge.price);
  const held = rational(terms.escrow ?? "0").add(rational(terms.holdback ?? "0"));
  const later = laterMoney(terms, bridge, exchange).filter(({ key }) => key !== "escrow" && key !== "holdback");
  const forms = sum([terms.stock, terms.rollover, terms.vendorNote].map((value) => convert(value, exchange)));
  const least = greater(forms.add(bridge.earnOuts), off.neg());
  const part = reach === "closing" ? whole(1n).sub(held) : whole(1n);
  return {
    factor: rate.mul(part),
    fixed: off.mul(part).add(reach === "closing" ? ZERO : sum(later.map(({ amount }) => amount))),
    least: greater(least, ZERO).div(rate),
    ...{ carveOut: rational(terms.carveOut ?? "0"), debts },
  };
}

/** What is left for the classes of all consideration so far. */
export const afterCarveOut = (gross: Fraction, { carveOut, debts }: PriceLine): Fraction =>
  gross.sub(lesser(gross.mul(carveOut), greater(gross.sub(debts), ZERO)));

/** Every consideration at which what the classes get of the next unit may change. */
function grossKnots(engine: Engine, { carveOut, debts }: PriceLine): Fraction[] {
  const left = whole(1n).sub(carveOut);
  const exits = engineExits(engine);
  const taxed = positive(left) ? [...exits, debts].filter((at) => at.gte(debts)).map((at) => at.div(left)) : [];
  return [...exits.filter((at) => at.lte(debts)), debts, ...taxed];
}

/** Weights of the classes: the parts that somebody holds of each, "1/3" or none. */
export const weightsOf = (parts: readonly Readonly<Record<string, string>>[], ids: readonly string[]): Fraction[] =>
  ids.map((id) => sum(parts.flatMap((own) => (own[id] ? [new Fraction(own[id])] : []))));

/** The places, in headline prices, at which somebody's part of the next unit may change, the least price first. */
export function priceKnots(engine: Engine, line: PriceLine): Fraction[] {
  if (!positive(line.factor)) return [line.least];
  const prices = grossKnots(engine, line).map((gross) => gross.sub(line.fixed).div(line.factor));
  const inside = [line.least, ...prices.filter((price) => price.gt(line.least))].sort(byValue);
  return inside.filter((price, index) => index === 0 || !inside[index - 1]?.equals(price));
}

/** What a price leaves for the classes, exactly. */
export const classesGet = (line: PriceLine, price: Fraction): Fraction =>
  afterCarveOut(greater(line.factor.mul(price).add(line.fixed), ZERO), line);

/**
 * What these parts of the classes receive as a line of the headline price, exact and not rounded to the minor unit: from
 * knot to knot it is straight, so that it can be inverted without a search. Null where the terms cannot be read.
 */
export function receivedByPrice(
  terms: OfferTerms,
  prepared: Prepared,
  reach: Reach,
  parts: readonly Readonly<Record<string, string>>[],
): Piecewise | null {
  const line = priceLine(terms, prepared, reach);
  const engine = readEngine(prepared.context.classes, undefined);
  if (!line || !engine.ok) return null;
  const ids = prepared.context.classes.map(({ id }) => id);
  const weights = weightsOf(parts, ids);
  const value = (price: Fraction): Fraction => {
    const { takes } = outcomeOf(engine.value, classesGet(line, price));
    return sum(takes.map(({ total }, index) => total.mul(weights[index] ?? ZERO)));
  };
  const points = priceKnots(engine.value, line).map((at) => ({ at, value: value(at) }));
  const last = points.at(-1);
  const slope = last ? value(last.at.add(whole(1n))).sub(last.value) : ZERO;
  return { points, slope };
}
