import { z } from "zod";
import type { Exact } from "@/lib/money";
import { amount, decimal, known, type Measure, MISSING, mapMeasure, ratio, share, unknown } from "./measure";

export const unitEconomicsInput = z.strictObject({
  salesAndMarketing: amount("sales and marketing cost of the month, at least 0"),
  newCustomers: amount("new customers of the month, at least 0"),
  arpa: amount("revenue per account and month, at least 0"),
  grossMargin: decimal("a fraction of at most 1 (80 % is 0.8)", (value) => value.lte(1)),
  churnRate: share("monthly churn, a fraction from 0 to 1"),
  expansionRate: amount("monthly expansion, a fraction of at least 0").optional(),
  expansionContribution: amount("gross margin per account and month from expansion, at least 0").optional(),
});
export type UnitEconomics = z.output<typeof unitEconomicsInput>;

/** Fully loaded sales and marketing ÷ new customers of the same period. */
export const customerAcquisitionCost = (salesAndMarketing: Exact, newCustomers: Exact): Measure =>
  ratio(salesAndMarketing, newCustomers);

/** CAC ÷ gross margin per account and month; months. Without a positive margin it is never paid back. */
export const cacPayback = (cac: Exact, monthlyMargin: Exact): Measure =>
  monthlyMargin.isNegative() && !monthlyMargin.isZero() ? unknown("negative-margin") : ratio(cac, monthlyMargin);

/** ARPA × gross margin ÷ (churn − expansion); at zero or negative net churn the life has no end and it does not exist. */
export function lifetimeValue(arpa: Exact, grossMargin: Exact, churnRate: Exact, expansionRate?: Exact): Measure {
  const netChurn = expansionRate ? churnRate.minus(expansionRate) : churnRate;
  if (netChurn.lt(0)) return unknown("negative-net-churn");
  return ratio(arpa.times(grossMargin), netChurn);
}

/** 1 ÷ monthly churn of customers; months. */
export const customerLifetime = (churnRate: Exact): Measure => ratio(1, churnRate);

export function unitEconomics(input: UnitEconomics) {
  const { arpa, grossMargin, churnRate, expansionRate, expansionContribution } = input;
  const cac = customerAcquisitionCost(input.salesAndMarketing, input.newCustomers);
  const margin = arpa.times(grossMargin).plus(expansionContribution ?? 0);
  const ltv = lifetimeValue(arpa, grossMargin, churnRate, expansionRate);
  return {
    cac,
    paybackMonths: mapMeasure(cac, (cost) => cacPayback(cost, margin)),
    ltv,
    ltvToCac: mapMeasure(ltv, (value) => mapMeasure(cac, (cost) => ratio(value, cost))),
    lifetimeMonths: customerLifetime(churnRate),
  };
}

export const UNIT_ECONOMICS_CONVENTIONS = {
  period: "all inputs per month; no lag between the cost and the customers it won",
  payback: "CAC ÷ (ARPA × gross margin + expansion contribution)",
  ltv: "ARPA × gross margin ÷ (churn − expansion rate); not capped, so it does not exist at zero net churn",
  lifetime: "1 ÷ churn, without expansion",
};

export const efficiencyInput = z.strictObject({
  revenueGrowth: decimal("a fraction of at least −1 (30 % is 0.3)", (value) => value.gte(-1)).optional(),
  margin: decimal("a fraction of at most 1 (15 % is 0.15)", (value) => value.lte(1)).optional(),
  netBurn: decimal("net burn per month; below 0 when cash grows").optional(),
  netNewArr: decimal("net new ARR of the same period as the net burn").optional(),
  revenue: z
    .tuple([amount("revenue of the previous quarter, at least 0"), amount("revenue of the quarter, at least 0")], {
      error: "two amounts: revenue of the previous quarter, revenue of the quarter",
    })
    .optional(),
  salesAndMarketingPreviousQuarter: amount("sales and marketing of the previous quarter, at least 0").optional(),
  cash: amount("cash, at least 0").optional(),
});

/** Growth + margin, both fractions; 0.4 is the bar. */
export const ruleOf40 = (revenueGrowth: Exact, margin: Exact): Measure => known(revenueGrowth.plus(margin));

/** Net burn ÷ net new ARR of the same period; without new ARR there is none. Ref: Sacks, The Burn Multiple (2020). */
export const burnMultiple = (netBurn: Exact, netNewArr: Exact): Measure =>
  netNewArr.lt(0) ? unknown("no-net-new-arr") : ratio(netBurn, netNewArr);

/** (Revenue of the quarter − of the previous one) × 4 ÷ sales and marketing of the previous quarter. */
export const magicNumber = (previous: Exact, current: Exact, salesAndMarketingPrevious: Exact): Measure =>
  ratio(current.minus(previous).times(4), salesAndMarketingPrevious);

/** Cash ÷ net burn per month; unlimited (reason "not-burning") when cash grows. */
export const cashRunway = (cash: Exact, netBurn: Exact): Measure =>
  netBurn.lt(0) ? unknown("not-burning") : ratio(cash, netBurn);

export function efficiency(input: z.output<typeof efficiencyInput>) {
  const { revenueGrowth, margin, netBurn, netNewArr, revenue, salesAndMarketingPreviousQuarter: cost, cash } = input;
  return {
    ruleOf40: revenueGrowth && margin ? ruleOf40(revenueGrowth, margin) : MISSING,
    burnMultiple: netBurn && netNewArr ? burnMultiple(netBurn, netNewArr) : MISSING,
    magicNumber: revenue && cost ? magicNumber(revenue[0], revenue[1], cost) : MISSING,
    runwayMonths: cash && netBurn ? cashRunway(cash, netBurn) : MISSING,
  };
}

export const EFFICIENCY_CONVENTIONS = {
  ruleOf40: "growth + margin as fractions; which margin (EBITDA, free cash flow) is the caller's choice",
  burnMultiple: "net burn ÷ net new ARR of the same period; none where net new ARR is zero or less",
  magicNumber: "(quarter − previous quarter) × 4 ÷ sales and marketing of the previous quarter",
  runway: "cash ÷ net burn per month; none (unlimited) where cash does not fall",
};
