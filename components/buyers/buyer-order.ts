import { hasWords, type SortKey, sortedBy } from "@/components/ui/table-order";
import type { BuyerLine } from "@/lib/buyers/queries";
import { OUTREACH, TIERS } from "@/lib/buyers/schema";

export const BUYER_KEYS = ["name", "tier", "fit", "certainty", "capacity", "stage", "asOf"] as const;
export type BuyerKey = (typeof BUYER_KEYS)[number];
export type BuyerOrder = { by: BuyerKey | null; descending: boolean };
export type BuyerFilter = { text: string; tier: string; kind: string };

/** "listed" is every tier but "out"; empty is everybody. */
export const SHOWN_TIERS = ["listed", ...TIERS, ""] as const;

/** Whether a buyer has every word of the search in its name, country, sectors, reason, next step or claims. */
export function isShown(buyer: BuyerLine, { text, tier, kind }: BuyerFilter): boolean {
  if (kind !== "" && buyer.kind !== kind) return false;
  if (tier === "listed" ? buyer.tier === "out" : tier !== "" && buyer.tier !== tier) return false;
  const { name, country, sectors, reason, nextStep, owner, claims } = buyer;
  const said = claims.map(({ claim, source }) => `${claim} ${source}`);
  return hasWords([name, country, ...sectors, reason, nextStep, owner, ...said], text);
}

function keyOf(buyer: BuyerLine, by: BuyerKey): SortKey {
  const { score, certainty, capacity } = buyer;
  const value = (text: string | null) => (text === null ? null : Number(text));
  if (by === "tier") return TIERS.indexOf(buyer.tier);
  if (by === "stage") return OUTREACH.indexOf(buyer.stage);
  if (by === "fit") return value(score.value);
  if (by === "certainty") return value(certainty.value);
  if (by === "capacity") return value(capacity.value);
  return by === "asOf" ? buyer.factsAsOf : buyer.name.toLowerCase();
}

/** As the list stands, or by a column; what is unknown comes last either way. Capacities are each in their own currency. */
export const inBuyerOrder = (buyers: readonly BuyerLine[], { by, descending }: BuyerOrder): BuyerLine[] =>
  by === null ? [...buyers] : sortedBy(buyers, (buyer) => keyOf(buyer, by), descending);
