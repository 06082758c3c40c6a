import type { Figure } from "@/lib/figures/schema";
import { Exact } from "@/lib/money";
import { type BillingFigures, derived, measureOf, whenKnown } from "./billing-figures";
import { known, type Measure, mapMeasure, ratio, unknown } from "./measure";
import { monthEndAfter, monthsUntil } from "./periods";
import { change, headFigures, standingFigures } from "./standing-figures";
import {
  burnMultiple,
  cacPayback,
  customerAcquisitionCost,
  lifetimeValue,
  magicNumber,
  ruleOf40,
} from "./unit-economics";
import { rateSources } from "./used-rates";
import { datasetSource, drawFigure, flowFigure, monthsText, stockFigure, type VentureFacts } from "./venture-facts";

type Named<Key extends string = string> = Readonly<Record<string, Figure> & Record<Key, Figure>>;

/** The month end that the accounts reach, or the last complete month where there are none. */
export const financeEnd = (facts: VentureFacts): string => facts.financeThrough ?? monthEndAfter(facts.today, -1);

/** A share of revenue; below zero there is nothing that could be a share of it. */
const ofRevenue = (part: Exact, revenue: Exact): Measure =>
  revenue.lt(0) ? unknown("negative-revenue") : ratio(part, revenue);

/** A cost that was credited back is no price of anything. */
const overCost = (cost: Exact, of: () => Measure): Measure => (cost.lt(0) ? unknown("negative-cost") : of());

/** Months of a measure's window: the span that was chosen, or the measure's own. */
const spanOf = (facts: VentureFacts, own: number): number => facts.span ?? own;

/** Revenue of 3 months against the same a year before; users where the venture has no revenue at all. */
export function growthFigures(facts: VentureFacts, through: string): Named<"growth_rate"> {
  const months = spanOf(facts, 3);
  const text = monthsText(months);
  // A plan for this year is compared with what came last year.
  const past = facts.actual ?? facts;
  const draft = { key: "growth_rate", label: "Growth rate, year over year", unit: "ratio" as const };
  if (!facts.series.has("revenue") && facts.series.has("users")) {
    const users = (of: VentureFacts, key: string, label: string, day: string) =>
      stockFigure(of, { key, metric: "users", label, unit: "count" }, day);
    const now = users(facts, "users_now", "Users", through);
    const before = users(past, "users_before", "Users a year before", monthEndAfter(through, -12));
    const formula = "Users ÷ users a year before − 1 (no revenue is reported)";
    return { now, before, growth_rate: derived(facts, { ...draft, formula }, change(now, before), { now, before }) };
  }
  const revenue = (of: VentureFacts, key: string, label: string, to: string) =>
    flowFigure(of, { key, metric: "revenue", label, unit: facts.venture.currency }, monthsUntil(to, months));
  const now = revenue(facts, `revenue_${months}m`, `Revenue, ${text}`, through);
  const yearAgo = monthEndAfter(through, -12);
  const before = revenue(past, `revenue_${months}m_before`, `Revenue, the same ${text} a year before`, yearAgo);
  const formula = `Revenue of ${text} ÷ revenue of the same ${text} a year before − 1`;
  const measure = whenKnown([now], (value) => (value.lt(0) ? unknown("negative-revenue") : change(now, before)));
  return { now, before, growth_rate: derived(facts, { ...draft, formula }, measure, { now, before }) };
}

function marginFigures(facts: VentureFacts, through: string): Named<"gross_margin_ratio"> {
  const months = spanOf(facts, 3);
  const text = monthsText(months);
  const period = monthsUntil(through, months);
  const unit = facts.venture.currency;
  const sold = { key: `revenue_${months}m`, metric: "revenue", label: `Revenue, ${text}`, unit };
  const revenue = flowFigure(facts, sold, period);
  const draft = { key: "gross_margin_ratio", label: "Gross margin", unit: "ratio" as const };
  if (!facts.series.has("cost_of_revenue") && facts.series.has("gross_margin")) {
    const label = `Gross margin (amount), ${text}`;
    const margin = flowFigure(facts, { key: `gross_margin_${months}m`, metric: "gross_margin", label, unit }, period);
    const measure = whenKnown([margin, revenue], ofRevenue);
    const formula = `Gross margin as reported ÷ revenue, ${text}`;
    return { margin, gross_margin_ratio: derived(facts, { ...draft, formula }, measure, { margin, revenue }) };
  }
  const label = `Cost of revenue, ${text}`;
  const cost = flowFigure(facts, { key: `cost_of_revenue_${months}m`, metric: "cost_of_revenue", label, unit }, period);
  const measure = whenKnown([revenue, cost], (whole, part) => ofRevenue(whole.minus(part), whole));
  const formula = `(Revenue − cost of revenue) ÷ revenue, ${text}`;
  return { cost, gross_margin_ratio: derived(facts, { ...draft, formula }, measure, { revenue, cost }) };
}

