import type Fraction from "fraction.js";
import type { BreakpointReason } from "../schema";
import { type Curve, settle } from "./curve";
import { type Engine, isForced } from "./equilibrium";
import { byValue, positive, sum, whole, ZERO } from "./exact";

export type Breakpoint = { at: Fraction; reason: BreakpointReason; ids: string[] };
/** Between two exits every class takes a constant part of each further unit of money. */
export type Slope = { from: Fraction; to: Fraction | null; shares: Fraction[] };
export type Schedule = { breakpoints: Breakpoint[]; slopes: Slope[]; jumps: Fraction[] };

const idsOf = (curve: Curve, indices: readonly number[]): string[] =>
  curve.positions.flatMap((position, index) => (indices.includes(index) ? [position.id] : []));

/** What each class takes of the next unit when the common price is just above `price`. */
function residualShares(curve: Curve, price: Fraction): Fraction[] {
  const taking = curve.positions.map((position, index) => {
    const converts = curve.convertsAt[index];
    const caps = curve.capsAt[index];
    if (position.converted || converts?.lte(price)) return position.shares;
    const below = caps ? price.lt(caps) : position.cap === null;
    return position.participates && below && position.strike.lte(price) ? position.shares : ZERO;
  });
  const all = sum(taking);
  return positive(all) ? taking.map((shares) => shares.div(all)) : taking;
}

function rankSlopes(curve: Curve): Schedule {
  const slopes: Slope[] = [];
  const breakpoints: Breakpoint[] = [];
  let from = ZERO;
  for (const rank of curve.ranks) {
    const to = from.add(rank.claims);
    const shares = curve.positions.map((position, index) =>
      rank.members.includes(index) ? position.held.div(rank.claims) : ZERO,
    );
    slopes.push({ from, to, shares });
    breakpoints.push({ at: to, reason: rank.reason, ids: idsOf(curve, rank.members) });
    from = to;
  }
  return { breakpoints, slopes, jumps: [] };
}

const RESIDUAL_REASONS = ["exercise", "cap", "conversion"] as const;

/** Breakpoints and slopes of one curve, from its knots; methods a8. */
export function scheduleOf(curve: Curve): Schedule {
  const { breakpoints, slopes } = rankSlopes(curve);
  curve.knots.forEach((knot, order) => {
    const next = curve.knots[order + 1];
    for (const reason of RESIDUAL_REASONS) {
      const indices = knot.events.filter((event) => event.reason === reason).map((event) => event.index);
      if (indices.length > 0) breakpoints.push({ at: knot.total, reason, ids: idsOf(curve, indices) });
    }
    if (next && !next.total.gt(knot.total)) return;
    slopes.push({ from: knot.total, to: next?.total ?? null, shares: residualShares(curve, knot.price) });
  });
  return { breakpoints: breakpoints.filter(({ at }) => positive(at)), slopes, jumps: [] };
}

/** Exits at which the slope of one curve may change. */
function exitsOf(curve: Curve): Fraction[] {
  let paid = ZERO;
  const ranks = curve.ranks.map((rank) => {
    paid = paid.add(rank.claims);
    return paid;
  });
  return [...ranks, ...curve.knots.map((knot) => knot.total)];
}

/** Exits between which every payoff is a straight line. */
export const engineExits = ({ free, forced }: Engine): Fraction[] =>
  forced ? voteGrid(free, forced) : distinct([ZERO, ...exitsOf(free)]);

const inside = (from: Fraction, to: Fraction | null, part: bigint): Fraction =>
  to ? from.add(to.sub(from).mul(whole(part)).div(whole(3n))) : from.add(whole(part));

const distinct = (values: readonly Fraction[]): Fraction[] =>
  [...values].sort(byValue).filter((value, index, all) => index === 0 || !all[index - 1]?.equals(value));

/** Where a line through two points inside the interval crosses zero, if it does so inside. */
export function crossing(
  [x1, y1]: readonly [Fraction, Fraction],
  [x2, y2]: readonly [Fraction, Fraction],
  from: Fraction,
  to: Fraction | null,
): Fraction | null {
  const rise = y2.sub(y1);
  if (rise.n === 0n) return null;
  const at = x1.sub(y1.mul(x2.sub(x1)).div(rise));
  return at.gt(from) && (to === null || at.lt(to)) ? at : null;
}

