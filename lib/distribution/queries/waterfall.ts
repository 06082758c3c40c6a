import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { namesByRef } from "@/lib/auth/people";
import type { Tx } from "@/lib/db";
import { agreedVersion, type DealRow, findProcess, listDeals, ventureInSight } from "@/lib/deals/queries/process";
import type { OfferContext } from "@/lib/deals/rules/proceeds";
import { openTerms } from "@/lib/deals/rules/terms";
import type { OfferTerms } from "@/lib/deals/schema/terms";
import { askedView } from "@/lib/figures/rules";
import type { Figure, FigureView } from "@/lib/figures/schema";
import { atOneMoment, todayOf } from "@/lib/metrics/queries/performance";
import { dayText } from "@/lib/metrics/rules/periods";
import type { FlowRefusal, FundsFlow } from "../rules/funds-flow/funds-flow";
import type { PayoffPicture } from "../rules/split/curve-points";
import type { Goal } from "../rules/split/goal-seek";
import type { Split, UnknownSplit } from "../rules/split/split";
import { type GoalAsked, splitPart } from "../rules/split/split-figures";
import { FUNDS_FLOW, type OfferChoice, type SplitPlan } from "../schema/split";
import { findClosed } from "./closing-sum";
import { computeSplit, findKeptSplit, type KeptSplit, loadSplitCase, SPLIT_ASK } from "./split-case";

export type OfferOption = { offerId: string; version: number; label: string; currency: string };
export type KeptSplitView = Omit<KeptSplit, "plan"> & { byName: string; plan: SplitPlan; offerLabel: string | null };

/** What the address asks; what cannot be read counts as not asked. */
export type WaterfallAsked = { offer: OfferChoice; price: string; goal: GoalAsked };

export type WaterfallPage = {
  venture: { id: string; slug: string; name: string; currency: string };
  day: string;
  /** Versions of offers that can be chosen, the agreed one first. */
  offers: OfferOption[];
  chosen: OfferChoice;
  /** As typed; "" for the price of the offer. */
  price: string;
  /** Null: no price is said yet. */
  terms: OfferTerms | null;
  /** For the browser, so that a price is split while it is typed. */
  context: OfferContext | null;
  split: Split | UnknownSplit | null;
  picture: PayoffPicture | null;
  goal: { asked: GoalAsked; found: Goal | null };
  flow: FundsFlow | { refusal: FlowRefusal } | null;
  /** By part: "group.net", "holder.<id>.gross", "curve.3.0", "goal.price", "flow.use.escrow". */
  figures: Record<string, FigureView>;
  kept: KeptSplitView | null;
  /** Day on which the deal of the kept split has closed. */
  closedOn: string | null;
  report: { id: string; version: number; storedAt: string } | null;
};

const labelOf = (bidder: string, title: string, version: number) => `${bidder}, ${title}, version ${version}`;

/** Newest versions, and the agreed one wherever it stands; the agreed first, then those whose money is all stated. */
function optionsOf(deals: readonly DealRow[]): OfferOption[] {
  const options = deals.flatMap((deal) => {
    const agreed = agreedVersion(deal);
    return deal.offers.flatMap(({ id: offerId, title, versions }) =>
      versions.map(({ version, terms }, index) => ({
        option: { offerId, version, label: labelOf(deal.bidder, title, version), currency: terms.currency },
        newest: index === versions.length - 1,
        agreed: agreed !== null && deal.facts.agreedOffer?.offerId === offerId && agreed.version === version,
        open: openTerms(terms).length,
      })),
    );
  });
  return options
    .filter(({ newest, agreed }) => newest || agreed)
    .toSorted((a, b) => Number(b.agreed) - Number(a.agreed) || a.open - b.open)
    .map(({ option }) => option);
}

const sameOffer = (a: OfferChoice, b: OfferChoice): boolean => a?.offerId === b?.offerId && a?.version === b?.version;

async function keptView(tx: Tx, ventureId: string, deals: readonly DealRow[]): Promise<KeptSplitView | null> {
  const kept = await findKeptSplit(tx, ventureId, null);
  if (!kept) return null;
  const { offer } = kept.plan;
  const labels = deals.flatMap(({ bidder, offers }) =>
    offers.flatMap(({ id, title }) => (offer && id === offer.offerId ? [labelOf(bidder, title, offer.version)] : [])),
  );
  const names = await namesByRef(tx, [kept.by]);
  return { ...kept, byName: names.get(kept.by) ?? "Somebody who left", offerLabel: labels[0] ?? null };
}

