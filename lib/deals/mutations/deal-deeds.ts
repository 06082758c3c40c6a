import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { todayOf } from "@/lib/metrics/queries/performance";
import type { DealStage } from "../schema/deal";
import type { OfferTerms } from "../schema/terms";
import { asJson, lockDeal, lockSale, writeStep } from "./deal-row";
import { writeCounter } from "./offers";
import { stageRefusal } from "./stages";

/** What an approved memo does to a sale, and how it is taken back. */
type By = { memoId: string; now: Date };
type Named = { dealId: string; offerId: string; offerVersion: number };

const SYSTEM = "system:memo";

/** The chairman let it be signed on these terms: the deal enters the stage, unless that has become impossible since. */
export async function enterByMemo(
  tx: Tx,
  { dealId, offerId, offerVersion }: Named,
  to: DealStage,
  { memoId, now }: By,
): Promise<void> {
  const held = await lockDeal(tx, dealId);
  const { deal, ventureId } = held;
  const today = todayOf(await tx.venture.findUniqueOrThrow({ where: { id: ventureId } }), now);
  const facts = { ...deal.facts, agreedOffer: { offerId, version: offerVersion } };
  const refused = stageRefusal(held, { to, facts, on: today, today, reason: "", approved: true });
  if (refused && !refused.ok) {
    const payload = asJson({ memoId, to, refusal: refused.refusal, problems: refused.problems ?? [] });
    const about = { ventureId, actor: SYSTEM, subject: `deal:${dealId}`, at: now };
    await recordEvent(tx, { ...about, type: "deal.move-refused", payload });
    return;
  }
  await writeStep(tx, held, facts, { to, on: today, reason: "", memoId, by: SYSTEM, now });
}

/** The permission to sign is taken back while nothing is signed. */
export async function leaveByMemo(tx: Tx, { dealId }: Named, { memoId, now }: By): Promise<void> {
  const { deal, ventureId } = await lockDeal(tx, dealId);
  const last = deal.steps.findLast(({ undone }) => !undone);
  if (last?.memoId !== memoId || !last.from) return;
  if (deal.facts.loiSignedOn !== null) throw new AppError("CONFLICT");
  await tx.deal.update({ where: { id: dealId }, data: { stage: last.from, version: deal.version + 1 } });
  await tx.dealStep.update({ where: { id: BigInt(last.id) }, data: { undoneBy: SYSTEM, undoneAt: now } });
  const payload = { memoId, bidder: deal.bidder, from: last.to, to: last.from };
  const about = { ventureId, actor: SYSTEM, subject: `deal:${dealId}`, at: now };
  await recordEvent(tx, { ...about, type: "deal.step-undone", payload });
}

type Preferred = { processId: string; dealId: string };

async function setPreferred(tx: Tx, { processId, dealId }: Preferred, set: boolean, { memoId, now }: By) {
  const { ventureId } = await tx.saleProcess.findUniqueOrThrow({ where: { id: processId } });
  await lockSale(tx, ventureId);
  const process = await tx.saleProcess.findUniqueOrThrow({ where: { id: processId } });
  if (!set && process.preferredDealId !== dealId) return;
  const preferredDealId = set ? dealId : null;
  await tx.saleProcess.update({ where: { id: processId }, data: { preferredDealId, version: { increment: 1 } } });
  const payload = { memoId, before: process.preferredDealId, after: preferredDealId };
  const about = { ventureId, actor: SYSTEM, subject: `sale:${processId}`, at: now };
  await recordEvent(tx, { ...about, type: "sale.preferred-bidder-set", payload });
}

/** This bidder is negotiated with first. */
export const preferBidder = (tx: Tx, preferred: Preferred, by: By) => setPreferred(tx, preferred, true, by);
export const withdrawPreference = (tx: Tx, preferred: Preferred, by: By) => setPreferred(tx, preferred, false, by);

type Counter = Named & { terms?: OfferTerms | undefined };

/** Terms that an agent drafted become our counter when they are approved; the memo they came with is their source. */
async function counterFor(tx: Tx, { dealId, offerId, offerVersion, terms }: Counter, { memoId, now }: By) {
  if (!terms) return { offerId, version: offerVersion };
  const { ventureId } = await tx.deal.findUniqueOrThrow({ where: { id: dealId } });
  const { title } = await tx.offer.findUniqueOrThrow({ where: { id: offerId } });
  const venture = await tx.venture.findUniqueOrThrow({ where: { id: ventureId } });
  const drafted = { dealId, title: `Counter to ${title}`.slice(0, 120), terms, source: counterSource(memoId) };
  return { offerId: await writeCounter(tx, venture, drafted, { ref: SYSTEM, now }), version: 1 };
}

const counterSource = (memoId: string): string => `Memo ${memoId}`;

/** These terms, and no others, may be sent to the bidder. */
export async function clearCounter(tx: Tx, counter: Counter, by: By): Promise<void> {
  const { ventureId } = await lockDeal(tx, counter.dealId);
  const { offerId, version } = await counterFor(tx, counter, by);
  await tx.offer.update({ where: { id: offerId }, data: { clearedVersion: version } });
  const about = { ventureId, actor: SYSTEM, subject: `offer:${offerId}`, at: by.now };
  await recordEvent(tx, { ...about, type: "offer.cleared", payload: { memoId: by.memoId, version } });
}

/** The permission is taken back while it is not used. */
export async function withdrawCounter(tx: Tx, counter: Counter, { memoId, now }: By): Promise<void> {
  const { ventureId } = await lockDeal(tx, counter.dealId);
  const where = { dealId: counter.dealId, versions: { some: { source: counterSource(memoId) } } };
  const drafted = counter.terms ? await tx.offer.findFirst({ where }) : null;
  const offerId = drafted?.id ?? counter.offerId;
  const offer = await tx.offer.findUniqueOrThrow({ where: { id: offerId } });
  if (offer.sentVersion !== null && offer.sentVersion === offer.clearedVersion) throw new AppError("CONFLICT");
  await tx.offer.update({ where: { id: offerId }, data: { clearedVersion: null } });
  const about = { ventureId, actor: SYSTEM, subject: `offer:${offerId}`, at: now };
  await recordEvent(tx, { ...about, type: "offer.clearance-withdrawn", payload: { memoId } });
}