/** Exits at which some voter's gain from the forced conversion changes its sign, and all knots of both curves. */
function voteGrid(free: Curve, forced: Curve): Fraction[] {
  const grid = distinct([ZERO, ...exitsOf(free), ...exitsOf(forced)]);
  const roots = grid.flatMap((from, index) => {
    const to = grid[index + 1] ?? null;
    const points = [1n, 2n].map((part) => {
      const at = inside(from, to, part);
      const [alone, all] = [settle(free, at), settle(forced, at)];
      return {
        at,
        gains: free.positions.map((_, i) => (all.takes[i]?.total ?? ZERO).sub(alone.takes[i]?.total ?? ZERO)),
      };
    });
    const [left, right] = points;
    if (!left || !right) return [];
    return free.positions.flatMap((position, i) => {
      if (!position.votes) return [];
      const at = crossing([left.at, left.gains[i] ?? ZERO], [right.at, right.gains[i] ?? ZERO], from, to);
      return at ? [at] : [];
    });
  });
  return distinct([...grid, ...roots]);
}

const sameAmounts = (one: readonly Fraction[], other: readonly Fraction[]): boolean =>
  one.every((amount, index) => other[index]?.equals(amount));
const totalsAt = (curve: Curve, at: Fraction): Fraction[] => settle(curve, at).takes.map((take) => take.total);

type Piece = { from: Fraction; to: Fraction | null; imposed: boolean; shares: Fraction[]; events: Breakpoint[] };

/** The exits between which the vote and both curves stay what they are, with the curve that holds there. */
function piecesOf(engine: Engine, forced: Curve): Piece[] {
  const { free } = engine;
  const schedules = { free: scheduleOf(free), forced: scheduleOf(forced) };
  const grid = voteGrid(free, forced);
  return grid.map((from, index) => {
    const to = grid[index + 1] ?? null;
    const middle = inside(from, to, 1n);
    const imposed = isForced(engine, settle(free, middle), settle(forced, middle));
    const own = schedules[imposed ? "forced" : "free"];
    return {
      from,
      to,
      imposed,
      shares: own.slopes.findLast((slope) => slope.from.lte(from))?.shares ?? [],
      events: own.breakpoints.filter(({ at }) => at.equals(from)),
    };
  });
}

/** The schedule of the engine: that of the equilibrium, except where a majority imposes conversion. */
export function engineSchedule(engine: Engine): Schedule {
  const { free, forced } = engine;
  if (!forced) return scheduleOf(free);
  const answer: Schedule = { breakpoints: [], slopes: [], jumps: [] };
  const pieces = piecesOf(engine, forced);
  pieces.forEach((piece, index) => {
    const { from, to, shares } = piece;
    const before = pieces[index - 1];
    const last = answer.slopes.at(-1);
    const switches = before !== undefined && before.imposed !== piece.imposed;
    const jumps = switches && !sameAmounts(totalsAt(free, from), totalsAt(forced, from));
    if (last && !jumps && sameAmounts(last.shares, shares) && (switches || piece.events.length === 0)) {
      last.to = to;
      return;
    }
    answer.slopes.push({ from, to, shares });
    if (jumps) answer.jumps.push(from);
    const voters = free.positions.filter(({ votes }) => votes).map(({ id }) => id);
    const vote: Breakpoint = { at: from, reason: "conversion", ids: changing(engine, from) ?? voters };
    answer.breakpoints.push(...(jumps || (switches && piece.events.length === 0) ? [vote] : piece.events));
  });
  return answer;
}

/** Preferred that convert because they are made to: converted in one curve, not in the other. */
function changing({ free, forced }: Engine, at: Fraction): string[] | null {
  const alone = settle(free, at);
  const ids = free.positions.flatMap(({ votes, id }, index) =>
    forced && votes && !alone.takes[index]?.converted ? [id] : [],
  );
  return ids.length > 0 ? ids : null;
}
