import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { listOwners, namesByRef, type Person } from "@/lib/auth/people";
import type { Tx } from "@/lib/db";
import type { FigureView } from "@/lib/figures/schema";
import { atOneMoment, todayOf } from "@/lib/metrics/queries/performance";
import {
  type Bidder,
  exclusiveWith,
  FACT_FIELDS,
  type FactField,
  mayUndo,
  missingFields,
  NEXT_STAGES,
} from "../rules/stages";
import { openTerms } from "../rules/terms";
import type { DealFacts, DealStage } from "../schema/deal";
import { byWorth, loadOffers, type OfferVersionView } from "./offers";
import { agreedVersion, type DealRow, findProcess, isRealizing, type ProcessView, ventureInSight } from "./process";

export type DealStepView = DealRow["steps"][number] & { byName: string };
/** A stage that a deal may enter next, and what it still asks for. */
export type NextStage = { to: DealStage; missing: { field: FactField; label: string }[]; terms: string[] };
export type DealLine = {
  id: string;
  bidder: string;
  /** On the target list. */
  listed: boolean;
  stage: DealStage;
  version: number;
  facts: DealFacts;
  owner: string | null;
  steps: DealStepView[];
  next: NextStage[];
  undoable: boolean;
  /** The chairman approved to negotiate with it first. */
  preferred: boolean;
  /** Of its newest versions the one that is worth most to the group. */
  best: {
    offerId: string;
    title: string;
    version: number;
    headline: { value: string; currency: string } | null;
    open: readonly string[];
    figures: Readonly<Record<"price" | "riskAdjusted" | "atClosing" | "total", FigureView | null>>;
  } | null;
  offers: { offerId: string; version: number; label: string }[];
};
export type DealsPage = {
  venture: { id: string; slug: string; name: string; currency: string };
  today: string;
  /** 40.3 is open. */
  open: boolean;
  process: ProcessView | null;
  deals: DealLine[];
  exclusive: { bidder: string; until: string } | null;
  people: Person[];
  /** Buyers of the target list that do not bid yet. */
  candidates: { id: string; name: string }[];
};

export const bidderOf = ({ id, bidder, stage, facts }: DealRow): Bidder => ({
  ...{ id, bidder, stage, exclusiveUntil: facts.exclusiveUntil },
});

const nextOf = (deal: DealRow): NextStage[] =>
  NEXT_STAGES[deal.stage].map((to) => {
    const agreed = to === "definitive-agreement" ? agreedVersion(deal) : null;
    return {
      to,
      missing: missingFields(to, deal.facts).map((field) => ({ field, label: FACT_FIELDS[field].label })),
      terms: agreed ? openTerms(agreed.terms) : [],
    };
  });

function bestOf(offers: readonly OfferVersionView[]): DealLine["best"] {
  const [best] = byWorth(offers.filter(({ newest, kind }) => newest && kind === "bid"));
  if (!best) return null;
  const { offerId, title, version, terms, open, figures } = best;
  const of = (key: string) => figures[`group.${key}`] ?? null;
  return {
    ...{ offerId, title, version, open },
    headline: terms.price === null ? null : { value: terms.price, currency: terms.currency },
    figures: {
      ...{ price: figures.price ?? null, riskAdjusted: of("riskAdjusted") },
      ...{ atClosing: of("atClosing"), total: of("total") },
    },
  };
}

type Around = { names: ReadonlyMap<string, string>; people: readonly Person[]; preferredDealId: string | null };

function lineOf(
  deal: DealRow,
  offers: readonly OfferVersionView[],
  { names, people, preferredDealId }: Around,
): DealLine {
  const own = offers.filter(({ dealId }) => dealId === deal.id);
  const { id, bidder, stage, version, facts, steps } = deal;
  const owner = facts.ownerId && (people.find((person) => person.id === facts.ownerId)?.name ?? "Somebody who left");
  return {
    ...{ id, bidder, stage, version, facts, owner, listed: deal.companyId !== null, preferred: preferredDealId === id },
    steps: steps.map((step) => ({ ...step, byName: names.get(step.by) ?? "The system" })),
    next: nextOf(deal),
    undoable: mayUndo(steps),
    best: bestOf(own),
    offers: own.map((one) => ({
      ...{ offerId: one.offerId, version: one.version, label: `${one.title}, version ${one.version}` },
    })),
  };
}

async function candidatesFor(tx: Tx, ventureId: string, deals: readonly DealRow[]) {
  const taken = deals.flatMap(({ companyId }) => companyId ?? []);
  const rows = await tx.buyerCandidate.findMany({
    where: { ventureId, stage: { not: "declined" }, companyId: { notIn: taken } },
    include: { company: { select: { name: true } } },
  });
  return rows
    .map(({ companyId, company }) => ({ id: companyId, name: company.name }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Every bidder of the venture's sale: its stage, what the next one asks for, its best offer, and what happened. */
export async function getDealsPage(actor: Actor, ventureId: string, now: Date): Promise<DealsPage> {
  return atOneMoment(async (tx) => {
    const row = await ventureInSight(tx, actor, ventureId);
    const process = await findProcess(tx, ventureId);
    const { id, slug, name, currency } = row;
    const today = todayOf(row, now);
    const people = await listOwners(tx, ventureId);
    const { deals, offers } = process ? await loadOffers(tx, row, process) : { deals: [], offers: [] };
    const refs = deals.flatMap(({ steps }) => steps.map(({ by }) => by));
    const around = { names: await namesByRef(tx, refs), people, preferredDealId: process?.preferredDealId ?? null };
    const exclusive = exclusiveWith(deals.map(bidderOf), today);
    return {
      venture: { id, slug, name, currency },
      ...{ today, open: await isRealizing(tx, ventureId), process, people },
      deals: deals.map((deal) => lineOf(deal, offers, around)),
      exclusive: exclusive && { bidder: exclusive.bidder, until: exclusive.exclusiveUntil ?? "" },
      candidates: await candidatesFor(tx, ventureId, deals),
    };
  });
}
