import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db";
import { dealFactsSchema } from "@/lib/deals/schema/deal";
import { findKeptSplit, loadSplitCase } from "@/lib/distribution/queries/split-case";
import { type KeptBack, keptBack } from "@/lib/distribution/rules/split/kept-back";
import { exchangeOf } from "@/lib/distribution/rules/split/price-line";
import { splitOf } from "@/lib/distribution/rules/split/split";
import { AppError } from "@/lib/errors";
import { atOneMoment } from "@/lib/metrics/queries/performance";
import { dayText } from "@/lib/metrics/rules/periods";

export type PlannedTranche = KeptBack & { opensOn: string; currency: string; buyer: string; heldBy: string };

/** The closing that stands in the books, and the offer that it was split by. */
async function closedOffer(tx: Tx, ventureId: string) {
  const standing = await tx.distribution.findFirst({
    where: {
      ...{ basis: { ventureId }, transaction: { reversedBy: null } },
      requests: { some: { kind: "closing", status: "done" } },
    },
    select: { paidOn: true },
  });
  const kept = standing && (await findKeptSplit(tx, ventureId, null));
  if (!standing || !kept?.plan.offer) return null;
  const { offerId, version } = kept.plan.offer;
  const offer = await tx.offer.findUnique({ where: { id: offerId }, include: { deal: true } });
  const question = { offer: offerId, version, price: kept.plan.price ?? "", plan: kept.version, day: kept.asOf };
  return offer && { deal: offer.deal, question, closedOn: dayText(standing.paidOn) };
}

/**
 * What the agreed terms keep for later and the books do not have yet, once the closing stands in them: nobody has to type it
 * off, and nobody forgets it.
 */
export async function listPlannedTranches(actor: Actor, ventureId: string): Promise<PlannedTranche[]> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  return atOneMoment(async (tx) => {
    const venture = await tx.venture.findUnique({ where: { id: ventureId } });
    const closed = venture && (await closedOffer(tx, ventureId));
    const found = closed && (await loadSplitCase(tx, venture, closed.question));
    if (!closed || !found?.prepared) return [];
    const split = splitOf(found.terms, found.prepared);
    const exchange = exchangeOf(found.prepared.context, found.terms.currency);
    if (!split.known || !exchange) return [];
    const { bidder, facts } = closed.deal;
    const { ourAdvisers, theirAdvisers } = dealFactsSchema.parse(facts);
    const agent = [...ourAdvisers, ...theirAdvisers].find(({ role }) => role === "escrow agent")?.name ?? "";
    const there = await tx.deferredTranche.findMany({ where: { ventureId }, select: { kind: true, label: true } });
    return keptBack(found.terms, split.bridge, exchange, closed.closedOn)
      .filter(
        ({ kind, label }) => !there.some((one) => one.label === label || (one.kind === kind && kind !== "earn-out")),
      )
      .map((one) => ({
        ...{ ...one, opensOn: closed.closedOn, currency: venture.currency, buyer: bidder },
        heldBy: one.kind === "escrow" ? agent : bidder,
      }));
  });
}
