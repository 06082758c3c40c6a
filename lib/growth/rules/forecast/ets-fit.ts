import { initialStates } from "./ets-initial";
import { deviance, type EtsForm, type EtsModel, type EtsState, type Smoothing } from "./ets-model";
import { nelderMead, quasiNewton } from "./minimise";

/** What the caller has fixed; the rest is estimated. */
export type GivenParameters = {
  alpha?: number | undefined;
  beta?: number | undefined;
  gamma?: number | undefined;
  phi?: number | undefined;
  level?: number | undefined;
  trend?: number | undefined;
  seasonal?: readonly number[] | undefined;
};

export type EtsFit = {
  model: EtsModel;
  /** Numbers that were estimated, without the variance. */
  estimated: number;
  logLikelihood: number;
  aic: number;
  /** Null where the series is too short for the correction: n ≤ parameters + 1. */
  aicc: number | null;
  bic: number;
};

// The usual region, with the limits that R's forecast package keeps too.
const LOWEST = 1e-4;
const HIGHEST = 0.9999;
const DAMPING = { lowest: 0.8, highest: 0.98 };

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
const logit = (p: number): number => Math.log(p / (1 - p));
/** A free number on the whole line as one within (low, high). */
const within = (x: number, low: number, high: number): number => low + Math.max(0, high - low) * logistic(x);

const has = {
  beta: (form: EtsForm) => form.trend !== "N",
  gamma: (form: EtsForm) => form.season !== "N",
  phi: (form: EtsForm) => form.damped,
};

/** How many numbers are left to estimate, without the variance. */
export function estimatedCount(form: EtsForm, given: GivenParameters): number {
  const smoothing = [
    given.alpha === undefined,
    has.beta(form) && given.beta === undefined,
    has.gamma(form) && given.gamma === undefined,
    has.phi(form) && given.phi === undefined,
  ];
  const states = [given.level === undefined, form.trend !== "N" && given.trend === undefined];
  const seasonal = form.season !== "N" && given.seasonal === undefined ? form.period - 1 : 0;
  return [...smoothing, ...states].filter(Boolean).length + seasonal;
}

type Codec = {
  start: number[];
  /** How many of the free numbers are smoothing parameters; they come first. */
  smoothing: number;
  model: (free: readonly number[]) => EtsModel;
};

function smoothingCodec(form: EtsForm, given: GivenParameters) {
  const wanted = {
    alpha: given.alpha === undefined,
    beta: has.beta(form) && given.beta === undefined,
    gamma: has.gamma(form) && given.gamma === undefined,
    phi: has.phi(form) && given.phi === undefined,
  };
  const read = (next: () => number): Smoothing => {
    const floor = Math.max(LOWEST, given.beta ?? 0);
    const ceiling = Math.min(HIGHEST, 1 - (given.gamma ?? 0));
    const alpha = given.alpha ?? within(next(), floor, ceiling);
    const beta = wanted.beta ? within(next(), LOWEST, Math.min(HIGHEST, alpha)) : (given.beta ?? 0);
    const gamma = wanted.gamma ? within(next(), LOWEST, Math.min(HIGHEST, 1 - alpha)) : (given.gamma ?? 0);
    const phi = wanted.phi ? within(next(), DAMPING.lowest, DAMPING.highest) : (given.phi ?? 1);
    return { alpha, beta, gamma, phi };
  };
  return { wanted, read };
}

/** Free numbers ↔ model: smoothing parameters on the logistic scale, states in units of the series' own movement. */
function codecOf(form: EtsForm, series: readonly number[], given: GivenParameters): Codec {
  const { wanted, read } = smoothingCodec(form, given);
  const guess = initialStates(form, series);
  const moves = series.slice(1).map((value, t) => Math.abs(value - (series[t] ?? 0)));
  const spread = moves.reduce((sum, move) => sum + move, 0) / Math.max(1, moves.length) || 1;
  const free = {
    level: given.level === undefined,
    trend: form.trend !== "N" && given.trend === undefined,
    seasonal: form.season !== "N" && given.seasonal === undefined ? form.period - 1 : 0,
  };
  const unit = { trend: form.trend === "M" ? 0.02 : spread / 10, season: form.season === "M" ? 0.05 : spread };
  const starts = [wanted.alpha && 0, wanted.beta && -2, wanted.gamma && -2, wanted.phi && logit(0.9)];
  const start = starts.filter((value) => value !== false);
  const states = Number(free.level) + Number(free.trend) + free.seasonal;
  const model = (numbers: readonly number[]): EtsModel => {
    let at = 0;
    const next = (): number => numbers[at++] ?? 0;
    const smoothing = read(next);
    const level = given.level ?? guess.level + spread * next();
    const trend = free.trend ? guess.trend + unit.trend * next() : (given.trend ?? 0);
    const seasonal = given.seasonal ?? guess.seasonal.slice(0, free.seasonal).map((s) => s + unit.season * next());
    return { form, smoothing, initial: { level, trend, seasonal: closed(form, seasonal) } };
  };
  return { start: [...start, ...new Array<number>(states).fill(0)], smoothing: start.length, model };
}

