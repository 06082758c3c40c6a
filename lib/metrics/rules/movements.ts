import { z } from "zod";
import { ok } from "@/lib/errors";
import { Exact } from "@/lib/money";
import { amount, byText, contradicts, day, identifier, known, monthOf, sum } from "./measure";
import { type Bridge, endMrr, netNewMrr, revenueBridge } from "./revenue-bridge";

export const INTERVALS = ["month", "quarter", "year"] as const;
export type Interval = (typeof INTERVALS)[number];

export const subscriptionSchema = z.strictObject({
  customer: identifier,
  subscription: identifier,
  start: day,
  /** The first day no longer paid. */
  end: day.nullish(),
  amount: amount("an amount per interval and unit of at least 0"),
  interval: z.enum(INTERVALS, { error: "month, quarter or year" }),
  quantity: amount("a quantity of at least 0").optional(),
});
export type SubscriptionTerm = z.output<typeof subscriptionSchema>;

export const mrrMovementsInput = z.strictObject({
  subscriptions: z.array(subscriptionSchema, { error: "a list of subscriptions" }),
  from: day,
  to: day,
});

export const MOVEMENT_TYPES = ["new", "expansion", "contraction", "churn", "reactivation"] as const;
export type MovementType = (typeof MOVEMENT_TYPES)[number];
/** The change per year (12 × MRR), which is exact for every interval; losses are negative. */
export type Movement = { month: string; customer: string; type: MovementType; annual: Exact };

const PER_YEAR: Readonly<Record<Interval, number>> = { month: 12, quarter: 4, year: 1 };

// Sums are kept per year, where every interval is exact; a twelfth of 100 has no last digit.
const annualized = (term: SubscriptionTerm): Exact =>
  term.amount.times(term.quantity ?? 1).times(PER_YEAR[term.interval]);

/** Amount × quantity per month: quarterly ÷ 3, yearly ÷ 12. */
export const monthlyRecurringRevenue = (term: SubscriptionTerm): Exact => annualized(term).div(12);

const paidAtEndOf = (term: SubscriptionTerm, date: string): boolean =>
  term.start <= date && (!term.end || date < term.end);

const paidOnEveOf = (term: SubscriptionTerm, date: string): boolean =>
  term.start < date && (!term.end || date <= term.end);

/** 12 × MRR at the end of a day. */
export const annualAt = (terms: readonly SubscriptionTerm[], date: string): Exact =>
  sum(terms.filter((term) => paidAtEndOf(term, date)).map(annualized));

/** 12 × MRR at the end of the day before. */
export const annualBefore = (terms: readonly SubscriptionTerm[], date: string): Exact =>
  sum(terms.filter((term) => paidOnEveOf(term, date)).map(annualized));

/** MRR at the end of a day, over all terms given. */
export const mrrAt = (terms: readonly SubscriptionTerm[], date: string): Exact => annualAt(terms, date).div(12);

export function checkSubscriptions({ subscriptions, from, to }: z.output<typeof mrrMovementsInput>) {
  if (to < from) return contradicts("to", `not before from (${from})`);
  const backwards = subscriptions.findIndex((term) => term.end && term.end < term.start);
  if (backwards >= 0) {
    return contradicts(`subscriptions[${backwards}].end`, `not before start (${subscriptions[backwards]?.start})`);
  }
  return checkTermsOfOneId(subscriptions);
}

/** A subscription may come in several terms (a change of price), of one customer and one after the other. */
function checkTermsOfOneId(subscriptions: readonly SubscriptionTerm[]) {
  const rows = subscriptions.map((term, index) => ({ term, index }));
  rows.sort((a, b) => byText(a.term.subscription, b.term.subscription) || byText(a.term.start, b.term.start));
  for (const [position, { term, index }] of rows.entries()) {
    const before = rows[position - 1]?.term;
    if (before?.subscription !== term.subscription) continue;
    if (before.customer !== term.customer) {
      return contradicts(
        `subscriptions[${index}].subscription`,
        `one customer per subscription (${term.subscription})`,
      );
    }
    if (!before.end || before.end > term.start || before.start === term.start) {
      return contradicts(
        `subscriptions[${index}].subscription`,
        `an id of its own, or a term after the earlier one has ended (${term.subscription} is there twice)`,
      );
    }
  }
  return ok(subscriptions);
}

