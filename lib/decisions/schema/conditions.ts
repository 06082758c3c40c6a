import { findMetric } from "@/lib/metrics/schema";

/** Terms of the offer in hand that an approval can hang on, beside every metric of the dictionary; each a part of the price. */
export const OFFER_TERMS = [
  { key: "offer_escrow", name: "Escrow of the offer", term: "escrow" },
  { key: "offer_holdback", name: "Holdback of the offer", term: "holdback" },
  { key: "offer_indemnity_cap", name: "Indemnity cap of the offer", term: "indemnityCap" },
  { key: "offer_carve_out", name: "Management carve-out of the offer", term: "carveOut" },
] as const;
export type OfferTerm = (typeof OFFER_TERMS)[number];

export const findOfferTerm = (key: string): OfferTerm | null => OFFER_TERMS.find((one) => one.key === key) ?? null;

/** What a person reads for what a condition is about. */
export const conditionName = (key: string): string => findMetric(key)?.name ?? findOfferTerm(key)?.name ?? key;

export const canBeCondition = (key: string): boolean => findMetric(key) !== null || findOfferTerm(key) !== null;
