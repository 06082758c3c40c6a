import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { namesByRef } from "@/lib/auth/people";
import type { Tx } from "@/lib/db";
import { agreedVersion, type DealRow, findProcess, listDeals, ventureInSight } from "@/lib/deals/queries/process";
import type { OfferContext } from "@/lib/deals/rules/proceeds";
import { openTerms } from "@/lib/deals/rules/terms";
import type { OfferTerms } from "@/lib/deals/schema/terms";
import { askedView } from "@/lib/figures/rules";
import type { FigureView } from "@/lib/figures/schema";
import { atOneMoment, todayOf } from "@/lib/metrics/queries/performance";
import { dayText } from "@/lib/metrics/rules/periods";
import type { FlowRefusal, FundsFlow } from "../rules/funds-flow/funds-flow";
import type { PayoffPicture } from "../rules/split/curve-points";
import type { Goal } from "../rules/split/goal-seek";
import type { Split, UnknownSplit } from "../rules/split/split";
import { type GoalAsked, splitPart } from "../rules/split/split-figures";
import { FUNDS_FLOW, type OfferChoice, type SplitPlan } from "../schema/split";
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

/**
 * A price split among classes and holders: by the terms of an offer, or as a price for all shares. Nothing asked: the
 * agreed offer, or the first whose money is stated; without an offer, the cap table and its breakpoints alone.
 */
export async function getWaterfallPage(
  actor: Actor,
  ventureId: string,
  asked: WaterfallAsked & { plain: boolean },
  now: Date,
): Promise<WaterfallPage> {
  return atOneMoment(async (tx) => {
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
    const { id, slug, name, currency } = row;
    const computed = found && computeSplit(found, asked.goal);
    const ask = { of: SPLIT_ASK, args: { venture: id, ...question, ...asked.goal } };
    const priced = found !== null && found.terms.price !== null;
    const split = priced && computed ? computed.split : null;
    const flow = (priced && computed?.flow) || null;
    return {
      ...{ venture: { id, slug, name, currency }, day, offers, kept, split, price: asked.price },
      chosen: wanted ? { offerId: wanted.offerId, version: wanted.version } : null,
      ...{ terms: found?.terms ?? null, context: found?.loaded.context ?? null, picture: computed?.picture ?? null },
      goal: { asked: asked.goal, found: computed?.goal ?? null },
      flow: flow === null ? null : flow.ok ? flow.value : { refusal: flow.refusal },
      figures: Object.fromEntries(
        (computed?.figures ?? []).map((figure) => [splitPart(figure), askedView(figure, ask)]),
      ),
      report: await latestReport(tx, ventureId),
    };
  });
}
