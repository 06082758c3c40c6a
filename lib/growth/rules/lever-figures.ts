import type { Decimal } from "decimal.js";
import { makeFigure } from "@/lib/figures/rules";
import type { Figure, FigureInput, FigureSource, Unit } from "@/lib/figures/schema";
import type { LeverKind } from "../schema";
import type { Lever } from "./levers";

export type LeverContext = {
  readonly ventureId: string;
  readonly currency: string;
  /** Month ends, twelve months apart. */
  readonly from: string;
  readonly to: string;
  readonly sources: readonly FigureSource[];
  readonly grossMargin: Figure;
  readonly costPerHead: Figure;
};

export type LeverFigures = {
  readonly cost: Figure;
  readonly effect: Figure;
  readonly effectLow: Figure;
  readonly effectHigh: Figure;
  readonly roi: Figure;
  readonly measure: Figure;
  readonly against: Figure;
};

/** What the potential is, as a person reads it. */
const POTENTIAL: Readonly<Record<LeverKind, string>> = {
  "retention-gap":
    "monthly revenue of the segment × (best segment's retention − its own) × 6 months (won evenly over a year)",
  "expansion-gap":
    "monthly revenue of the segment × (best segment's expansion − its own) × 6 months (won evenly over a year)",
  "channel-mix": "monthly revenue of the channel's new customers × (best channel's retention − its own) × 6 months",
  "price-dispersion":
    "Σ (nine tenths of the plan's median price − price paid) × units × 6 months, over those who pay less",
  concentration: "monthly revenue of the three largest × share of revenue usually lost in a year × 6 months",
};

const MEASURED: Readonly<Record<LeverKind, { unit: Unit | null; formula: string; against: string }>> = {
  "retention-gap": {
    unit: "ratio",
    formula: "Σ min(MRR now, MRR a year ago) ÷ Σ MRR a year ago, of the segment",
    against: "the same of the best segment",
  },
  "expansion-gap": {
    unit: "ratio",
    formula: "Σ growth of MRR over the year ÷ Σ MRR a year ago, of the segment",
    against: "the same of the best segment",
  },
  "channel-mix": {
    unit: "ratio",
    formula: "Σ min(MRR now, MRR a year ago) ÷ Σ MRR a year ago, of the channel",
    against: "the same of the best channel",
  },
  "price-dispersion": {
    unit: null,
    formula: "mean price per unit and month of those who pay less than nine tenths of the median",
    against: "nine tenths of the plan's median price",
  },
  concentration: {
    unit: "ratio",
    formula: "MRR of the three largest customers ÷ MRR",
    against: "the bound of a healthy concentration",
  },
};

/** What a lever's measure is held against. */
const AGAINST: Readonly<Record<LeverKind, string>> = {
  "retention-gap": "Gross revenue retention of the best segment",
  "expansion-gap": "Expansion of the best segment",
  "channel-mix": "Gross revenue retention of the best channel",
  "price-dispersion": "Nine tenths of the median price",
  concentration: "Bound of a healthy concentration",
};

const inputOf = (figure: Figure): FigureInput => ({ figure: figure.id, label: figure.label });
const exact = (value: Decimal | null) => (value === null ? null : value.toSignificantDigits(30).toFixed());

/** The numbers of one lever, each with its proof. Unknown cost or return say what is missing. */
export function leverFigures(lever: Lever, context: LeverContext): LeverFigures {
  const about = {
    venture: { value: context.ventureId },
    lever: { value: lever.id },
    from: { value: context.from },
    to: { value: context.to },
  };
  const draw = (
    part: string,
    label: string,
    unit: Unit,
    value: Decimal | null,
    formula: string,
    inputs: Record<string, FigureInput>,
    reason?: string,
  ) =>
    makeFigure({
      label,
      unit,
      formula,
      value: exact(value),
      ...(value === null ? { reason: reason ?? "no-data" } : {}),
      asOf: context.to,
      method: `growth.lever.${part}@1`,
      inputs: { ...about, ...inputs },
      sources: part === "cost" || part === "roi" ? [] : [...context.sources],
    });
  const { currency, costPerHead, grossMargin } = context;
  const measured = MEASURED[lever.kind];
  const unit = measured.unit ?? currency;
  const potential = POTENTIAL[lever.kind];
  const part = (share: string) => ({ closure: { value: share, label: "share of the potential" } });
  const effect = draw(
    "effect",
    "Additional revenue in 12 months",
    currency,
    lever.effect.central,
    `½ × ${potential}`,
    part("0.5"),
  );
  const cost = draw(
    "cost",
    "Cost",
    currency,
    lever.cost,
    "assumed person-months × operating expenses per head and month",
    {
      personMonths: { value: lever.personMonths, label: "person-months (assumption)" },
      costPerHead: inputOf(costPerHead),
    },
    costPerHead.reason,
  );
  return {
    cost,
    effect,
    effectLow: draw(
      "effect",
      "Additional revenue in 12 months, low",
      currency,
      lever.effect.low,
      `¼ × ${potential}`,
      part("0.25"),
    ),
    effectHigh: draw(
      "effect",
      "Additional revenue in 12 months, high",
      currency,
      lever.effect.high,
      `¾ × ${potential}`,
      part("0.75"),
    ),
    roi: draw(
      "roi",
      "Return on cost over 24 months",
      "multiple",
      lever.roi,
      "3 × additional revenue in 12 months (won evenly in the first year, kept through the second) × gross margin ÷ cost",
      { effect: inputOf(effect), grossMargin: inputOf(grossMargin), cost: inputOf(cost) },
      costPerHead.reason ?? grossMargin.reason,
    ),
    measure: draw("measure", lever.measure.label, unit, lever.measure.value, measured.formula, {}),
    against: draw("against", AGAINST[lever.kind], unit, lever.measure.against, measured.against, {}),
  };
}
