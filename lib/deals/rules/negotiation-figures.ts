import { makeFigure } from "@/lib/figures/rules";
import type { Figure, FigureInput, FigureSource, Unit } from "@/lib/figures/schema";
import type { Measure } from "@/lib/metrics/rules/measure";
import type { Issue } from "../schema/negotiation";
import type { IssueEffect, Standing } from "./negotiation";

const METHOD = "deals.negotiation.";
export const isNegotiationMethod = (method: string): boolean => method.startsWith(METHOD);
export const negotiationPart = ({ method }: Pick<Figure, "method">): string =>
  method.slice(METHOD.length).replace(/@\d+$/, "");

export type NegotiationFrame = {
  ventureId: string;
  currency: string;
  /** Of the bidder's offer. */
  offerCurrency: string;
  dealId: string;
  bidder: string;
  version: number;
  offerId: string;
  offerVersion: number;
  discountRatio: string;
  valuedOn: string;
  sources: FigureSource[];
};

type Draft = { part: string; label: string; measure: Measure; formula: string; unit?: Unit };

function draw(frame: NegotiationFrame, { part, label, measure, formula, unit }: Draft): Figure {
  const inputs: Record<string, FigureInput> = {
    venture: { value: frame.ventureId },
    deal: { value: frame.dealId },
    version: { value: frame.version, label: "Version of the position" },
    offer: { value: frame.offerId },
    offerVersion: { value: frame.offerVersion },
    discount: { value: frame.discountRatio, label: "Discount rate a year" },
    valuedOn: { value: frame.valuedOn, label: "Day of valuation" },
  };
  return makeFigure({
    ...{ label: `${frame.bidder}: ${label}`, unit: unit ?? frame.currency, asOf: frame.valuedOn },
    ...(measure.value === null ? { value: null, reason: measure.reason } : { value: measure.value.toFixed() }),
    ...{ method: `${METHOD}${part}@1`, formula, inputs, sources: frame.sources },
  });
}

/** Every figure of a negotiation: the alternative, the reservation, the zone, and what each issue moves. */
export function negotiationFigures(
  frame: NegotiationFrame,
  standing: Standing,
  issues: readonly Issue[],
  effects: readonly IssueEffect[],
  counter: { worth: Measure; change: Measure },
): Figure[] {
  const { alternative, reservation, reservationPrice, zone } = standing;
  const titles = new Map(issues.map(({ id, title }) => [id, title]));
  const unit = frame.offerCurrency;
  const worth = "worth to the group today";
  return [
    draw(frame, {
      ...{ part: "alternative", label: `alternative (${alternative.name})`, measure: alternative.worth },
      formula: `${worth} of what we do without an agreement: the other bidder’s newest offer, or the group’s net proceeds of the valuation`,
    }),
    draw(frame, {
      ...{ part: "reservation", label: "reservation value", measure: reservation },
      formula: "as said by a person, else what the alternative is worth",
    }),
    draw(frame, {
      ...{ part: "reservationPrice", label: "headline at the reservation value", measure: reservationPrice, unit },
      formula: `lowest headline, to the next thousand, at which the offer’s ${worth} reaches the reservation value, all other terms as offered`,
    }),
    draw(frame, {
      ...{ part: "zone", label: "zone of agreement", measure: zone, unit },
      formula: "the bidder’s ceiling as we see it − headline at the reservation value; below zero there is none",
    }),
    draw(frame, {
      ...{ part: "counter", label: "our positions together", measure: counter.worth },
      formula: `${worth} of the bidder’s terms with our position on every open issue`,
    }),
    draw(frame, {
      ...{ part: "counterChange", label: "our positions against the offer", measure: counter.change },
      formula: `${worth} with our positions − as offered`,
    }),
    ...effects.flatMap(({ id, position, fallback }) =>
      (
        [
          ["position", position],
          ["fallback", fallback],
        ] as const
      ).map(([name, measure]) =>
        draw(frame, {
          ...{ part: `issue.${id}.${name}`, label: `${titles.get(id) ?? "issue"}, our ${name}`, measure },
          formula: `${worth} with our ${name} on this issue alone − as offered`,
        }),
      ),
    ),
  ];
}
