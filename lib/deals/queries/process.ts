import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import type { db, Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { dayText } from "@/lib/metrics/rules/periods";
import {
  type Assumptions,
  assumptionsSchema,
  DEAL_STAGES,
  type DealFacts,
  type DealStage,
  dealFactsSchema,
} from "../schema/deal";
import { OFFER_KINDS, type OfferKind, type OfferTerms, offerTermsSchema } from "../schema/terms";

export type Reader = Tx | typeof db;
export type ProcessView = {
  id: string;
  ordinal: number;
  version: number;
  assumptions: Assumptions;
  preferredDealId: string | null;
};

export const stageOf = (given: string): DealStage => DEAL_STAGES.find((stage) => stage === given) ?? "not-started";

/** The venture's open sale; null where none is. */
export async function findProcess(tx: Reader, ventureId: string): Promise<ProcessView | null> {
  const row = await tx.saleProcess.findFirst({ where: { ventureId, status: "open" } });
  if (!row) return null;
  const { id, ordinal, version, preferredDealId } = row;
  return { id, ordinal, version, preferredDealId, assumptions: assumptionsSchema.parse(row.assumptions) };
}

/** Whether value realization (40.3) is open at the venture: the chairman approved the exit. */
export async function isRealizing(tx: Reader, ventureId: string): Promise<boolean> {
  const record = await tx.stageRecord.findFirst({ where: { ventureId }, orderBy: { ordinal: "desc" } });
  return record !== null && record.endedAt === null && record.openSubstages.includes("40.3");
}

export type OfferVersionRow = {
  version: number;
  terms: OfferTerms;
  dated: string;
  source: string;
  note: string;
  by: string;
  at: string;
};
export type OfferRow = {
  id: string;
  dealId: string;
  bidder: string;
  ordinal: number;
  kind: OfferKind;
  title: string;
  /** Oldest first; there is always one. */
  versions: OfferVersionRow[];
};
export type DealRow = {
  id: string;
  companyId: string | null;
  bidder: string;
  stage: DealStage;
  version: number;
  facts: DealFacts;
  steps: {
    id: string;
    from: DealStage | null;
    to: DealStage;
    on: string;
    reason: string;
    memoId: string | null;
    by: string;
    at: string;
    undone: boolean;
  }[];
  offers: OfferRow[];
};

const include = {
  steps: { orderBy: { id: "asc" } },
  offers: { orderBy: { ordinal: "asc" }, include: { versions: { orderBy: { version: "asc" } } } },
} as const;
type Stored = Awaited<ReturnType<typeof storedDeals>>[number];
const storedDeals = (tx: Reader, processId: string) =>
  tx.deal.findMany({ where: { processId }, include, orderBy: [{ openedAt: "asc" }, { bidder: "asc" }] });

const offerRow = (deal: Stored, { id, ordinal, kind, title, versions }: Stored["offers"][number]): OfferRow => ({
  ...{ id, dealId: deal.id, bidder: deal.bidder, ordinal, title },
  kind: OFFER_KINDS.find((one) => one === kind) ?? "bid",
  versions: versions.map(({ version, terms, dated, source, note, by, at }) => ({
    ...{ version, terms: offerTermsSchema.parse(terms), dated: dayText(dated), source, note, by },
    at: at.toISOString(),
  })),
});

const dealRow = (row: Stored): DealRow => ({
  ...{ id: row.id, companyId: row.companyId, bidder: row.bidder, stage: stageOf(row.stage), version: row.version },
  facts: dealFactsSchema.parse(row.facts),
  steps: row.steps.map(({ id, from, to, happened, reason, memoId, by, at, undoneAt }) => ({
    ...{ id: id.toString(), from: from === null ? null : stageOf(from), to: stageOf(to), on: dayText(happened) },
    ...{ reason, memoId, by, at: at.toISOString(), undone: undoneAt !== null },
  })),
  offers: row.offers.map((offer) => offerRow(row, offer)),
});

/** Every bidder of a sale with its steps and its offers, in the order in which they came. */
export const listDeals = async (tx: Reader, processId: string): Promise<DealRow[]> =>
  (await storedDeals(tx, processId)).map(dealRow);

/** The offer and version that a deal agreed on; null where none is named or it is gone. */
export function agreedVersion({ facts, offers }: Pick<DealRow, "facts" | "offers">): OfferVersionRow | null {
  const { agreedOffer } = facts;
  const offer = agreedOffer && offers.find(({ id }) => id === agreedOffer.offerId);
  return offer?.versions.find(({ version }) => version === agreedOffer?.version) ?? null;
}

/** The venture as the actor may see it. */
export async function ventureInSight(tx: Reader, actor: Actor, ventureId: string) {
  const venture = maySeeVenture(actor, ventureId) ? await tx.venture.findUnique({ where: { id: ventureId } }) : null;
  if (!venture) throw new AppError("NOT_FOUND");
  return venture;
}
