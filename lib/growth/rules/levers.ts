import type { Decimal } from "decimal.js";
import { Exact } from "@/lib/money";
import type { LeverKind } from "../schema";

/** One customer over the twelve months that end now; money per month in plain units of the venture's currency. */
export type CustomerYear = {
  readonly id: string;
  readonly segment: string | null;
  readonly channel: string | null;
  readonly before: Decimal;
  readonly now: Decimal;
};

/** What a customer pays now per unit and month on a plan, and for how many units. */
export type PlanPrice = {
  readonly customer: string;
  readonly plan: string;
  readonly perUnit: Decimal;
  readonly units: Decimal;
};

export type LeverFacts = {
  readonly customers: readonly CustomerYear[];
  readonly prices: readonly PlanPrice[];
  /** 0…1; null when unknown. */
  readonly grossMarginRatio: Decimal | null;
  /** Operating expenses per head and month; null when unknown. */
  readonly costPerHead: Decimal | null;
};

export type Lever = {
  readonly id: string;
  readonly kind: LeverKind;
  /** The segment, channel or plan that it is about: a name out of the data. */
  readonly subject: string | null;
  readonly measure: { readonly label: string; readonly value: Decimal; readonly against: Decimal };
  /** Additional revenue over the next twelve months when a quarter, half, three quarters of the potential come true. */
  readonly effect: { readonly low: Decimal; readonly central: Decimal; readonly high: Decimal };
  readonly personMonths: number;
  readonly cost: Decimal | null;
  /** Gross margin of the central effect over 24 months ÷ cost. */
  readonly roi: Decimal | null;
  readonly monthsToEffect: number;
  readonly confidence: "low" | "medium" | "high";
  readonly customers: number;
};

/** Fewer customers than this tell nothing about a group. */
export const MINIMUM_GROUP = 5;
const MINIMUM_GAP = new Exact("0.02");
const CLOSURE = { low: new Exact("0.25"), central: new Exact("0.5"), high: new Exact("0.75") };
/** What is won month by month over a year counts for half of it on average. */
const PHASED_YEAR = new Exact(6);
/** Won evenly over the first year (half of it on average) and kept through the second: three times the first year's. */
const TWO_YEARS = 3;
/** Work assumed per kind, in person-months, and when it shows. An assumption, labelled as one wherever it is shown. */
const EFFORT: Readonly<Record<LeverKind, { personMonths: number; monthsToEffect: number }>> = {
  "retention-gap": { personMonths: 6, monthsToEffect: 6 },
  "expansion-gap": { personMonths: 4, monthsToEffect: 6 },
  "price-dispersion": { personMonths: 2, monthsToEffect: 3 },
  "channel-mix": { personMonths: 3, monthsToEffect: 6 },
  concentration: { personMonths: 3, monthsToEffect: 9 },
};
const FAIR_PRICE = new Exact("0.9");
const CONCENTRATED = new Exact("0.3");

const ZERO = new Exact(0);
const sum = (values: readonly Decimal[]) => values.reduce((total, value) => total.plus(value), ZERO as Decimal);
const least = (a: Decimal, b: Decimal) => (a.lt(b) ? a : b);
const opening = (customers: readonly CustomerYear[]) => sum(customers.map((customer) => customer.before));

/** Σ min(now, before) ÷ Σ before over the customers of twelve months ago; null without any. */
function grossRetention(customers: readonly CustomerYear[]): Decimal | null {
  const base = opening(customers);
  return base.isZero() ? null : sum(customers.map(({ before, now }) => least(before, now))).div(base);
}

/** Σ max(now − before, 0) ÷ Σ before over the customers of twelve months ago; null without any. */
function expansion(customers: readonly CustomerYear[]): Decimal | null {
  const base = opening(customers);
  const grown = customers.filter(({ before, now }) => before.gt(0) && now.gt(before));
  return base.isZero() ? null : sum(grown.map(({ before, now }) => now.minus(before))).div(base);
}

type Group = { name: string; customers: CustomerYear[] };

