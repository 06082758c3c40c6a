import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { nameKey } from "@/lib/buyers/rules/outreach";
import type { Tx } from "@/lib/db";
import { todayOf } from "@/lib/metrics/queries/performance";
import { dayText } from "@/lib/metrics/rules/periods";
import type { VentureRow } from "@/lib/valuation/queries/compute";
import { type DealRow, findProcess, isRealizing, listDeals } from "../queries/process";
import { type ListedTerms, termsOfListing } from "../rules/offer-listing";
import { changedTerms, TERMS } from "../rules/terms";
import type { OfferTerms } from "../schema/terms";
import { asJson, lockSale } from "./deal-row";
import { OVER, writeVersion } from "./offers";
import { takeBackOffers } from "./offers-back";
import { makeDeal, processFor } from "./opening";

type Listing = Awaited<ReturnType<Tx["offerListing"]["findMany"]>>[number];
type Settling = { ventureId: string; importId: string; by: string; now: Date };
type Held = Settling & { venture: VentureRow; today: string };

/** A stored row as a file would say it. */
function listedTerms(row: Listing): ListedTerms {
  const text = (value: unknown): string | null =>
    value === null || value === undefined ? null : value instanceof Date ? dayText(value) : String(value);
  return Object.fromEntries(TERMS.map(({ key }) => [key, text(row[key])]));
}

/** What each offer is by its newest row: of two files the one that was said later. */
async function newestListings(tx: Tx, ventureId: string, importId: string): Promise<Listing[]> {
  const keys = await tx.offerListing.findMany({
    where: { importId },
    distinct: ["bidderKey", "title"],
    select: { bidderKey: true, title: true },
    orderBy: [{ bidderKey: "asc" }, { title: "asc" }],
  });
  const found: Listing[] = [];
  for (const key of keys) {
    const newest = await tx.offerListing.findFirst({
      where: { ventureId, ...key, supersededAt: null },
      orderBy: [{ dated: "desc" }, { asOf: "desc" }, { id: "desc" }],
    });
    if (newest) found.push(newest);
  }
  return found;
}

/** The bidder's deal, taken into the sale where it is not in it; null where the sale is not open. */
async function dealFor(tx: Tx, held: Held, { bidder, bidderKey }: Listing): Promise<DealRow | null> {
  const { ventureId, importId, by, today, now } = held;
  const open = await findProcess(tx, ventureId);
  const found = open && (await listDeals(tx, open.id)).find((deal) => nameKey(deal.bidder) === bidderKey);
  if (found) return found;
  if (!(await isRealizing(tx, ventureId))) return null;
  const processId = await processFor(tx, { ventureId, by, today, now });
  const listed = await tx.buyerCandidate.findFirst({ where: { ventureId, company: { nameKey: bidderKey } } });
  const opening = { ventureId, processId, bidder, companyId: listed?.companyId ?? null, importId };
  const dealId = await makeDeal(tx, opening, { ref: by, today, now });
  return (await listDeals(tx, processId)).find(({ id }) => id === dealId) ?? null;
}

type Writing = { deal: DealRow; row: Listing; terms: OfferTerms };

/** The next version of the offer, where the row says something new; what stands and was said later is left, and named. */
async function writeListed(tx: Tx, held: Held, { deal, row, terms }: Writing): Promise<string | null> {
  const { venture, ventureId, importId, by, now } = held;
  const { title } = row;
  const dated = dayText(row.dated);
  const offer = deal.offers.find((one) => one.kind === "bid" && nameKey(one.title) === nameKey(title));
  const before = offer?.versions.at(-1);
  if (before && changedTerms(before.terms, terms).length === 0) return null;
  // On one day the file that is loaded has the last word, one of before has not.
  if (before && (before.dated > dated || (before.dated === dated && row.importId !== importId)))
    return `${row.bidder}, ${title}: what stands was said on ${before.dated}, the file says what was said on ${dated}`;
  const ordinal = Math.max(0, ...deal.offers.map((one) => one.ordinal)) + 1;
  const made = { ventureId, dealId: deal.id, ordinal, kind: "bid", title, createdBy: by, createdAt: now };
  const offerId = offer?.id ?? (await tx.offer.create({ data: made })).id;
  const version = (before?.version ?? 0) + 1;
  const name = `${deal.bidder}, ${title} v${version}`;
  const said = { terms, dated, source: row.writtenIn, note: row.note ?? "" };
  await writeVersion(tx, { ...said, venture, dealId: deal.id, offerId, version, name, importId, by, now });
  const payload = asJson({ bidder: deal.bidder, title, version, importId, source: said.source, terms });
  const type = offer ? "offer.revised" : "offer.recorded";
  await recordEvent(tx, { ventureId, type, actor: by, subject: `offer:${offerId}`, payload, at: now });
  return null;
}

/** What does not let a row be an offer; null where it is one. */
async function settleRow(tx: Tx, held: Held, row: Listing): Promise<string | null> {
  const { terms } = termsOfListing(listedTerms(row));
  const deal = terms && (await dealFor(tx, held, row));
  if (!deal || !terms) return `${row.bidder}: the sale opens once the chairman has approved the exit`;
  if (OVER.includes(deal.stage)) return `${row.bidder}, which is out of the sale`;
  return writeListed(tx, held, { deal, row, terms });
}

/**
 * After a file of offers was written or taken back: every offer is what the newest row says of it, as its next version.
 * Answers what does not let it: names of what was built upon, or bidders who cannot be in the sale.
 */
export async function settleOffers(tx: Tx, settling: Settling): Promise<string[]> {
  const { ventureId, importId, by, now } = settling;
  await lockSale(tx, ventureId);
  const venture = await tx.venture.findUniqueOrThrow({ where: { id: ventureId } });
  const stands = await tx.offerListing.count({ where: { importId, supersededAt: null } });
  if (stands === 0) {
    const built = await takeBackOffers(tx, { ventureId, importId, by, now });
    if (built.length > 0) return built;
  }
  const held = { ...settling, venture, today: todayOf(venture, now) };
  const against: string[] = [];
  for (const row of await newestListings(tx, ventureId, importId)) {
    const no = await settleRow(tx, held, row);
    // A row of another file stood before this one came or went.
    if (no && row.importId === importId) against.push(no);
  }
  return against;
}
