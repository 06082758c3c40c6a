import type { Decimal } from "decimal.js";
import { Exact } from "@/lib/money";
import type { EffectEstimate } from "./effect";

/** What a metric's effect is worth is read from these, as they stood at the end of the month before the start. */
export type ValueBase = {
  /** Recurring revenue per month that the effect bears on, in plain units. */
  monthlyRevenue: Decimal | null;
  customers: Decimal | null;
  /** Per customer and month. */
  revenuePerCustomer: Decimal | null;
  /** 0 to 1. */
  grossMargin: Decimal | null;
};

export type Gain = { low: Decimal; central: Decimal; high: Decimal };
export type Valued = { gain: Gain; formula: string; reason: null } | { gain: null; formula: string; reason: string };

type Conversion = { perUnit: (base: ValueBase, months: number) => Decimal | null; words: string };

const ONE = new Exact(1);
const asRevenue: Conversion = { perUnit: () => ONE, words: "effect per month × months" };
const asShare: Conversion = {
  perUnit: ({ monthlyRevenue }) => monthlyRevenue,
  words: "effect × recurring revenue per month before the start × months",
};

/** Revenue of one unit of the metric in one month. What is not here has no worth in money by itself. */
const CONVERSIONS: Readonly<Record<string, Conversion>> = {
  revenue: asRevenue,
  recurring_revenue: asRevenue,
  mrr: asRevenue,
  arr: { perUnit: () => ONE.div(12), words: "effect ÷ 12 × months" },
  gross_revenue_retention: asShare,
  net_revenue_retention: asShare,
  expansion: asShare,
  arpa: { perUnit: ({ customers }) => customers, words: "effect × customers before the start × months" },
  customers: {
    perUnit: ({ revenuePerCustomer }) => revenuePerCustomer,
    words: "effect × revenue per customer and month before the start × months",
  },
  // Who is won in the first month pays in every month since, who is won in the last in that one.
  new_customers: {
    perUnit: ({ revenuePerCustomer }, months) => revenuePerCustomer?.times(months + 1).div(2) ?? null,
    words: "effect per month × revenue per customer and month before the start × months × (months + 1) ÷ 2",
  },
};

/** Amounts of margin, not of revenue: no margin is taken of them again. */
const ALREADY_MARGIN: Readonly<Record<string, Conversion>> = { gross_margin: asRevenue, ebitda: asRevenue };

/**
 * Gross margin gained since the start, in plain units: the effect per month turned into revenue, times the months that
 * were measured, times the gross margin. Unknown where the metric has no worth in money or a base is missing.
 */
export function gainOf(metric: string, effect: EffectEstimate, base: ValueBase): Valued {
  const margin = ALREADY_MARGIN[metric];
  const conversion = margin ?? CONVERSIONS[metric];
  if (!conversion)
    return { gain: null, formula: "the metric has no worth in money by itself", reason: "no-money-value" };
  const formula = margin ? conversion.words : `${conversion.words} × gross margin`;
  const perUnit = conversion.perUnit(base, effect.months);
  const share = margin ? ONE : base.grossMargin;
  if (perUnit === null || share === null) return { gain: null, formula, reason: "missing-input" };
  const worth = (amount: number) => new Exact(amount).times(perUnit).times(effect.months).times(share);
  return {
    gain: { low: worth(effect.low), central: worth(effect.estimate), high: worth(effect.high) },
    formula,
    reason: null,
  };
}

/** Gain ÷ spending; over nothing spent there is no return. */
export const returnOn = (gain: Decimal, spent: Decimal): Decimal | null => (spent.isZero() ? null : gain.div(spent));
