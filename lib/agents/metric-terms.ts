/**
 * What people call the figures of a venture. `strict` is said of one metric only; `loose` is how a question may mean it.
 * Keys are those of the figures' methods. Pure.
 */
export type MetricTerm = { key: string; name: string; strict: RegExp; loose: RegExp };

const term = (key: string, name: string, strict: string, loose = strict): MetricTerm => ({
  ...{ key, name },
  strict: new RegExp(`\\b(?:${strict})\\b`, "giu"),
  loose: new RegExp(`\\b(?:${loose})\\b`, "giu"),
});

/** The longer name before the shorter one that it holds: what is found first is taken out. */
export const METRIC_TERMS: readonly MetricTerm[] = [
  term("burn_multiple", "Burn multiple", "burn multiple"),
  term("cac_payback", "Payback of acquisition cost", "(?:CAC )?payback(?: of acquisition cost)?"),
  term(
    "ltv_to_cac",
    "Lifetime value to acquisition cost",
    "LTV (?:to|over|\\/) ?CAC|lifetime value to (?:CAC|acquisition cost)",
  ),
  term("net_revenue_retention", "Net revenue retention", "net (?:revenue |dollar )?retention|NRR|NDR"),
  term("gross_revenue_retention", "Gross revenue retention", "gross (?:revenue |dollar )?retention|GRR"),
  term(
    "expansion",
    "Expansion of existing customers",
    "expansion (?:of existing customers|rate)",
    "expansion(?: of existing customers| rate| revenue)?|upsell(?:s|ing)?",
  ),
  term(
    "team_retention",
    "Key people kept",
    "team retention|key people kept",
    "team retention|key people|staff retention|people",
  ),
  term(
    "logo_churn",
    "Customers lost over the year",
    "(?:logo|customer) churn",
    "churn(?:ed)?|lost customers|customers lost",
  ),
  term(
    "customer_concentration",
    "Share of the largest customers",
    "(?:customer )?concentration|share of the (?:top|largest) customers",
    "concentrat(?:ion|ed)|largest customers?|top (?:three|3) customers|biggest customers?",
  ),
  term("quick_ratio", "Quick ratio", "quick ratio"),
  term("magic_number", "Magic number", "magic number"),
  term("rule_of_40", "Growth and margin together", "rule of (?:40|forty)|growth and margin together"),
  term("ebitda_margin", "Operating margin before depreciation", "EBITDA margin", "EBITDA(?: margin)?"),
  term("gross_margin_ratio", "Gross margin", "gross margin", "gross margin|margins?"),
  term("cash_runway", "Cash runway", "(?:cash )?runway"),
  term(
    "monthly_net_burn",
    "Net burn per month",
    "(?:net |monthly |cash )burn(?: rate)?|burn rate",
    "burn(?:ing|s|t|ed)?(?: rate)?",
  ),
  term(
    "growth_rate",
    "Growth over the year",
    "growth rate|(?:revenue|annual|yearly|year[- ]over[- ]year|yoy) growth|growth over the year",
    "growth|grow(?:s|n|ing)?|grew|shrink(?:s|ing)?|shrank",
  ),
  term("arr", "Annual recurring revenue", "ARR|annual recurring revenue"),
  term("mrr", "Monthly recurring revenue", "MRR|monthly recurring revenue"),
  term("arpa", "Average revenue per account", "ARPA|average revenue per (?:account|customer)"),
  term("cac", "Customer acquisition cost", "CAC|(?:customer )?acquisition cost"),
  term("ltv", "Lifetime value", "LTV|(?:customer )?lifetime value"),
  term("valuation_change", "Valuation change in a quarter", "change (?:of|in) (?:the )?valuation|valuation change"),
  term("valuation", "Valuation", "valuation", "valuation|worth"),
  term("exit_readiness", "Exit readiness", "exit readiness|readiness score", "readiness|ready"),
  term("cash", "Cash", "cash balance|cash in (?:the )?bank", "cash|money in the bank"),
  term(
    "customers",
    "Paying customers",
    "paying customers|number of customers",
    "how many customers|(?:paying|number of) customers",
  ),
];

export type FoundTerm = { key: string; at: number; end: number };

/** The metrics that a text names, in its order; a word belongs to the longest name that holds it. */
export function termsIn(text: string, how: "strict" | "loose"): FoundTerm[] {
  let rest = text;
  const found = METRIC_TERMS.flatMap(({ key, [how]: pattern }) => {
    const matches = [...rest.matchAll(pattern)].map(({ index, 0: word }) => ({
      key,
      at: index,
      end: index + word.length,
    }));
    for (const { at, end } of matches) rest = `${rest.slice(0, at)}${" ".repeat(end - at)}${rest.slice(end)}`;
    return matches;
  });
  return found.sort((a, b) => a.at - b.at);
}

export const metricName = (key: string): string => METRIC_TERMS.find((known) => known.key === key)?.name ?? key;

/** "growth_rate" of "metrics.venture.growth_rate@1". */
export const metricOfMethod = (method: string): string | null =>
  /^(?:metrics\.venture|decisions\.newest)\.([a-z_0-9]+)@\d+$/.exec(method)?.[1] ?? null;
