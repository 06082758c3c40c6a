import { makeFigure } from "@/lib/figures/rules";
import type { Figure, FigureInput, FigureSource, Unit } from "@/lib/figures/schema";
import { type Measure, unknown } from "@/lib/metrics/rules/measure";
import { Exact } from "@/lib/money";
import type { FactKey } from "../../schema/driver-tree";

export type DriverFrame = {
  readonly ventureId: string;
  readonly currency: string;
  /** The last day that the facts reach. */
  readonly to: string;
};

const METRIC = "metrics.venture.";
export const inputOf = (figure: Figure): FigureInput => ({ figure: figure.id, label: figure.label });

type Draft = {
  part: string;
  label: string;
  unit: Unit;
  measure: Measure;
  formula: string;
  inputs?: Record<string, FigureInput>;
  sources?: readonly FigureSource[];
};

/** A figure of the driver tree: the same question has the same id while the facts reach the same day. */
export function driverFigure({ ventureId, to }: DriverFrame, draft: Draft): Figure {
  const { part, measure, inputs, sources, ...rest } = draft;
  return makeFigure({
    ...rest,
    value: measure.value === null ? null : measure.value.toSignificantDigits(30).toFixed(),
    ...(measure.value === null ? { reason: measure.reason } : {}),
    asOf: to,
    method: `growth.driver.${part}@1`,
    inputs: { venture: { value: ventureId }, to: { value: to }, ...inputs },
    sources: [...(sources ?? [])],
  });
}

export const measured = (figure: Figure | null): Measure =>
  figure?.value ? { value: new Exact(figure.value) } : unknown(figure?.reason ?? "no-data");

type Of = (...values: Exact[]) => Exact | string;

/** What the rule says of the inputs' values, or the reason of the first that is unknown; a text is a reason. */
export function derive(
  frame: DriverFrame,
  draft: Omit<Draft, "measure" | "inputs">,
  inputs: Readonly<Record<string, Figure | null>>,
  of: Of,
): Figure {
  const known = Object.values(inputs).map(measured);
  const missing = known.find((measure) => measure.value === null);
  const outcome = missing ? null : of(...known.flatMap((measure) => (measure.value ? [measure.value] : [])));
  const measure =
    outcome === null
      ? (missing ?? unknown("no-data"))
      : typeof outcome === "string"
        ? unknown(outcome)
        : { value: outcome };
  const refs = Object.entries(inputs).flatMap(([name, figure]) => (figure ? [[name, inputOf(figure)] as const] : []));
  return driverFigure(frame, { ...draft, measure, inputs: Object.fromEntries(refs) });
}

const over = (part: Exact, whole: Exact): Exact | string => (whole.isZero() ? "zero-denominator" : part.div(whole));

/** A month's share of the average recurring revenue of the year. */
const monthlyShare: Of = (amount = new Exact(0), start = new Exact(0), now = new Exact(0)) =>
  over(amount.div(12), start.plus(now).div(2));

const MONTHLY_SHARE = "of 12 months ÷ 12 ÷ average of MRR at the start and now";

/** The facts a leaf can be filled from, out of the venture's figures; `gmv` and what is not stored are unknown. */
export function driverFacts(
  frame: DriverFrame,
  figures: readonly Figure[],
  goods: { readonly month: Figure | null; readonly year: Figure | null },
): Map<FactKey, Figure> {
  const stored = (key: string) => figures.find((figure) => figure.method === `${METRIC}${key}@1`) ?? null;
  const { currency } = frame;
  const rate = (key: FactKey, label: string, of: string) =>
    derive(
      frame,
      { part: key, label, unit: "ratio", formula: `${label.toLowerCase()}: amount ${MONTHLY_SHARE}` },
      { amount: stored(of), start: stored("mrr_start"), now: stored("mrr") },
      monthlyShare,
    );
  const each = (
    key: FactKey,
    label: string,
    unit: Unit,
    formula: string,
    inputs: Record<string, Figure | null>,
    of: Of,
  ) => derive(frame, { part: key, label, unit, formula }, inputs, of);
  const by =
    (divisor: number): Of =>
    (amount = new Exact(0), count = new Exact(0)) =>
      over(amount.div(divisor), count);
  const won = stored("new_customers_12m");
  const facts: readonly (readonly [FactKey, Figure | null])[] = [
    ["mrr", stored("mrr")],
    ["customers", stored("customers")],
    ["headcount", stored("headcount")],
    ["customers_lost_rate", stored("monthly_logo_churn")],
    ["gross_merchandise_value", goods.month],
    ["expansion_rate", rate("expansion_rate", "Expansion per month", "mrr_expansion")],
    ["contraction_rate", rate("contraction_rate", "Contraction per month", "mrr_contraction")],
    ["churn_rate", rate("churn_rate", "Revenue lost with customers per month", "mrr_churned")],
    [
      "new_customers",
      each(
        "new_customers",
        "New customers per month",
        "count",
        "new customers of 12 months ÷ 12",
        { won },
        (n = new Exact(0)) => n.div(12),
      ),
    ],
    [
      "new_customer_pays",
      each(
        ...(["new_customer_pays", "What a new customer pays per month", currency] as const),
        ...(["new MRR of 12 months ÷ new customers of 12 months", { amount: stored("mrr_new"), won }, by(1)] as const),
      ),
    ],
    [
      "take_rate",
      each(
        ...(["take_rate", "Part kept as commission", "ratio", "revenue ÷ goods and services sold, 12 months"] as const),
        ...([{ revenue: stored("revenue_12m"), goods: goods.year }, by(1)] as const),
      ),
    ],
    [
      "revenue_per_customer",
      each(
        ...(["revenue_per_customer", "Revenue per customer and month", currency] as const),
        ...([
          "revenue of 12 months ÷ 12 ÷ customers",
          { revenue: stored("revenue_12m"), customers: stored("customers") },
        ] as const),
        by(12),
      ),
    ],
    [
      "revenue_per_head",
      each(
        ...(["revenue_per_head", "Revenue per person and month", currency] as const),
        ...([
          "revenue of 12 months ÷ 12 ÷ people",
          { revenue: stored("revenue_12m"), people: stored("headcount") },
        ] as const),
        by(12),
      ),
    ],
  ];
  return new Map(facts.flatMap(([key, figure]) => (figure ? [[key, figure] as const] : [])));
}
