import "server-only";
import type { Tx } from "@/lib/db";
import { offerFiguresOn } from "@/lib/deals/queries/offers";
import { offerPart } from "@/lib/deals/rules/offer-figures";
import { neededBy } from "@/lib/figures/rules";
import type { Figure } from "@/lib/figures/schema";
import { ledgerScope } from "@/lib/ledger/queries";
import { dayDate } from "@/lib/metrics/rules/periods";
import { type Distributed, laterFigure, type OfferQuestion, paidFigures } from "../rules/document-figures";

/** What each holder of a venture was distributed by a day, of the distributions that stand; empty before the first. */
export async function distributedTo(tx: Tx, ventureId: string, day: string): Promise<Distributed[]> {
  const paidOn = { lte: dayDate(day) };
  const shares = await tx.distributionShare.findMany({
    where: { distribution: { basis: { ventureId }, paidOn, transaction: { reversedBy: null } } },
    include: { distribution: { select: { basis: { select: { currency: true } } } } },
  });
  const byHolder = Map.groupBy(shares, ({ holderId }) => holderId);
  return [...byHolder].flatMap(([holderId, own]) => {
    const currencies = new Set(own.map(({ distribution }) => distribution.basis.currency));
    const [currency] = currencies;
    // One line cannot add up two currencies.
    if (!currency || currencies.size > 1) return [];
    return [
      {
        ...{ holderId, name: holderId, currency, rows: own.length },
        grossMinor: own.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
        withheldMinor: own.reduce((sum, { withheldMinor }) => sum + withheldMinor, 0n),
      },
    ];
  });
}

const inputOf = ({ inputs }: Figure, name: string): string => {
  const input = inputs[name];
  return input && "value" in input ? String(input.value) : "";
};

/** The question that the figures of an offer answer, taken from one of them. */
export const questionOf = ({ inputs }: Figure): OfferQuestion | null => {
  const { venture, offer, version, discount, valuedOn } = inputs;
  return venture && offer && version && discount && valuedOn ? { venture, offer, version, discount, valuedOn } : null;
};

/** What a holder gets later, at most, with what it is computed from. */
export function laterOf(figures: readonly Figure[], holderId: string): Figure | null {
  const part = (name: string) => figures.find((figure) => offerPart(figure) === `holder.${holderId}.${name}`);
  const [total, atClosing] = [part("total"), part("atClosing")];
  const question = total && questionOf(total);
  return total && atClosing && question ? laterFigure(question, holderId, [total, atClosing]) : null;
}

async function laterAgain(tx: Tx, ventureId: string, figure: Figure): Promise<Figure[] | null> {
  const asked = {
    ...{ offer: inputOf(figure, "offer"), version: Number(inputOf(figure, "version")) },
    ...{ discount: inputOf(figure, "discount"), day: inputOf(figure, "valuedOn") },
  };
  const all = await offerFiguresOn(tx, ventureId, asked);
  const again = all && laterOf(all, inputOf(figure, "holder"));
  return all && again ? neededBy(again, [...all, again]) : null;
}

/** For the recompute registry: from the offer, or from what the ledger has now. */
export async function recomputeDocumentFigure(
  tx: Tx,
  { figure, ventureId }: { figure: Figure; ventureId: string | null },
): Promise<Figure[] | null> {
  if (!ventureId) return null;
  if (figure.method.startsWith("documents.later")) return laterAgain(tx, ventureId, figure);
  const holder = inputOf(figure, "holder");
  const found = (await distributedTo(tx, ventureId, figure.asOf)).find(({ holderId }) => holderId === holder);
  if (!found) return null;
  const name = figure.label.replace(/: [^:]*$/, "");
  const all = Object.values(paidFigures(await ledgerScope(tx, ventureId, figure.asOf), { ...found, name }));
  const again = all.find(({ id }) => id === figure.id);
  return again ? neededBy(again, all) : null;
}
