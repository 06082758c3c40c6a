/** What an initiative brought about: the shapes that its methods share, and the verdict over them. Pure. */

/** A month as "2026-11"; null is unknown, and `reason` says why. */
export type MonthValue = {
  readonly month: string;
  readonly value: number | null;
  readonly reason?: string | undefined;
};

export const EFFECT_METHODS = ["experiment", "forecast", "difference-in-differences"] as const;
export type EffectMethod = (typeof EFFECT_METHODS)[number];

export type CounterfactualMonth = { month: string; actual: number; expected: number; low: number; high: number };

/** An effect per month in the metric's own unit: positive is more of the metric, whether or not that is good. */
export type EffectEstimate = {
  method: EffectMethod;
  estimate: number;
  low: number;
  high: number;
  /** The level of the interval, 0 to 1. */
  confidence: number;
  /** Months after the start that it rests on. */
  months: number;
  /** The model or the comparison in words. */
  basis: string;
  counterfactual: readonly CounterfactualMonth[];
};

export const CANNOT_TELL = [
  "not-started",
  "no-history",
  "too-few-months-before",
  "too-few-months-after",
  "gap-in-months",
  "contradiction",
  "no-forecast",
  "too-few-ventures",
  "trends-differed-before",
  "not-positive",
  "experiment-of-another-metric",
  "experiment-not-relative",
  "experiment-without-interval",
  "overlapping-initiatives",
  "methods-disagree",
  "interval-spans-zero",
] as const;
export type CannotTell = (typeof CANNOT_TELL)[number];

/** A plain sentence for each; what to do about it is for the reader. */
export const CANNOT_TELL_SENTENCES: Readonly<Record<CannotTell, string>> = {
  "not-started": "It has not been started.",
  "no-history": "The metric is not kept by month.",
  "too-few-months-before": "Too few months are known before the start.",
  "too-few-months-after": "Too few months have passed since the start.",
  "gap-in-months": "A month since the start is missing.",
  contradiction: "Two sources disagree about a month since the start, and nobody has said which to believe.",
  "no-forecast": "No forecast can be made from the months before the start.",
  "too-few-ventures": "Too few other ventures keep the same metric over the same months.",
  "trends-differed-before": "The other ventures moved differently already before the start.",
  "not-positive": "The metric was zero or below it, so no relative change exists.",
  "experiment-of-another-metric": "The primary metric of the shipped experiment is not the metric of the initiative.",
  "experiment-not-relative": "The experiment gave an absolute difference, which says nothing about a total.",
  "experiment-without-interval": "The shipped experiment has no effect with an interval.",
  "overlapping-initiatives": "Another initiative works on the same metric in the same months.",
  "methods-disagree": "The two methods say different things.",
  "interval-spans-zero": "The effect cannot be told from none.",
};

export type Tried = { method: EffectMethod } & (
  | { estimate: EffectEstimate; reason: null }
  | { estimate: null; reason: CannotTell }
);

export type EffectVerdict = {
  verdict: "improved" | "worsened" | "cannot-tell";
  reason: CannotTell | null;
  /** What the verdict rests on; also where it spans zero. Null where nothing may be concluded. */
  chosen: EffectEstimate | null;
};

export const MONTHS_BEFORE = 12;
export const MONTHS_AFTER = 3;

export type EffectWindow = {
  before: readonly number[];
  after: readonly number[];
  /** Months of `before` and of `after`. */
  monthsBefore: readonly string[];
  months: readonly string[];
};
export type Split = { window: EffectWindow; reason: null } | { window: null; reason: CannotTell };

/** The months around the start: an unbroken run up to the month of the start, and the whole months after it. */
export function splitAtStart(history: readonly MonthValue[], startedOn: string | null): Split {
  if (startedOn === null) return { window: null, reason: "not-started" };
  if (history.every(({ value }) => value === null)) return { window: null, reason: "no-history" };
  const startMonth = startedOn.slice(0, 7);
  const earlier = history.filter(({ month }) => month < startMonth);
  const gap = earlier.findLastIndex(({ value }) => value === null);
  const run = earlier.slice(gap + 1);
  const before = run.flatMap(({ value }) => value ?? []);
  const later = history.filter(({ month }) => month > startMonth);
  if (before.length < MONTHS_BEFORE) return { window: null, reason: "too-few-months-before" };
  if (later.length < MONTHS_AFTER) return { window: null, reason: "too-few-months-after" };
  const unknown = later.find(({ value }) => value === null);
  if (unknown) return { window: null, reason: unknown.reason === "contradiction" ? "contradiction" : "gap-in-months" };
  const after = later.flatMap(({ value }) => value ?? []);
  const [monthsBefore, months] = [run.map(({ month }) => month), later.map(({ month }) => month)];
  return { window: { before, after, monthsBefore, months }, reason: null };
}

const excludesZero = ({ low, high }: EffectEstimate): boolean => low > 0 || high < 0;
const overlap = (a: EffectEstimate, b: EffectEstimate): boolean => a.low <= b.high && b.low <= a.high;

const cannotTell = (reason: CannotTell, chosen: EffectEstimate | null = null): EffectVerdict => ({
  verdict: "cannot-tell",
  reason,
  chosen,
});

/**
 * One answer from what was tried. An experiment counts before anything else; then the difference to the forecast, with
 * the comparison across ventures as its check; the comparison alone where no forecast could be made. Two methods whose
 * intervals do not meet, or another initiative on the same metric without an experiment, mean that nobody can tell.
 */
export function decideEffect(
  tried: readonly Tried[],
  facts: { direction: "up" | "down" | "none"; overlapping: boolean },
): EffectVerdict {
  const of = (method: EffectMethod) => tried.find((one) => one.method === method)?.estimate ?? null;
  const [experiment, forecast, comparison] = [of("experiment"), of("forecast"), of("difference-in-differences")];
  if (!experiment && facts.overlapping) return cannotTell("overlapping-initiatives");
  if (!experiment && forecast && comparison && !overlap(forecast, comparison)) return cannotTell("methods-disagree");
  const chosen = experiment ?? forecast ?? comparison;
  if (!chosen) {
    const [first] = tried.filter(({ method, reason }) => method !== "experiment" && reason !== null);
    return cannotTell(first?.reason ?? "no-history");
  }
  if (!excludesZero(chosen)) return cannotTell("interval-spans-zero", chosen);
  const good = facts.direction === "down" ? chosen.high < 0 : chosen.low > 0;
  return { verdict: good ? "improved" : "worsened", reason: null, chosen };
}
