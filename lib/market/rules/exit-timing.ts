import { TIMING_DRAWS, type TimingAssumptions } from "../schema/timing";
import { type ChosenSeries, type MarketScore, marketScore } from "./drivers";
import { driftAndVolatility, historyOf } from "./percentile";
import { timingVerdict, type VerdictFound } from "./verdict";
import { valueOfWaiting, type Waiting, type WaitingInputs } from "./waiting";

/** A number of the venture, or why it is not known. */
export type Stated = { value: number; reason: null } | { value: null; reason: string };

/** Everything that timing is read from on a day; plain data, so that the browser computes the same from it. */
export type TimingFacts = {
  asOf: string;
  series: ChosenSeries;
  valuation: Stated;
  revenue: Stated;
  growth: Stated;
  readiness: Stated;
  readinessTarget: number;
  /** Months; without burn there is no end to it. */
  runway: Stated;
};

/** The assumptions with what the data say where nothing was put in. */
export type Resolved = { growth: Stated; drift: Stated; volatility: Stated };

export type ExitTiming = {
  market: MarketScore;
  resolved: Resolved;
  /** Null with the reason where a number that it needs is missing. */
  waiting: Waiting | null;
  waitingReason: string | null;
  verdict: VerdictFound;
};

const given = (value: number): Stated => ({ value, reason: null });
const missing = (reason: string): Stated => ({ value: null, reason });

function resolve({ series, asOf, growth }: TimingFacts, { waiting, history }: TimingAssumptions): Resolved {
  const own = series.multiple
    ? driftAndVolatility(historyOf(series.multiple.points, asOf), Number(history.leastPoints))
    : null;
  const ownOr = (text: string, of: (found: NonNullable<typeof own>) => number): Stated => {
    if (text !== "") return given(Number(text));
    return own ? given(of(own)) : missing(series.multiple ? "too-few-values" : "no-series");
  };
  return {
    growth: waiting.growth === "" ? growth : given(Number(waiting.growth)),
    drift: ownOr(waiting.drift, ({ drift }) => drift),
    volatility: ownOr(waiting.volatility, ({ volatility }) => volatility),
  };
}

/** The numbers that the simulation needs, or the reason of the first that is missing. */
function waitingInputs(
  { valuation, revenue }: TimingFacts,
  { growth, drift, volatility }: Resolved,
  { waiting }: TimingAssumptions,
): WaitingInputs | string {
  for (const needed of [valuation, revenue, growth, drift, volatility]) if (needed.value === null) return needed.reason;
  const [value, sold] = [valuation.value ?? 0, revenue.value ?? 0];
  if (value <= 0) return "no-sale-value";
  if (sold <= 0) return "no-revenue";
  return {
    ...{ value, revenue: sold, growth: growth.value ?? 0, growthDeviation: Number(waiting.growthDeviation) },
    ...{ drift: drift.value ?? 0, volatility: volatility.value ?? 0 },
    ...{ dilution: Number(waiting.dilution), failure: Number(waiting.failure), recovery: Number(waiting.recovery) },
    discountRate: Number(waiting.discountRate),
  };
}

/** The exit window of a venture on a day: the market, what waiting is worth, and hold, prepare or execute. */
export function exitTiming(facts: TimingFacts, assumptions: TimingAssumptions): ExitTiming {
  const market = marketScore(facts.series, assumptions, facts.asOf);
  const resolved = resolve(facts, assumptions);
  const inputs = waitingInputs(facts, resolved, assumptions);
  const waiting = typeof inputs === "string" ? null : valueOfWaiting(inputs, TIMING_DRAWS, assumptions.waiting.seed);
  const { openFrom, waitingFrom, leastRunway } = assumptions.rule;
  const verdict = timingVerdict(
    {
      ...{ score: market.score, readiness: facts.readiness.value, readinessTarget: facts.readinessTarget },
      runway: facts.runway.reason === "not-burning" ? Number.POSITIVE_INFINITY : facts.runway.value,
      waiting: waiting && Math.max(...waiting.ranges.map(({ beats }) => beats)),
    },
    { openFrom: Number(openFrom), waitingFrom: Number(waitingFrom), leastRunway: Number(leastRunway) },
  );
  return { market, resolved, waiting, waitingReason: typeof inputs === "string" ? inputs : null, verdict };
}
