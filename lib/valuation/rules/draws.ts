import { normalBelow } from "@/lib/experiments/rules/distributions";
import { drawn, seededRandom } from "@/lib/growth/rules/simulate";
import type { SimulationDriver } from "../schema/simulation";

/** Below this a pivot is rounding and not a correlation that cannot be. */
const ROUNDING = 1e-10;

/**
 * Lower triangle L with L·Lᵀ = the matrix (Cholesky); a matrix of rank below its size is allowed, one that no set of
 * drivers can have is null.
 */
export function cholesky(matrix: readonly (readonly number[])[]): number[][] | null {
  const lower: number[][] = [];
  for (const [i, given] of matrix.entries()) {
    const row: number[] = [];
    for (let j = 0; j <= i; j += 1) {
      let rest = given[j] ?? 0;
      for (let k = 0; k < j; k += 1) rest -= (row[k] ?? 0) * (i === j ? (row[k] ?? 0) : (lower[j]?.[k] ?? 0));
      if (i === j) {
        if (rest < -ROUNDING) return null;
        row.push(Math.sqrt(Math.max(0, rest)));
        continue;
      }
      const pivot = lower[j]?.[j] ?? 0;
      if (pivot * pivot <= ROUNDING) {
        if (Math.abs(rest) > Math.sqrt(ROUNDING)) return null;
        row.push(0);
      } else row.push(rest / pivot);
    }
    lower.push(row);
  }
  return lower;
}

/** The value that a share `u` of all draws lies below; `z` is the same place on the standard normal. */
function quantileAt(driver: SimulationDriver): (z: number) => number {
  switch (driver.distribution) {
    case "fixed":
      return () => driver.value;
    case "normal":
      return (z) => driver.mean + driver.deviation * z;
    case "lognormal":
      return (z) => Math.exp(driver.mu + driver.sigma * z);
    case "uniform":
      return (z) => driver.low + (driver.high - driver.low) * normalBelow(z);
    case "triangular":
      return triangularAt(driver.low, driver.mode, driver.high);
    case "discrete":
      return discreteAt(driver.values, driver.probabilities);
  }
}

function triangularAt(low: number, mode: number, high: number): (z: number) => number {
  const width = high - low;
  if (width <= 0) return () => low;
  const bend = (mode - low) / width;
  return (z) => {
    const u = normalBelow(z);
    return u < bend ? low + Math.sqrt(u * width * (mode - low)) : high - Math.sqrt((1 - u) * width * (high - mode));
  };
}

/** Smaller values lie below larger ones, in whichever order they were given. */
function discreteAt(values: readonly number[], probabilities: readonly number[]): (z: number) => number {
  const steps = values
    .map((value, index) => ({ value, probability: probabilities[index] ?? 0 }))
    .filter(({ probability }) => probability > 0)
    .sort((a, b) => a.value - b.value);
  let reached = 0;
  const ladder = steps.map(({ value, probability }) => {
    reached += probability;
    return { value, reached };
  });
  const last = ladder.at(-1)?.value ?? Number.NaN;
  return (z) => {
    const u = normalBelow(z);
    return ladder.find((step) => u < step.reached)?.value ?? last;
  };
}

/**
 * Draws of each driver by name: independent standard normals, one xoshiro128** stream per driver, mixed by the lower
 * triangle and carried to each distribution (a Gaussian copula, so `correlation` is that of the normal scores).
 */
export function drawnDrivers(
  drivers: readonly SimulationDriver[],
  lower: readonly (readonly number[])[] | null,
  draws: number,
  seed: string,
): Map<string, Float64Array> {
  const scores = drivers.map(({ name }) =>
    drawn({ kind: "normal", mean: 0, deviation: 1, least: -Infinity }, draws, seededRandom(`${seed}/${name}`)),
  );
  const columns = drivers.map((driver, index) => {
    const at = quantileAt(driver);
    const out = lower ? mixed(scores.slice(0, index + 1), lower[index] ?? []) : (scores[index] as Float64Array).slice();
    for (let draw = 0; draw < draws; draw += 1) out[draw] = at(out[draw] as number);
    return [driver.name, out] as const;
  });
  return new Map(columns);
}

/** Σ weight × column, one column after the other. */
function mixed(columns: readonly Float64Array[], weights: readonly number[]): Float64Array {
  const out = new Float64Array(columns[0]?.length ?? 0);
  for (const [index, column] of columns.entries()) {
    const weight = weights[index] ?? 0;
    if (weight === 0) continue;
    for (let draw = 0; draw < out.length; draw += 1)
      out[draw] = (out[draw] as number) + weight * (column[draw] as number);
  }
  return out;
}
