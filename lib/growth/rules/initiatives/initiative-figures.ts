import type { Decimal } from "decimal.js";
import { figureId, makeFigure } from "@/lib/figures/rules";
import type { Figure, FigureInput, FigureSource, Unit } from "@/lib/figures/schema";
import { Exact, fromMinor } from "@/lib/money";
import type { EffectEstimate } from "./effect";
import type { Valued } from "./effect-value";
import type { BudgetUse } from "./initiative-budget";
import type { InitiativeMeasure } from "./initiative-measure";

const METHOD = "growth.initiative.";
export const isInitiativeMethod = (method: string): boolean => method.startsWith(METHOD);

export type InitiativeFacts = {
  id: string;
  ventureId: string;
  title: string;
  currency: string;
  budgetMinor: bigint;
  targetValue: Decimal | null;
  startedOn: string | null;
};

/** The data set of one initiative's budget and ledger. */
export const ledgerDataset = (initiativeId: string): string => `initiative:${initiativeId}`;

/** Parts that follow from the initiative's own rows; the other two are read from the venture's months. */
export const MONEY_PARTS = ["budget", "spent", "committed", "target"] as const;
export const STANDING_PARTS = [...MONEY_PARTS, "baseline", "now"] as const;
export type StandingPart = (typeof STANDING_PARTS)[number];
export type StandingFigures = Readonly<Record<StandingPart, Figure>>;

const aboutOf = ({ id, ventureId }: Pick<InitiativeFacts, "id" | "ventureId">): Record<string, FigureInput> => ({
  initiative: { value: id },
  venture: { value: ventureId },
});

const methodOf = (part: string): string => `${METHOD}${part}@1`;
/** 2: the interval of a forecast is the one widened by past errors. */
const outcomeMethod = (part: OutcomePart): string => `${METHOD}${part}@2`;

/** Where a standing figure of an initiative is found without computing it. */
export const standingId = (initiative: Pick<InitiativeFacts, "id" | "ventureId">, part: StandingPart): string =>
  figureId(methodOf(part), aboutOf(initiative));

const exact = (value: Decimal | null): string | null =>
  value === null ? null : value.toSignificantDigits(30).toFixed();

/** A month's value of the measure; `value` null says why there is none. */
export type MeasuredMonth = { month: string; value: Decimal | null; reason: string | null; sources: FigureSource[] };

type Standing = {
  today: string;
  use: BudgetUse;
  entries: number;
  ledgerVersion: number;
  measure: InitiativeMeasure;
  baseline: MeasuredMonth | null;
  now: MeasuredMonth | null;
};

/** Budget, what is used of it, target, and where the measure stood and stands. */
export function standingFigures(initiative: InitiativeFacts, standing: Standing): StandingFigures {
  const { currency, budgetMinor, targetValue, ventureId, id } = initiative;
  const { today, use, entries, ledgerVersion, measure, baseline, now } = standing;
  const ledger = (rows: number): FigureSource => ({
    ...{ kind: "dataset", ventureId, dataset: ledgerDataset(id), version: ledgerVersion, rows, filter: {} },
  });
  const money = (part: StandingPart, label: string, minor: bigint, formula: string, rows: number) =>
    makeFigure({
      ...{ label, unit: currency, formula, asOf: today, method: methodOf(part), inputs: aboutOf(initiative) },
      value: fromMinor(minor, currency).toFixed(),
      sources: [ledger(rows)],
    });
  const measured = (part: StandingPart, label: string, at: MeasuredMonth | null, when: string): Figure =>
    makeFigure({
      label: `${measure.label}, ${label}`,
      unit: measure.unit,
      value: exact(at?.value ?? null),
      ...(at?.value ? {} : { reason: at?.reason ?? "no-data" }),
      asOf: at ? `${at.month}-01` : today,
      method: methodOf(part),
      formula: `${measure.label} ${when}${at ? ` (${at.month})` : ""}`,
      inputs: aboutOf(initiative),
      sources: at?.sources ?? [],
    });
  return {
    budget: money("budget", "Budget", budgetMinor, "as approved, with what was added since", 0),
    spent: money("spent", "Spent", use.spentMinor, "Σ of what was paid, without what was taken back", entries),
    committed: money("committed", "Committed", use.committedMinor, "Σ of promises that are not yet paid", entries),
    target: makeFigure({
      ...{ label: `${measure.label}, target`, unit: measure.unit, asOf: today, method: methodOf("target") },
      value: exact(targetValue),
      ...(targetValue === null ? { reason: "no-target" } : {}),
      formula: "as approved",
      inputs: aboutOf(initiative),
      sources: [ledger(0)],
    }),
    baseline: measured("baseline", "before the start", baseline, "in the last whole month before the start"),
    now: measured("now", "now", now, "in the last known month"),
  };
}

