import type Fraction from "fraction.js";
import type { BreakpointReason } from "../schema";
import { byValue, lesser, positive, sum, ZERO } from "./exact";
import type { Position } from "./positions";

type Rank = { reason: "debt" | "preference"; members: number[]; claims: Fraction };
type Knot = {
  price: Fraction;
  /** What all classes together take at this common price. */
  total: Fraction;
  /** Shares that take part just above this price. */
  slope: Fraction;
  events: { reason: BreakpointReason; index: number }[];
};

/** All classes as a function of the common price: methods a2 and a3 in one piecewise linear, rising curve. */
export type Curve = {
  positions: readonly Position[];
  /** Common price above which the class converts; null if never. */
  convertsAt: readonly (Fraction | null)[];
  /** Common price at which it reaches its cap; null without one. */
  capsAt: readonly (Fraction | null)[];
  ranks: readonly Rank[];
  claims: Fraction;
  knots: readonly Knot[];
};

/**
 * A class that may convert does so above the price at which its shares alone bring what holding brings at most:
 * the claim, or the cap if it participates. Uncapped participation never converts.
 */
function conversionPrice(position: Position): Fraction | null {
  const most = position.participates ? position.cap : position.held;
  if (!position.chooses || most === null || !positive(position.shares)) return null;
  return most.sub(position.kept).div(position.shares);
}

function capPrice(position: Position): Fraction | null {
  if (!position.participates || position.cap === null || !positive(position.shares)) return null;
  return position.cap.sub(position.held).div(position.shares);
}

function ranksOf(positions: readonly Position[]): Rank[] {
  const claimants = positions.flatMap((position, index) => (positive(position.held) ? [{ position, index }] : []));
  const keys = [...new Set(claimants.map(({ position }) => `${position.tier}:${position.seniority}`))];
  return keys
    .map((key) => {
      const members = claimants.filter(({ position }) => `${position.tier}:${position.seniority}` === key);
      const [first] = members;
      return {
        reason: first?.position.tier ?? "debt",
        seniority: first?.position.seniority ?? 0,
        members: members.map(({ index }) => index),
        claims: sum(members.map(({ position }) => position.held)),
      };
    })
    .sort((a, b) => (a.reason === b.reason ? a.seniority - b.seniority : a.reason === "debt" ? -1 : 1));
}

type Step = { price: Fraction; shares: Fraction; reason: BreakpointReason | null; index: number };

function stepsOf(position: Position, index: number, capsAt: Fraction | null, convertsAt: Fraction | null): Step[] {
  const { shares, strike } = position;
  if (!positive(shares)) return [];
  const steps: Step[] = [];
  if (position.participates) steps.push({ price: strike, shares, reason: "exercise", index });
  if (capsAt) steps.push({ price: capsAt, shares: shares.neg(), reason: "cap", index });
  if (convertsAt) steps.push({ price: convertsAt, shares, reason: "conversion", index });
  return steps;
}

export function buildCurve(positions: readonly Position[]): Curve {
  const convertsAt = positions.map(conversionPrice);
  const capsAt = positions.map(capPrice);
  const ranks = ranksOf(positions);
  const claims = sum(ranks.map((rank) => rank.claims));
  const steps = positions
    .flatMap((position, index) => stepsOf(position, index, capsAt[index] ?? null, convertsAt[index] ?? null))
    .sort((a, b) => byValue(a.price, b.price));
  let last: Knot = { price: ZERO, total: claims, slope: ZERO, events: [] };
  const knots: Knot[] = [last];
  for (const { price, shares, reason, index } of steps) {
    if (price.gt(last.price)) {
      last = { price, total: last.total.add(last.slope.mul(price.sub(last.price))), slope: last.slope, events: [] };
      knots.push(last);
    }
    last.slope = last.slope.add(shares);
    // What holds from the first cent of the residual on is no event.
    if (reason && positive(price)) last.events.push({ reason, index });
  }
  return { positions, convertsAt, capsAt, ranks, claims, knots };
}