/** Of m seasons m − 1 are free: together they are 0, or m where they multiply. */
function closed(form: EtsForm, seasonal: readonly number[]): EtsState["seasonal"] {
  if (form.season === "N" || seasonal.length === form.period) return seasonal;
  const rest = (form.season === "A" ? 0 : form.period) - seasonal.reduce((sum, value) => sum + value, 0);
  return [...seasonal, rest];
}

/** Seasons and, where the trend multiplies, the trend must stay above zero. */
function isPossible({ form, initial }: EtsModel): boolean {
  if (form.trend === "M" && (initial.trend <= 0 || initial.level <= 0)) return false;
  return form.season !== "M" || initial.seasonal.every((season) => season > 0);
}

/** Below this a sum of squares is nothing but rounding. */
export function errorFloor({ error }: EtsForm, series: readonly number[]): number {
  const size = Math.max(...series.map(Math.abs), Number.MIN_VALUE);
  return series.length * (1e-9 * (error === "A" ? size : 1)) ** 2;
}

/**
 * The most likely parameters and initial states of one form: the simplex over the smoothing parameters alone, then all
 * numbers together by quasi-Newton steps. Less thorough: one start and fewer steps, for the many fits of a rolling origin.
 */
export function fitEts(
  form: EtsForm,
  series: readonly number[],
  given: GivenParameters = {},
  { thorough = true }: { thorough?: boolean } = {},
): EtsFit {
  const codec = codecOf(form, series, given);
  const values = Float64Array.from(series);
  const floor = errorFloor(form, series);
  const target = (free: readonly number[]): number => {
    const model = codec.model(free);
    return isPossible(model) ? deviance(model, values, floor) : Number.NaN;
  };
  let best = codec.start;
  if (codec.smoothing > 0) best = coarse(target, codec, thorough);
  if (best.length > 0) best = quasiNewton(target, best, { steps: thorough ? 90 : 30, tolerance: 1e-7 }).point;
  return scored(codec.model(best), best.length, values, floor);
}

/** Slow and quick learners as starts: the likelihood of a short series may have a hill between them. */
const STARTING_ALPHAS = [-2, 1.5];

function coarse(target: (free: readonly number[]) => number, codec: Codec, thorough: boolean): number[] {
  const rest = codec.start.slice(codec.smoothing);
  const searches = (thorough ? STARTING_ALPHAS : [0]).map((shift) =>
    nelderMead(
      (some) => target([...some, ...rest]),
      codec.start.slice(0, codec.smoothing).map((x, i) => (i === 0 ? x + shift : x)),
      { step: 1.5, tolerance: 1e-3, limit: 120 },
    ),
  );
  const best = searches.reduce((a, b) => (b.value < a.value ? b : a));
  return [...best.point, ...rest];
}

/** Likelihood and criteria; the variance counts as a parameter, as Hyndman and Khandakar (2008) count. */
function scored(model: EtsModel, estimated: number, series: Float64Array, floor: number): EtsFit {
  const n = series.length;
  const twice = deviance(model, series, floor);
  const parameters = estimated + 1;
  const aic = twice + 2 * parameters;
  const room = n - parameters - 1;
  return {
    ...{ model, estimated, aic, bic: twice + Math.log(n) * parameters },
    aicc: room > 0 ? aic + (2 * parameters * (parameters + 1)) / room : null,
    logLikelihood: -twice / 2,
  };
}
