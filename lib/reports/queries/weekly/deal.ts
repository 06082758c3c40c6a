import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { listPlaced } from "@/lib/buyers/queries";
import { CLOSING_STAGES, computeClosing } from "@/lib/closing/queries/closing";
import { findClosing } from "@/lib/closing/queries/closing-row";
import { closingPart } from "@/lib/closing/rules/closing-figures";
import type { Tx } from "@/lib/db";
import { loadOffers, type OfferVersionView } from "@/lib/deals/queries/offers";
import { type DealRow, findProcess } from "@/lib/deals/queries/process";
import { STAGE_LABELS } from "@/lib/deals/rules/stages";
import { toFigure } from "@/lib/figures/queries";
import type { Figure } from "@/lib/figures/schema";
import { listTranches } from "@/lib/ledger/queries/tranches";
import type { SeenVenture } from "@/lib/readiness/queries/assessment";
import { keptValuation } from "@/lib/stage/queries/exit-facts";
import {
  type ClosingWeek,
  type DealWeek,
  type Num,
  num,
  numOrNull,
  type OfferWeek,
  type ReleaseLine,
  type Spread,
  type ValueWeek,
} from "../../rules/weekly/facts";
import { priceFigure, releaseFigure, type WeekScope, weekFigure } from "../../rules/weekly/weekly-figures";
import type { Week } from "../../rules/weekly/weeks";
import type { Ref } from "./growth";
import type { Collected } from "./measures";

const OUTREACH_WORDS = [
  ["identified", "Identified, not approached"],
  ["nda", "NDA"],
  ["teaser", "Teaser"],
  ["memorandum", "Information memorandum"],
  ["ioi", "Indication of interest"],
  ["loi", "Letter of intent"],
  ["declined", "Declined"],
] as const;

/** How many buyers stand where. */
async function collectBuyers(tx: Tx, venture: SeenVenture, scope: WeekScope): Promise<Collected<DealWeek["buyers"]>> {
  const placed = (await listPlaced(tx, venture, scope.endsOn)).filter(({ tier }) => tier !== "out");
  if (placed.length === 0) return { facts: [], figures: [] };
  const of = (part: string, label: string, formula: string, value: number) => ({
    label,
    figure: weekFigure(scope, { part: "buyers", of: part, label: `Buyers: ${label}`, formula, value }),
  });
  const lines = [
    of("listed", "On the target list", "candidates that were not put away", placed.length),
    ...OUTREACH_WORDS.flatMap(([stage, label]) => {
      const count = placed.filter((one) => one.stage === stage).length;
      return count > 0 ? [of(stage, label, "candidates of the list at this step", count)] : [];
    }),
  ];
  return {
    facts: lines.map(({ label, figure }) => ({ label, figure: num(figure) })),
    figures: lines.map(({ figure }) => figure),
  };
}

function statedPrice(offer: OfferVersionView | undefined): Figure | null {
  if (!offer?.terms.price) return null;
  const { offerId, version, bidder, terms, dated } = offer;
  return priceFigure({ offerId, version, bidder, price: terms.price ?? "", currency: terms.currency, day: dated });
}

type Priced = { figures: ReadonlyMap<string, Figure>; price: Figure | null };

function offerOf(deal: DealRow, offer: OfferVersionView | undefined, { figures, price }: Priced): OfferWeek {
  const of = (part: string): Num | null => numOrNull(figures.get(offer?.figures[part]?.id ?? ""));
  const { nextStep, nextOn } = deal.facts;
  return {
    ...{ bidder: deal.bidder, stage: STAGE_LABELS[deal.stage] },
    ...{ dated: offer?.dated ?? null, validUntil: offer?.terms.validUntil ?? null },
    ...{ price: numOrNull(price), atClosing: of("group.atClosing"), total: of("group.total") },
    worth: of("group.riskAdjusted"),
    ...{ conditions: [...(offer?.terms.conditions ?? [])], open: [...(offer?.open ?? [])] },
    next: nextStep ? { what: nextStep, on: nextOn } : null,
  };
}

async function collectClosing(tx: Tx, deals: readonly DealRow[], week: Week): Promise<Collected<ClosingWeek | null>> {
  const deal =
    deals.find(({ stage }) => stage === "closing") ?? deals.find(({ stage }) => CLOSING_STAGES.includes(stage));
  const row = deal && (await findClosing(tx, deal.id));
  if (!row || row.stage === "complete") return { facts: null, figures: [] };
  const { standing, figures } = await computeClosing(tx, row, week.endsOn);
  const parts = new Map(figures.map((figure) => [closingPart(figure), figure]));
  const of = (part: string): Num => {
    const found = parts.get(part);
    if (!found) throw new RangeError(`A closing has no figure ${part}`);
    return num(found);
  };
  const late = new Set(standing.overdue.map(({ id }) => id));
  return {
    figures: [...figures],
    facts: {
      ...{ bidder: row.bidder, target: row.target, days: of("days"), toTarget: of("target"), spare: of("spare") },
      ...{ openConditions: of("open-conditions"), overdue: of("overdue"), unheld: of("unheld") },
      conditions: standing.openConditions.map(({ id, task }) => ({
        ...{ title: task.title, party: task.party, dueOn: task.dueOn, overdue: late.has(id) },
      })),
    },
  };
}

