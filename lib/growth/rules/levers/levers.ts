import type { Decimal } from "decimal.js";
import { Exact } from "@/lib/money";
import type { Confidence, ConfidenceReason, LeverKind, MissingReason } from "../../schema";
import {
  type BenchmarkRow,
  benchmarkGaps,
  type Cohort,
  channelPayback,
  cohortDecay,
  type FunnelStep,
  funnelDrop,
} from "./lever-flows";
import { concentration, groupGaps, type PlanPrice, priceDispersion } from "./lever-gaps";
import { DRAWS, type LeverOutcome, simulateLever } from "./lever-outcome";
import { type CustomerYear, sumOf } from "./lever-rates";

export type LeverFacts = {
  /** Same seed, same numbers: the day, so that equal facts give equal ranges at any venture. */
  readonly seed: string;
  readonly customers: readonly CustomerYear[];
  readonly prices: readonly PlanPrice[];
  readonly cohorts: readonly Cohort[];
  /** Null where a stage is not stored. */
  readonly funnel: readonly FunnelStep[] | null;
  /** Of the venture's model and size; null where its size is not known. */
  readonly benchmarks: readonly BenchmarkRow[] | null;
  /** Spent on winning customers through each channel in twelve months; null where it is not known by channel. */
  readonly spentByChannel: ReadonlyMap<string, Decimal> | null;
  /** 0…1; null when unknown. */
  readonly grossMarginRatio: Decimal | null;
  /** Operating expenses per head and month; null when unknown. */
  readonly costPerHead: Decimal | null;
};

/** A gap as it was measured, before its outcome is drawn. */
export type LeverDraft = {
  readonly kind: LeverKind;
  /** The segment, channel or plan that it is about: a name out of the data. */
  readonly subject: string | null;
  readonly value: Decimal;
  readonly against: Decimal;
  /** Revenue per month once the whole gap is closed. */
  readonly monthly: Decimal;
  /** Standard error of the gap ÷ the gap. */
  readonly relativeError: number;
  readonly customers: number;
  readonly benchmark?: BenchmarkRow;
  readonly step?: { readonly from: string; readonly to: string };
  /** Customers more, or customers won per month, once the whole gap is closed: where that is what is measured. */
  readonly moreCustomers?: Decimal;
  readonly wonPerMonth?: Decimal;
};

export type Missing = { readonly kind: LeverKind; readonly reason: MissingReason };
export type Finding = { readonly drafts: readonly LeverDraft[]; readonly missing: readonly Missing[] };

export type Lever = LeverDraft & {
  readonly id: string;
  readonly seed: string;
  readonly outcome: LeverOutcome;
  readonly personMonths: number;
  readonly monthsToEffect: number;
  readonly confidence: Confidence;
  readonly confidenceReason: ConfidenceReason;
  /** The lever's metric once the whole gap is closed; null where the comparison is in that metric already. */
  readonly target: Decimal | null;
};

/** Work assumed per kind, in person-months, and when it shows. An assumption, labelled as one wherever it is shown. */
export const EFFORT: Readonly<Record<LeverKind, { personMonths: number; monthsToEffect: number }>> = {
  "retention-gap": { personMonths: 6, monthsToEffect: 6 },
  "expansion-gap": { personMonths: 4, monthsToEffect: 6 },
  "price-dispersion": { personMonths: 2, monthsToEffect: 3 },
  "channel-mix": { personMonths: 3, monthsToEffect: 6 },
  concentration: { personMonths: 3, monthsToEffect: 9 },
  "benchmark-retention": { personMonths: 12, monthsToEffect: 9 },
  "benchmark-expansion": { personMonths: 8, monthsToEffect: 9 },
  "cohort-decay": { personMonths: 5, monthsToEffect: 6 },
  "funnel-drop": { personMonths: 4, monthsToEffect: 3 },
  "channel-payback": { personMonths: 3, monthsToEffect: 6 },
};

/** A gap smaller than its own standard error is noise, not a lever. */
const LARGEST_ERROR = 1;
const FEW = 12;
const MANY = 30;

/** How far a lever is believed, and the weakest thing about it. */
export function confidenceOf(draft: LeverDraft): { confidence: Confidence; confidenceReason: ConfidenceReason } {
  const low = (confidenceReason: ConfidenceReason) => ({ confidence: "low" as const, confidenceReason });
  const medium = (confidenceReason: ConfidenceReason) => ({ confidence: "medium" as const, confidenceReason });
  if (draft.customers < FEW) return low("few-customers");
  if (draft.relativeError > 0.5) return low("wide-error");
  if (draft.benchmark && draft.benchmark.sampleSize < MANY) return medium("small-benchmark");
  if (draft.customers < MANY) return medium("some-customers");
  if (draft.relativeError > 0.25) return medium("some-error");
  return { confidence: "high", confidenceReason: "many-customers" };
}