function groups(customers: readonly CustomerYear[], key: "segment" | "channel"): Group[] {
  const found = new Map<string, CustomerYear[]>();
  for (const customer of customers) {
    const name = customer[key];
    if (name === null) continue;
    found.set(name, [...(found.get(name) ?? []), customer]);
  }
  return [...found].map(([name, members]) => ({ name, customers: members })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function rated(candidates: readonly Group[], rate: (customers: readonly CustomerYear[]) => Decimal | null) {
  return candidates
    .filter((group) => group.customers.filter((customer) => customer.before.gt(0)).length >= MINIMUM_GROUP)
    .flatMap((group) => {
      const value = rate(group.customers);
      return value === null ? [] : [{ ...group, rate: value }];
    });
}

type Draft = Pick<Lever, "kind" | "subject" | "measure" | "customers"> & { potential: Decimal };

/** Each group that falls behind the best one by at least two points; the potential is the gap on today's revenue. */
function gaps(
  kind: LeverKind,
  label: string,
  candidates: readonly Group[],
  rate: (customers: readonly CustomerYear[]) => Decimal | null,
  base: (group: Group) => Decimal,
): Draft[] {
  const known = rated(candidates, rate);
  const best = known.reduce<Decimal | null>(
    (top, group) => (top === null || group.rate.gt(top) ? group.rate : top),
    null,
  );
  if (best === null || known.length < 2) return [];
  return known
    .filter((group) => best.minus(group.rate).gte(MINIMUM_GAP))
    .map((group) => ({
      kind,
      subject: group.name,
      measure: { label, value: group.rate, against: best },
      potential: base(group).times(best.minus(group.rate)).times(PHASED_YEAR),
      customers: group.customers.length,
    }));
}

const revenueNow = (group: Group) => sum(group.customers.map((customer) => customer.now));
const revenueOfNewcomers = (group: Group) =>
  sum(group.customers.filter((customer) => customer.before.isZero()).map((customer) => customer.now));

function median(values: readonly Decimal[]): Decimal {
  const sorted = [...values].sort((a, b) => a.comparedTo(b));
  const middle = sorted[Math.floor((sorted.length - 1) / 2)] ?? ZERO;
  const other = sorted[Math.ceil((sorted.length - 1) / 2)] ?? ZERO;
  return middle.plus(other).div(2);
}

/** Customers who pay less than nine tenths of their plan's median price, brought up to that. */
function priceDispersion(prices: readonly PlanPrice[]): Draft[] {
  const plans = [...new Set(prices.map((price) => price.plan))].sort();
  return plans.flatMap((plan) => {
    const paying = prices.filter((price) => price.plan === plan && price.perUnit.gt(0));
    if (paying.length < MINIMUM_GROUP) return [];
    const fair = median(paying.map((price) => price.perUnit)).times(FAIR_PRICE);
    const below = paying.filter((price) => price.perUnit.lt(fair));
    if (below.length === 0) return [];
    const uplift = sum(below.map((price) => fair.minus(price.perUnit).times(price.units)));
    const average = sum(below.map((price) => price.perUnit)).div(below.length);
    const measure = { label: "Average price per unit and month", value: average, against: fair };
    return [
      {
        kind: "price-dispersion" as const,
        subject: plan,
        measure,
        potential: uplift.times(PHASED_YEAR),
        customers: below.length,
      },
    ];
  });
}

/** Revenue of the three largest customers above 30 %: the loss to be expected at the venture's own rate of loss. */
function concentration(customers: readonly CustomerYear[]): Draft[] {
  const total = sum(customers.map((customer) => customer.now));
  const largest = [...customers].sort((a, b) => b.now.comparedTo(a.now)).slice(0, 3);
  const kept = grossRetention(customers);
  if (total.isZero() || kept === null || customers.length < MINIMUM_GROUP) return [];
  const top = sum(largest.map((customer) => customer.now));
  const share = top.div(total);
  if (share.lt(CONCENTRATED)) return [];
  const potential = top.times(new Exact(1).minus(kept)).times(PHASED_YEAR);
  const measure = { label: "Share of the three largest customers", value: share, against: CONCENTRATED };
  return potential.isZero()
    ? []
    : [{ kind: "concentration", subject: null, measure, potential, customers: largest.length }];
}

function completed(draft: Draft, facts: LeverFacts): Lever {
  const { potential, ...rest } = draft;
  const effort = EFFORT[draft.kind];
  const effect = {
    low: potential.times(CLOSURE.low),
    central: potential.times(CLOSURE.central),
    high: potential.times(CLOSURE.high),
  };
  const cost = facts.costPerHead === null ? null : facts.costPerHead.times(effort.personMonths);
  const roi =
    cost === null || cost.isZero() || facts.grossMarginRatio === null
      ? null
      : effect.central.times(TWO_YEARS).times(facts.grossMarginRatio).div(cost);
  const confidence = draft.customers >= 30 ? "high" : draft.customers >= 12 ? "medium" : "low";
  return {
    ...rest,
    ...effort,
    id: draft.subject === null ? draft.kind : `${draft.kind}:${draft.subject}`,
    effect,
    cost,
    roi,
    confidence,
  };
}

function byReturn(a: Lever, b: Lever): number {
  if (a.roi && b.roi && !a.roi.eq(b.roi)) return b.roi.comparedTo(a.roi);
  if ((a.roi === null) !== (b.roi === null)) return a.roi === null ? 1 : -1;
  return b.effect.central.comparedTo(a.effect.central) || (a.id < b.id ? -1 : 1);
}

/**
 * Levers that the venture's own data show, best return first (unknown returns last, then by effect).
 * The potential of a lever is a gap inside the venture (between segments, channels, prices) on today's revenue; the
 * range is a quarter, half and three quarters of it, phased in evenly over twelve months. Cost is assumed work at the
 * venture's own cost per head. Nothing is found in groups under five customers or gaps under two points.
 */
export function findLevers(facts: LeverFacts): Lever[] {
  const segments = groups(facts.customers, "segment");
  const channels = groups(facts.customers, "channel");
  const drafts = [
    ...gaps("retention-gap", "Gross revenue retention of the segment", segments, grossRetention, revenueNow),
    ...gaps("expansion-gap", "Expansion of the segment", segments, expansion, revenueNow),
    ...gaps("channel-mix", "Gross revenue retention of the channel", channels, grossRetention, revenueOfNewcomers),
    ...priceDispersion(facts.prices),
    ...concentration(facts.customers),
  ];
  return drafts
    .filter((draft) => draft.potential.gt(0))
    .map((draft) => completed(draft, facts))
    .sort(byReturn);
}
