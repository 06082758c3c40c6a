import "server-only";
import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { listOwners, namesByRef, type Person } from "@/lib/auth/people";
import type { Tx } from "@/lib/db";
import { askedView, neededBy } from "@/lib/figures/rules";
import type { Figure, FigureAsk, FigureView } from "@/lib/figures/schema";
import { atOneMoment, todayOf } from "@/lib/metrics/queries/performance";
import { known, type Measure, unknown } from "@/lib/metrics/rules/measure";
import { dayText } from "@/lib/metrics/rules/periods";
import { Exact } from "@/lib/money";
import { VALUATION } from "@/lib/valuation/schema/venture";
import {
  type Alternative,
  counterTerms,
  type IssueEffect,
  issueEffects,
  type Standing,
  standingOf,
  worthOf,
} from "../rules/negotiation";
import { negotiationFigures, negotiationPart } from "../rules/negotiation-figures";
import { prepareOffers } from "../rules/proceeds";
import type { Assumptions, DealStage } from "../schema/deal";
import { type NegotiationBody, NOTHING_SAID, negotiationSchema } from "../schema/negotiation";
import type { OfferTerms } from "../schema/terms";
import { inPlay } from "./deal-memo";
import { bidsDataset } from "./offer-context";
import { loadOffers, type OfferVersionView } from "./offers";
import { findProcess, type ProcessView, type Reader, ventureInSight } from "./process";

export const NEGOTIATION_ASK = "deals.negotiation";

export type CounterView = OfferVersionView & { cleared: boolean; sentOn: string | null };
export type NegotiationView = {
  dealId: string;
  bidder: string;
  stage: DealStage;
  version: number;
  body: NegotiationBody;
  /** The bidder's newest offer that is worth most; null before the first. */
  offer: OfferVersionView | null;
  standing: { zoneState: Standing["zoneState"]; acceptable: boolean | null; alternative: string } | null;
  /** By part: "reservation", "issue.<id>.position". */
  figures: Record<string, FigureView>;
  counterTerms: OfferTerms | null;
  concessions: { id: string; side: "us" | "them"; issue: string; what: string; on: string; by: string }[];
  counters: CounterView[];
};
export type NegotiationPage = {
  venture: { id: string; slug: string; name: string; currency: string };
  today: string;
  process: ProcessView | null;
  deals: NegotiationView[];
  people: Person[];
};

const runSchema = z.object({ group: z.object({ value: z.string().nullable() }).optional() });

/** What the group's part of the venture is worth by its newest kept valuation. */
async function holdValue(tx: Reader, ventureId: string): Promise<Measure> {
  const row = await tx.valuationVersion.findFirst({ where: { ventureId }, orderBy: { version: "desc" } });
  const value = row ? runSchema.safeParse(row.run).data?.group?.value : null;
  return value ? known(new Exact(value).toDecimalPlaces(2)) : unknown("no-data");
}

type Loaded = Awaited<ReturnType<typeof loadOffers>>;

async function negotiationsOf(tx: Reader, dealIds: readonly string[]) {
  const where = { dealId: { in: [...dealIds] } };
  const rows = await tx.negotiation.findMany({ where });
  return new Map(
    rows.map(({ dealId, version, body }) => [dealId, { version, body: negotiationSchema.parse(body) }] as const),
  );
}

const bestBid = (offers: readonly OfferVersionView[], dealId: string): OfferVersionView | null =>
  offers.find((one) => one.dealId === dealId && one.newest && one.kind === "bid") ?? null;

function alternativeOf({ alternative }: NegotiationBody, { offers }: Loaded, hold: Measure): Alternative {
  if (alternative === "hold") return { name: "hold the venture", worth: hold };
  const other = offers.find((one) => one.dealId === alternative && one.newest && one.kind === "bid");
  if (!other || !inPlay(other)) return { name: "a bidder who is out", worth: unknown("no-data") };
  const { proceeds, bidder } = other;
  const worth = !proceeds.known
    ? unknown(proceeds.reason)
    : proceeds.group
      ? known(proceeds.group.riskAdjusted)
      : unknown("no-group-holder");
  return { name: bidder, worth };
}

