import { roomDataset } from "@/lib/data-room/rules/room-figures";
import { makeFigure } from "@/lib/figures/rules";
import type { Figure, FigureSource } from "@/lib/figures/schema";
import { financeEnd } from "@/lib/metrics/rules/finance-figures";
import { onBasis } from "@/lib/metrics/rules/performance";
import { monthsUntil } from "@/lib/metrics/rules/periods";
import { flowFigure, inputOf, type MetricSeries, type VentureFacts } from "@/lib/metrics/rules/venture-facts";
import { Exact } from "@/lib/money";

/** The six metrics of spec/stage-40, section 5. */
const STAGE_METRICS = [
  "growth_rate",
  "valuation",
  "exit_readiness",
  "cash_runway",
  "customer_concentration",
  "team_retention",
];
const DAY_MS = 86_400_000;

type Draft = Pick<Figure, "label" | "value" | "unit" | "formula" | "inputs"> & {
  key: string;
  reason?: string;
  sources?: FigureSource[];
};

const draw = (
  facts: { venture: { id: string }; today: string },
  { key, sources = [], inputs, ...draft }: Draft,
): Figure =>
  makeFigure({
    ...draft,
    asOf: facts.today,
    method: `readiness.measure.${key}@1`,
    inputs: { venture: { value: facts.venture.id }, day: { value: facts.today }, ...inputs },
    sources,
  });

/** How far revenue of the last 12 months was from its plan, as a fraction of the plan, above or below alike. */
export function planGap(facts: VentureFacts, plan: ReadonlyMap<string, MetricSeries>): Figure[] {
  const period = monthsUntil(financeEnd(facts), 12);
  const revenue = { key: "revenue_12m", metric: "revenue", label: "Revenue, 12 months", unit: facts.venture.currency };
  const [actual, planned] = [
    flowFigure(facts, revenue, period),
    flowFigure(onBasis(facts, "plan", plan), revenue, period),
  ];
  const known = actual.value !== null && planned.value !== null && new Exact(planned.value).gt(0);
  const gap = known
    ? new Exact(actual.value ?? 0)
        .div(planned.value ?? 1)
        .minus(1)
        .abs()
    : null;
  const figure = draw(facts, {
    key: "plan_gap",
    label: "Distance from plan, 12 months",
    value: gap?.toSignificantDigits(30).toFixed() ?? null,
    ...(known ? {} : { reason: planned.value === null ? "no-data" : (actual.reason ?? "zero-denominator") }),
    unit: "ratio",
    formula: "|revenue ÷ planned revenue − 1|",
    inputs: { actual: inputOf(actual), plan: inputOf(planned) },
  });
  return [actual, planned, figure];
}

/** Days since the last month that the accounts speak about. */
export function dataAge(facts: VentureFacts): Figure {
  const through = facts.financeThrough;
  const days = through && Math.round((Date.parse(facts.today) - Date.parse(through)) / DAY_MS);
  return draw(facts, {
    key: "data_age",
    label: "Age of the newest accounts",
    value: through ? `${days}` : null,
    ...(through ? {} : { reason: "no-data" }),
    unit: "days",
    formula: "Today − last day of the newest month with accounts",
    inputs: { through: { value: through, label: "accounts through" } },
  });
}

/** How many of the six metrics of the stage are known today; readiness itself counts as known. */
export function metricsKnown(facts: VentureFacts, figures: ReadonlyMap<string, Figure>): Figure {
  const parts = STAGE_METRICS.flatMap((key) => (key === "exit_readiness" ? [] : (figures.get(key) ?? [])));
  const known = parts.filter(({ value, reason }) => value !== null || reason === "not-burning").length + 1;
  return draw(facts, {
    key: "metrics_known",
    label: "Metrics of the stage that are known",
    value: `${known}`,
    unit: "count",
    formula:
      "How many of growth, valuation, runway, concentration and retention of the team are known, and readiness itself",
    inputs: Object.fromEntries(parts.map((figure) => [figure.method.split(".").at(-1) ?? figure.id, inputOf(figure)])),
  });
}

/** Questions of the charter that the cap table leaves open; unknown without a cap table. */
export function capTableOpen(
  facts: Pick<VentureFacts, "venture" | "today">,
  open: number | null,
  source: FigureSource,
): Figure {
  return draw(facts, {
    key: "cap_table_open",
    label: "Open questions of the cap table",
    value: open === null ? null : `${open}`,
    ...(open === null ? { reason: "no-cap-table" } : {}),
    unit: "count",
    formula: "Questions that only the charter answers and nobody has answered yet",
    inputs: {},
    sources: [source],
  });
}

/** Serious findings of the data room's review that nobody has closed. */
export function openFindings(
  about: { venture: { id: string }; today: string; roomId: string; version: number },
  open: number,
): Figure {
  return draw(about, {
    key: "open_findings",
    label: "Serious findings open",
    value: `${open}`,
    unit: "count",
    formula: "Findings of high or critical severity that are neither mitigated nor accepted",
    inputs: { room: { value: about.roomId } },
    sources: [
      {
        ...{ kind: "dataset", ventureId: about.venture.id, dataset: roomDataset(about.roomId), version: about.version },
        ...{ rows: open, filter: { roomId: about.roomId } },
      },
    ],
  });
}
