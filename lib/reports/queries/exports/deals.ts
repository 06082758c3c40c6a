import "server-only";
import { getDealsPage } from "@/lib/deals/queries/deals";
import { getOffersPage } from "@/lib/deals/queries/offers";
import { MEASURE_LABELS } from "@/lib/deals/rules/offer-figures";
import { MEASURES } from "@/lib/deals/rules/proceeds";
import { STAGE_LABELS } from "@/lib/deals/rules/stages";
import { TERMS } from "@/lib/deals/rules/terms";
import type { OfferTerms } from "@/lib/deals/schema/terms";
import { day, type ExportCell, figureCells, figureColumns, number } from "../../rules/export-table";
import { exportTable, ofVenture, ventureInSight } from "./table";

const columns = (labels: string) => labels.split(",").map((label) => ({ label }));

/** Every bidder of a sale with its stage, its days, and what its best offer is worth to the group. */
export const deals = exportTable({
  query: ofVenture,
  open: async ({ actor, now }, { venture: slug }) => {
    const venture = await ventureInSight(actor, slug);
    const page = await getDealsPage(actor, venture.id, now);
    const rows = page.deals.map(({ bidder, stage, preferred, owner, facts, best, steps }): ExportCell[] => [
      ...[bidder, STAGE_LABELS[stage], preferred ? "first" : null, owner, facts.contact, facts.nextStep],
      ...[day(facts.nextOn), day(facts.exclusiveUntil), day(facts.closesOn), best?.title ?? null],
      ...[...figureCells(best?.figures.riskAdjusted, null), ...figureCells(best?.figures.atClosing, null)],
      ...figureCells(best?.figures.total, null),
      ...[facts.ourAdvisers, facts.theirAdvisers].map((all) =>
        all.map(({ role, name }) => `${name} (${role})`).join("; "),
      ),
      day(steps.findLast(({ undone }) => !undone)?.on ?? null),
    ]);
    return {
      ...{ title: "Deals", subject: venture.slug, ventureId: venture.id, rows },
      columns: [
        ...columns("Bidder,Stage,Mark,Owner,Contact,Next step,Next on,Exclusive until,Closing expected,Best offer"),
        ...[...figureColumns("Worth today"), ...figureColumns("At closing"), ...figureColumns("If all is paid")],
        ...columns("Our advisers,Their advisers,In stage since"),
      ],
    };
  },
});

function termCell(terms: OfferTerms, { key, kind }: (typeof TERMS)[number]): ExportCell {
  const value = terms[key];
  if (value === null) return "not stated";
  if (key === "earnOuts" && terms.earnOuts)
    return terms.earnOuts
      .map((one) => `${one.title}: ${one.amount ?? "?"} on ${one.dueOn ?? "?"} with ${one.probability ?? "?"}`)
      .join("; ");
  if (Array.isArray(value)) return value.map(String).join("; ");
  return kind === "money" || kind === "ratio" || typeof value === "number" ? number(String(value)) : String(value);
}

/** Every version of every offer: its terms, and what reaches the group. */
export const offers = exportTable({
  query: ofVenture,
  open: async ({ actor, now }, { venture: slug }) => {
    const venture = await ventureInSight(actor, slug);
    const page = await getOffersPage(actor, venture.id, now);
    const rows = page.offers.map((one): ExportCell[] => [
      ...[one.bidder, one.title, number(one.version), one.kind, day(one.dated), one.source],
      ...TERMS.map((term) => termCell(one.terms, term)),
      ...MEASURES.flatMap((key) => figureCells(one.figures[`group.${key}`], null)),
      one.open.join("; "),
    ]);
    return {
      ...{ title: "Offers", subject: venture.slug, ventureId: venture.id, rows },
      columns: [
        ...columns("Bidder,Offer,Version,Kind,Dated,Source"),
        ...TERMS.map(({ label }) => ({ label })),
        ...MEASURES.flatMap((key) => figureColumns(`Group: ${MEASURE_LABELS[key].toLowerCase()}`)),
        ...columns("Not stated"),
      ],
    };
  },
});
