import "server-only";
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { neededBy } from "@/lib/figures/rules";
import type { Figure } from "@/lib/figures/schema";
import type { VentureRow } from "@/lib/valuation/queries/compute";
import type { DealMemoFacts, ToldOffer } from "../rules/deal-memos";
import { STAGE_LABELS } from "../rules/stages";
import { loadOffers, type OfferVersionView } from "./offers";
import { findProcess } from "./process";

const PARTS = {
  price: "price",
  atClosing: "group.atClosing",
  laterExpected: "group.laterExpected",
  total: "group.total",
  riskAdjusted: "group.riskAdjusted",
} as const;

export function toldOffer(view: OfferVersionView): ToldOffer {
  const known = (part: string) => {
    const figure = view.figures[part];
    return figure && figure.value !== null ? figure.id : null;
  };
  const { dealId, offerId, version, bidder, title, stage, open, terms } = view;
  return {
    ...{ dealId, offerId, version, bidder, title: `${title}, version ${version}`, stage: STAGE_LABELS[stage], open },
    figures: Object.fromEntries(Object.entries(PARTS).map(([key, part]) => [key, known(part)])) as ToldOffer["figures"],
    worth: view.figures["group.riskAdjusted"]?.value ?? null,
    conditions: terms.conditions ?? [],
  };
}

/** Bidders that are still in. */
export const inPlay = ({ stage }: Pick<OfferVersionView, "stage">): boolean =>
  stage !== "fallen-through" && stage !== "complete";

/**
 * What a memo about an offer says: the newest bid of every bidder that is still in, best first, and the one that it is
 * about; with every figure that it quotes, and what those rest on. Null where that offer is gone.
 */
export async function loadMemoFacts(
  tx: Tx,
  venture: VentureRow,
  chosen: { offerId: string; version: number },
): Promise<{ facts: DealMemoFacts; figures: Figure[] } | null> {
  const process = await findProcess(tx, venture.id);
  if (!process) throw new AppError("NOT_FOUND");
  const { offers, figures } = await loadOffers(tx, venture, process);
  const view = offers.find(({ offerId, version }) => offerId === chosen.offerId && version === chosen.version);
  if (!view) return null;
  const beside = offers.filter(
    (one) => one.newest && one.kind === "bid" && inPlay(one) && one.offerId !== view.offerId,
  );
  const told = [view, ...beside].map(toldOffer);
  const quoted = new Set(told.flatMap((one) => Object.values(one.figures)));
  const needed = figures.filter(({ id }) => quoted.has(id)).flatMap((figure) => neededBy(figure, figures));
  const facts = { venture: venture.name, currency: venture.currency, processId: process.id };
  const [first] = told;
  if (!first) return null;
  return {
    facts: { ...facts, offers: told, chosen: first },
    figures: [...new Map(needed.map((figure) => [figure.id, figure])).values()],
  };
}