/** What one class takes, before rounding. */
export type Take = {
  preference: Fraction;
  participation: Fraction;
  conversion: Fraction;
  strikeOffset: Fraction;
  total: Fraction;
  converted: boolean;
};

export type Settlement = {
  /** Per common share; zero while the claims are not covered. */
  price: Fraction;
  takes: Take[];
  /** What nobody is entitled to. */
  left: Fraction;
  /** The residual has at least one share in it, so that the price means something. */
  priced: boolean;
};

function takeAt(curve: Curve, index: number, price: Fraction, claim: Fraction): Take {
  const position = curve.positions[index] as Position;
  const { shares, strike } = position;
  const threshold = curve.convertsAt[index];
  if (position.converted || (threshold && price.gt(threshold))) {
    const conversion = shares.mul(price);
    const preference = position.converted ? claim : position.kept;
    const total = preference.n === 0n ? conversion : preference.add(conversion);
    return { preference, participation: ZERO, conversion, strikeOffset: ZERO, total, converted: true };
  }
  if (!position.participates || !price.gt(strike)) return { ...NOTHING, preference: claim, total: claim };
  const gross = shares.mul(price);
  const participation = position.cap ? lesser(gross, position.cap.sub(position.held)) : gross;
  const strikeOffset = strike.n === 0n ? ZERO : shares.mul(strike);
  const total = claim.add(participation).sub(strikeOffset);
  return { preference: claim, participation, conversion: ZERO, strikeOffset, total, converted: false };
}

const NOTHING = { participation: ZERO, conversion: ZERO, strikeOffset: ZERO, converted: false } as const;

/** Claims by rank, pro rata to claims within one. */
function claimsPaid(curve: Curve, amount: Fraction): Fraction[] {
  const paid = curve.positions.map(() => ZERO);
  let left = amount;
  for (const rank of curve.ranks) {
    const available = lesser(left, rank.claims);
    for (const index of rank.members) {
      const claim = curve.positions[index]?.held ?? ZERO;
      paid[index] = available.equals(rank.claims) ? claim : available.mul(claim).div(rank.claims);
    }
    left = left.sub(available);
  }
  return paid;
}

/** The smallest price at which the classes take the whole amount. */
function priceOf(curve: Curve, amount: Fraction): { price: Fraction; left: Fraction } {
  let low = 0;
  let high = curve.knots.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (curve.knots[middle]?.total.lt(amount)) low = middle;
    else high = middle - 1;
  }
  const knot = curve.knots[low] as Knot;
  const over = amount.sub(knot.total);
  if (!positive(over)) return { price: ZERO, left: ZERO };
  if (!positive(knot.slope)) return { price: knot.price, left: over };
  return { price: knot.price.add(over.div(knot.slope)), left: ZERO };
}

/**
 * Pays an amount out (currency units, at least 0): claims by rank, then the residual at the common price at which
 * everyone's best choice adds up to the amount. That price is the only pure Nash equilibrium in payoffs: a class that
 * takes less than its best at this price would gain by switching alone, and one that takes its best cannot, because
 * switching to the worse moves the price by less than it loses. At ties a class holds. Source: methods a2, a3.
 */
export function settle(curve: Curve, amount: Fraction): Settlement {
  const short = amount.lt(curve.claims);
  const paid = short ? claimsPaid(curve, amount) : null;
  const { price, left } = short ? { price: ZERO, left: ZERO } : priceOf(curve, amount);
  const takes = curve.positions.map((position, index) =>
    takeAt(curve, index, price, paid ? (paid[index] ?? ZERO) : position.held),
  );
  const common = curve.positions.some(({ kind, shares }) => kind === "common" && positive(shares));
  const priced = common || takes.some((take) => positive(take.participation) || positive(take.conversion));
  return { price, takes, left, priced };
}