const plain = (value: Decimal | null): number | null => (value === null ? null : value.toNumber());

/** Where the lever's metric would stand with the gap closed. What compares in its own metric needs none. */
function targetOf(draft: LeverDraft, customers: readonly CustomerYear[]): Decimal | null {
  const paying = customers.filter(({ now }) => now.gt(0));
  const revenue = sumOf(paying.map(({ now }) => now));
  if (draft.kind === "price-dispersion") {
    return paying.length === 0 ? null : revenue.plus(draft.monthly).div(paying.length);
  }
  if (draft.kind === "channel-payback") return revenue.plus(draft.monthly);
  if (draft.moreCustomers) return draft.moreCustomers.plus(paying.length);
  return draft.wonPerMonth ?? null;
}

function completed(draft: LeverDraft, facts: LeverFacts): Lever {
  const { personMonths, monthsToEffect } = EFFORT[draft.kind];
  const id = draft.subject === null ? draft.kind : `${draft.kind}:${draft.subject}`;
  const seed = `${facts.seed}:${id}`;
  const outcome = simulateLever({
    ...{ seed, draws: DRAWS, relativeError: draft.relativeError, monthsToEffect, effort: personMonths },
    monthly: draft.monthly.toNumber(),
    costPerHead: plain(facts.costPerHead),
    grossMargin: plain(facts.grossMarginRatio),
  });
  return {
    ...draft,
    id,
    seed,
    outcome,
    personMonths,
    monthsToEffect,
    ...confidenceOf(draft),
    target: targetOf(draft, facts.customers),
  };
}

function byReturn(a: Lever, b: Lever): number {
  const [left, right] = [a.outcome.roi?.p50, b.outcome.roi?.p50];
  if (left !== undefined && right !== undefined && left !== right) return right - left;
  if ((left === undefined) !== (right === undefined)) return left === undefined ? 1 : -1;
  return b.outcome.effect.p50 - a.outcome.effect.p50 || (a.id < b.id ? -1 : 1);
}

/**
 * Levers that the venture's own data show, best likely return first (unknown returns last, then by effect), and the
 * kinds that could not be looked for. What is at stake is a gap on today's revenue; the outcome is drawn from stated
 * distributions. Nothing is found in groups under five customers, in gaps under two points, or below their own error.
 */
export function findLevers(facts: LeverFacts): { levers: Lever[]; missing: Missing[] } {
  const { customers } = facts;
  const findings: readonly Finding[] = [
    ...groupGaps(customers),
    priceDispersion(facts.prices),
    concentration(customers),
    ...benchmarkGaps(customers, facts.benchmarks),
    cohortDecay(customers, facts.cohorts),
    funnelDrop(customers, facts.funnel),
    channelPayback(customers, facts),
  ];
  const levers = findings
    .flatMap(({ drafts }) => drafts)
    .filter(({ monthly, relativeError }) => monthly.gt(0) && relativeError <= LARGEST_ERROR)
    .map((draft) => completed(draft, facts))
    .sort(byReturn);
  return { levers, missing: findings.flatMap(({ missing }) => missing) };
}

const NEEDS_RETENTION = new Exact("0.1");

/** Selling more to customers who leave is done after they stay: where a segment's retention lags by ten points. */
export function needsOf(lever: Lever, levers: readonly Lever[]): string[] {
  if (lever.kind !== "expansion-gap") return [];
  const retention = levers.find(({ kind, subject }) => kind === "retention-gap" && subject === lever.subject);
  return retention?.against.minus(retention.value).gte(NEEDS_RETENTION) ? [retention.id] : [];
}

const SAME_REVENUE: Readonly<Partial<Record<LeverKind, readonly LeverKind[]>>> = {
  "benchmark-retention": ["retention-gap", "cohort-decay"],
  "benchmark-expansion": ["expansion-gap"],
};

/** Levers that would count the same revenue twice. */
export function excludesOf(lever: Lever, levers: readonly Lever[]): string[] {
  return levers.flatMap((other) => {
    const whole = SAME_REVENUE[lever.kind]?.includes(other.kind);
    const channels = ["channel-mix", "channel-payback"];
    const twice =
      channels.includes(lever.kind) &&
      channels.includes(other.kind) &&
      lever.kind !== other.kind &&
      lever.subject === other.subject;
    return whole || twice ? [other.id] : [];
  });
}
