import type { Decimal } from "decimal.js";
import { Exact } from "@/lib/money";
import {
  type CustomerYear,
  expansion,
  type Group,
  grossRetention,
  groupsBy,
  MINIMUM_GROUP,
  meanOf,
  medianOf,
  type Rate,
  relativeError,
  sumOf,
} from "./lever-rates";
import type { Finding, LeverDraft } from "./levers";

/** What a customer pays now per unit and month on a plan, and for how many units. */
export type PlanPrice = {
  readonly customer: string;
  readonly plan: string;
  readonly perUnit: Decimal;
  readonly units: Decimal;
};

const MINIMUM_GAP = new Exact("0.02");
const FAIR_PRICE = new Exact("0.9");
const CONCENTRATED = new Exact("0.3");
/** Standard error of a median ÷ that of a mean, in a normal sample. */
const MEDIAN_FACTOR = Math.sqrt(Math.PI / 2);

const revenueNow = (group: Group) => sumOf(group.customers.map((customer) => customer.now));
const revenueOfNewcomers = (group: Group) =>
  sumOf(group.customers.filter((customer) => customer.before.isZero()).map((customer) => customer.now));

type Comparison = {
  kind: "retention-gap" | "expansion-gap" | "channel-mix";
  candidates: readonly Group[];
  rate: (customers: readonly CustomerYear[]) => Rate | null;
  base: (group: Group) => Decimal;
};

/** Each group that falls behind the best one by at least two points; what is at stake is the gap on today's revenue. */
function behindTheBest({ kind, candidates, rate, base }: Comparison): Finding {
  const known = candidates
    .filter((group) => group.customers.filter((customer) => customer.before.gt(0)).length >= MINIMUM_GROUP)
    .flatMap((group) => {
      const found = rate(group.customers);
      return found ? [{ ...group, rate: found }] : [];
    });
  const [first] = known;
  if (!first || known.length < 2) {
    return { drafts: [], missing: [{ kind, reason: kind === "channel-mix" ? "no-channels" : "no-segments" }] };
  }
  const best = known.reduce((top, group) => (group.rate.value.gt(top.rate.value) ? group : top), first).rate;
  const drafts = known.flatMap((group): LeverDraft[] => {
    const gap = best.value.minus(group.rate.value);
    if (gap.lt(MINIMUM_GAP)) return [];
    return [
      {
        ...{ kind, subject: group.name, value: group.rate.value, against: best.value },
        monthly: base(group).times(gap),
        relativeError: relativeError(gap, group.rate.error, best.error),
        customers: group.customers.length,
      },
    ];
  });
  return { drafts, missing: [] };
}

/** Customers who pay less than nine tenths of their plan's median price, brought up to that. */
export function priceDispersion(prices: readonly PlanPrice[]): Finding {
  const plans = Map.groupBy(
    prices.filter((price) => price.perUnit.gt(0)),
    (price) => price.plan,
  );
  const wide = [...plans].filter(([, paying]) => paying.length >= MINIMUM_GROUP).sort(([a], [b]) => (a < b ? -1 : 1));
  if (wide.length === 0) return { drafts: [], missing: [{ kind: "price-dispersion", reason: "no-prices" }] };
  const drafts = wide.flatMap(([plan, paying]): LeverDraft[] => {
    const each = paying.map((price) => price.perUnit);
    const fair = medianOf(each).times(FAIR_PRICE);
    const below = paying.filter((price) => price.perUnit.lt(fair));
    const average = meanOf(below.map((price) => price.perUnit));
    if (!average) return [];
    const spread = (meanOf(each)?.error ?? 0) * MEDIAN_FACTOR * FAIR_PRICE.toNumber();
    return [
      {
        ...{ kind: "price-dispersion", subject: plan, value: average.value, against: fair },
        monthly: sumOf(below.map((price) => fair.minus(price.perUnit).times(price.units))),
        relativeError: relativeError(fair.minus(average.value), spread),
        customers: below.length,
      },
    ];
  });
  return { drafts, missing: [] };
}

/** Revenue of the three largest customers above 30 %: the loss to be expected at the venture's own rate of loss. */
export function concentration(customers: readonly CustomerYear[]): Finding {
  const total = sumOf(customers.map((customer) => customer.now));
  const kept = grossRetention(customers);
  if (total.lte(0) || kept === null || customers.length < MINIMUM_GROUP) {
    return { drafts: [], missing: [{ kind: "concentration", reason: "few-customers" }] };
  }
  const largest = [...customers].sort((a, b) => b.now.comparedTo(a.now)).slice(0, 3);
  const top = sumOf(largest.map((customer) => customer.now));
  const lost = new Exact(1).minus(kept.value);
  const share = top.div(total);
  if (share.lt(CONCENTRATED) || lost.lte(0)) return { drafts: [], missing: [] };
  const draft: LeverDraft = {
    ...{ kind: "concentration", subject: null, value: share, against: CONCENTRATED },
    monthly: top.times(lost),
    relativeError: relativeError(lost, kept.error),
    customers: largest.length,
  };
  return { drafts: [draft], missing: [] };
}

/** What the groups of customers show against each other. */
export function groupGaps(customers: readonly CustomerYear[]): Finding[] {
  const [segments, channels] = [groupsBy(customers, "segment"), groupsBy(customers, "channel")];
  return [
    behindTheBest({ kind: "retention-gap", candidates: segments, rate: grossRetention, base: revenueNow }),
    behindTheBest({ kind: "expansion-gap", candidates: segments, rate: expansion, base: revenueNow }),
    behindTheBest({ kind: "channel-mix", candidates: channels, rate: grossRetention, base: revenueOfNewcomers }),
  ];
}
