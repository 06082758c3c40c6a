import { type FieldProblem, ok, type Result, refuse } from "@/lib/errors";
import { quantile, rangeOf } from "@/lib/growth/rules/simulate";
import { PERCENTILES, type SimulateInput, USUAL_DRAWS } from "../schema/simulation";
import { cholesky, drawnDrivers } from "./draws";
import { compileModel } from "./model";

export type Simulation = {
  /** "p50" and the like; null where no draw was accepted. */
  percentiles: Record<string, number | null>;
  mean: number | null;
  standardDeviation: number | null;
  /** Of the median. */
  standardError: number | null;
  rejectedShare: number;
  draws: number;
  accepted: number;
  reasons?: Record<string, string>;
};
export type Simulated = { simulation: Simulation; values: Float64Array; warnings: string[] };

const MOST_NUMBERS = 10_000_000;
const SYMMETRY = 1e-12;

type Matrix = readonly (readonly number[])[];

function matrixProblems(matrix: Matrix, size: number): FieldProblem[] {
  if (matrix.length !== size) return [{ path: "correlation", expected: `${size} rows, one per driver` }];
  return matrix.flatMap((row, i) => {
    const at = `correlation[${i}]`;
    if (row.length !== size) return [{ path: at, expected: `${size} numbers, one per driver` }];
    return row.flatMap((value, j) => {
      if (i === j && value !== 1) return [{ path: `${at}[${j}]`, expected: "1: a driver with itself" }];
      const mirrored = matrix[j]?.[i];
      const same = mirrored === undefined || Math.abs(mirrored - value) <= SYMMETRY;
      return same ? [] : [{ path: `${at}[${j}]`, expected: `the same as correlation[${j}][${i}]` }];
    });
  });
}

function lowerOf(matrix: Matrix | undefined, size: number): Result<number[][] | null, "CONTRADICTION"> {
  if (!matrix) return ok(null);
  const problems = matrixProblems(matrix, size);
  if (problems.length > 0) return refuse("CONTRADICTION", problems);
  const lower = cholesky(matrix);
  const expected = "a matrix that a set of drivers can have: positive definite";
  return lower ? ok(lower) : refuse("CONTRADICTION", [{ path: "correlation", expected }]);
}

function doubleNames(drivers: SimulateInput["drivers"]): FieldProblem[] {
  return drivers.flatMap(({ name }, index) =>
    drivers.findIndex((other) => other.name === name) < index
      ? [{ path: `drivers[${index}].name`, expected: "a name that no other driver has" }]
      : [],
  );
}

/** Percentiles, spread and standard error of the accepted draws; what does not exist is null with its reason. */
export function summaryOf(values: Float64Array, draws: number): Simulation {
  const accepted = values.length;
  const rejectedShare = (draws - accepted) / draws;
  const shared = { rejectedShare, draws, accepted };
  if (accepted === 0) {
    const percentiles = Object.fromEntries(PERCENTILES.map((share) => [`p${share}`, null]));
    const why = "all-draws-rejected";
    const reasons = { percentiles: why, mean: why, standardDeviation: why, standardError: why };
    return { percentiles, mean: null, standardDeviation: null, standardError: null, ...shared, reasons };
  }
  const sorted = values.slice().sort();
  const range = rangeOf(values, sorted);
  let squares = 0;
  for (const value of values) squares += (value - range.mean) ** 2;
  const few = accepted < 2;
  return {
    percentiles: Object.fromEntries(PERCENTILES.map((share) => [`p${share}`, quantile(sorted, share / 100)])),
    mean: range.mean,
    standardDeviation: few ? null : Math.sqrt(squares / (accepted - 1)),
    standardError: few ? null : range.standardError,
    ...shared,
    ...(few && { reasons: { standardDeviation: "too-few-draws", standardError: "too-few-draws" } }),
  };
}

/** The model over drawn drivers: the same input, the same numbers, on every machine. Source: methods c. */
export function simulate(input: SimulateInput): Result<Simulated, "CONTRADICTION"> {
  const { drivers, draws } = input;
  const double = doubleNames(drivers);
  if (double.length > 0) return refuse("CONTRADICTION", double);
  const most = Math.floor(MOST_NUMBERS / drivers.length);
  if (draws > most)
    return refuse("CONTRADICTION", [{ path: "draws", expected: `at most ${most} for ${drivers.length} drivers` }]);
  const lower = lowerOf(input.correlation, drivers.length);
  if (!lower.ok) return lower;
  const columns = drawnDrivers(drivers, lower.value, draws, String(input.seed));
  const { model, problems } = compileModel(input.model, columns);
  if (problems.length > 0) return refuse("CONTRADICTION", problems);
  const out = new Float64Array(draws);
  let accepted = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    const value = model.of(draw);
    if (Number.isFinite(value)) out[accepted++] = value;
  }
  const values = out.slice(0, accepted);
  const idle = drivers.filter(({ name }) => !model.uses.has(name)).map(({ name }) => name);
  const warnings: string[] = [];
  if (draws < USUAL_DRAWS) warnings.push(`Fewer than ${USUAL_DRAWS} draws: the percentiles are rough`);
  if (idle.length > 0) warnings.push(`Not part of the model: ${idle.join(", ")}`);
  if (accepted < draws) warnings.push(`${draws - accepted} of ${draws} draws were rejected`);
  return ok({ simulation: summaryOf(values, draws), values, warnings });
}

export const SIMULATE_CONVENTIONS: Readonly<Record<string, string>> = {
  generator: "xoshiro128** seeded by the text of seed and the driver's name; normals by Marsaglia's polar method",
  correlation: "of the normal scores (Gaussian copula), by Cholesky; none is independence",
  normal: "mean and standardDeviation, not cut off",
  lognormal: "mean and standardDeviation of the value itself, or mu and sigma of its logarithm",
  triangular: "low, mode, high",
  uniform: "low, high",
  discrete: "values with probabilities",
  model:
    "arithmetic over driver names (+ - * / ^, brackets, comparisons, min, max, abs, exp, log, sqrt, pv, gordon), or kind dcf or multiple whose terms are numbers, drivers or arithmetic; with netDebt the result is equity",
  rejected: "draws without a finite value: growth at or above the rate, a negative metric, rejectWhen",
  percentiles: "of the accepted draws, linear between order statistics (type 7)",
  standardError: "of the median: half the distance of the order statistics √n/2 ranks to either side",
};
