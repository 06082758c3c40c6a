import { makeFigure } from "@/lib/figures/rules";
import type { Figure, FigureSource, Unit } from "@/lib/figures/schema";
import { Exact } from "@/lib/money";
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

function comparisonFigures(scope: FigureScope, plan: Plan, one: Comparison, sources: FigureSource[]): NamedFigure[] {
  const { metric, arm, analysis, adjusted } = one;
  const { design, method } = plan;
  const at = `${metric.key}:${arm.key}`;
  const about = `${metric.name}, ${arm.name}`;
  const unit: Unit = design.difference === "relative" || metric.kind === "rate" ? "ratio" : "text";
  const difference = design.difference === "relative" ? "(treatment − control) ÷ |control|" : "treatment − control";
  const cuped = analysis.theta === null ? "" : `, CUPED with θ = ${analysis.theta.toPrecision(6)}`;
  const interval = {
    fixed: "Welch's t at the planned size",
    sequential: "asymptotic confidence sequence, valid at every look (arXiv 2103.06476)",
    bayesian: design.prior ? "posterior, normal prior" : "posterior, flat prior",
  }[method];
  const level = `${Number(((1 - design.alpha) * 100).toPrecision(10))} %`;
  const of = (name: string, label: string, formula: string, value: number | null, own: Unit = unit) =>
    named(
      scope,
      { key: `${name}:${at}`, label: `${label}: ${about}`, unit: own, method: name, formula, value },
      {
        ...{ sources, reason: analysis.reasons[name] ?? analysis.reasons.interval ?? analysis.reasons.pValue ?? null },
      },
    );
  const bayesian = method === "bayesian";
  const family = metric.role === "exploration" ? "Benjamini-Hochberg among the exploration" : "Holm among the goals";
  return [
    of("estimate", "Change", `${difference}${cuped}`, analysis.estimate),
    of("low", `${level} interval, low end`, `${interval}${cuped}`, analysis.interval[0]),
    of("high", `${level} interval, high end`, `${interval}${cuped}`, analysis.interval[1]),
    ...(bayesian
      ? [
          of(
            "chanceToWin",
            "Chance that it is higher",
            "P(treatment > control) under the posterior",
            analysis.chanceToWin,
            "ratio",
          ),
          of("risk", "Risk of shipping", "E[what is lost if the control is better]", riskOf(one)),
        ]
      : [
          of(
            "pValue",
            "p-value",
            method === "fixed" ? "Welch's t test, two-sided" : "always valid: min(1, 1 ÷ e)",
            analysis.pValue,
            "text",
          ),
          ...(metric.role === "guardrail"
            ? []
            : [of("adjusted", "Adjusted p-value", family, adjusted, "text" as const)]),
        ]),
  ];
}

/** What shipping would lose where the metric is better up; where better down, what it would add. */
const riskOf = ({ metric, analysis }: Comparison): number | null =>
  analysis.risk === null ? null : metric.better === "up" ? analysis.risk.treatment : analysis.risk.control;

/** Every number of the standing that may be shown; none of a result that is hidden. */
export function standingFigures(scope: FigureScope, plan: Plan, standing: Standing): NamedFigure[] {
  const { experiment, revision, rows } = scope;
  if (standing.hidden === "no-data") return [];
  const { ventureId, id } = experiment;
  const sources: FigureSource[] = [
    {
      kind: "dataset",
      ventureId,
      dataset: experimentDataset(id),
      version: revision,
      rows,
      filter: { experiment: id, revision },
    },
  ];
  const of = (
    key: string,
    label: string,
    unit: Unit,
    formula: string,
    value: number | null,
    reason: string | null = null,
  ) => named(scope, { key, label, unit, formula, value, method: key.split(":")[0] ?? key }, { reason, sources });
  const split = standing.sampleRatio;
  const units = plan.design.unit;
  const open = split?.mismatch
    ? []
    : [
        of(
          "progress",
          "Of the planned size",
          "ratio",
          `${units} counted ÷ planned ${units}, at most 1`,
          standing.progress,
          "missing-input",
        ),
      ];
  return [
    of("units", `${units} counted`, "count", `Σ ${units} over the arms`, standing.units),
    ...standing.arms.map(({ arm, units: counted }) =>
      of(`units:${arm.key}`, `${units} in ${arm.name}`, "count", `Σ ${units} of the arm`, counted),
    ),
    of(
      "sampleRatio",
      "Sample ratio, p-value",
      "text",
      "chi-squared of the counts against the weights; broken below 0.001",
      split?.pValue ?? null,
      split?.reasons.pValue ?? null,
    ),
    ...open,
    ...standing.values.map(({ arm, metric, value }) =>
      of(
        `value:${metric.key}:${arm.key}`,
        `${metric.name} in ${arm.name}`,
        metric.kind === "rate" ? "ratio" : "text",
        metric.kind === "rate" ? "successes ÷ n" : metric.kind === "mean" ? "sum ÷ n" : "Σ numerator ÷ Σ denominator",
        value,
      ),
    ),
    ...standing.comparisons.flatMap((one) => comparisonFigures(scope, plan, one, sources)),
  ];
}
