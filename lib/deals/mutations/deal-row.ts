import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { followSale } from "@/lib/buyers/mutations/outreach";
import { db, type Prisma, type Tx } from "@/lib/db";
import { wakeConditionalIn } from "@/lib/decisions/mutations/conditions";
import { AppError } from "@/lib/errors";
import { bumpDatasets, lockDatasets } from "@/lib/imports/mutations/datasets";
import { dayDate } from "@/lib/metrics/rules/periods";
import { wakeRealization } from "@/lib/stage/mutations/realization";
import { bidsDataset } from "../queries/offer-context";
import { type DealRow, listDeals } from "../queries/process";
import { OUTREACH_OF, STAGE_LABELS } from "../rules/stages";
import type { DealFacts, DealStage } from "../schema/deal";

/** Of two that change a sale at once the second waits and sees what the first did. */
export async function lockSale(tx: Tx, ventureId: string): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`sale:${ventureId}`}, 11))::text`;
}

export type HeldDeal = { deal: DealRow; others: DealRow[]; processId: string; ventureId: string };

/** The deal with the other bidders of its sale, all held until the transaction ends. */
export async function lockDeal(tx: Tx, dealId: string): Promise<HeldDeal> {
  const known = await tx.deal.findUnique({ where: { id: dealId }, select: { ventureId: true, processId: true } });
  if (!known) throw new AppError("NOT_FOUND");
  await lockSale(tx, known.ventureId);
  const deals = await listDeals(tx, known.processId);
  const deal = deals.find(({ id }) => id === dealId);
  if (!deal) throw new AppError("NOT_FOUND");
  return { deal, others: deals.filter(({ id }) => id !== dealId), ...known };
}

/** The venture of a deal, where the actor may see it. */
export async function ventureOfDeal(actor: Actor, dealId: string) {
  const deal = await db.deal.findUnique({ where: { id: dealId }, select: { ventureId: true } });
  if (!deal || !maySeeVenture(actor, deal.ventureId)) throw new AppError("NOT_FOUND");
  return db.venture.findUniqueOrThrow({ where: { id: deal.ventureId } });
}

export const asJson = (value: unknown): Prisma.InputJsonObject => value as Prisma.InputJsonObject;

/** What rests on this bidder's newest offer, or on its being in, is old from now on. */
export async function bidsChanged(tx: Tx, ventureId: string, dealId: string, now: Date): Promise<void> {
  await lockDatasets(tx, ventureId, [bidsDataset(dealId)], now);
  await bumpDatasets(tx, ventureId, [bidsDataset(dealId)], now);
  await wakeConditionalIn(tx, ventureId, `bids:${dealId}:${now.toISOString()}`);
}

type Told = { from: DealStage; to: DealStage; on: string; why: string; version: number; by: string; now: Date };

/** What goes with a deal into another stage, or back out of it: other negotiations, the board of approaches, the run. */
export async function tellStage(
  tx: Tx,
  { deal, ventureId }: Pick<HeldDeal, "deal" | "ventureId">,
  { from, to, on, why, version, by, now }: Told,
): Promise<void> {
  // Whoever enters or leaves the sale is, or is no longer, what others have for an alternative.
  if (to === "fallen-through" || from === "fallen-through") await bidsChanged(tx, ventureId, deal.id, now);
  const board = OUTREACH_OF[to];
  if (deal.companyId && board) {
    const note = `The sale: ${STAGE_LABELS[to].toLowerCase()}${why ? `, ${why}` : ""}`.slice(0, 600);
    await followSale(tx, { ventureId, companyId: deal.companyId, to: board, on, note }, by, now);
  }
  await wakeRealization(tx, ventureId, `deal:${deal.id}:${version}`);
}

type Step = { to: DealStage; on: string; reason: string; memoId: string | null; by: string; now: Date };

/** Writes the stage with the facts that came with it, the step, and the event. */
export async function writeStep(
  tx: Tx,
  { deal, ventureId }: Pick<HeldDeal, "deal" | "ventureId">,
  facts: DealFacts,
  { to, on, reason, memoId, by, now }: Step,
): Promise<number> {
  const version = deal.version + 1;
  await tx.deal.update({ where: { id: deal.id }, data: { stage: to, facts: asJson(facts), version } });
  const step = { dealId: deal.id, from: deal.stage, to, happened: dayDate(on), reason, memoId, by, at: now };
  await tx.dealStep.create({ data: step });
  await recordEvent(tx, {
    ...{ ventureId, type: "deal.moved", actor: by, subject: `deal:${deal.id}`, at: now },
    payload: { bidder: deal.bidder, from: deal.stage, to, on, reason, memoId },
  });
  await tellStage(tx, { deal, ventureId }, { from: deal.stage, to, on, why: reason, version, by, now });
  return version;
}
