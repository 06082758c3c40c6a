import { makeFigure } from "@/lib/figures/rules";
import type { Figure, FigureSource, Unit } from "@/lib/figures/schema";
import { Exact } from "@/lib/money";
import {
  appetiteScore,
  capacityOf,
  capacityScore,
  FIT_LABELS,
  FIT_WEIGHTS,
  type Fit,
  type Means,
  TIER_TRUST,
} from "./fit";

const METHOD = "buyers.";
export const isBuyerMethod = (method: string): boolean => method.startsWith(METHOD);
/** The data set of one buyer as it is known to the holding, and of what is claimed of it for one venture. */
export const companyDataset = (companyId: string): string => `buyer:${companyId}`;
export const claimsDataset = (companyId: string): string => `buyer-claims:${companyId}`;

export type BuyerScope = {
  ventureId: string;
  companyId: string;
  name: string;
  today: string;
  company: FigureSource;
  claims: FigureSource;
};

const about = ({ ventureId, companyId, today }: BuyerScope) => ({
  venture: { value: ventureId },
  buyer: { value: companyId },
  day: { value: today },
});

const text = (value: Exact): string => value.toSignificantDigits(30).toFixed();

/** What the buyer could pay, in its own currency. */
export function capacityFigure(scope: BuyerScope, means: Means, currency: Unit): Figure {
  const value = capacityOf(means);
  const formula =
    means.kind === "financial"
      ? "15 % of what the fund has not drawn"
      : "Cash + what could still be borrowed up to 3 × EBITDA";
  return makeFigure({
    label: `Capacity of ${scope.name}`,
    value: value === null ? null : text(value),
    ...(value === null ? { reason: "missing-input" } : {}),
    ...{ unit: currency, asOf: scope.today, method: `${METHOD}capacity@1`, formula, inputs: about(scope) },
    sources: [scope.company],
  });
}

/** Fit, 0 to 100, and how far it can be trusted. */
export function fitFigures(scope: BuyerScope, fit: Fit, capacity: Figure): { score: Figure; certainty: Figure } {
  const weights = Object.entries(FIT_WEIGHTS)
    .map(([criterion, weight]) => `${FIT_LABELS[criterion as keyof typeof FIT_LABELS].toLowerCase()} ${weight}`)
    .join(", ");
  const score = makeFigure({
    label: `Fit of ${scope.name}`,
    value: fit.score === null ? null : text(fit.score),
    ...(fit.score === null ? { reason: "half-unclaimed" } : {}),
    ...{ unit: "score", asOf: scope.today, method: `${METHOD}fit@1` },
    formula: `Σ weight × score ÷ (4 × Σ weight) × 100 over what is claimed (${weights}); the weights are the house's own`,
    inputs: { ...about(scope), capacity: { figure: capacity.id, label: capacity.label } },
    sources: [scope.claims],
  });
  const trust = Object.entries(TIER_TRUST)
    .map(([tier, value]) => `${tier} ${value}`)
    .join(", ");
  const certainty = makeFigure({
    label: `Certainty about ${scope.name}`,
    value: text(fit.certainty),
    ...{ unit: "ratio", asOf: scope.today, method: `${METHOD}certainty@1` },
    formula: `Σ weight × trust in the source ÷ Σ weight (${trust}; half after 18 months)`,
    inputs: about(scope),
    sources: [scope.claims],
  });
  return { score, certainty };
}

/** Capacity and appetite as scores where nobody has claimed them: by rule from what is known of the company. */
export function ruledScores(
  means: Means,
  deals36m: number | null,
  price: Exact | null,
): { capacity: 0 | 1 | 2 | 3 | 4 | null; appetite: 0 | 1 | 2 | 3 | 4 | null } {
  const capacity = capacityOf(means);
  return {
    capacity: capacity && price?.gt(0) ? capacityScore(capacity, new Exact(price)) : null,
    appetite: deals36m === null ? null : appetiteScore(deals36m),
  };
}
