import { makeFigure } from "@/lib/figures/rules";
import type { Figure, FigureSource, Unit } from "@/lib/figures/schema";

type DatasetSource = Extract<FigureSource, { kind: "dataset" }>;

/** Data sets that gates and criteria are counted in. */
export const COUNTED = [
  ...(["metric:revenue", "metric:valuation", "metric:exit_readiness"] as const),
  ...(["initiatives", "bidders", "ledger"] as const),
] as const;
export type Counted = (typeof COUNTED)[number];
/** At which version each stood, how many rows of it were read, and the filter that finds them again. */
export type CountedRows = Readonly<Record<Counted, Pick<DatasetSource, "version" | "rows" | "filter">>>;

const METHOD = "stage.fact.";
export const isStageFactMethod = (method: string): boolean => method.startsWith(METHOD);

/** What the gates and criteria count, each with the rule by which it is counted and the data sets that are counted. */
const FACTS = {
  maturity: ["Venture maturity score", "percent", "As stage 39 handed it over", []],
  "metrics-positive": [
    "Primary metrics that are positive",
    "count",
    "Of three: revenue of 12 months above the 12 before; valuation no more than 5 % down in a quarter; exit readiness of at least 70",
    ["metric:revenue", "metric:valuation", "metric:exit_readiness"],
  ],
  "metrics-period": [
    "Months of metrics",
    "months",
    "Months with reported revenue without a gap, up to the newest",
    ["metric:revenue"],
  ],
  levers: ["Growth levers with figures", "count", "Levers with figures of their own in the newest lever analysis", []],
  executed: [
    "Initiatives carried out",
    "count",
    "Initiatives that were started, and every milestone of which is reached",
    ["initiatives"],
  ],
  improved: [
    "Initiatives that improved their metric",
    "count",
    "Initiatives whose newest measurement says that the metric improved",
    ["initiatives"],
  ],
  worsened: [
    "Initiatives that worsened their metric",
    "count",
    "Initiatives whose newest measurement says that the metric got worse",
    ["initiatives"],
  ],
  agreed: ["Deals with an agreement", "count", "Bidders that came to the definitive agreement or further", ["bidders"]],
  completed: ["Deals completed", "count", "Bidders whose closing is complete", ["bidders"]],
  distributions: ["Distributions", "count", "Payments of the sale that were split among the holders", ["ledger"]],
  payable: [
    "Payees still owed",
    "count",
    "Accounts of holders, advisers, services, tax offices and payments on their way with a balance, whatever day it is owed from",
    ["ledger"],
  ],
  deferred: [
    "Tranches that hold money back",
    "count",
    "Escrow, holdback and earn-outs with a balance above zero",
    ["ledger"],
  ],
} as const satisfies Record<string, readonly [string, Unit, string, readonly Counted[]]>;

export type FactKey = keyof typeof FACTS;
export type FactValues = Readonly<Record<FactKey, string | null>>;
export const FACT_KEYS = Object.keys(FACTS) as FactKey[];

type Scope = { ventureId: string; today: string; counted: CountedRows };

const sourcesOf = (datasets: readonly Counted[], { ventureId, counted }: Scope): FigureSource[] =>
  datasets.map((dataset) => ({ kind: "dataset", ventureId, dataset, ...counted[dataset] }));

/** Everything that the gates and criteria count of a venture on a day, as figures. */
export function stageFigures(scope: Scope, values: FactValues): Readonly<Record<FactKey, Figure>> {
  const { ventureId, today } = scope;
  const figures = FACT_KEYS.map((key) => {
    const [label, unit, formula, datasets] = FACTS[key];
    const figure = makeFigure({
      ...{ label, unit, asOf: today, method: `${METHOD}${key}@1`, formula },
      value: values[key],
      ...(values[key] === null ? { reason: "no-data" } : {}),
      inputs: { venture: { value: ventureId }, day: { value: today } },
      sources: sourcesOf(datasets, scope),
    });
    return [key, figure] as const;
  });
  return Object.fromEntries(figures) as Record<FactKey, Figure>;
}
