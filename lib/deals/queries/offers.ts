import "server-only";
import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db";
import { askedView, neededBy } from "@/lib/figures/rules";
import type { Figure, FigureAsk, FigureView } from "@/lib/figures/schema";
import { atOneMoment, todayOf } from "@/lib/metrics/queries/performance";
import type { VentureRow } from "@/lib/valuation/queries/compute";
import { offerPart } from "../rules/offer-figures";
import type { OfferContext, OfferProceeds } from "../rules/proceeds";
import { changedTerms, openTerms, silentTerms } from "../rules/terms";
import { type Assumptions, assumptionsSchema, type DealStage } from "../schema/deal";
import { type OfferKind, type OfferTerms, offerTermsSchema, type TermKey } from "../schema/terms";
import { computeOffers, loadOfferContext, type OfferVersionFacts } from "./offer-context";
import { type DealRow, findProcess, listDeals, type ProcessView, ventureInSight } from "./process";

export type OfferVersionView = {
  offerId: string;
  dealId: string;
  bidder: string;
  stage: DealStage;
  kind: OfferKind;
  title: string;
  version: number;
  newest: boolean;
  /** The chairman's deal is with this one. */
  agreed: boolean;
  terms: OfferTerms;
  dated: string;
  source: string;
  note: string;
  /** Terms in which it differs from the version before. */
  changed: TermKey[];
  /** Not stated: those on which money hangs, and the others. */
  open: string[];
  silent: string[];
  proceeds: OfferProceeds;
  /** By part: "group.riskAdjusted", "equity", "holder.<id>.atClosing". */
  figures: Record<string, FigureView>;
};

export type OffersPage = {
  venture: { id: string; slug: string; name: string; currency: string };
  today: string;
  process: ProcessView | null;
  deals: { id: string; bidder: string; stage: DealStage }[];
  /** What is worth most to the group first; what is not known last. */
  offers: OfferVersionView[];
  /** For the browser, so that an edit is computed while it is typed; null says why in `reason`. */
  context: OfferContext | null;
  reason: string;
};

export const OFFER_ASK = "deals.offer";

const offerName = (bidder: string, title: string, version: number): string => `${bidder}, ${title} v${version}`;

const versionsOf = (deals: readonly DealRow[]): OfferVersionFacts[] =>
  deals.flatMap(({ offers }) =>
    offers.flatMap(({ id, title, bidder, versions }) =>
      versions.map(({ version, terms }) => ({
        ...{ offerId: id, version, terms },
        name: offerName(bidder, title, version),
      })),
    ),
  );

type Computed = ReturnType<typeof computeOffers>[number];

function viewsOf(deals: readonly DealRow[], computed: readonly Computed[], asked: FigureAsk["args"]) {
  const byVersion = new Map(computed.map((one) => [`${one.offerId}:${one.version}`, one]));
  return deals.flatMap(({ id: dealId, bidder, stage, facts, offers }) =>
    offers.flatMap(({ id: offerId, kind, title, versions }) =>
      versions.flatMap(({ version, terms, dated, source, note }, index): OfferVersionView[] => {
        const found = byVersion.get(`${offerId}:${version}`);
        if (!found) return [];
        const before = versions[index - 1];
        const ask = { of: OFFER_ASK, args: { ...asked, offer: offerId, version } };
        return [
          {
            ...{ offerId, dealId, bidder, stage, kind, title, version, terms, dated, source, note },
            ...{ newest: index === versions.length - 1, changed: before ? changedTerms(before.terms, terms) : [] },
            agreed: facts.agreedOffer?.offerId === offerId && facts.agreedOffer.version === version,
            ...{ open: openTerms(terms), silent: silentTerms(terms), proceeds: found.proceeds },
            figures: Object.fromEntries(found.figures.map((figure) => [offerPart(figure), askedView(figure, ask)])),
          },
        ];
      }),
    ),
  );
}

const worth = ({ proceeds }: Pick<OfferVersionView, "proceeds">): number =>
  proceeds.known && proceeds.group ? Number(proceeds.group.riskAdjusted) : Number.NEGATIVE_INFINITY;

