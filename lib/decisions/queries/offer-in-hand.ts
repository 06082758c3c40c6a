import "server-only";
import type { Tx } from "@/lib/db";
import { bidsDataset } from "@/lib/deals/queries/offer-context";
import { findProcess, listDeals } from "@/lib/deals/queries/process";
import type { OfferInHand } from "../rules/conditions";
import type { OfferTerm } from "../schema/conditions";

const OVER: readonly string[] = ["fallen-through"];

/**
 * The newest bid of the bidder that a decision is about, else of the one that is negotiated with first, else of the only one
 * that is left; null where it is not clear which one is meant. `version` is how the bidder's offers stand.
 */
export async function findOfferInHand(
  tx: Tx,
  ventureId: string,
  term: OfferTerm["term"],
  dealId: string | null,
): Promise<{ offer: OfferInHand | null; version: number }> {
  const process = await findProcess(tx, ventureId);
  const deals = process ? (await listDeals(tx, process.id)).filter(({ stage }) => !OVER.includes(stage)) : [];
  const named = deals.find(({ id }) => id === (dealId ?? process?.preferredDealId));
  const deal = named ?? (dealId === null && deals.length === 1 ? deals[0] : undefined);
  const bid = deal?.offers.findLast(({ kind }) => kind === "bid");
  const newest = bid?.versions.at(-1);
  if (!deal || !bid || !newest) return { offer: null, version: 0 };
  const dataset = await tx.datasetVersion.findFirst({ where: { ventureId, dataset: bidsDataset(deal.id) } });
  const { bidder, id } = deal;
  const said = { title: bid.title, version: newest.version, dated: newest.dated, term: newest.terms[term] };
  return { offer: { dealId: id, bidder, ...said }, version: dataset?.version ?? 0 };
}