async function latestReport(tx: Tx, ventureId: string): Promise<WaterfallPage["report"]> {
  const row = await tx.artefact.findFirst({ where: { ventureId, kind: FUNDS_FLOW }, orderBy: { version: "desc" } });
  return row && { id: row.id, version: row.version, storedAt: dayText(row.createdAt) };
}

/** What an address asks of a venture's sale, computed: nothing asked is the agreed offer, or the first one whose money is stated. */
async function computed(tx: Tx, actor: Actor, ventureId: string, asked: Asked, now: Date) {
  const row = await ventureInSight(tx, actor, ventureId);
  const process = await findProcess(tx, ventureId);
  const deals = process ? await listDeals(tx, process.id) : [];
  const offers = optionsOf(deals);
  const wanted = offers.find((one) => sameOffer(one, asked.offer)) ?? (asked.plain ? undefined : offers[0]);
  const kept = await keptView(tx, ventureId, deals);
  const day = process?.assumptions.valuedOn ?? todayOf(row, now);
  const question = {
    ...{ offer: wanted?.offerId ?? "", version: wanted?.version ?? 0, price: asked.price, day },
    plan: kept?.version ?? 0,
  };
  const found = await loadSplitCase(tx, row, question);
  const ask = { of: SPLIT_ASK, args: { venture: row.id, ...question, ...asked.goal } };
  const closedOn = (await findClosed(tx, kept?.plan.offer ?? null))?.on ?? null;
  return { row, offers, wanted, kept, closedOn, day, found, ask, answer: found && computeSplit(found, asked.goal) };
}

type Asked = WaterfallAsked & { plain: boolean };

const venturePart = ({ id, slug, name, currency }: WaterfallPage["venture"]) => ({ id, slug, name, currency });

/**
 * A price split among classes and holders: by the terms of an offer, or as a price for all shares. Without an offer, the
 * cap table and its breakpoints alone.
 */
export async function getWaterfallPage(
  actor: Actor,
  ventureId: string,
  asked: Asked,
  now: Date,
): Promise<WaterfallPage> {
  return atOneMoment(async (tx) => {
    const of = await computed(tx, actor, ventureId, asked, now);
    const { row, offers, wanted, kept, closedOn, day, found, ask, answer } = of;
    const priced = found !== null && found.terms.price !== null;
    const flow = (priced && answer?.flow) || null;
    return {
      ...{ venture: venturePart(row), day, offers, kept, closedOn, price: asked.price },
      split: priced && answer ? answer.split : null,
      chosen: wanted ? { offerId: wanted.offerId, version: wanted.version } : null,
      ...{ terms: found?.terms ?? null, context: found?.loaded.context ?? null, picture: answer?.picture ?? null },
      goal: { asked: asked.goal, found: answer?.goal ?? null },
      flow: flow === null ? null : flow.ok ? flow.value : { refusal: flow.refusal },
      figures: Object.fromEntries((answer?.figures ?? []).map((figure) => [splitPart(figure), askedView(figure, ask)])),
      report: await latestReport(tx, ventureId),
    };
  });
}

export type PriceFor = {
  /** The offer whose other terms stand; null: a price for all shares. */
  terms: string | null;
  currency: string;
  holders: { id: string; name: string }[];
  goal: Goal | null;
  figures: Figure[];
};

/** What price brings an amount, for those who ask without a screen. */
export async function getPriceFor(actor: Actor, ventureId: string, asked: Asked, now: Date): Promise<PriceFor> {
  return atOneMoment(async (tx) => {
    const { row, wanted, found, answer } = await computed(tx, actor, ventureId, asked, now);
    const holders = found?.loaded.context?.holders.map(({ id, name }) => ({ id, name })) ?? [];
    const currency = found?.terms.currency ?? row.currency;
    return {
      terms: wanted?.label ?? null,
      currency,
      holders,
      goal: answer?.goal ?? null,
      figures: answer?.figures ?? [],
    };
  });
}
