import type { Figure } from "@/lib/figures/schema";
import { Exact } from "@/lib/money";
import { impliedNote } from "./implied";
import { known, type Measure, ratio, unknown } from "./measure";
import { perMonth } from "./movements";
import { monthEndAfter, monthsUntil } from "./periods";
import { type Bridge, quickRatio } from "./revenue-bridge";
import { rateSources } from "./used-rates";
import {
  type BillingFacts,
  type Draft,
  datasetSource,
  drawFigure,
  flowFigure,
  inputOf,
  monthsText,
  stockFigure,
  type VentureFacts,
} from "./venture-facts";

export type BillingFigures = Readonly<Record<(typeof BILLING_KEYS)[number], Figure>>;

const BILLING_KEYS = [
  "mrr",
  "arr",
  "customers",
  "arpa",
  "net_new_arr",
  "net_revenue_retention",
  "gross_revenue_retention",
  "expansion",
  "logo_churn",
  "monthly_logo_churn",
  "quick_ratio",
  "new_customers_12m",
] as const;

/** Months of the window of subscriptions: a year unless a person chose another span. */
const windowMonths = (facts: VentureFacts): number => facts.span ?? 12;

const bridgeLabels = (text: string): Readonly<Record<keyof Bridge, string>> => ({
  startMrr: `MRR ${text} before`,
  new: `New MRR, ${text}`,
  expansion: `Expansion MRR, ${text}`,
  contraction: `Contraction MRR, ${text}`,
  churn: `Churned MRR, ${text}`,
  reactivation: `Reactivated MRR, ${text}`,
});

const BRIDGE_KEYS: Readonly<Record<keyof Bridge, string>> = {
  startMrr: "mrr_start",
  new: "mrr_new",
  expansion: "mrr_expansion",
  contraction: "mrr_contraction",
  churn: "mrr_churned",
  reactivation: "mrr_reactivation",
};

type Of = (facts: BillingFacts) => Measure;

/** A figure straight over subscriptions, unknown where they are missing or contradict each other. */
function overSubscriptions(
  facts: VentureFacts,
  draft: Pick<Draft, "key" | "label" | "unit" | "formula">,
  of: Of,
  kind: "now" | "before" | "window" | "both",
): Figure {
  const { billing, today } = facts;
  if (!billing.facts) {
    const inputs = { day: { value: today } };
    const sources = [datasetSource(facts, "subscriptions", 0, { paidOn: today })];
    return drawFigure(facts, { ...draft, measure: unknown(billing.reason), asOf: today, inputs, sources });
  }
  const { window, openingDay, rowsNow, rowsBefore } = billing.facts;
  const days = { opening: { value: openingDay }, day: { value: window.to } };
  const filter = {
    now: { paidOn: window.to },
    before: { paidOn: openingDay },
    window: { changedFrom: window.from, changedTo: window.to },
    both: { paidOnEither: [openingDay, window.to] },
  }[kind];
  const rows = kind === "now" ? rowsNow : kind === "before" ? rowsBefore : rowsNow + rowsBefore;
  return drawFigure(facts, {
    ...draft,
    measure: of(billing.facts),
    asOf: kind === "before" ? openingDay : window.to,
    inputs: kind === "now" ? { day: days.day } : days,
    sources: [
      datasetSource(facts, "subscriptions", rows, filter),
      ...rateSources(billing.facts.rates ?? [], facts.versions),
    ],
  });
}

/** MRR from the start of the window to now, movement by movement; together with `mrr` it closes. */
export function bridgeFigures(facts: VentureFacts): Figure[] {
  const labels = bridgeLabels(monthsText(windowMonths(facts)));
  const keys = Object.keys(BRIDGE_KEYS) as (keyof Bridge)[];
  return keys.map((name) =>
    overSubscriptions(
      facts,
      {
        key: BRIDGE_KEYS[name],
        label: labels[name],
        unit: facts.venture.currency,
        formula:
          name === "startMrr"
            ? "Σ amount × quantity per month, of subscriptions paid at the end of the day"
            : `Σ over customers and months of ${name === "new" ? "new MRR" : name}; net per customer and month`,
      },
      (billing) => known(perMonth(billing.bridge)[name]),
      name === "startMrr" ? "before" : "window",
    ),
  );
}

const NO_CHURN_BASE = "no-customers-a-year-ago";