function typeOf(before: Exact, now: Exact, paidEarlier: boolean): MovementType | null {
  if (before.eq(now)) return null;
  if (before.isZero()) return paidEarlier ? "reactivation" : "new";
  if (now.isZero()) return "churn";
  return now.gt(before) ? "expansion" : "contraction";
}

// After every day of the month and before the next one, as text.
const endOf = (month: string): string => `${month}-99`;

const isPaid = (term: SubscriptionTerm): boolean => annualized(term).gt(0) && term.end !== term.start;

function movementsOf(customer: string, terms: readonly SubscriptionTerm[], from: string, to: string): Movement[] {
  const days = terms.flatMap((term) => (term.end ? [term.start, term.end] : [term.start]));
  const months = new Set(days.filter((date) => date >= from && date <= to).map(monthOf));
  let before = annualBefore(terms, from);
  let paidEarlier = terms.some((term) => term.start < from);
  const movements: Movement[] = [];
  for (const month of [...months].sort(byText)) {
    const until = monthOf(to) === month ? to : endOf(month);
    const now = annualAt(terms, until);
    const type = typeOf(before, now, paidEarlier);
    if (type) movements.push({ month, customer, type, annual: now.minus(before) });
    paidEarlier ||= terms.some((term) => term.start <= until);
    before = now;
  }
  return movements;
}

function byCustomer(subscriptions: readonly SubscriptionTerm[]): Map<string, SubscriptionTerm[]> {
  const terms = new Map<string, SubscriptionTerm[]>();
  for (const term of subscriptions.filter(isPaid)) {
    const others = terms.get(term.customer);
    if (others) others.push(term);
    else terms.set(term.customer, [term]);
  }
  return terms;
}

/**
 * Changes of MRR per customer (not per subscription) and calendar month, from the end of the day before `from` to the
 * end of `to`. Whoever paid on any earlier day comes back as a reactivation.
 */
export function mrrMovements(subscriptions: readonly SubscriptionTerm[], from: string, to: string): Movement[] {
  const movements = [...byCustomer(subscriptions)].flatMap(([customer, terms]) =>
    movementsOf(customer, terms, from, to),
  );
  return movements.sort((a, b) => byText(a.month, b.month) || byText(a.customer, b.customer));
}

/** Per year, as the movements are: the sums of each kind, with what was there before. */
export function movementBridge(startAnnual: Exact, movements: readonly Pick<Movement, "type" | "annual">[]): Bridge {
  const bridge: Bridge = {
    startMrr: startAnnual,
    new: new Exact(0),
    expansion: new Exact(0),
    contraction: new Exact(0),
    churn: new Exact(0),
    reactivation: new Exact(0),
  };
  for (const { type, annual } of movements) bridge[type] = bridge[type].plus(annual.abs());
  return bridge;
}

/** A bridge per year as one per month. */
export const perMonth = (bridge: Bridge): Bridge => ({
  startMrr: bridge.startMrr.div(12),
  new: bridge.new.div(12),
  expansion: bridge.expansion.div(12),
  contraction: bridge.contraction.div(12),
  churn: bridge.churn.div(12),
  reactivation: bridge.reactivation.div(12),
});

/** The revenue bridge per month of sums per year; the rates are those of the exact sums. */
export function monthlyBridge(annual: Bridge): ReturnType<typeof revenueBridge> {
  const measures = revenueBridge(annual);
  return { ...measures, endMrr: known(endMrr(annual).div(12)), netNew: known(netNewMrr(annual).div(12)) };
}

export function movementWarnings(subscriptions: readonly SubscriptionTerm[]): string[] {
  const never = subscriptions.filter((term) => term.end === term.start).length;
  return never === 0 ? [] : [`${never} subscriptions end on the day they start and were never paid`];
}

export const MOVEMENT_CONVENTIONS = {
  movements: "per customer and calendar month, net: cancelling one of several subscriptions is a contraction",
  normalisation: "per month: quarterly ÷ 3, yearly ÷ 12, × quantity; rounded once, at the end",
  churn: "in the month of `end`, the first day no longer paid",
  reactivation:
    "a customer who paid on any earlier day, also before `from`, and does not pay at the end of the month before",
  trials: "an amount or quantity of 0 is no paying customer",
  rates:
    "over several months, movements of customers won since the start are in the rates; metrics.retention leaves them out",
  window: "from the end of the day before `from` to the end of `to`; the first and last month may be partial",
};
