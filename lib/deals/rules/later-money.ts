import { parseDate } from "@internationalized/date";
import type Fraction from "fraction.js";
import { positive, rational, whole } from "@/lib/distribution/rules/exact";
import { roundHalfUp } from "@/lib/distribution/rules/rounding";
import type { OfferTerms } from "../schema/terms";
import { type Bridge, convert, type Exchange } from "./bridge";

/** Money that comes after closing, at its most, with the day and how likely it comes. */
export type Later = { key: string; label: string; on: string; amount: Fraction; probability: number };

const after = (day: string, months: number): string => parseDate(day).add({ months }).toString();

/** Principal and simple interest: months ÷ 12. */
function noteAtMaturity(terms: OfferTerms, principal: Fraction, digits: number): Fraction {
  const years = whole(BigInt(terms.vendorNoteMonths ?? 0)).div(whole(12n));
  const interest = principal.mul(rational(terms.vendorNoteInterest ?? "0")).mul(years);
  return roundHalfUp(principal.add(interest), digits);
}

/** Holdback, escrow, vendor note and earn-outs in the order of their days. */
export function laterMoney(terms: OfferTerms, bridge: Bridge, exchange: Exchange): Later[] {
  const closing = terms.closesOn ?? "";
  const at = (key: string, label: string, months: number | null, amount: Fraction, probability: string | null) =>
    positive(amount)
      ? [{ key, label, on: after(closing, months ?? 0), amount, probability: Number(probability ?? 0) }]
      : [];
  const note = noteAtMaturity(terms, bridge.vendorNote, exchange.digits);
  const all: Later[] = [
    ...at("holdback", "Holdback", terms.holdbackMonths, bridge.holdback, terms.holdbackProbability),
    ...at("escrow", "Escrow", terms.escrowMonths, bridge.escrow, terms.escrowProbability),
    ...at("note", "Vendor note", terms.vendorNoteMonths, note, terms.vendorNoteProbability),
    ...(terms.earnOuts ?? []).flatMap(({ title, amount, dueOn, probability }, index) => {
      const due = convert(amount, exchange);
      const on = dueOn ?? closing;
      return positive(due)
        ? [{ key: `earn-out-${index + 1}`, label: title, on, amount: due, probability: Number(probability ?? 0) }]
        : [];
    }),
  ];
  return all.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}
