import { hasWords, type SortKey, sortedBy } from "@/components/ui/table-order";
import type { DealLine } from "@/lib/deals/queries/deals";
import { DEAL_STAGES } from "@/lib/deals/schema/deal";

export const DEAL_KEYS = ["bidder", "stage", "worth", "closing", "headline", "closesOn", "next"] as const;
export type DealKey = (typeof DEAL_KEYS)[number];
export type DealOrder = { by: DealKey; descending: boolean };
export type DealFilter = { text: string; stage: string };

/** Whether a deal has every word of the search in its bidder, contact, owner, next step or advisers. */
export function isShownDeal({ bidder, owner, stage, facts }: DealLine, filter: DealFilter): boolean {
  if (filter.stage !== "" && stage !== filter.stage) return false;
  const advisers = [...facts.ourAdvisers, ...facts.theirAdvisers].map(({ name }) => name);
  return hasWords([bidder, owner, facts.contact, facts.nextStep, ...advisers], filter.text);
}

function keyOf({ bidder, stage, best, facts }: DealLine, by: DealKey): SortKey {
  const number = (figure: { value: string | null } | null | undefined) =>
    figure?.value == null ? null : Number(figure.value);
  if (by === "stage") return DEAL_STAGES.indexOf(stage);
  if (by === "worth") return number(best?.figures.riskAdjusted);
  if (by === "closing") return number(best?.figures.atClosing);
  if (by === "headline") return number(best?.figures.price);
  if (by === "closesOn") return facts.closesOn;
  return by === "next" ? facts.nextOn : bidder.toLowerCase();
}

/** By a column; what is unknown comes last either way. */
export const inDealOrder = (deals: readonly DealLine[], { by, descending }: DealOrder): DealLine[] =>
  sortedBy(deals, (deal) => keyOf(deal, by), descending);
