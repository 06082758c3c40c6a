import type Fraction from "fraction.js";
import { type Amount, payment, positive, rational, sum, ZERO } from "@/lib/distribution/rules/exact";
import { purchasePrice } from "@/lib/distribution/rules/purchase-price";
import { roundHalfUp } from "@/lib/distribution/rules/rounding";
import { type FieldProblem, ok, type Result, refuse } from "@/lib/errors";
import type { OfferTerms } from "../schema/terms";

/** Offer money in the currency of the cap table, rounded to its minor unit. */
export type Exchange = { rate: Amount; digits: number };

export const convert = (value: string | null, { rate, digits }: Exchange): Fraction =>
  roundHalfUp(rational(value ?? "0").mul(rational(rate)), digits);

export type Bridge = {
  price: Fraction;
  earnOuts: Fraction;
  vendorNote: Fraction;
  stock: Fraction;
  rollover: Fraction;
  cash: Fraction;
  debt: Fraction;
  workingCapital: Fraction;
  costs: Fraction;
  /** For the holders without contingent money and note: what closing pays and what is held back. */
  equity: Fraction;
  escrow: Fraction;
  holdback: Fraction;
  /** What reaches the holders at closing in any form, before the carve-out. */
  closing: Fraction;
  /** Of it in cash; below zero where stock and rollover leave too little for debt and costs. */
  closingCash: Fraction;
};

/** Forms that add up to more than the price, or withheld money to more than there is. */
export function termProblems(terms: OfferTerms, exchange: Exchange): FieldProblem[] {
  const forms = sum([terms.stock, terms.rollover, terms.vendorNote].map((value) => convert(value, exchange)));
  const earnOuts = sum((terms.earnOuts ?? []).map(({ amount }) => convert(amount, exchange)));
  const price = convert(terms.price, exchange);
  return [
    ...(terms.price !== null && positive(forms.add(earnOuts).sub(price))
      ? [{ path: "price", expected: "at least stock, rollover, vendor note and earn-outs together" }]
      : []),
    ...(rational(terms.escrow ?? "0")
      .add(rational(terms.holdback ?? "0"))
      .gt(1)
      ? [{ path: "escrow", expected: "with the holdback no more than all of the proceeds" }]
      : []),
  ];
}

/**
 * From the headline price to what closing pays: everything together less what comes later (earn-outs, vendor note), with
 * cash, debt, working capital and costs; of that escrow and holdback are kept. In the cap table's currency, to the minor
 * unit. Terms that are not stated count as none here: ask `openTerms` first. Source: methods a1.
 */
export function closingBridge(terms: OfferTerms, exchange: Exchange): Result<Bridge, "CONTRADICTION" | "NO_PROCEEDS"> {
  const problems = termProblems(terms, exchange);
  if (problems.length > 0) return refuse("CONTRADICTION", problems);
  const of = (value: string | null) => convert(value, exchange);
  const enterprise = terms.basis === "enterprise";
  const [price, vendorNote, stock, rollover] = [terms.price, terms.vendorNote, terms.stock, terms.rollover].map(of) as [
    Fraction,
    Fraction,
    Fraction,
    Fraction,
  ];
  const earnOuts = sum((terms.earnOuts ?? []).map(({ amount }) => of(amount)));
  const [cash, debt] = enterprise ? [of(terms.cash), of(terms.debt)] : [ZERO, ZERO];
  const costs = of(terms.costs);
  const pegged = enterprise && terms.workingCapital === "peg";
  const priced = purchasePrice(
    {
      ...{ enterpriseValue: payment(price.sub(earnOuts).sub(vendorNote)), cash: payment(cash), debt: payment(debt) },
      transactionCosts: payment(costs),
      ...(pegged
        ? {
            workingCapital: {
              ...{ peg: payment(of(terms.peg)), actual: payment(of(terms.expectedWorkingCapital)) },
              ...{ collar: payment(of(terms.collar)), outside: terms.collarOutside },
            },
          }
        : {}),
    },
    exchange.digits,
  );
  if (!priced.ok) return priced;
  const { equityProceeds: equity, workingCapitalAdjustment: workingCapital } = priced.value;
  if (!positive(equity)) return refuse("NO_PROCEEDS");
  const kept = (ratio: string | null) => roundHalfUp(equity.mul(rational(ratio ?? "0")), exchange.digits);
  const escrow = kept(terms.escrow);
  const both = kept(
    rational(terms.escrow ?? "0")
      .add(rational(terms.holdback ?? "0"))
      .toString(12),
  );
  const holdback = both.sub(escrow);
  const closing = equity.sub(both);
  return ok({
    ...{ price, earnOuts, vendorNote, stock, rollover, cash, debt, workingCapital, costs, equity, escrow, holdback },
    ...{ closing, closingCash: closing.sub(stock).sub(rollover) },
  });
}
