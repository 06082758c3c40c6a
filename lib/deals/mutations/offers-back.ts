import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Tx } from "@/lib/db";
import { dealFactsSchema } from "../schema/deal";
import { bidsChanged } from "./deal-row";

type Taking = { ventureId: string; importId: string; by: string; now: Date };

const include = {
  offer: {
    include: {
      deal: { select: { bidder: true, facts: true } },
      versions: { select: { version: true }, orderBy: { version: "desc" as const }, take: 1 },
    },
  },
};
const written = (tx: Tx, importId: string) => tx.offerVersion.findMany({ where: { importId }, include });
type Written = Awaited<ReturnType<typeof written>>[number];

/** Whether somebody rests on a version: a newer one, the agreement, or a document that was written from it. */
async function isBuiltUpon(tx: Tx, { offerId, version, offer }: Written): Promise<boolean> {
  const { agreedOffer } = dealFactsSchema.parse(offer.deal.facts);
  if (agreedOffer?.offerId === offerId && agreedOffer.version === version) return true;
  if (offer.versions[0]?.version !== version) return true;
  return (await tx.dealDocumentVersion.count({ where: { offerId, offerVersion: version } })) > 0;
}

/** Bidders that only the file brought and with whom nobody has done anything leave with it. */
async function leaveUntouched(tx: Tx, importId: string): Promise<void> {
  const alone = { negotiation: null, concessions: { none: {} }, offers: { none: {} } };
  const deals = await tx.deal.findMany({
    where: { importId, version: 1, stage: "not-started", ...alone },
    select: { id: true },
  });
  await tx.deal.deleteMany({ where: { id: { in: deals.map(({ id }) => id) } } });
}

/** What an import wrote is gone, unless somebody has built upon it; their names are answered then, and nothing happens. */
export async function takeBackOffers(tx: Tx, { ventureId, importId, by, now }: Taking): Promise<string[]> {
  const versions = await written(tx, importId);
  const built: string[] = [];
  for (const one of versions)
    if (await isBuiltUpon(tx, one)) built.push(`${one.offer.deal.bidder}, ${one.offer.title}`);
  if (built.length > 0) return built;
  for (const { offerId, version, offer } of versions) {
    await tx.offerVersion.delete({ where: { offerId_version: { offerId, version } } });
    await tx.offer.deleteMany({ where: { id: offerId, versions: { none: {} } } });
    await bidsChanged(tx, ventureId, offer.dealId, now);
    const payload = { bidder: offer.deal.bidder, title: offer.title, version, importId };
    await recordEvent(tx, {
      ...{ ventureId, type: "offer.taken-back", actor: by, subject: `offer:${offerId}`, payload, at: now },
    });
  }
  await leaveUntouched(tx, importId);
  return [];
}
