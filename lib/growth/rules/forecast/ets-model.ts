export type ErrorKind = "A" | "M";
export type ComponentKind = "N" | "A" | "M";

/** A model of the family: error, trend, season; each added (A), multiplied (M) or none (N). */
export type EtsForm = {
  error: ErrorKind;
  trend: ComponentKind;
  season: ComponentKind;
  damped: boolean;
  period: number;
};
/** Innovations form: beta = alpha × beta* and gamma multiplies the error of y − (level + trend). */
export type Smoothing = { alpha: number; beta: number; gamma: number; phi: number };
/** Before the first value. Seasonal oldest first: the first belongs to the first value. */
export type EtsState = { level: number; trend: number; seasonal: readonly number[] };
export type EtsModel = { form: EtsForm; smoothing: Smoothing; initial: EtsState };

/** One pass over a series: one-step forecasts, errors as the model counts them, and the states after each value. */
export type EtsPass = {
  fitted: Float64Array;
  errors: Float64Array;
  levels: Float64Array;
  trends: Float64Array;
  /** The season that each value left behind: season[t] replaces the one of a cycle before. */
  seasons: Float64Array;
  /** Σ log|one-step forecast| where errors are relative, else 0. */
  logScale: number;
  sumSquares: number;
};

/** "ETS(A,Ad,N)". */
export const formName = ({ error, trend, season, damped }: EtsForm): string =>
  `ETS(${error},${trend}${damped ? "d" : ""},${season})`;

export const isLinear = ({ error, trend, season }: EtsForm): boolean =>
  error === "A" && trend !== "M" && season !== "M";

/** Mutable while a series runs through: level, trend, and the seasons of one cycle by position. */
export type Running = { level: number; trend: number; seasonal: Float64Array; at: number };

export const startOf = ({ level, trend, seasonal }: EtsState): Running => ({
  ...{ level, trend, at: 0 },
  seasonal: Float64Array.from(seasonal),
});

/** Level and trend carried one step ahead, before the season: l + φb, l × b^φ or l. */
export function aheadOf(form: EtsForm, state: Running, phi: number): number {
  if (form.trend === "A") return state.level + phi * state.trend;
  if (form.trend === "M") return state.level * (phi === 1 ? state.trend : state.trend ** phi);
  return state.level;
}

const withSeason = (form: EtsForm, ahead: number, season: number): number =>
  form.season === "A" ? ahead + season : form.season === "M" ? ahead * season : ahead;

/** Where a state leads by itself: level and trend ahead, the season that applies, and the value expected. */
type Next = { ahead: number; cell: number; season: number; expected: number };

function nextOf(form: EtsForm, state: Running, phi: number, into: Next): Next {
  into.ahead = aheadOf(form, state, phi);
  into.cell = form.season === "N" ? 0 : state.at % form.period;
  into.season = form.season === "N" ? 0 : (state.seasonal[into.cell] ?? 0);
  into.expected = withSeason(form, into.ahead, into.season);
  return into;
}

/** What an error, in units of the value, does to the states (Hyndman et al. 2008, tables 2.2 and 2.3). */
function move(form: EtsForm, { alpha, beta, gamma, phi }: Smoothing, state: Running, next: Next, error: number): void {
  const { ahead, cell, season } = next;
  const overSeason = form.season === "M" ? error / season : error;
  const before = state.level;
  state.level = ahead + alpha * overSeason;
  if (form.trend === "A") state.trend = phi * state.trend + beta * overSeason;
  if (form.trend === "M") state.trend = (phi === 1 ? state.trend : state.trend ** phi) + (beta * overSeason) / before;
  if (form.season === "A") state.seasonal[cell] = season + gamma * error;
  if (form.season === "M") state.seasonal[cell] = season + (gamma * error) / ahead;
  state.at++;
}

const blank = (): Next => ({ ahead: 0, cell: 0, season: 0, expected: 0 });

/**
 * One step with a given innovation: in units of the value for additive errors, relative for multiplicative ones. Returns
 * the value that it meant.
 */
export function step(form: EtsForm, smoothing: Smoothing, state: Running, innovation: number): number {
  const next = nextOf(form, state, smoothing.phi, blank());
  const error = form.error === "A" ? innovation : next.expected * innovation;
  move(form, smoothing, state, next, error);
  return next.expected + error;
}

/**
 * Runs the series through the model. `pass` is filled where it is given; a search for parameters goes without. Errors of
 * a model that divides by zero come out as no numbers.
 */
function walk({ form, smoothing, initial }: EtsModel, series: ArrayLike<number>, pass: EtsPass | null) {
  const state = startOf(initial);
  const next = blank();
  let [sumSquares, logScale, scale] = [0, 0, 1];
  for (let t = 0; t < series.length; t++) {
    const { expected } = nextOf(form, state, smoothing.phi, next);
    const error = (series[t] ?? 0) - expected;
    const innovation = form.error === "A" ? error : error / expected;
    sumSquares += innovation * innovation;
    if (form.error === "M") {
      // One logarithm for many values: it is the dearest part of the whole.
      scale *= Math.abs(expected);
      if (!(scale > 1e-200 && scale < 1e200)) {
        logScale += Math.log(scale);
        scale = 1;
      }
    }
    move(form, smoothing, state, next, error);
    if (!pass) continue;
    pass.fitted[t] = expected;
    pass.errors[t] = innovation;
    pass.levels[t] = state.level;
    pass.trends[t] = state.trend;
    if (form.season !== "N") pass.seasons[t] = state.seasonal[t % form.period] ?? 0;
  }
  return { sumSquares, logScale: logScale + Math.log(scale) };
}

export function runEts(model: EtsModel, series: ArrayLike<number>): EtsPass {
  const arrays = () => new Float64Array(series.length);
  const traces = { fitted: arrays(), errors: arrays(), levels: arrays(), trends: arrays(), seasons: arrays() };
  const pass: EtsPass = { ...traces, logScale: 0, sumSquares: 0 };
  return Object.assign(pass, walk(model, series, pass));
}

/**
 * −2 log likelihood without its constant: n log Σe² + 2 Σ log|one-step forecast| (the second for relative errors only).
 * `floor` keeps a series without any error finite.
 */
export function deviance(model: EtsModel, series: ArrayLike<number>, floor: number): number {
  const { sumSquares, logScale } = walk(model, series, null);
  return series.length * Math.log(Math.max(sumSquares, floor)) + 2 * logScale;
}

/** The state after the last value of the series. */
export function stateAfter({ form, initial }: EtsModel, pass: EtsPass): Running {
  const n = pass.levels.length;
  const state = startOf(initial);
  state.at = n;
  if (n === 0) return state;
  state.level = pass.levels[n - 1] ?? 0;
  state.trend = pass.trends[n - 1] ?? 0;
  const from = form.season === "N" ? n : Math.max(0, n - form.period);
  for (let t = from; t < n; t++) state.seasonal[t % form.period] = pass.seasons[t] ?? 0;
  return state;
}

/** Point forecasts 1…horizon: no further errors, so the trend is damped by φ + φ² + … + φ^h. */
export function pointForecast(form: EtsForm, phi: number, last: Running, horizon: number): number[] {
  let damping = 0;
  return Array.from({ length: horizon }, (_, index) => {
    damping += form.damped ? phi ** (index + 1) : 1;
    const trend = form.trend === "A" ? last.level + damping * last.trend : last.level * last.trend ** damping;
    const ahead = form.trend === "N" ? last.level : trend;
    const season = form.season === "N" ? 0 : (last.seasonal[(last.at + index) % form.period] ?? 0);
    return withSeason(form, ahead, season);
  });
}