/** Buyers, the newest offer of each bidder in play, and the closing. */
export async function collectDeal(
  tx: Tx,
  venture: SeenVenture,
  week: Week,
  scope: WeekScope,
): Promise<Collected<DealWeek>> {
  const buyers = await collectBuyers(tx, venture, scope);
  const process = await findProcess(tx, venture.id);
  if (!process) return { facts: { buyers: buyers.facts, offers: [], closing: null }, figures: buyers.figures };
  const { deals, offers, figures } = await loadOffers(tx, venture, process);
  const byId = new Map(figures.map((figure) => [figure.id, figure]));
  const playing = deals.filter(({ stage }) => stage !== "fallen-through");
  const newest = (deal: DealRow) =>
    offers.find(({ dealId, agreed }) => dealId === deal.id && agreed) ??
    offers.find((one) => one.dealId === deal.id && one.newest && one.kind === "bid");
  const closing = await collectClosing(tx, playing, week);
  // Offers come by what they are worth to the group.
  const order = new Map(offers.map(({ dealId }, index) => [dealId, index] as const).reverse());
  const ranked = playing.toSorted((a, b) => (order.get(a.id) ?? 999) - (order.get(b.id) ?? 999));
  const shown = ranked.map((deal) => ({ deal, offer: newest(deal), price: statedPrice(newest(deal)) }));
  return {
    figures: [...buyers.figures, ...figures, ...closing.figures, ...shown.flatMap(({ price }) => price ?? [])],
    facts: {
      buyers: buyers.facts,
      offers: shown.map(({ deal, offer, price }) => offerOf(deal, offer, { figures: byId, price })),
      closing: closing.facts,
    },
  };
}

const SPREADS = {
  enterprise: ["enterprise.low", "enterprise", "enterprise.high"],
  equity: ["equity.low", "equity", "equity.high"],
  group: ["simulated.group.p10", "group", "simulated.group.p90"],
} as const;

/** What a sale would bring and whom, by the newest valuation for a day of the week or before; without one, for a later day. */
export async function collectValue(
  tx: Tx,
  ventureId: string,
  { endsOn }: Week,
): Promise<Collected<ValueWeek | null> & { stored: Ref[] }> {
  const kept = (await keptValuation(tx, ventureId, endsOn)) ?? (await keptValuation(tx, ventureId));
  if (!kept) return { facts: null, figures: [], stored: [] };
  const wanted = Object.values(SPREADS).flat();
  const refs = wanted.flatMap((part) => {
    const held = kept.parts[part];
    return held ? [{ part, id: held.figure, revision: held.revision }] : [];
  });
  const rows = await tx.figure.findMany({ where: { OR: refs.map(({ id, revision }) => ({ id, revision })) } });
  const byId = new Map(rows.map((row) => [row.id, toFigure(row)]));
  const of = (part: string): Num | null => numOrNull(byId.get(refs.find((ref) => ref.part === part)?.id ?? ""));
  const spread = ([low, central, high]: readonly [string, string, string]): Spread => ({
    ...{ low: of(low), central: of(central), high: of(high) },
  });
  return {
    figures: [],
    stored: refs.map(({ id, revision }) => ({ id, revision })),
    facts: {
      valuedOn: kept.valuedOn,
      ...{ enterprise: spread(SPREADS.enterprise), equity: spread(SPREADS.equity), group: spread(SPREADS.group) },
    },
  };
}

const TRANCHE_WORDS: Readonly<Record<string, string>> = {
  escrow: "Escrow",
  "earn-out": "Earn-out",
  holdback: "Holdback",
  "vendor-note": "Vendor note",
};

/** The days on which money of the sale that is held back comes free. */
export async function collectReleases(actor: Actor, ventureId: string, day: string): Promise<Collected<ReleaseLine[]>> {
  const tranches = await listTranches(actor, ventureId, day);
  const figures: Figure[] = [];
  const facts = tranches.flatMap(({ id, label, kind, currency, status, calendar }) =>
    calendar.flatMap((line, index): ReleaseLine[] => {
      if (line.state === "released" || status === "closed") return [];
      const minor = (line.amountMinor ?? 0n) - line.coveredMinor;
      const about = { ventureId, trancheId: id, line: index, minor, currency, day };
      const figure = releaseFigure(`${label}: due on ${line.dueOn}`, about);
      figures.push(figure);
      return [
        {
          ...{ tranche: label, kind: TRANCHE_WORDS[kind] ?? kind, dueOn: line.dueOn, amount: num(figure) },
          ...{ state: line.state, condition: line.condition, frozen: status === "frozen" },
        },
      ];
    }),
  );
  return { facts: facts.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1)), figures };
}
