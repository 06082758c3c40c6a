import { type ShareClassInput, shareClassSchema } from "@/lib/distribution/schema";
import type { HolderParts } from "../rules/holders";
import { type OfferContext, prepareOffers } from "../rules/proceeds";
import { blankTerms, type OfferTerms } from "../schema/terms";

/** Founder 6 M and group 2 M of 8 M common; Series A, 2 M shares, 10 M invested at 1×, not participating, all the group's. */
export const CLASSES: ShareClassInput[] = [
  { id: "common", name: "Common", kind: "common", shares: 8_000_000 },
  {
    ...{ id: "a", name: "Series A", kind: "preferred", shares: 2_000_000, invested: 10_000_000, multiple: 1 },
    ...{ participation: "none", seniority: 1 },
  },
];

export const HOLDERS: HolderParts[] = [
  { id: "founder", name: "Founder", parts: { common: "3/4" } },
  { id: "group", name: "Group", parts: { common: "1/4", a: "1" } },
];

export const contextOf = (more: Partial<OfferContext> = {}): OfferContext => ({
  ...{ currency: "EUR", digits: 2, classes: CLASSES.map((each) => shareClassSchema.parse(each)), holders: HOLDERS },
  ...{ group: ["group"], rates: {}, discountRatio: "0.1", valuedOn: "2027-01-01" },
  ...more,
});

export function prepared(more: Partial<OfferContext> = {}) {
  const made = prepareOffers(contextOf(more));
  if (!made) throw new Error("contradiction");
  return made;
}

/** All cash on the day of valuation, nothing held back, certain. */
export const plainTerms = (more: Partial<OfferTerms> = {}): OfferTerms => ({
  ...blankTerms("EUR"),
  ...{ price: "30000000", stock: "0", rollover: "0", vendorNote: "0", earnOuts: [], escrow: "0", holdback: "0" },
  ...{ workingCapital: "none", cash: "0", debt: "0", costs: "0", carveOut: "0", closeProbability: "1" },
  ...{ closesOn: "2027-01-01", ...more },
});