/** Cash, burn and how long the one lasts at the other. */
export function runwayFigures(facts: VentureFacts, through: string): Named<"cash_runway"> {
  const unit = facts.venture.currency;
  const months = spanOf(facts, 3);
  const text = monthsText(months);
  const cash = stockFigure(facts, { key: "cash", metric: "cash", label: "Cash", unit }, through);
  const draft = { key: "monthly_net_burn", label: "Net burn per month", unit };
  const burn = facts.series.has("net_burn") ? reportedBurn() : fallOfCash();
  function reportedBurn(): Named<"monthly_net_burn"> {
    const stored = { key: `net_burn_${months}m`, metric: "net_burn", label: `Net burn, ${text}`, unit };
    const total = flowFigure(facts, stored, monthsUntil(through, months));
    const measure = whenKnown([total], (value) => known(value.div(months)));
    return {
      total,
      monthly_net_burn: derived(facts, { ...draft, formula: `Net burn of ${text} ÷ ${months}` }, measure, { total }),
    };
  }
  function fallOfCash(): Named<"monthly_net_burn"> {
    const stored = { key: "cash_before", metric: "cash", label: `Cash ${text} before`, unit };
    const before = stockFigure(facts, stored, monthEndAfter(through, -months));
    const measure = whenKnown([before, cash], (then, now) => known(then.minus(now).div(months)));
    const formula = `(Cash ${text} before − cash) ÷ ${months}; net burn is not reported, so financing is in it`;
    return { before, monthly_net_burn: derived(facts, { ...draft, formula }, measure, { before, cash }) };
  }
  const monthly = burn.monthly_net_burn;
  const measure = whenKnown([cash, monthly], (held, per) =>
    per.gt(0) ? ratio(Exact.max(held, 0), per) : unknown("not-burning"),
  );
  const formula = "Cash ÷ net burn per month; none left when overdrawn, unlimited when not burning";
  const runway = { key: "cash_runway", label: "Cash runway", unit: "months" as const, formula };
  return { cash, ...burn, cash_runway: derived(facts, runway, measure, { cash, burn: monthly }) };
}

function efficiencyFigures(facts: VentureFacts, through: string, growth: Figure, billing: BillingFigures): Named {
  const unit = facts.venture.currency;
  const flow = (key: string, metric: string, label: string, to: string, months: number) =>
    flowFigure(facts, { key, metric, label, unit }, monthsUntil(to, months));
  const quarterBefore = monthEndAfter(through, -3);
  const months = spanOf(facts, 12);
  const text = monthsText(months);
  const revenue12 = flow(`revenue_${months}m`, "revenue", `Revenue, ${text}`, through, months);
  const ebitda = flow(`ebitda_${months}m`, "ebitda", `EBITDA, ${text}`, through, months);
  const burn = flow(`net_burn_${months}m`, "net_burn", `Net burn, ${text}`, through, months);
  const quarter = flow("revenue_3m", "revenue", "Revenue, 3 months", through, 3);
  const previous = flow("revenue_previous_3m", "revenue", "Revenue, the 3 months before", quarterBefore, 3);
  const selling = flow(
    "sales_and_marketing_previous_3m",
    "sales_and_marketing",
    "Sales and marketing, the 3 months before",
    quarterBefore,
    3,
  );
  const margin = derived(
    facts,
    { key: "ebitda_margin", label: `EBITDA margin, ${text}`, unit: "ratio", formula: `EBITDA ÷ revenue, ${text}` },
    whenKnown([ebitda, revenue12], ofRevenue),
    { ebitda, revenue: revenue12 },
  );
  const sameEnd = billing.net_new_arr.asOf === burn.asOf;
  return {
    ...{ revenue_12m: revenue12, ebitda, net_burn_12m: burn, previous, selling, margin },
    rule_of_40: derived(
      facts,
      { key: "rule_of_40", label: "Rule of 40", unit: "ratio", formula: `Growth rate + EBITDA margin of ${text}` },
      whenKnown([growth, margin], (rate, share) => ruleOf40(rate, share)),
      { growth, margin },
    ),
    burn_multiple: derived(
      facts,
      { key: "burn_multiple", label: "Burn multiple", unit: "multiple", formula: `Net burn ÷ net new ARR, ${text}` },
      sameEnd || billing.net_new_arr.value === null
        ? whenKnown([burn, billing.net_new_arr], (spent, won) =>
            spent.lt(0) ? unknown("cash-grew") : burnMultiple(spent, won),
          )
        : unknown("periods-differ"),
      { burn, netNewArr: billing.net_new_arr },
    ),
    magic_number: derived(
      facts,
      {
        key: "magic_number",
        label: "Magic number",
        unit: "multiple",
        formula: "(Revenue of 3 months − of the 3 before) × 4 ÷ sales and marketing of the 3 before",
      },
      whenKnown([previous, quarter, selling], (a, b, c) => overCost(c, () => magicNumber(a, b, c))),
      { previous, quarter, salesAndMarketing: selling },
    ),
  };
}