export type Computed = {
  standing: Standing;
  effects: IssueEffect[];
  counter: OfferTerms;
  figures: Figure[];
};

type Computing = {
  ventureId: string;
  currency: string;
  assumptions: Assumptions;
  kept: { version: number; body: NegotiationBody };
  offer: OfferVersionView;
  hold: Measure;
  /** When what we do instead last changed: the valuation, or what the other bidder has said. */
  alternativeVersion: number;
};

/** Everything that a position against a bidder's offer comes to. Null without a cap table. */
export function computeNegotiation(loaded: Loaded, computing: Computing): Computed | null {
  const { ventureId, currency, assumptions, kept, offer, hold, alternativeVersion } = computing;
  const prepared = loaded.loaded.context && prepareOffers(loaded.loaded.context);
  if (!prepared) return null;
  const { body, version } = kept;
  const standing = standingOf(body, offer.terms, alternativeOf(body, loaded, hold), prepared);
  const effects = issueEffects(offer.terms, body.issues, prepared);
  const counter = counterTerms(offer.terms, body.issues);
  const [worth, now] = [worthOf(counter, prepared), worthOf(offer.terms, prepared)];
  const change = worth.value === null ? worth : now.value === null ? now : known(worth.value.minus(now.value));
  const source = (dataset: string, at: number, filter = {}) => ({
    ...{ kind: "dataset" as const, ventureId, dataset, version: at, rows: 1, filter },
  });
  const frame = {
    ...{
      ventureId,
      currency,
      offerCurrency: offer.terms.currency,
      dealId: offer.dealId,
      bidder: offer.bidder,
      version,
    },
    ...{ offerId: offer.offerId, offerVersion: offer.version, ...assumptions },
    sources: [
      source(`offer:${offer.offerId}:${offer.version}`, 1, { offer: offer.offerId, version: offer.version }),
      ...loaded.loaded.sources,
      // Of a bidder that has said nothing yet, too: its first offer makes old what rests on it.
      ...(alternativeVersion > 0 || body.alternative !== "hold"
        ? [source(alternativeDataset(body), alternativeVersion, alternativeFilter(body))]
        : []),
    ],
  };
  return {
    standing,
    effects,
    counter,
    figures: negotiationFigures(frame, standing, body.issues, effects, { worth, change }),
  };
}

const alternativeDataset = ({ alternative }: NegotiationBody): string =>
  alternative === "hold" ? VALUATION : bidsDataset(alternative);
const alternativeFilter = ({ alternative }: NegotiationBody) => (alternative === "hold" ? {} : { deal: alternative });

/** At which version each alternative stands; a bidder without an offer is at none, which is zero. */
async function alternativeVersions(tx: Reader, ventureId: string, bodies: readonly NegotiationBody[]) {
  const where = { ventureId, dataset: { in: bodies.map(alternativeDataset) } };
  const rows = await tx.datasetVersion.findMany({ where });
  const versions = new Map(rows.map(({ dataset, version }) => [dataset, version]));
  return (body: NegotiationBody): number => versions.get(alternativeDataset(body)) ?? 0;
}

/** The venture's negotiations, each with its figures. */
export async function loadNegotiations(tx: Tx, ventureId: string, process: ProcessView) {
  const venture = await tx.venture.findUniqueOrThrow({ where: { id: ventureId } });
  const loaded = await loadOffers(tx, venture, process);
  const kept = await negotiationsOf(
    tx,
    loaded.deals.map(({ id }) => id),
  );
  const hold = await holdValue(tx, ventureId);
  const bodies = [NOTHING_SAID, ...[...kept.values()].map(({ body }) => body)];
  const versionOf = await alternativeVersions(tx, ventureId, bodies);
  const negotiations = loaded.deals.filter(inPlay).map((deal) => {
    const own = kept.get(deal.id) ?? { version: 0, body: NOTHING_SAID };
    const offer = bestBid(loaded.offers, deal.id);
    const about = { ventureId, currency: venture.currency, assumptions: process.assumptions, kept: own };
    const computed =
      offer && computeNegotiation(loaded, { ...about, offer, hold, alternativeVersion: versionOf(own.body) });
    return { deal, kept: own, offer, computed };
  });
  return { venture, loaded, negotiations };
}

