import type { Verdict } from "../schema/timing";

/** What the verdict is read from. Null is unknown, with its reason; runway without an end is Infinity. */
export type VerdictInputs = {
  score: number | null;
  readiness: number | null;
  readinessTarget: number;
  runway: number | null;
  /** The best chance, over 6, 12 and 24 months, that waiting is worth more than selling. */
  waiting: number | null;
};
export type VerdictTerms = { openFrom: number; waitingFrom: number; leastRunway: number };

export const VERDICT_INPUTS = ["score", "readiness", "runway", "waiting"] as const;
export type VerdictInput = (typeof VERDICT_INPUTS)[number];

export type Flip = {
  input: VerdictInput;
  value: number;
  /** From this threshold on the other answer stands. */
  threshold: number;
  direction: "up" | "down";
  /** How far away, as a part of the input's whole range. */
  distance: number;
  verdict: Verdict;
};

export type VerdictFound = {
  verdict: Verdict | null;
  market: "open" | "between" | "shut" | null;
  ready: boolean | null;
  short: boolean | null;
  /** Is waiting likelier to be worth more? */
  waitingPays: boolean | null;
  missing: VerdictInput[];
  /** Nearest first. */
  flips: Flip[];
};

type Known = { [Input in VerdictInput]: number } & { readinessTarget: number };

/**
 * The rule, in this order. Ready: execute when the runway is short, or when the market is not shut and waiting does not
 * pay; else hold. Not ready: prepare when the market is open, the runway is short, or waiting does not pay; else hold.
 */
function decide(known: Known, terms: VerdictTerms): Verdict {
  const ready = known.readiness >= known.readinessTarget;
  const short = known.runway < terms.leastRunway;
  const pays = known.waiting >= terms.waitingFrom;
  if (ready) return short || (known.score > -terms.openFrom && !pays) ? "execute" : "hold";
  return known.score >= terms.openFrom || short || !pays ? "prepare" : "hold";
}

export const RULE_TEXT =
  "Ready (readiness at its target): execute when the runway is short, or when the market is not shut and waiting does not pay; else hold. Not ready: prepare when the market is open, the runway is short or waiting does not pay; else hold.";

/** The whole range of each input, by which distances are compared. */
const SPANS: Readonly<Record<VerdictInput, number>> = { score: 2, readiness: 100, runway: 24, waiting: 1 };
/** Beyond a threshold by less than anybody can see. */
const STEP = 1e-9;

function thresholdsOf(input: VerdictInput, target: number, terms: VerdictTerms): number[] {
  if (input === "score") return [terms.openFrom, -terms.openFrom];
  if (input === "readiness") return [target];
  return input === "runway" ? [terms.leastRunway] : [terms.waitingFrom];
}

/** What would change the answer: each input moved alone across its next threshold, where the verdict is then another. */
function flipsOf(known: Known, terms: VerdictTerms, verdict: Verdict): Flip[] {
  return VERDICT_INPUTS.flatMap((input) =>
    thresholdsOf(input, known.readinessTarget, terms).flatMap((threshold): Flip[] => {
      const value = known[input];
      if (!Number.isFinite(value)) return [];
      const direction = value < threshold ? ("up" as const) : ("down" as const);
      const moved = decide({ ...known, [input]: direction === "up" ? threshold + STEP : threshold - STEP }, terms);
      if (moved === verdict) return [];
      return [
        { input, value, threshold, direction, distance: Math.abs(value - threshold) / SPANS[input], verdict: moved },
      ];
    }),
  ).sort((a, b) => a.distance - b.distance);
}

const marketOf = (score: number, { openFrom }: VerdictTerms) =>
  score >= openFrom ? "open" : score <= -openFrom ? "shut" : "between";

/** hold, prepare or execute, with why and what would change it; no verdict while one of its inputs is unknown. */
export function timingVerdict(inputs: VerdictInputs, terms: VerdictTerms): VerdictFound {
  const { score, readiness, readinessTarget, runway, waiting } = inputs;
  const shown = {
    market: score === null ? null : marketOf(score, terms),
    ready: readiness === null ? null : readiness >= readinessTarget,
    short: runway === null ? null : runway < terms.leastRunway,
    waitingPays: waiting === null ? null : waiting >= terms.waitingFrom,
  } as const;
  if (score === null || readiness === null || runway === null || waiting === null) {
    const missing = VERDICT_INPUTS.filter((input) => inputs[input] === null);
    return { verdict: null, ...shown, missing, flips: [] };
  }
  const known: Known = { score, readiness, readinessTarget, runway, waiting };
  const verdict = decide(known, terms);
  return { verdict, ...shown, missing: [], flips: flipsOf(known, terms, verdict) };
}