function unitFigures(facts: VentureFacts, through: string, margin: Figure, billing: BillingFigures): Named {
  const unit = facts.venture.currency;
  const months = spanOf(facts, 12);
  const text = monthsText(months);
  const stored = { metric: "sales_and_marketing", label: `Sales and marketing, ${text}`, unit };
  const selling = flowFigure(facts, { key: `sales_and_marketing_${months}m`, ...stored }, monthsUntil(through, months));
  const { arpa, new_customers_12m: won, monthly_logo_churn: churn } = billing;
  const cac = derived(
    facts,
    { key: "cac", label: "Customer acquisition cost", unit, formula: `Sales and marketing ÷ new customers, ${text}` },
    whenKnown([selling, won], (cost, count) =>
      overCost(cost, () => (count.isZero() ? unknown("nobody-won") : customerAcquisitionCost(cost, count))),
    ),
    { salesAndMarketing: selling, newCustomers: won },
  );
  const payback = derived(
    facts,
    { key: "cac_payback", label: "CAC payback", unit: "months", formula: "CAC ÷ (ARPA × gross margin)" },
    whenKnown([cac, arpa, margin], (cost, account, share) => cacPayback(cost, account.times(share))),
    { cac, arpa, grossMargin: margin },
  );
  const ltv = derived(
    facts,
    { key: "ltv", label: "Lifetime value", unit, formula: "ARPA × gross margin ÷ logo churn per month" },
    whenKnown([arpa, margin, churn], (account, share, rate) => {
      if (share.lt(0)) return unknown("negative-margin");
      return rate.isZero() ? unknown("nobody-left") : lifetimeValue(account, share, rate);
    }),
    { arpa, grossMargin: margin, churn },
  );
  const ltvToCac = derived(
    facts,
    { key: "ltv_to_cac", label: "LTV to CAC", unit: "multiple", formula: "Lifetime value ÷ customer acquisition cost" },
    whenKnown([ltv, cac], (value, cost) => ratio(value, cost)),
    { ltv, cac },
  );
  return { sales_and_marketing_12m: selling, cac, cac_payback: payback, ltv, ltv_to_cac: ltvToCac };
}

/** What a few pay of what all pay net; where refunds outweigh, the parts are more than the whole. */
function shareOfTop(top: Exact, total: Exact): Measure {
  if (total.lt(0) || top.gt(total)) return unknown("refunds-exceed-revenue");
  return ratio(top, total);
}

function concentrationFigure(facts: VentureFacts, billing: BillingFigures): Figure {
  const draft = { key: "customer_concentration", label: "Revenue of the top 3 customers", unit: "ratio" as const };
  const { invoices, billing: subscriptions } = facts;
  if (invoices) {
    const { top, total, rows, period, reason } = invoices;
    return drawFigure(facts, {
      ...draft,
      measure: reason ? unknown(reason) : shareOfTop(top, total),
      formula: `Invoiced to the top 3 customers ÷ invoiced, ${period.from} to ${period.to}, without voids`,
      asOf: period.to,
      inputs: { from: { value: period.from }, to: { value: period.to } },
      sources: [
        datasetSource(facts, "invoices", rows, { issuedFrom: period.from, issuedTo: period.to }),
        ...rateSources(invoices.rates ?? [], facts.versions),
      ],
    });
  }
  const top = subscriptions.facts?.topThree.map((row) => row.annual) ?? [];
  const measure = mapMeasure(measureOf(billing.mrr), (mrr) =>
    top.length === 0
      ? unknown("no-data")
      : ratio(
          top.reduce((a, b) => a.plus(b)),
          mrr.times(12),
        ),
  );
  const day = subscriptions.facts?.window.to ?? facts.today;
  return drawFigure(facts, {
    ...draft,
    measure,
    formula: "MRR of the top 3 customers ÷ MRR (no invoices are stored)",
    asOf: day,
    inputs: { day: { value: day } },
    sources: [
      datasetSource(facts, "subscriptions", subscriptions.facts?.rowsNow ?? 0, { paidOn: day }),
      ...rateSources(subscriptions.facts?.rates ?? [], facts.versions),
    ],
  });
}

/** The group of a measure over the accounts alone, without the others; null where it needs what subscriptions say. */
export function accountsFigures(facts: VentureFacts, key: string): Readonly<Record<string, Figure>> | null {
  const through = financeEnd(facts);
  if (key === "growth_rate" || key === figureOfRevenue(facts)) return growthFigures(facts, through);
  if (key === "gross_margin_ratio") return marginFigures(facts, through);
  if (["cash", "monthly_net_burn", "cash_runway"].includes(key)) return runwayFigures(facts, through);
  return null;
}

const figureOfRevenue = (facts: VentureFacts): string => `revenue_${spanOf(facts, 3)}m`;

/** All figures over the accounts; inputs come before what is computed from them. */
export function financeFigures(facts: VentureFacts, billing: BillingFigures): Figure[] {
  const through = financeEnd(facts);
  const growth = growthFigures(facts, through);
  const margin = marginFigures(facts, through);
  const groups = [
    growth,
    margin,
    runwayFigures(facts, through),
    efficiencyFigures(facts, through, growth.growth_rate, billing),
    unitFigures(facts, through, margin.gross_margin_ratio, billing),
    standingFigures(facts, through),
    headFigures(facts, through),
  ];
  return [...groups.flatMap((group) => Object.values(group)), concentrationFigure(facts, billing)];
}