async function concessionsOf(tx: Tx, dealIds: readonly string[]) {
  const rows = await tx.concession.findMany({ where: { dealId: { in: [...dealIds] } }, orderBy: { id: "asc" } });
  const names = await namesByRef(
    tx,
    rows.map(({ by }) => by),
  );
  return Map.groupBy(
    rows.map(({ id, dealId, side, issue, what, happened, by }) => ({
      ...{ id: id.toString(), dealId, side: side === "us" ? ("us" as const) : ("them" as const), issue, what },
      ...{ on: dayText(happened), by: names.get(by) ?? "The system" },
    })),
    ({ dealId }) => dealId,
  );
}

/** Where we stand with each bidder that is still in. */
export async function getNegotiationPage(actor: Actor, ventureId: string, now: Date): Promise<NegotiationPage> {
  return atOneMoment(async (tx) => {
    const row = await ventureInSight(tx, actor, ventureId);
    const process = await findProcess(tx, ventureId);
    const { id, slug, name, currency } = row;
    const people = await listOwners(tx, ventureId);
    const page = { venture: { id, slug, name, currency }, today: todayOf(row, now), process, people };
    if (!process) return { ...page, deals: [] };
    const { loaded, negotiations } = await loadNegotiations(tx, ventureId, process);
    const concessions = await concessionsOf(
      tx,
      negotiations.map(({ deal }) => deal.id),
    );
    const sent = new Map((await tx.offer.findMany({ where: { ventureId } })).map((offer) => [offer.id, offer]));
    const deals = negotiations.map(({ deal, kept, offer, computed }): NegotiationView => {
      const ask = { of: NEGOTIATION_ASK, args: { venture: ventureId, deal: deal.id } };
      const counters = loaded.offers.filter((one) => one.dealId === deal.id && one.kind === "counter");
      return {
        ...{ dealId: deal.id, bidder: deal.bidder, stage: deal.stage, version: kept.version, body: kept.body, offer },
        standing: computed && {
          ...{ zoneState: computed.standing.zoneState, acceptable: computed.standing.acceptable },
          alternative: computed.standing.alternative.name,
        },
        figures: Object.fromEntries(
          (computed?.figures ?? []).map((figure) => [negotiationPart(figure), askedView(figure, ask)]),
        ),
        counterTerms: computed?.counter ?? null,
        concessions: concessions.get(deal.id) ?? [],
        counters: counters.map((one) => {
          const stored = sent.get(one.offerId);
          const sentOn = stored?.sentVersion === one.version && stored.sentOn ? dayText(stored.sentOn) : null;
          return { ...one, cleared: stored?.clearedVersion === one.version, sentOn };
        }),
      };
    });
    return { ...page, deals };
  });
}

const argsSchema = z.object({ deal: z.uuid() });

/** How the figures of a negotiation are made again when somebody opens one: from what is kept now. */
export async function negotiationFiguresOn(
  tx: Tx,
  ventureId: string,
  args: FigureAsk["args"],
): Promise<Figure[] | null> {
  const read = argsSchema.safeParse(args);
  const process = await findProcess(tx, ventureId);
  if (!read.success || !process) return null;
  const { negotiations } = await loadNegotiations(tx, ventureId, process);
  return negotiations.find(({ deal }) => deal.id === read.data.deal)?.computed?.figures ?? null;
}

export async function recomputeNegotiationFigure(
  tx: Tx,
  { figure, ventureId }: { figure: Figure; ventureId: string | null },
): Promise<Figure[] | null> {
  const { deal } = figure.inputs;
  if (!ventureId || !deal || !("value" in deal)) return null;
  const all = await negotiationFiguresOn(tx, ventureId, { deal: String(deal.value) });
  const again = all?.find(({ id }) => id === figure.id);
  return all && again ? neededBy(again, all) : null;
}
