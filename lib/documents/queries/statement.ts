import "server-only";
import type { Tx } from "@/lib/db";
import { computeSplit, findKeptSplit, loadSplitCase } from "@/lib/distribution/queries/split-case";
import { splitPart } from "@/lib/distribution/rules/split/split-figures";
import type { Figure } from "@/lib/figures/schema";
import type { VentureRow } from "@/lib/valuation/queries/compute";
import type { StatementLine } from "../rules/facts";

export type Statement = { lines: StatementLine[]; figures: Figure[] };

/**
 * What each holder receives as the funds-flow statement of the closing says it: the newest split that was kept, where it is
 * of this very offer; null where nobody has kept one, or where it cannot be told to the cent.
 */
export async function statementOf(
  tx: Tx,
  venture: VentureRow,
  offer: { offerId: string; version: number } | null,
): Promise<Statement | null> {
  const kept = offer && (await findKeptSplit(tx, venture.id, null));
  if (!offer || !kept || kept.plan.price !== null) return null;
  const { version, plan, asOf: day } = kept;
  if (plan.offer?.offerId !== offer.offerId || plan.offer.version !== offer.version) return null;
  const question = { offer: offer.offerId, version: offer.version, price: "", plan: version, day };
  const found = await loadSplitCase(tx, venture, question);
  const computed = found && computeSplit(found);
  if (!computed?.split.known || !computed.flow?.ok) return null;
  const byPart = new Map(computed.figures.map((figure) => [splitPart(figure), figure]));
  const nothing = { value: "0", unit: venture.currency };
  const lines = computed.split.holders
    .filter(({ gross }) => gross > 0n)
    .map(({ id, name }) => {
      const of = (part: string) => byPart.get(`holder.${id}.${part}`) ?? nothing;
      // Who takes everything in stock, or is only paid later, has no line of cash.
      const cash = byPart.get(`flow.use.holder.${id}`) ?? nothing;
      return { name, gross: of("gross"), held: of("held"), withheld: of("withheld"), cash };
    });
  return { lines, figures: computed.figures };
}
