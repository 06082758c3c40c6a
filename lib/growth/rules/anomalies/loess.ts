/** Locally weighted regression as STL uses it: equally spaced positions 1…n, tricube weights, degree 0 or 1. */
export type Loess = { window: number; degree: number; jump: number };
type Values = ArrayLike<number>;

const FULL = 0.001;
const NOTHING = 0.999;
const FLAT = 0.001;

/** Weights of positions left…right about `at`, robustness included; false where there is none. */
function weigh(at: number, left: number, right: number, reach: number, robust: Values | null, into: Float64Array) {
  let sum = 0;
  for (let j = left; j <= right; j++) {
    const distance = Math.abs(j - at);
    let weight = 0;
    if (distance <= NOTHING * reach) {
      weight = distance <= FULL * reach ? 1 : (1 - (distance / reach) ** 3) ** 3;
      if (robust) weight *= robust[j - 1] ?? 0;
      sum += weight;
    }
    into[j] = weight;
  }
  if (sum <= 0) return false;
  for (let j = left; j <= right; j++) into[j] = (into[j] ?? 0) / sum;
  return true;
}

/**
 * The smooth value at position `at` (1 is the first; 0 and n + 1 extrapolate) from the neighbours left…right; null where
 * every neighbour has weight zero.
 */
export function loessAt(
  values: Values,
  { window, degree }: Loess,
  at: number,
  [left, right]: readonly [number, number],
  robust: Values | null,
  scratch: Float64Array,
): number | null {
  const n = values.length;
  const widening = window > n ? Math.trunc((window - n) / 2) : 0;
  const reach = Math.max(at - left, right - at) + widening;
  if (!weigh(at, left, right, reach, robust, scratch)) return null;
  if (reach > 0 && degree > 0) {
    let centre = 0;
    for (let j = left; j <= right; j++) centre += (scratch[j] ?? 0) * j;
    let spread = 0;
    for (let j = left; j <= right; j++) spread += (scratch[j] ?? 0) * (j - centre) ** 2;
    if (Math.sqrt(spread) > FLAT * (n - 1)) {
      const tilt = (at - centre) / spread;
      for (let j = left; j <= right; j++) scratch[j] = (scratch[j] ?? 0) * (tilt * (j - centre) + 1);
    }
  }
  let smooth = 0;
  for (let j = left; j <= right; j++) smooth += (scratch[j] ?? 0) * (values[j - 1] ?? 0);
  return smooth;
}

/** The `window` positions nearest to `at`, within 1…n. */
function neighbours(at: number, window: number, n: number): [number, number] {
  if (window >= n) return [1, n];
  const left = Math.min(Math.max(1, at - (window + 1) / 2 + 1), n - window + 1);
  return [left, left + window - 1];
}

/**
 * The smoothed series: computed at every `jump`-th position and at the last, on straight lines between. Where all weights
 * about a position are zero the value itself stands.
 */
export function loess(values: Values, settings: Loess, robust: Values | null): Float64Array {
  const n = values.length;
  const smooth = Float64Array.from(values);
  if (n < 2) return smooth;
  const jump = Math.min(settings.jump, n - 1);
  const scratch = new Float64Array(n + 2);
  const knots: number[] = [];
  for (let at = 1; at <= n; at += jump) knots.push(at);
  const lastKnot = knots.at(-1) ?? 1;
  for (const at of knots) {
    const near = neighbours(at, settings.window, n);
    smooth[at - 1] = loessAt(values, settings, at, near, robust, scratch) ?? values[at - 1] ?? 0;
  }
  if (lastKnot !== n) {
    // The neighbours of the last regular position, as in the original: it differs from the nearest ones at the end.
    const near = neighbours(lastKnot, settings.window, n);
    smooth[n - 1] = loessAt(values, settings, n, near, robust, scratch) ?? values[n - 1] ?? 0;
    knots.push(n);
  }
  for (const [index, from] of knots.entries()) {
    const to = knots[index + 1] ?? from;
    const [start, end] = [smooth[from - 1] ?? 0, smooth[to - 1] ?? 0];
    for (let j = from + 1; j < to; j++) smooth[j - 1] = start + ((end - start) / (to - from)) * (j - from);
  }
  return smooth;
}