/** By what reaches the group today, never by headline. */
export const byWorth = <T extends Pick<OfferVersionView, "proceeds" | "bidder">>(offers: readonly T[]): T[] =>
  offers.toSorted((a, b) => {
    const [x, y] = [worth(a), worth(b)];
    return x === y ? (a.bidder < b.bidder ? -1 : 1) : y - x;
  });

/** Offers of a sale with everything that they pay, and their figures. */
export async function loadOffers(tx: Tx, venture: VentureRow, process: ProcessView) {
  const deals = await listDeals(tx, process.id);
  const versions = versionsOf(deals);
  const currencies = [venture.currency, ...versions.map(({ terms }) => terms.currency)];
  const loaded = await loadOfferContext(tx, venture, process.assumptions, currencies);
  const computed = computeOffers(venture, loaded, process.assumptions, versions);
  const { discountRatio, valuedOn } = process.assumptions;
  const asked = { venture: venture.id, discount: discountRatio, day: valuedOn };
  const offers = byWorth(viewsOf(deals, computed, asked));
  return { deals, offers, loaded, figures: computed.flatMap((one) => one.figures) };
}

/** Every offer of the venture's sale, in every version, side by side. */
export async function getOffersPage(actor: Actor, ventureId: string, now: Date): Promise<OffersPage> {
  return atOneMoment(async (tx) => {
    const row = await ventureInSight(tx, actor, ventureId);
    const process = await findProcess(tx, ventureId);
    const { id, slug, name, currency } = row;
    const page = { venture: { id, slug, name, currency }, today: todayOf(row, now), process };
    if (!process) return { ...page, deals: [], offers: [], context: null, reason: "no-data" };
    const { deals, offers, loaded } = await loadOffers(tx, row, process);
    return {
      ...{ ...page, offers, context: loaded.context, reason: loaded.reason },
      deals: deals.map(({ id: dealId, bidder, stage }) => ({ id: dealId, bidder, stage })),
    };
  });
}

const argsSchema = z.object({ offer: z.uuid(), version: z.int(), discount: z.string(), day: z.iso.date() });

/** One version of an offer at the assumptions of the question, with all its figures. */
async function figuresOn(tx: Tx, ventureId: string, args: z.infer<typeof argsSchema>): Promise<Figure[] | null> {
  const venture = await tx.venture.findUnique({ where: { id: ventureId } });
  const offer = await tx.offer.findFirst({
    where: { id: args.offer, ventureId },
    include: { deal: { select: { bidder: true } }, versions: true },
  });
  const found = offer?.versions.find(({ version }) => version === args.version);
  const assumptions = assumptionsSchema.safeParse({ discountRatio: args.discount, valuedOn: args.day });
  if (!venture || !offer || !found || !assumptions.success) return null;
  const terms = offerTermsSchema.parse(found.terms);
  const name = offerName(offer.deal.bidder, offer.title, found.version);
  const facts = { offerId: offer.id, version: found.version, terms, name };
  const loaded = await loadOfferContext(tx, venture, assumptions.data, [terms.currency]);
  return computeOffers(venture, loaded, assumptions.data, [facts])[0]?.figures ?? null;
}

/** How the figures of offers are made again when somebody opens one. */
export async function offerFiguresOn(tx: Tx, ventureId: string, args: FigureAsk["args"]): Promise<Figure[] | null> {
  const read = argsSchema.safeParse(args);
  return read.success ? figuresOn(tx, ventureId, read.data) : null;
}

export async function recomputeOfferFigure(
  tx: Tx,
  { figure, ventureId }: { figure: Figure; ventureId: string | null },
): Promise<Figure[] | null> {
  const value = (name: string) => {
    const input = figure.inputs[name];
    return input && "value" in input ? input.value : undefined;
  };
  const args = {
    offer: value("offer"),
    version: value("version"),
    discount: value("discount"),
    day: value("valuedOn"),
  };
  const read = argsSchema.safeParse(args);
  const all = ventureId && read.success ? await figuresOn(tx, ventureId, read.data) : null;
  const again = all?.find(({ id }) => id === figure.id);
  return all && again ? neededBy(again, all) : null;
}

/** The assumptions with which a sale begins: a rate of 12 % a year, today. */
export const firstAssumptions = (today: string): Assumptions => ({ discountRatio: "0.12", valuedOn: today });
