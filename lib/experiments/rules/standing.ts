import { analyzeInput } from "../schema";
import type { ArmDesign, Design, Method, MetricDesign } from "../schema/design";
import { adjustPValues } from "./adjust";
import { type Analysis, analyzeArms } from "./analyze";
import { armInputOf, type Count, totalOf } from "./counts";
import { isGoal, primaryOf } from "./design";
import { type SampleRatio, sampleRatio } from "./sample-ratio";
import { shipVerdict, type Verdict } from "./ship-rule";

/** Why no result is shown. */
export type Hidden = "no-data" | "sample-ratio" | "not-reached";

export type Comparison = {
  metric: MetricDesign;
  arm: ArmDesign;
  analysis: Analysis;
  /** Holm among the goals, Benjamini-Hochberg among the exploration; null where there is no p-value. */
  adjusted: number | null;
};

export type ArmStanding = { arm: ArmDesign; units: number; share: number };
export type ArmValue = { arm: ArmDesign; metric: MetricDesign; value: number | null };

export type Standing = {
  arms: ArmStanding[];
  units: number;
  /** Of the planned size; null where none could be planned. */
  progress: number | null;
  complete: boolean;
  sampleRatio: SampleRatio | null;
  hidden: Hidden | null;
  values: ArmValue[];
  comparisons: Comparison[];
  verdict: Verdict;
};

export type Plan = { design: Design; method: Method; plannedUnits: number | null };

function compare(counts: readonly Count[], { design, method, plannedUnits }: Plan): Comparison[] {
  const [control, ...treatments] = design.arms.filter(({ weight }) => weight > 0);
  if (!control) return [];
  return treatments.flatMap((arm) =>
    design.metrics.flatMap((metric) => {
      const [a, b] = [armInputOf(counts, control.key, metric.key), armInputOf(counts, arm.key, metric.key)];
      if (!a || !b) return [];
      const cuped = design.cuped && a.pre !== undefined && b.pre !== undefined;
      const drop = ({ pre, ...rest }: typeof a) => (cuped ? { ...rest, pre } : rest);
      const input = analyzeInput.parse({
        ...{
          control: plain(drop(a)),
          treatment: plain(drop(b)),
          difference: design.difference,
          alpha: design.alpha,
          method,
        },
        ...(method === "sequential" && plannedUnits !== null ? { tuningN: plannedUnits } : {}),
        ...(method === "bayesian" && design.prior ? { prior: design.prior } : {}),
      });
      const analyzed = analyzeArms(input);
      return analyzed.ok ? [{ metric, arm, analysis: analyzed.value.analysis, adjusted: null }] : [];
    }),
  );
}

/** Through JSON, as a caller would send it: exact sums become decimal text. */
const plain = (arm: object): unknown => JSON.parse(JSON.stringify(arm)) as unknown;

function adjustFamily(comparisons: readonly Comparison[], method: "holm" | "benjamini-hochberg"): Comparison[] {
  const adjusted = adjustPValues(
    comparisons.map(({ analysis }) => analysis.pValue),
    method,
  );
  return comparisons.map((one, index) => ({ ...one, adjusted: adjusted[index] ?? null }));
}

/** Goals share the family-wise error (Holm); exploration the false discovery rate; a guardrail stands alone. */
function adjustAll(comparisons: readonly Comparison[]): Comparison[] {
  const family = (role: (metric: MetricDesign) => boolean) => comparisons.filter(({ metric }) => role(metric));
  const adjusted = [
    ...adjustFamily(family(isGoal), "holm"),
    ...adjustFamily(
      family(({ role }) => role === "exploration"),
      "benjamini-hochberg",
    ),
    ...family(({ role }) => role === "guardrail").map((one) => ({ ...one, adjusted: one.analysis.pValue })),
  ];
  const order = (one: Comparison) =>
    comparisons.findIndex(({ metric, arm }) => metric === one.metric && arm === one.arm);
  return adjusted.toSorted((a, b) => order(a) - order(b));
}

function valuesOf(counts: readonly Count[], design: Design): ArmValue[] {
  return design.metrics.flatMap((metric) =>
    design.arms.map((arm) => {
      const input = armInputOf(counts, arm.key, metric.key);
      const above = input ? (input.successes ?? input.sum?.toNumber() ?? null) : null;
      const below = input ? (input.denominator?.sum.toNumber() ?? input.n) : 0;
      return { arm, metric, value: above === null || below === 0 ? null : above / below };
    }),
  );
}

/**
 * How an experiment stands: the split first; nothing else is computed while it is broken, nor before the planned size
 * of a fixed horizon. A confidence sequence and a posterior may be looked at on any day.
 */
export function standingOf(counts: readonly Count[], plan: Plan): Standing {
  const { design, method, plannedUnits } = plan;
  const primary = primaryOf(design);
  const observed = design.arms.map((arm) => totalOf(counts, arm.key, primary.key)?.units ?? 0);
  const units = observed.reduce((all, count) => all + count, 0);
  const split = sampleRatio({ observed, expected: design.arms.map(({ weight }) => weight) });
  const ratio = split.ok && units > 0 ? split.value : null;
  const complete = plannedUnits !== null && units >= plannedUnits;
  const hidden: Hidden | null =
    units === 0 ? "no-data" : ratio?.mismatch ? "sample-ratio" : method === "fixed" && !complete ? "not-reached" : null;
  const comparisons = hidden === null ? adjustAll(compare(counts, plan)) : [];
  return {
    arms: design.arms.map((arm, index) => ({
      ...{ arm, units: observed[index] ?? 0, share: units > 0 ? (observed[index] ?? 0) / units : 0 },
    })),
    ...{ units, complete, sampleRatio: ratio, hidden, comparisons },
    progress: plannedUnits === null || plannedUnits === 0 ? null : Math.min(1, units / plannedUnits),
    values: hidden === null ? valuesOf(counts, design) : [],
    verdict: shipVerdict(comparisons, { design, method, complete, hidden }),
  };
}
