import type Fraction from "fraction.js";
import { ok, type Result, refuse } from "@/lib/errors";
import { type Amount, greater, positive, rational, ZERO } from "./exact";
import { roundHalfUp } from "./rounding";

export type WorkingCapital = {
  peg: Amount;
  actual: Amount;
  collar: Amount;
  /** Beyond the collar: what exceeds it, or everything from the peg on. */
  outside: "edge" | "zero";
};
export type PriceTerms = {
  enterpriseValue: Amount;
  cash: Amount;
  debt: Amount;
  workingCapital?: WorkingCapital | undefined;
  transactionCosts: Amount;
  escrow?: { rate?: Amount | undefined; amount?: Amount | undefined } | undefined;
};

/** Actual − peg, unit for unit; nothing within the collar on either side of the peg. */
export function workingCapitalAdjustment({ peg, actual, collar, outside }: WorkingCapital): Fraction {
  const change = rational(actual).sub(rational(peg));
  const band = rational(collar);
  if (change.abs().lte(band)) return ZERO;
  if (outside === "zero") return change;
  return change.s < 0n ? change.add(band) : change.sub(band);
}

export type PurchasePrice = {
  workingCapitalAdjustment: Fraction;
  /** Below zero: what debt and costs exceed the price by. */
  equityProceeds: Fraction;
  /** Null where nothing reaches the holders. */
  atClosing: Fraction | null;
  withheld: Fraction | null;
};

/**
 * From the cash-free, debt-free price to what holders receive at closing and what is held back; each line rounded to the
 * minor unit, half up. The escrow is a part of the equity proceeds. Source: methods a1.
 */
export function purchasePrice(terms: PriceTerms, digits: number): Result<PurchasePrice, "CONTRADICTION"> {
  const { escrow, workingCapital } = terms;
  if (escrow && (escrow.rate === undefined) === (escrow.amount === undefined))
    return refuse("CONTRADICTION", [{ path: "escrow", expected: "either rate or amount" }]);
  const adjustment = workingCapital ? workingCapitalAdjustment(workingCapital) : ZERO;
  const proceeds = roundHalfUp(
    rational(terms.enterpriseValue)
      .add(rational(terms.cash))
      .sub(rational(terms.debt))
      .add(adjustment)
      .sub(rational(terms.transactionCosts)),
    digits,
  );
  const rounded = roundHalfUp(adjustment, digits);
  const held = roundHalfUp(
    escrow?.amount === undefined ? proceeds.mul(rational(escrow?.rate ?? 0)) : rational(escrow.amount),
    digits,
  );
  if (escrow?.amount !== undefined && positive(held.sub(greater(proceeds, ZERO))))
    return refuse("CONTRADICTION", [{ path: "escrow.amount", expected: "no more than the equity proceeds" }]);
  const lines = { workingCapitalAdjustment: rounded, equityProceeds: proceeds };
  if (proceeds.s < 0n && proceeds.n !== 0n) return ok({ ...lines, atClosing: null, withheld: null });
  return ok({ ...lines, atClosing: proceeds.sub(held), withheld: held });
}