/** Churn of a window as the constant monthly churn that compounds to it. */
const monthlyOf = (churn: Measure, months: number): Measure =>
  churn.value === null
    ? churn
    : known(new Exact(1).minus(new Exact(1).minus(churn.value).pow(new Exact(1).div(months))));

const ofOpening =
  (part: (billing: BillingFacts) => Exact): Of =>
  (billing) =>
    billing.bridge.startMrr.isZero() ? unknown(NO_CHURN_BASE) : ratio(part(billing), billing.bridge.startMrr);

const logoChurn: Of = (billing) =>
  billing.customersBefore === 0
    ? unknown(NO_CHURN_BASE)
    : ratio(billing.customersBefore - billing.customersKept, billing.customersBefore);

// Ventures without subscriptions may still report recurring revenue and customers as metrics.
function mrrFigure(facts: VentureFacts): Figure {
  const { currency } = facts.venture;
  if (!facts.billing.facts && facts.billing.reason === "no-data" && facts.series.has("recurring_revenue")) {
    const stored = { key: "mrr", metric: "recurring_revenue", label: "MRR", unit: currency };
    return stockFigure(facts, stored, facts.financeThrough ?? facts.today);
  }
  const note = impliedNote(facts.implied, "recurring_revenue", facts.billing.facts?.window.to ?? "");
  const formula = `Σ amount × quantity per month, of subscriptions paid at the end of the day${note}`;
  const draft = { key: "mrr", label: "MRR", unit: currency, formula };
  return overSubscriptions(facts, draft, (billing) => known(billing.annualNow.div(12)), "now");
}

function countFigure(facts: VentureFacts, key: "customers" | "new_customers_12m"): Figure {
  const months = windowMonths(facts);
  const label = key === "customers" ? "Paying customers" : `New customers, ${monthsText(months)}`;
  const metric = key === "customers" ? "customers" : "new_customers";
  const through = facts.financeThrough ?? facts.today;
  if (!facts.billing.facts && facts.billing.reason === "no-data" && facts.series.has(metric)) {
    const stored = { metric, label, unit: "count" as const };
    return key === "customers"
      ? stockFigure(facts, { key, ...stored }, through)
      : flowFigure(facts, { key: `new_customers_${months}m`, ...stored }, monthsUntil(through, months));
  }
  if (key === "customers") {
    const note = impliedNote(facts.implied, "customers", facts.billing.facts?.window.to ?? "");
    const formula = `Customers with MRR at the end of the day${note}`;
    const draft = { key, label, unit: "count" as const, formula };
    return overSubscriptions(facts, draft, (billing) => known(billing.customersNow), "now");
  }
  const formula = "Customers who paid for the first time";
  const draft = { key: `new_customers_${months}m`, label, unit: "count" as const, formula };
  const won: Of = ({ movements }) =>
    known(movements.filter((row) => row.type === "new").reduce((all, row) => all + row.customers, 0));
  return overSubscriptions(facts, draft, won, "window");
}

export function derived(
  facts: VentureFacts,
  draft: Pick<Draft, "key" | "label" | "unit" | "formula">,
  measure: Measure,
  inputs: Readonly<Record<string, Figure>>,
): Figure {
  const all = Object.entries(inputs);
  const asOf =
    all
      .map(([, figure]) => figure.asOf)
      .sort()
      .at(-1) ?? facts.today;
  const refs = Object.fromEntries(all.map(([name, figure]) => [name, inputOf(figure)]));
  return drawFigure(facts, { ...draft, measure, asOf, inputs: refs });
}

/** A figure's value as a measure again. */
export const measureOf = (figure: Figure): Measure =>
  figure.value === null ? unknown(figure.reason ?? "unknown") : known(figure.value);

type Values<Figures extends readonly Figure[]> = { [Position in keyof Figures]: Exact };

/** Of the first of these that is unknown the reason, else what `of` says of their values. */
export function whenKnown<const Figures extends readonly Figure[]>(
  figures: Figures,
  of: (...values: Values<Figures>) => Measure,
): Measure {
  const missing = figures.find((figure) => figure.value === null);
  if (missing) return unknown(missing.reason ?? "unknown");
  return of(...(figures.map((figure) => new Exact(figure.value ?? 0)) as Values<Figures>));
}

