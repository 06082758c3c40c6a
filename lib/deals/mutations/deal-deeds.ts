import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { todayOf } from "@/lib/metrics/queries/performance";
import type { DealStage } from "../schema/deal";
import { asJson, lockDeal, lockSale, writeStep } from "./deal-row";
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

async function setCleared(tx: Tx, { dealId, offerId, offerVersion }: Named, set: boolean, { memoId, now }: By) {
  const { ventureId } = await lockDeal(tx, dealId);
  const offer = await tx.offer.findUniqueOrThrow({ where: { id: offerId } });
  if (!set && offer.sentVersion === offerVersion) throw new AppError("CONFLICT");
  await tx.offer.update({ where: { id: offerId }, data: { clearedVersion: set ? offerVersion : null } });
  const payload = { memoId, version: offerVersion };
  const about = { ventureId, actor: SYSTEM, subject: `offer:${offerId}`, at: now };
  await recordEvent(tx, { ...about, type: set ? "offer.cleared" : "offer.clearance-withdrawn", payload });
}

/** These terms, and no others, may be sent to the bidder. */
export const clearCounter = (tx: Tx, named: Named, by: By) => setCleared(tx, named, true, by);
export const withdrawCounter = (tx: Tx, named: Named, by: By) => setCleared(tx, named, false, by);