export const OUTCOME_PARTS = [
  "effect",
  "effectLow",
  "effectHigh",
  "gain",
  "gainLow",
  "gainHigh",
  "spend",
  "roi",
] as const;
export type OutcomePart = (typeof OUTCOME_PARTS)[number];
export type OutcomeFigures = Readonly<Partial<Record<OutcomePart, Figure>>>;

type Outcome = {
  reviewOn: string;
  measure: InitiativeMeasure;
  effect: EffectEstimate | null;
  reason: string | null;
  valued: Valued | null;
  spentMinor: bigint;
  roi: Decimal | null;
  sources: FigureSource[];
  ledger: FigureSource;
};

/** What was measured on a review date; each knows why where it is unknown. */
export function outcomeFigures(initiative: InitiativeFacts, outcome: Outcome): OutcomeFigures {
  const { reviewOn, measure, effect, reason, valued, sources, ledger, roi } = outcome;
  const inputs = { ...aboutOf(initiative), review: { value: reviewOn, label: "review date" } };
  const draw = (
    part: OutcomePart,
    label: string,
    unit: Unit,
    value: Decimal | null,
    formula: string,
    more: { why?: string | null; from?: Record<string, FigureInput>; sources?: FigureSource[] } = {},
  ) =>
    makeFigure({
      ...{ label, unit, formula, asOf: reviewOn, method: outcomeMethod(part), sources: more.sources ?? [] },
      inputs: { ...inputs, ...more.from },
      value: exact(value),
      ...(value === null ? { reason: more.why ?? "no-data" } : {}),
    });
  const measured = (part: OutcomePart, label: string, value: number | undefined) =>
    draw(
      part,
      `${measure.label}: ${label}`,
      measure.unit,
      value === undefined ? null : new Exact(value),
      formulaOf(effect),
      {
        ...{ why: reason, sources },
      },
    );
  const main = measured(
    "effect",
    measure.unit === "ratio" ? "effect, in points" : "effect per month",
    effect?.estimate,
  );
  const worth = (part: OutcomePart, label: string, value: Decimal | undefined) =>
    draw(part, label, initiative.currency, value ?? null, valued?.formula ?? "effect × worth of the metric", {
      ...{ why: valued?.reason ?? reason, from: { effect: { figure: main.id, label: main.label } }, sources },
    });
  const gain = worth("gain", "Gain since the start", valued?.gain?.central);
  const spent = fromMinor(outcome.spentMinor, initiative.currency);
  const spend = draw("spend", "Spent by the review", initiative.currency, spent, "Σ of what was paid by that day", {
    sources: [ledger],
  });
  return {
    effect: main,
    effectLow: measured("effectLow", "effect, low", effect?.low),
    effectHigh: measured("effectHigh", "effect, high", effect?.high),
    gain,
    gainLow: worth("gainLow", "Gain since the start, low", valued?.gain?.low),
    gainHigh: worth("gainHigh", "Gain since the start, high", valued?.gain?.high),
    spend,
    roi: draw("roi", "Return", "multiple", roi, "gain since the start ÷ spent by the review", {
      why: spent.isZero() ? "zero-denominator" : (valued?.reason ?? reason),
      from: { gain: { figure: gain.id, label: gain.label }, spend: { figure: spend.id, label: spend.label } },
    }),
  };
}

const WORDS = {
  experiment: "mean over the months since of actual − what it would be without the change that the arms showed",
  forecast: "mean over the months after the start of actual − forecast made from the months before it",
  "difference-in-differences": "change from before to after − mean change of the other ventures",
} as const;

const formulaOf = (effect: EffectEstimate | null): string =>
  effect ? `${WORDS[effect.method]}; ${effect.basis}` : "actual − what would have been";
