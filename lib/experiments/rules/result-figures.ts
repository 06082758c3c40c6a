import { makeFigure } from "@/lib/figures/rules";
import type { Figure, FigureSource, Unit } from "@/lib/figures/schema";
import { Exact } from "@/lib/money";
import type { Design } from "../schema/design";
import { goalComparisons, plannedSize } from "./design";
import type { Comparison, Plan, Standing } from "./standing";

/** A figure of an experiment with the place that it has on the screen: "estimate:signup:b". */
export type NamedFigure = { key: string; figure: Figure };

const PREFIX = "experiments.venture.";
export const isExperimentMethod = (method: string): boolean => method.startsWith(PREFIX);

export type FigureScope = {
  experiment: { id: string; name: string; ventureId: string };
  /** The last day counted, or the day of the design. */
  asOf: string;
  /** Version of the data set and rows of it. */
  revision: number;
  rows: number;
};

export const experimentDataset = (id: string): string => `experiment:${id}`;

const decimalText = (value: number | null, unit: Unit): string | null => {
  if (value === null || !Number.isFinite(value)) return null;
  // A p-value as it is read, "0.020158" or "5.1747e-44" (as a percentage the small ones would all be 0 %), and a mean.
  return unit === "text" ? String(Number(value.toPrecision(5))) : new Exact(value).toSignificantDigits(15).toFixed();
};

type Said = { key: string; label: string; unit: Unit; method: string; formula: string; value: number | null };

function named(
  { experiment, asOf }: FigureScope,
  { key, label, unit, method, formula, value }: Said,
  { reason, sources }: { reason: string | null; sources: FigureSource[] },
): NamedFigure {
  const text = decimalText(value, unit);
  const figure = makeFigure({
    ...{ label, unit, formula, sources, asOf },
    value: text,
    ...(text === null ? { reason: reason ?? "no-data" } : {}),
    method: `${PREFIX}${method}@1`,
    inputs: { experiment: { value: experiment.id, label: experiment.name }, of: { value: key } },
  });
  return { key, figure };
}

/** What the design asks for; it rests on the design alone. */
export function designFigures(scope: FigureScope, { design, method }: Plan): NamedFigure[] {
  const planned = plannedSize(design, method);
  const given = { reason: planned.reason, sources: [{ kind: "given" as const, by: "the design of the experiment" }] };
  const of = (key: string, label: string, unit: Unit, formula: string, value: number | null) =>
    named(scope, { key, label, unit, formula, value, method: key }, given);
  const shared = goalComparisons(design) > 1 ? `, α shared among ${goalComparisons(design)} comparisons` : "";
  return [
    of(
      "plannedUnits",
      `Planned ${design.unit}`,
      "count",
      `smallest n at which a change of ${design.minimalEffect} (${design.difference}) is found with power ${design.power} at α ${design.alpha}${shared}; normal approximation, each arm's own variance`,
      planned.units,
    ),
    of(
      "plannedDays",
      "Planned duration",
      "days",
      `planned ${design.unit} ÷ ${design.unit} per day, rounded up`,
      planned.days,
    ),
  ];
}

type Maker = (name: string, label: string, formula: string, value: number | null, unit?: Unit) => NamedFigure;

/** Makes the figures of one comparison: "estimate" becomes "estimate:signup:b". */
function comparisonMaker(scope: FigureScope, design: Design, one: Comparison, sources: FigureSource[]): Maker {
  const { metric, arm, analysis } = one;
  const at = `${metric.key}:${arm.key}`;
  const scale: Unit = design.difference === "relative" || metric.kind === "rate" ? "ratio" : "text";
  const { reasons } = analysis;
  return (name, label, formula, value, unit = scale) =>
    named(
      scope,
      { key: `${name}:${at}`, label: `${label}: ${metric.name}, ${arm.name}`, unit, method: name, formula, value },
      { sources, reason: reasons[name] ?? reasons.interval ?? reasons.pValue ?? null },
    );
}

function intervalFormula({ design, method }: Plan): string {
  if (method === "fixed") return "Welch's t at the planned size";
  if (method === "sequential") return "asymptotic confidence sequence, valid at every look (arXiv 2103.06476)";
  return design.prior ? "posterior, normal prior" : "posterior, flat prior";
}

