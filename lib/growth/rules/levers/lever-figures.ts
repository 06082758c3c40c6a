import type { Decimal } from "decimal.js";
import { makeFigure } from "@/lib/figures/rules";
import type { Figure, FigureInput, FigureSource, Unit } from "@/lib/figures/schema";
import { findMetric } from "@/lib/metrics/schema";
import { Exact, minorDigits } from "@/lib/money";
import { LEVER_METRICS } from "../../schema";
import type { Range } from "../simulate";
import { ASSUMED, DISTRIBUTIONS, DRAWS } from "./lever-outcome";
import { wordsOf } from "./lever-words";
import type { Lever } from "./levers";

export type LeverContext = {
  readonly ventureId: string;
  readonly currency: string;
  /** Month ends, twelve months apart. */
  readonly from: string;
  readonly to: string;
  readonly sources: readonly FigureSource[];
  /** Where a lever rests on more than customers and subscriptions. */
  readonly more: (lever: Lever) => readonly FigureSource[];
  readonly grossMargin: Figure;
  readonly costPerHead: Figure;
};

export const LEVER_PARTS = [
  ...["cost", "effect", "effectLow", "effectHigh", "effectError"],
  ...["roi", "roiLow", "roiHigh", "measure", "against", "target"],
] as const;
export type LeverFigures = {
  readonly cost: Figure;
  readonly effect: Figure;
  readonly effectLow: Figure;
  readonly effectHigh: Figure;
  readonly effectError: Figure;
  readonly roi: Figure;
  readonly roiLow: Figure;
  readonly roiHigh: Figure;
  readonly measure: Figure;
  readonly against: Figure;
  /** The metric that an initiative about it is measured by, once the whole gap is closed. */
  readonly target: Figure;
};

const inputOf = (figure: Figure): FigureInput => ({ figure: figure.id, label: figure.label });

/** A drawn number carries six digits: more would be noise. Money is whole minor units. */
export function drawnText(value: number, unit: Unit): string {
  if (/^[A-Z]{3}$/.test(unit)) return new Exact(value).toDecimalPlaces(minorDigits(unit)).toFixed();
  return new Exact(value).toSignificantDigits(6).toFixed();
}

type Part = keyof Pick<Range, "p10" | "p50" | "p90" | "standardError">;
const PART_WORDS: Readonly<Record<Part, string>> = {
  p10: "one chance in ten to be below",
  p50: "median",
  p90: "one chance in ten to be above",
  standardError: "standard error of the median",
};

type Draft = {
  part: string;
  label: string;
  unit: Unit;
  value: string | null;
  formula: string;
  inputs: Record<string, FigureInput>;
  reason?: string | undefined;
  sources?: readonly FigureSource[];
};

const drawing = (lever: Lever): Record<string, FigureInput> => ({
  draws: { value: DRAWS, label: "draws" },
  seed: { value: lever.seed, label: "seed" },
  gap: { value: { error: "sampling error of the gap" }, label: DISTRIBUTIONS.gap },
  closure: { value: ASSUMED.closure, label: DISTRIBUTIONS.closure },
  delay: { value: { months: lever.monthsToEffect }, label: DISTRIBUTIONS.delay },
});

function makerOf(lever: Lever, context: LeverContext) {
  const about = {
    venture: { value: context.ventureId },
    lever: { value: lever.id },
    from: { value: context.from },
    to: { value: context.to },
  };
  return ({ part, value, reason, inputs, sources, ...draft }: Draft): Figure =>
    makeFigure({
      ...draft,
      value,
      ...(value === null ? { reason: reason ?? "no-data" } : {}),
      asOf: context.to,
      method: `growth.lever.${part}@2`,
      inputs: { ...about, ...inputs },
      sources: [...(sources ?? [])],
    });
}

