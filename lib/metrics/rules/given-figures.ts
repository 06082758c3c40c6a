import { digestOf, makeFigure } from "@/lib/figures/rules";
import type { Figure, FigureInput, Unit } from "@/lib/figures/schema";
import type { Measure } from "./measure";

/** Money whose currency the caller did not say (ISO 4217: no currency). */
export const NO_CURRENCY: Unit = "XXX";

export type Described = { name: string; label: string; unit: Unit; formula: string };

/** What the caller gave, as inputs of a figure; a long list stands as its length and digest. */
export function givenInputs(input: Readonly<Record<string, unknown>>): Record<string, FigureInput> {
  const entries = Object.entries(input).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([name, value]) =>
      Array.isArray(value) && value.length > 12
        ? [name, { value: digestOf(value), label: `${value.length} rows` }]
        : [name, { value: JSON.parse(JSON.stringify(value)) as unknown }],
    ),
  );
}

/** Figures over given numbers, one for each description that has a measure. */
export function givenFigures(
  measures: Readonly<Record<string, Measure>>,
  descriptions: readonly Described[],
  inputs: Readonly<Record<string, FigureInput>>,
  asOf: string,
  room = "metrics",
): Figure[] {
  return descriptions.flatMap(({ name, label, unit, formula }) => {
    const measure = measures[name];
    if (!measure) return [];
    return makeFigure({
      label,
      value: measure.value === null ? null : measure.value.toSignificantDigits(30).toFixed(),
      ...(measure.value === null ? { reason: measure.reason } : {}),
      unit,
      asOf,
      method: `${room}.${name}@1`,
      formula,
      inputs,
      sources: [{ kind: "given", by: "caller" }],
    });
  });
}

const MONEY = NO_CURRENCY;

export const BRIDGE_FIGURES: readonly Described[] = [
  {
    name: "endMrr",
    label: "MRR at the end",
    unit: MONEY,
    formula: "start + new + expansion + reactivation − contraction − churn",
  },
  {
    name: "netNew",
    label: "Net new MRR",
    unit: MONEY,
    formula: "new + expansion + reactivation − contraction − churn",
  },
  {
    name: "grossRevenueRetention",
    label: "Gross revenue retention",
    unit: "ratio",
    formula: "(start − churn − contraction) ÷ start",
  },
  {
    name: "netRevenueRetention",
    label: "Net revenue retention",
    unit: "ratio",
    formula: "(start + expansion − churn − contraction) ÷ start",
  },
  { name: "grossChurnRate", label: "Gross MRR churn", unit: "ratio", formula: "(churn + contraction) ÷ start" },
  { name: "netChurnRate", label: "Net MRR churn", unit: "ratio", formula: "(churn + contraction − expansion) ÷ start" },
  {
    name: "quickRatio",
    label: "Quick ratio",
    unit: "multiple",
    formula: "(new + expansion + reactivation) ÷ (churn + contraction)",
  },
  { name: "growthRate", label: "MRR growth", unit: "ratio", formula: "net new ÷ start" },
];

export const RETENTION_FIGURES: readonly Described[] = [
  {
    name: "grossRevenueRetention",
    label: "Gross revenue retention",
    unit: "ratio",
    formula: "Σ min(now, before) ÷ Σ before",
  },
  {
    name: "netRevenueRetention",
    label: "Net revenue retention",
    unit: "ratio",
    formula: "Σ now ÷ Σ before, over the customers of before",
  },
  { name: "logoRetention", label: "Logo retention", unit: "ratio", formula: "customers kept ÷ customers before" },
];

export const CHURN_FIGURES: readonly Described[] = [
  { name: "churnRate", label: "Churn", unit: "ratio", formula: "opening customers lost ÷ opening customers" },
  {
    name: "earlyChurnRate",
    label: "Early churn",
    unit: "ratio",
    formula: "customers won and lost in the period ÷ customers won",
  },
];

export const ANNUAL_FIGURES: readonly Described[] = [
  { name: "annualRate", label: "Annual churn", unit: "ratio", formula: "1 − (1 − monthly)^12" },
];

export const UNIT_FIGURES: readonly Described[] = [
  { name: "cac", label: "Customer acquisition cost", unit: MONEY, formula: "sales and marketing ÷ new customers" },
  {
    name: "paybackMonths",
    label: "CAC payback",
    unit: "months",
    formula: "CAC ÷ (ARPA × gross margin + expansion contribution)",
  },
  { name: "ltv", label: "Lifetime value", unit: MONEY, formula: "ARPA × gross margin ÷ (churn − expansion rate)" },
  { name: "ltvToCac", label: "LTV to CAC", unit: "multiple", formula: "LTV ÷ CAC" },
  { name: "lifetimeMonths", label: "Customer lifetime", unit: "months", formula: "1 ÷ churn" },
];

export const EFFICIENCY_FIGURES: readonly Described[] = [
  { name: "ruleOf40", label: "Rule of 40", unit: "ratio", formula: "growth + margin" },
  { name: "burnMultiple", label: "Burn multiple", unit: "multiple", formula: "net burn ÷ net new ARR" },
  {
    name: "magicNumber",
    label: "Magic number",
    unit: "multiple",
    formula: "(quarter − previous quarter) × 4 ÷ sales and marketing of the previous quarter",
  },
  { name: "runwayMonths", label: "Cash runway", unit: "months", formula: "cash ÷ net burn per month" },
];

export const cohortFigure = (month: string, offset: number): readonly Described[] => [
  {
    name: "cohortRetention",
    label: `Retention of the cohort of ${month} after ${offset} months`,
    unit: "ratio",
    formula: "active customers ÷ size of the cohort",
  },
];