function changeFigures(of: Maker, plan: Plan, { analysis }: Comparison): NamedFigure[] {
  const { alpha, difference } = plan.design;
  const level = `${Number(((1 - alpha) * 100).toPrecision(10))} %`;
  const cuped = analysis.theta === null ? "" : `, CUPED with θ = ${analysis.theta.toPrecision(6)}`;
  const formula = difference === "relative" ? "(treatment − control) ÷ |control|" : "treatment − control";
  const interval = `${intervalFormula(plan)}${cuped}`;
  return [
    of("estimate", "Change", `${formula}${cuped}`, analysis.estimate),
    of("low", `${level} interval, low end`, interval, analysis.interval[0]),
    of("high", `${level} interval, high end`, interval, analysis.interval[1]),
  ];
}

/** What shipping would lose: where down is better, what it would add. */
const riskOf = ({ metric, analysis }: Comparison): number | null =>
  analysis.risk === null ? null : metric.better === "up" ? analysis.risk.treatment : analysis.risk.control;

function testFigures(of: Maker, { method }: Plan, one: Comparison): NamedFigure[] {
  const { metric, analysis, adjusted } = one;
  if (method === "bayesian") {
    const chance = "P(treatment > control) under the posterior";
    return [
      of("chanceToWin", "Chance that it is higher", chance, analysis.chanceToWin, "ratio"),
      of("risk", "Risk of shipping", "E[what is lost if the control is better]", riskOf(one)),
    ];
  }
  const test = method === "fixed" ? "Welch's t test, two-sided" : "always valid: min(1, 1 ÷ e)";
  const family = metric.role === "exploration" ? "Benjamini-Hochberg among the exploration" : "Holm among the goals";
  const pValue = of("pValue", "p-value", test, analysis.pValue, "text");
  return metric.role === "guardrail"
    ? [pValue]
    : [pValue, of("adjusted", "Adjusted p-value", family, adjusted, "text")];
}

const VALUE_FORMULAS = { rate: "successes ÷ n", mean: "sum ÷ n", ratio: "Σ numerator ÷ Σ denominator" } as const;

type CountMaker = (said: Omit<Said, "method">, reason?: string | null) => NamedFigure;

/** How many were counted where, and whether that is the split that was planned. */
function splitFigures(of: CountMaker, { design }: Plan, { units, arms, sampleRatio: split }: Standing): NamedFigure[] {
  const { unit } = design;
  const ratio = {
    ...{ key: "sampleRatio", label: "Sample ratio, p-value", unit: "text", value: split?.pValue ?? null },
    formula: "chi-squared of the counts against the weights; broken below 0.001",
  };
  const all = { key: "units", label: `${unit} counted`, unit: "count", value: units };
  return [
    of({ ...all, formula: `Σ ${unit} over the arms` }),
    ...arms.map(({ arm, units: value }) => {
      const formula = `Σ ${unit} of the arm`;
      return of({ key: `units:${arm.key}`, label: `${unit} in ${arm.name}`, unit: "count", formula, value });
    }),
    of(ratio, split?.reasons.pValue ?? null),
  ];
}

/** How far the test is, and what each arm's metrics are. */
function openFigures(of: CountMaker, { design }: Plan, { progress, values }: Standing): NamedFigure[] {
  const formula = `${design.unit} counted ÷ planned ${design.unit}, at most 1`;
  const part = { key: "progress", label: "Of the planned size", unit: "ratio", formula, value: progress };
  return [
    of(part, "missing-input"),
    ...values.map(({ arm, metric, value }) => {
      const about = { key: `value:${metric.key}:${arm.key}`, label: `${metric.name} in ${arm.name}`, value };
      return of({ ...about, unit: metric.kind === "rate" ? "ratio" : "text", formula: VALUE_FORMULAS[metric.kind] });
    }),
  ];
}

/** Every number of the standing that may be shown; none of a result that is hidden. */
export function standingFigures(scope: FigureScope, plan: Plan, standing: Standing): NamedFigure[] {
  const { experiment, revision: version, rows } = scope;
  if (standing.hidden === "no-data") return [];
  const { ventureId, id } = experiment;
  const filter = { experiment: id, revision: version };
  const dataset = experimentDataset(id);
  const sources: FigureSource[] = [{ kind: "dataset", ventureId, dataset, version, rows, filter }];
  const of: CountMaker = (said, reason = null) =>
    named(scope, { ...said, method: said.key.split(":")[0] ?? said.key }, { reason, sources });
  return [
    ...splitFigures(of, plan, standing),
    ...(standing.sampleRatio?.mismatch ? [] : openFigures(of, plan, standing)),
    ...standing.comparisons.flatMap((one) => {
      const make = comparisonMaker(scope, plan.design, one, sources);
      return [...changeFigures(make, plan, one), ...testFigures(make, plan, one)];
    }),
  ];
}
