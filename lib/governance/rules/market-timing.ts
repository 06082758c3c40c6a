import type { Figure } from "@/lib/figures/schema";
import { robustScale } from "@/lib/growth/rules/anomalies/robust";
import { daysBetween } from "@/lib/metrics/rules/periods";
import type { Cause, Holds, Stands } from "./causes";
import { type SignalFact, signalHolds, signalKey } from "./exit-opportunity";

export type SeriesFact = {
  key: string;
  label: string;
  /** As they were known today, oldest first. */
  points: readonly { day: string; value: number }[];
  figures: readonly Figure[];
};

export type MarketFacts = {
  today: string;
  /** Of the profile: how far from usual counts as a spike. */
  sensitivity: string;
  /** Older than that a newest value says nothing about today. */
  staleAfterDays: number;
  /** Of fewer values nobody can say what is high. */
  leastPoints: number;
  deals: SeriesFact | null;
  multiple: SeriesFact | null;
  signals: readonly SignalFact[];
};

const TRIGGER = "ACTIVE-VENTURE-004" as const;
/** Robust σ above the three years before. */
const SPIKES: Readonly<Record<string, number>> = { high: 2, medium: 2.5, low: 3 };
const SPIKE_MARGIN = 1;
const SPIKE_YEARS = 3;
const LEAST_BEFORE = 12;
/** A high stands until the multiple is a tenth below it. */
const HIGH_MARGIN = 0.9;

export const spikeKey = (series: string): string => `deals-spike:${series}`;
export const highKey = (series: string): string => `multiples-high:${series}`;

type Terms = Pick<MarketFacts, "today" | "staleAfterDays">;

function newestOf({ points }: SeriesFact, { today, staleAfterDays }: Terms) {
  const last = points.at(-1);
  return last && daysBetween(last.day, today) <= staleAfterDays ? last : null;
}

/** How far the newest value lies above the median of the three years before, in robust σ; null where nobody can say. */
export function spikeScore(series: SeriesFact, terms: Terms): number | null {
  const last = newestOf(series, terms);
  const before = series.points.filter(
    ({ day }) => last && day < last.day && daysBetween(day, last.day) <= SPIKE_YEARS * 366,
  );
  if (!last || before.length < LEAST_BEFORE) return null;
  const { center, scale } = robustScale(before.map(({ value }) => value));
  if (scale === 0) return last.value > center ? Number.POSITIVE_INFINITY : 0;
  return (last.value - center) / scale;
}

/** The highest value before the newest one; null of too few. */
export function highestBefore({ points }: SeriesFact, leastPoints: number): number | null {
  const before = points.slice(0, -1);
  return before.length + 1 < leastPoints ? null : Math.max(...before.map(({ value }) => value));
}

function spikes(facts: MarketFacts, deals: SeriesFact, stands: Stands): Cause {
  const key = spikeKey(deals.key);
  const limit = SPIKES[facts.sensitivity] ?? 2;
  const score = spikeScore(deals, facts);
  return {
    ...{ trigger: TRIGGER, key, figures: deals.figures },
    holds: score === null ? null : score > (stands(key) ? limit - SPIKE_MARGIN : limit),
    title: "Sales of companies have spiked",
    why: `The newest value of “${deals.label}” is far above what the three years before would let one expect.`,
  };
}

function high(facts: MarketFacts, multiple: SeriesFact, stands: Stands): Cause {
  const key = highKey(multiple.key);
  const last = newestOf(multiple, facts);
  const before = highestBefore(multiple, facts.leastPoints);
  const holds = (): Holds => {
    if (!last || before === null) return null;
    return stands(key) ? last.value >= before * HIGH_MARGIN : last.value > before;
  };
  return {
    ...{ trigger: TRIGGER, key, holds: holds(), figures: multiple.figures },
    title: "Multiples are at a historical high",
    why: `The newest value of “${multiple.label}” is the highest of all that are stored.`,
  };
}

const STATED: Readonly<Record<string, string>> = {
  regulation: "A regulation changes the market",
  consolidation: "The market consolidates",
};

/** ACTIVE-VENTURE-004: sales of companies spike, multiples are at a high, regulation, consolidation. */
export function marketTimings(facts: MarketFacts, stands: Stands): Cause[] {
  const stated = facts.signals
    .filter(({ kind }) => kind === "regulation" || kind === "consolidation")
    .map((signal): Cause => {
      const why = `${STATED[signal.kind] ?? "The market changes"}: ${signal.source}.`;
      const holds = signalHolds(signal, facts.today);
      return { trigger: TRIGGER, key: signalKey(signal), holds, title: signal.title, why, figures: [] };
    });
  return [
    ...(facts.deals ? [spikes(facts, facts.deals, stands)] : []),
    ...(facts.multiple ? [high(facts, facts.multiple, stands)] : []),
    ...stated,
  ];
}
