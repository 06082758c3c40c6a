import type Fraction from "fraction.js";
import type { Prepared } from "@/lib/deals/rules/proceeds";
import type { OfferTerms } from "@/lib/deals/schema/terms";
import { minorDigits } from "@/lib/money";
import type { Reach } from "../../schema/split";
import { type Amount, payment, rational } from "../exact";
import { roundHalfUp } from "../rounding";
import { type Inverse, inverseOf } from "./piecewise";
import { receivedByPrice } from "./price-line";

/** Prices in the offer's currency and amounts in the cap table's, each as text to its minor unit. */
export type Goal =
  | { kind: "one"; price: string }
  | { kind: "range"; from: string; to: string | null }
  | { kind: "above"; most: string }
  | { kind: "below"; least: string }
  | { kind: "unknown"; reason: string };

function goalOf(inverse: Inverse, priceDigits: number, digits: number): Goal {
  const text = (value: Fraction, to: number) => String(payment(roundHalfUp(value, to)));
  switch (inverse.kind) {
    case "one":
      return { kind: "one", price: text(inverse.at, priceDigits) };
    case "range":
      return { kind: "range", from: text(inverse.from, priceDigits), to: inverse.to && text(inverse.to, priceDigits) };
    case "above":
      return { kind: "above", most: text(inverse.most, digits) };
    case "below":
      return { kind: "below", least: text(inverse.least, digits) };
  }
}

export type GoalQuestion = {
  reach: Reach;
  /** The holders who are to receive it together. */
  holders: readonly string[];
  amount: Amount;
};

/**
 * The headline price at which these holders together receive an amount, all other terms standing: the exact place on the
 * straight pieces of what they receive, then rounded half up to the minor unit of the price. Where they get the same over
 * a stretch of prices, the whole stretch; where no price does, the most that any brings, or what already the least does.
 */
export function goalPrice(terms: OfferTerms, prepared: Prepared, { reach, holders, amount }: GoalQuestion): Goal {
  const { context } = prepared;
  const parts = context.holders.filter(({ id }) => holders.includes(id)).map((holder) => holder.parts);
  const received = receivedByPrice(terms, prepared, reach, parts);
  const inverse = received && inverseOf(received, rational(amount));
  if (!inverse) return { kind: "unknown", reason: "incomplete-cap-table" };
  return goalOf(inverse, minorDigits(terms.currency), context.digits);
}
