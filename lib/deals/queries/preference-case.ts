import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { digestOf } from "@/lib/figures/rules";
import { atOneMoment } from "@/lib/metrics/queries/performance";
import type { DealMemoFacts } from "../rules/deal-memos";
import { inPlay, loadMemoFacts } from "./deal-memo";
import { loadOffers } from "./offers";
import { findProcess, ventureInSight } from "./process";

export type PreferenceCase =
  | { ok: true; facts: DealMemoFacts; figures: string[]; why: string[]; cause: string }
  /** What an offer would have to be. */
  | { ok: false; why: string };

const no = (why: string): PreferenceCase => ({ ok: false, why });

/** Whether this offer's bidder can be proposed as the one to negotiate with first, and what the memo says. */
export async function getPreferenceCase(actor: Actor, ventureId: string, offerId: string): Promise<PreferenceCase> {
  return atOneMoment(async (tx) => {
    const venture = await ventureInSight(tx, actor, ventureId);
    const process = await findProcess(tx, ventureId);
    if (!process) return no("an offer of an open sale");
    const { offers } = await loadOffers(tx, venture, process);
    const bids = offers.filter((one) => one.newest && one.kind === "bid" && inPlay(one));
    const chosen = bids.find((one) => one.offerId === offerId);
    if (!chosen) return no("the newest offer of a bidder that is still in");
    if (!chosen.proceeds.known || !chosen.proceeds.group) return no("an offer of which the group's part is known");
    if (process.preferredDealId === chosen.dealId) return no("a bidder that is not negotiated with first already");
    const found = await loadMemoFacts(tx, venture, { offerId, version: chosen.version });
    if (!found) return no("an offer of this sale");
    const first = bids[0]?.offerId === offerId;
    const unknown = bids.filter(({ proceeds }) => !proceeds.known).map(({ bidder }) => bidder);
    const highest = bids.toSorted((a, b) => Number(b.terms.price ?? 0) - Number(a.terms.price ?? 0))[0];
    const why = [
      first
        ? "Of all offers whose terms are known it is worth most to the group today, after what comes later, time and the risk of not closing."
        : "It is not the one that is worth most to the group today; the table says by how much.",
      ...(first && highest && highest.dealId !== chosen.dealId
        ? [`The highest headline is that of ${highest.bidder}; less of it reaches the group, or later, or less surely.`]
        : []),
      ...(unknown.length > 0 ? [`Not compared, because terms are not stated: ${unknown.join(", ")}.`] : []),
    ];
    const cause = digestOf(bids.map((one) => [one.offerId, one.version, one.offerId === offerId]));
    return { ok: true, facts: found.facts, figures: found.figures.map(({ id }) => id), why, cause: cause.slice(-24) };
  });
}
