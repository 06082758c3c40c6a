import { known, type Measure, unknown } from "@/lib/metrics/rules/measure";
import { Exact } from "@/lib/money";
import { type Issue, type NegotiationBody, termValue } from "../schema/negotiation";
import type { OfferTerms } from "../schema/terms";
import { offerProceeds, type Prepared } from "./proceeds";
import { TERMS } from "./terms";

/** What an offer is worth to the group today; otherwise why that is not known. */
export function worthOf(terms: OfferTerms, prepared: Prepared): Measure {
  const found = offerProceeds(terms, prepared);
  if (!found.known) return unknown(found.reason);
  return found.group ? known(found.group.riskAdjusted) : unknown("no-group-holder");
}

const STEP = 1_000;
/** Doublings of the price within which the answer is looked for. */
const DOUBLINGS = 8;

/**
 * The lowest headline price, to the next thousand, at which the offer is worth `target` to the group with all its other
 * terms as they are. A higher price is never worth less, so it is found by halving.
 */
export function priceFor(terms: OfferTerms, prepared: Prepared, target: Measure): Measure {
  if (target.value === null) return target;
  const goal = target.value;
  const at = (thousands: number) => worthOf({ ...terms, price: String(thousands * STEP) }, prepared);
  const reaches = (thousands: number): boolean => at(thousands).value?.gte(goal) ?? false;
  const now = worthOf(terms, prepared);
  if (now.value === null) return now;
  let high = Math.max(1, Math.ceil(Number(terms.price ?? 0) / STEP));
  for (let doubling = 0; !reaches(high); doubling += 1) {
    if (doubling === DOUBLINGS) return unknown("price-out-of-sight");
    high *= 2;
  }
  let low = 0;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (reaches(middle)) high = middle;
    else low = middle;
  }
  return known(high * STEP);
}

/** What we would do without an agreement, and what that is worth to the group. */
export type Alternative = { name: string; worth: Measure };

export type Standing = {
  alternative: Alternative;
  /** The least worth to the group: what was said, else the alternative. */
  reservation: Measure;
  /** The headline at which this bidder's offer is worth that. */
  reservationPrice: Measure;
  ceiling: Measure;
  /** Ceiling − reservation price; below zero there is no zone of agreement. */
  zone: Measure;
  zoneState: "open" | "none" | "unknown";
  /** Whether the offer as it stands is worth at least the reservation. */
  acceptable: boolean | null;
};

/** Reservation, alternative and zone of agreement for an offer. Currency units; prices in the offer's currency. */
export function standingOf(
  { reservation: said, ceiling: high }: Pick<NegotiationBody, "reservation" | "ceiling">,
  terms: OfferTerms,
  alternative: Alternative,
  prepared: Prepared,
): Standing {
  const reservation = said === null ? alternative.worth : known(said);
  const reservationPrice = priceFor(terms, prepared, reservation);
  const ceiling = high === null ? unknown("ceiling-unknown") : known(high);
  const zone =
    ceiling.value === null
      ? ceiling
      : reservationPrice.value === null
        ? reservationPrice
        : known(ceiling.value.minus(reservationPrice.value));
  const worth = worthOf(terms, prepared);
  return {
    ...{ alternative, reservation, reservationPrice, ceiling, zone },
    zoneState: zone.value === null ? "unknown" : zone.value.lt(0) ? "none" : "open",
    acceptable: worth.value === null || reservation.value === null ? null : worth.value.gte(reservation.value),
  };
}

const withValue = (terms: OfferTerms, { term }: Pick<Issue, "term">, value: string): OfferTerms =>
  term === null || value === "" ? terms : { ...terms, [term]: termValue(term, value) };

/** Terms that move money by themselves; what only protects, such as an indemnity cap, is worth nothing that is computed. */
const MOVING: readonly string[] = TERMS.filter(({ needed }) => needed !== null).map(({ key }) => key);

const isTyped = ({ term, position, state }: Issue): boolean => term !== null && position !== "" && state === "open";

/** The bidder's terms with our position on every open issue that is about a term. */
export const counterTerms = (terms: OfferTerms, issues: readonly Issue[]): OfferTerms =>
  issues.filter(isTyped).reduce((all, issue) => withValue(all, issue, issue.position), terms);

export type IssueEffect = { id: string; position: Measure; fallback: Measure };

const difference = (a: Measure, b: Measure): Measure =>
  a.value === null ? a : b.value === null ? b : known(new Exact(a.value).minus(b.value));

/** What each open issue about money moves the worth to the group by, alone: at our position, and at our fallback. */
export function issueEffects(terms: OfferTerms, issues: readonly Issue[], prepared: Prepared): IssueEffect[] {
  const now = worthOf(terms, prepared);
  const moved = (issue: Issue, value: string): Measure =>
    value === "" ? unknown("missing-input") : difference(worthOf(withValue(terms, issue, value), prepared), now);
  const moving = issues.filter((issue) => isTyped(issue) && MOVING.includes(issue.term ?? ""));
  return moving.map((issue) => ({
    ...{ id: issue.id, position: moved(issue, issue.position), fallback: moved(issue, issue.fallback) },
  }));
}
