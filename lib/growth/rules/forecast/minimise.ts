/** A minimum that was found, not proven: the point, its value, and how often the function was asked. */
export type Minimum = { point: number[]; value: number; evaluations: number };
type Target = (point: readonly number[]) => number;

const WORST = Number.MAX_VALUE;

/** Anything that is no number is the worst there is, so that a search walks away from it. */
const guarded =
  (target: Target): Target =>
  (point) => {
    const value = target(point);
    return Number.isFinite(value) ? value : WORST;
  };

type Vertex = { point: number[]; value: number };

const between = (from: readonly number[], to: readonly number[], step: number): number[] =>
  from.map((value, index) => value + step * ((to[index] ?? 0) - value));

function startingSimplex(target: Target, start: readonly number[], step: number): Vertex[] {
  const points = [[...start], ...start.map((_, moved) => start.map((x, i) => (i === moved ? x + step : x)))];
  return points.map((point) => ({ point, value: target(point) }));
}

/** The centre of all but the worst vertex. */
function centreOf(simplex: readonly Vertex[]): number[] {
  const kept = simplex.slice(0, -1);
  return kept[0] ? kept[0].point.map((_, i) => kept.reduce((sum, v) => sum + (v.point[i] ?? 0), 0) / kept.length) : [];
}

/**
 * Nelder and Mead (1965) with the coefficients of Gao and Han (2012), which shrink less in many dimensions. Deterministic:
 * the same start gives the same minimum. Ends when the values of the simplex differ by less than `tolerance`.
 */
export function nelderMead(
  asked: Target,
  start: readonly number[],
  { step = 0.5, tolerance = 1e-9, limit = 600 }: { step?: number; tolerance?: number; limit?: number } = {},
): Minimum {
  const target = guarded(asked);
  const size = start.length;
  let evaluations = size + 1;
  const simplex = startingSimplex(target, start, step);
  const n = Math.max(size, 2);
  const [expand, contract, shrink] = [1 + 2 / n, 0.75 - 1 / (2 * n), 1 - 1 / n];
  const tried = (point: number[]): Vertex => {
    evaluations++;
    return { point, value: target(point) };
  };
  for (;;) {
    simplex.sort((a, b) => a.value - b.value);
    const [best, worst, second] = [simplex[0], simplex[size], simplex[size - 1]];
    if (!best || !worst || !second) return { point: [...start], value: target(start), evaluations };
    if (evaluations >= limit || worst.value - best.value < tolerance) return { ...best, evaluations };
    const centre = centreOf(simplex);
    const reflected = tried(between(centre, worst.point, -1));
    if (reflected.value < best.value) {
      const expanded = tried(between(centre, worst.point, -expand));
      simplex[size] = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < second.value) simplex[size] = reflected;
    else {
      const outside = reflected.value < worst.value;
      const contracted = tried(between(centre, worst.point, outside ? -contract : contract));
      if (contracted.value < Math.min(reflected.value, worst.value)) simplex[size] = contracted;
      else for (let i = 1; i <= size; i++) simplex[i] = tried(between(best.point, simplex[i]?.point ?? [], shrink));
    }
  }
}

function gradientAt(target: Target, point: readonly number[]): number[] {
  const moved = [...point];
  return point.map((x, i) => {
    const step = 6e-6 * Math.max(1, Math.abs(x));
    moved[i] = x + step;
    const above = target(moved);
    moved[i] = x - step;
    const below = target(moved);
    moved[i] = x;
    return (above - below) / (2 * step);
  });
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);

/** H ← (I − ρsyᵀ) H (I − ρysᵀ) + ρssᵀ with ρ = 1 ÷ yᵀs: the inverse Hessian after a step s that changed the slope by y. */
function updateInverse(inverse: number[][], s: readonly number[], y: readonly number[]): void {
  const curvature = dot(s, y);
  const hy = inverse.map((row) => dot(row, y));
  const scale = (1 + dot(y, hy) / curvature) / curvature;
  for (const [i, row] of inverse.entries()) {
    for (let j = 0; j < row.length; j++) {
      const cross = (hy[i] ?? 0) * (s[j] ?? 0) + (s[i] ?? 0) * (hy[j] ?? 0);
      row[j] = (row[j] ?? 0) + scale * (s[i] ?? 0) * (s[j] ?? 0) - cross / curvature;
    }
  }
}

const identity = (size: number, scale: number): number[][] =>
  Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_unused, j) => (i === j ? scale : 0)));

const SUFFICIENT = 1e-4;
const SHORTEST = 1e-10;

/** The longest of the steps 1, ½, ¼ … along `direction` that lowers the value enough; null when none does. */
function lineSearch(target: Target, from: Vertex, direction: readonly number[], slope: number): Vertex | null {
  for (let step = 1; step > SHORTEST; step /= 2) {
    const point = from.point.map((x, i) => x + step * (direction[i] ?? 0));
    const value = target(point);
    if (value <= from.value + SUFFICIENT * step * slope) return { point, value };
  }
  return null;
}

/**
 * Broyden, Fletcher, Goldfarb and Shanno with central differences. Where Nelder and Mead crawl (a seasonal model has
 * fifteen free numbers), it arrives in a few dozen steps. Never returns anything worse than its start.
 */
export function quasiNewton(asked: Target, start: readonly number[], { steps = 80, tolerance = 1e-9 } = {}): Minimum {
  let evaluations = 0;
  const target: Target = (point) => {
    evaluations++;
    return guarded(asked)(point);
  };
  let at: Vertex = { point: [...start], value: target(start) };
  let slope = gradientAt(target, at.point);
  let inverse = identity(start.length, 1 / Math.max(1, Math.sqrt(dot(slope, slope))));
  let fresh = true;
  for (let step = 0; step < steps; step++) {
    const direction = inverse.map((row) => -dot(row, slope));
    const descent = dot(direction, slope);
    const next = descent < 0 && Number.isFinite(descent) ? lineSearch(target, at, direction, descent) : null;
    if (!next) {
      if (fresh) break;
      inverse = identity(start.length, 1 / Math.max(1, Math.sqrt(dot(slope, slope))));
      fresh = true;
      continue;
    }
    const slopeThere = gradientAt(target, next.point);
    const s = next.point.map((x, i) => x - (at.point[i] ?? 0));
    const y = slopeThere.map((g, i) => g - (slope[i] ?? 0));
    const gained = at.value - next.value;
    at = next;
    slope = slopeThere;
    const curvature = dot(s, y);
    if (curvature > 1e-12) {
      if (fresh) inverse = identity(start.length, curvature / dot(y, y));
      updateInverse(inverse, s, y);
      fresh = false;
    }
    if (gained < tolerance) break;
  }
  return { ...at, evaluations };
}