function netNewArr(facts: VentureFacts, mrr: Figure): { figure: Figure; start: Figure } {
  const months = windowMonths(facts);
  const text = monthsText(months);
  const draft = { key: "net_new_arr", label: `Net new ARR, ${text}`, unit: facts.venture.currency };
  const formula = `(MRR − MRR ${text} before) × 12`;
  const fromMetric = mrr.sources.some((source) => source.kind === "dataset" && source.dataset.startsWith("metric:"));
  const before = monthEndAfter(facts.financeThrough ?? facts.today, -months);
  const stored = { key: "mrr_start", metric: "recurring_revenue", label: `MRR ${text} before`, unit: draft.unit };
  const bridgeStart = bridgeFigures(facts)[0];
  const start = fromMetric || !bridgeStart ? stockFigure(facts.actual ?? facts, stored, before) : bridgeStart;
  const measure = whenKnown([mrr, start], (now, then) => known(now.minus(then).times(12)));
  return { figure: derived(facts, { ...draft, formula }, measure, { mrr, start }), start };
}

/** One of the two that need nothing else of `billingFigures`, without the others. */
export const plainBillingFigure = (facts: VentureFacts, key: "mrr" | "customers"): Figure =>
  key === "mrr" ? mrrFigure(facts) : countFigure(facts, key);

/** Everything that recurring revenue says about a venture; inputs come before what is computed from them. */
export function billingFigures(facts: VentureFacts): { figures: BillingFigures; inputs: Figure[] } {
  const { currency } = facts.venture;
  const mrr = mrrFigure(facts);
  const customers = countFigure(facts, "customers");
  const arr = derived(
    facts,
    { key: "arr", label: "ARR", unit: currency, formula: "MRR × 12" },
    whenKnown([mrr], (value) => known(value.times(12))),
    { mrr },
  );
  const arpa = derived(
    facts,
    { key: "arpa", label: "Average revenue per account", unit: currency, formula: "MRR ÷ paying customers" },
    whenKnown([mrr, customers], (value, count) => ratio(value, count)),
    { mrr, customers },
  );
  const rates = rateFigures(facts);
  const { figure: net_new_arr, start } = netNewArr(facts, mrr);
  const figures = {
    mrr,
    customers,
    arr,
    arpa,
    net_new_arr,
    ...rates,
    new_customers_12m: countFigure(facts, "new_customers_12m"),
  };
  const bridge = facts.billing.facts ? bridgeFigures(facts) : [];
  return { figures, inputs: [...bridge.filter((figure) => figure.id !== start.id), start] };
}

function rateFigures(facts: VentureFacts) {
  const months = windowMonths(facts);
  const text = monthsText(months);
  const share = (key: string, label: string, formula: string, of: Of) =>
    overSubscriptions(facts, { key, label, unit: "ratio", formula }, of, "both");
  return {
    net_revenue_retention: share(
      "net_revenue_retention",
      "Net revenue retention",
      `Σ MRR now ÷ Σ MRR ${text} ago, over the customers of ${text} ago (cohort method)`,
      ofOpening((billing) => billing.annualOfOpening),
    ),
    gross_revenue_retention: share(
      "gross_revenue_retention",
      "Gross revenue retention",
      `Σ per customer min(MRR now, MRR ${text} ago) ÷ Σ MRR ${text} ago (cohort method)`,
      ofOpening((billing) => billing.annualKept),
    ),
    expansion: share(
      "expansion",
      "Expansion of existing customers",
      `Σ per customer max(MRR now − MRR ${text} ago, 0) ÷ Σ MRR ${text} ago, over the customers of ${text} ago (cohort method)`,
      ofOpening((billing) => billing.annualOfOpening.minus(billing.annualKept)),
    ),
    logo_churn: share(
      "logo_churn",
      `Logo churn, ${text}`,
      `Customers of ${text} ago who left ÷ all of them`,
      logoChurn,
    ),
    monthly_logo_churn: share(
      "monthly_logo_churn",
      "Logo churn per month",
      `1 − (1 − churn of ${text})^(1/${months})`,
      (billing) => monthlyOf(logoChurn(billing), months),
    ),
    quick_ratio: overSubscriptions(
      facts,
      {
        key: "quick_ratio",
        label: `Quick ratio, ${text}`,
        unit: "multiple",
        formula: "(new + expansion + reactivation) ÷ (churn + contraction)",
      },
      ({ bridge }) => (bridge.churn.plus(bridge.contraction).isZero() ? unknown("nothing-lost") : quickRatio(bridge)),
      "window",
    ),
  };
}
