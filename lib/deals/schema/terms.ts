import { z } from "zod";
import { day, someWords, words } from "./deal";

const money = z
  .string()
  .regex(/^\d{1,15}(\.\d{1,4})?$/, { error: "an amount in plain currency units, at least 0" })
  .nullable();
const ratio = z
  .string()
  .regex(/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/, { error: "a fraction from 0 to 1, such as 0.1 for 10 %" })
  .nullable();
const months = z.int().min(0).max(120, { error: "months, at most 120" }).nullable();

export const MOST_EARN_OUTS = 5;
export const earnOutSchema = z.strictObject({
  title: someWords(1, 160, "what has to be reached"),
  amount: money,
  dueOn: day.nullable(),
  probability: ratio,
});
export type EarnOut = z.infer<typeof earnOutSchema>;

/**
 * The terms of an offer. Null is not stated, which is not zero: "0" says that there is none. Amounts are in plain units
 * of the offer's currency. The headline price is everything together, earn-outs at their most; cash is what stock,
 * rollover, vendor note and earn-outs leave of it.
 */
export const offerTermsSchema = z.strictObject({
  currency: z.string().regex(/^[A-Z]{3}$/, { error: "an ISO 4217 code" }),
  /** A price for the company without cash and debt, or for all of its shares as they are. */
  basis: z.enum(["enterprise", "equity"]),
  price: money,
  stock: money,
  /** What the bidder's stock is worth less than it says, until it can be sold. */
  stockDiscount: ratio,
  rollover: money,
  rolloverDiscount: ratio,
  vendorNote: money,
  vendorNoteMonths: months,
  /** Simple interest a year, paid with the principal. */
  vendorNoteInterest: ratio,
  vendorNoteProbability: ratio,
  earnOuts: z.array(earnOutSchema).max(MOST_EARN_OUTS).nullable(),
  /** Of the equity proceeds without contingent money. */
  escrow: ratio,
  escrowMonths: months,
  escrowProbability: ratio,
  holdback: ratio,
  holdbackMonths: months,
  holdbackProbability: ratio,
  workingCapital: z.enum(["none", "peg"]).nullable(),
  peg: money,
  expectedWorkingCapital: money,
  collar: money,
  /** Beyond the collar: only what exceeds it, or everything from the peg on. */
  collarOutside: z.enum(["edge", "zero"]),
  cash: money,
  debt: money,
  costs: money,
  /** Of the equity proceeds, to management, before preferences. */
  carveOut: ratio,
  indemnityCap: ratio,
  indemnityBasket: ratio,
  basketKind: z.enum(["deductible", "tipping"]).nullable(),
  conditions: z
    .array(someWords(1, 300, "a condition"))
    .max(20)
    .nullable(),
  financing: z.enum(["cash at hand", "committed", "subject to financing"]).nullable(),
  closeProbability: ratio,
  exclusivityDays: z.int().min(0).max(365).nullable(),
  closesOn: day.nullable(),
  validUntil: day.nullable(),
});
export type OfferTerms = z.infer<typeof offerTermsSchema>;
export type TermKey = keyof OfferTerms;

export const OFFER_KINDS = ["bid", "counter"] as const;
export type OfferKind = (typeof OFFER_KINDS)[number];

const said = {
  terms: offerTermsSchema,
  /** The day that the terms were said. */
  dated: day,
  source: someWords(2, 200, "where the terms are written"),
  note: words(600),
};

export const recordOfferSchema = z.strictObject({
  dealId: z.uuid(),
  kind: z.enum(OFFER_KINDS),
  title: someWords(1, 120, "a name for the offer"),
  ...said,
});
export type RecordOffer = z.infer<typeof recordOfferSchema>;

export const reviseOfferSchema = z.strictObject({
  offerId: z.uuid(),
  /** The newest version that the person saw. */
  version: z.int().positive(),
  ...said,
});
export type ReviseOffer = z.infer<typeof reviseOfferSchema>;

/** Terms of which nothing is stated yet. */
export const blankTerms = (currency: string): OfferTerms => ({
  ...{ currency, basis: "enterprise", price: null, stock: null, stockDiscount: null, rollover: null },
  ...{ rolloverDiscount: null, vendorNote: null, vendorNoteMonths: null, vendorNoteInterest: null },
  ...{ vendorNoteProbability: null, earnOuts: null, escrow: null, escrowMonths: null, escrowProbability: null },
  ...{ holdback: null, holdbackMonths: null, holdbackProbability: null, workingCapital: null, peg: null },
  ...{ expectedWorkingCapital: null, collar: null, collarOutside: "edge", cash: null, debt: null, costs: null },
  ...{ carveOut: null, indemnityCap: null, indemnityBasket: null, basketKind: null, conditions: null },
  ...{ financing: null, closeProbability: null, exclusivityDays: null, closesOn: null, validUntil: null },
});