/** Median, low, high and error of one drawn quantity. */
function drawnFigures(
  make: (draft: Draft) => Figure,
  draft: Omit<Draft, "value"> & { range: Range | null },
): Record<Part, Figure> {
  const { range, label, formula, ...rest } = draft;
  const each = (part: Part, suffix: string) =>
    make({
      ...rest,
      label: `${label}${suffix}`,
      value: range ? drawnText(range[part], rest.unit) : null,
      formula: `${formula}; ${PART_WORDS[part]} of the draws`,
      inputs: { ...rest.inputs, quantile: { value: part, label: PART_WORDS[part] } },
    });
  return {
    p50: each("p50", ""),
    p10: each("p10", ", low"),
    p90: each("p90", ", high"),
    standardError: each("standardError", ", standard error"),
  };
}

/** The numbers of one lever, each with its proof. Unknown cost or return say what is missing. */
export function leverFigures(lever: Lever, context: LeverContext): LeverFigures {
  const { currency, costPerHead, grossMargin } = context;
  const words = wordsOf(lever);
  const make = makerOf(lever, context);
  const sources = [...context.sources, ...context.more(lever)];
  const shared = { ...drawing(lever) };
  const effort = { value: ASSUMED.effort, label: DISTRIBUTIONS.effort };
  const effect = drawnFigures(make, {
    ...{
      part: "effect",
      label: "Additional revenue in 12 months",
      unit: currency,
      range: lever.outcome.effect,
      sources,
    },
    formula: `${words.monthly}, × the part that is closed × the months won evenly over a year from its start`,
    inputs: shared,
  });
  const cost = drawnFigures(make, {
    ...{ part: "cost", label: "Cost", unit: currency, range: lever.outcome.cost, reason: costPerHead.reason },
    formula: "assumed person-months × operating expenses per head and month",
    inputs: {
      ...{ draws: shared.draws ?? { value: DRAWS }, seed: shared.seed ?? { value: lever.seed }, effort },
      personMonths: { value: lever.personMonths, label: "person-months (assumption)" },
      costPerHead: inputOf(costPerHead),
    },
  });
  const roi = drawnFigures(make, {
    ...{ part: "roi", label: "Return on cost over 24 months", unit: "multiple", range: lever.outcome.roi },
    reason: costPerHead.reason ?? grossMargin.reason,
    formula: "additional revenue of 24 months × gross margin ÷ cost, draw by draw",
    inputs: {
      ...shared,
      effort,
      effect: inputOf(effect.p50),
      grossMargin: inputOf(grossMargin),
      cost: inputOf(cost.p50),
    },
  });
  const unit = words.unit ?? currency;
  const exact = (value: typeof lever.value) => value.toSignificantDigits(30).toFixed();
  const measured = { unit, inputs: {}, sources };
  const against = make({
    ...measured,
    ...{ part: "against", label: words.againstLabel, value: exact(lever.against), formula: words.against },
  });
  return {
    cost: cost.p50,
    ...{ effect: effect.p50, effectLow: effect.p10, effectHigh: effect.p90, effectError: effect.standardError },
    ...{ roi: roi.p50, roiLow: roi.p10, roiHigh: roi.p90 },
    measure: make({
      ...measured,
      part: "measure",
      label: words.label,
      value: exact(lever.value),
      formula: words.formula,
    }),
    against,
    target: lever.target === null ? against : targetFigure(lever, lever.target, { make, currency, sources }),
  };
}

type TargetParts = { make: (draft: Draft) => Figure; currency: string; sources: readonly FigureSource[] };

function targetFigure(lever: Lever, value: Decimal, { make, currency, sources }: TargetParts): Figure {
  const metric = findMetric(LEVER_METRICS[lever.kind]);
  const unit: Unit = metric?.unit === "money" ? currency : (metric?.unit ?? "count");
  return make({
    ...{ part: "target", label: `${metric?.name ?? lever.kind}, once the whole gap is closed`, unit, sources },
    value: value.toSignificantDigits(30).toFixed(),
    formula: wordsOf(lever).target ?? "",
    inputs: {},
  });
}
