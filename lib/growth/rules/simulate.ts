/** A stream of uniform numbers in (0, 1): the same seed, the same numbers, on every machine. */
export type Random = () => number;

/** FNV-1a over the text, then four words by splitmix32, so that like seeds give unlike streams. */
function wordsOf(seed: string): [number, number, number, number] {
  let hash = 0x811c9dc5;
  for (let index = 0; index < seed.length; index++) hash = Math.imul(hash ^ seed.charCodeAt(index), 0x01000193);
  const next = () => {
    hash = (hash + 0x9e3779b9) | 0;
    let mixed = hash ^ (hash >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
  return [next(), next(), next(), next() | 1];
}

/** xoshiro128** 1.1 (Blackman and Vigna): 32 bits at a time, as whole numbers from 0 to 2³² − 1. */
export function xoshiro(state: readonly [number, number, number, number]): () => number {
  let [a, b, c, d] = state;
  return () => {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
}

export function seededRandom(seed: string): Random {
  const next = xoshiro(wordsOf(seed));
  return () => (next() + 0.5) / 4_294_967_296;
}

/** What is not known exactly, and how. `triangular` needs low ≤ mode ≤ high; `normal` is cut off at `least`. */
export type Distribution =
  | { readonly kind: "fixed"; readonly value: number }
  | { readonly kind: "triangular"; readonly low: number; readonly mode: number; readonly high: number }
  | { readonly kind: "normal"; readonly mean: number; readonly deviation: number; readonly least: number };

function fillTriangular(out: Float64Array, random: Random, low: number, mode: number, high: number): void {
  const width = high - low;
  if (width <= 0) {
    out.fill(low);
    return;
  }
  const bend = (mode - low) / width;
  const rising = width * (mode - low);
  const falling = width * (high - mode);
  for (let index = 0; index < out.length; index++) {
    const u = random();
    out[index] = u < bend ? low + Math.sqrt(u * rising) : high - Math.sqrt((1 - u) * falling);
  }
}

/** By the polar method of Marsaglia: exact, two at a time. */
function fillNormal(out: Float64Array, random: Random, mean: number, deviation: number, least: number): void {
  for (let index = 0; index < out.length; index += 2) {
    let u = 0;
    let v = 0;
    let square = 0;
    do {
      u = 2 * random() - 1;
      v = 2 * random() - 1;
      square = u * u + v * v;
    } while (square >= 1 || square === 0);
    const factor = deviation * Math.sqrt((-2 * Math.log(square)) / square);
    out[index] = Math.max(least, mean + u * factor);
    if (index + 1 < out.length) out[index + 1] = Math.max(least, mean + v * factor);
  }
}

/** `draws` values of the distribution, from the stream. */
export function drawn(distribution: Distribution, draws: number, random: Random): Float64Array {
  const out = new Float64Array(draws);
  if (distribution.kind === "fixed") out.fill(distribution.value);
  else if (distribution.kind === "normal") {
    fillNormal(out, random, distribution.mean, distribution.deviation, distribution.least);
  } else fillTriangular(out, random, distribution.low, distribution.mode, distribution.high);
  return out;
}

/** One chance in ten below `p10`, one in ten above `p90`; `standardError` is that of the median. */
export type Range = {
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
  readonly mean: number;
  readonly standardError: number;
};

/** Linear between the two order statistics around it (type 7). `sorted` holds at least one value, rising. */
export function quantile(sorted: Float64Array, share: number): number {
  const at = (sorted.length - 1) * share;
  const below = Math.floor(at);
  const low = sorted[below] ?? Number.NaN;
  return low + (at - below) * ((sorted[below + 1] ?? low) - low);
}

/**
 * The range of the draws. The standard error of the median is half the distance of the order statistics √n/2 ranks
 * to either side of it: what one standard deviation of the rank of the median is, whatever the distribution. `sorted` are
 * the same draws, rising, where somebody has sorted them already.
 */
export function rangeOf(values: Float64Array, sorted = values.slice().sort()): Range {
  const rank = Math.sqrt(values.length) / 2 / values.length;
  const [below, above] = [quantile(sorted, Math.max(0, 0.5 - rank)), quantile(sorted, Math.min(1, 0.5 + rank))];
  let sum = 0;
  for (const value of values) sum += value;
  return {
    p10: quantile(sorted, 0.1),
    p50: quantile(sorted, 0.5),
    p90: quantile(sorted, 0.9),
    mean: sum / values.length,
    standardError: (above - below) / 2,
  };
}
