import type Fraction from "fraction.js";
import { known, type Measure, unknown } from "@/lib/metrics/rules/measure";
import { Exact } from "@/lib/money";
import { type DayCount, TICKS_PER_YEAR, ticksBetween } from "./day-count";
import { type Amount, positive, rational, sum, ZERO } from "./exact";
import { type Root, rootsOf } from "./roots";

export type Cashflow = { date: string; amount: Amount };
/** An amount at a whole number of ticks after the first one. */
export type Timed = { amount: Fraction; ticks: number };

/** Rates are sought between these, as fractions: −99.9999 % and 1,000,000 %. */
const LOWEST = -0.999999;
const HIGHEST = 10_000;

export type RateSolution = {
  rate: Measure;
  unique: boolean;
  /** Where the present value crosses zero, ascending. */
  roots: Exact[];
  /** Where it touches zero without crossing. */
  tangents: Exact[];
  /** False: so many changes of sign that roots were sought on a grid. */
  complete: boolean;
};

export const exactOf = (value: Fraction): Exact =>
  new Exact((value.s * value.n).toString()).div(new Exact(value.d.toString()));

/** Flows of the same moment as one, without those that are zero, in order of time. */
function netted(flows: readonly Timed[]): Timed[] {
  const byTick = new Map<number, Fraction>();
  for (const { ticks, amount } of flows) byTick.set(ticks, (byTick.get(ticks) ?? ZERO).add(amount));
  return [...byTick]
    .map(([ticks, amount]) => ({ ticks, amount }))
    .filter(({ amount }) => amount.n !== 0n)
    .sort((a, b) => a.ticks - b.ticks);
}

/** Enough to say a root to sixteen digits, and quick. */
const Fine = Exact.clone({ precision: 40 });

/** Σ amount ÷ (1 + rate)^time and its derivative by ln(1 + rate); the flows are sorted by time, from 0 on. */
function worthAt(flows: readonly { amount: Exact; ticks: number }[], x: Exact, perYear: number) {
  const factor = new Fine(x).div(perYear).neg().exp();
  let [value, slope, discount, reached] = [new Fine(0), new Fine(0), new Fine(1), 0];
  for (const { amount, ticks } of flows) {
    discount = discount.times(factor.pow(ticks - reached));
    reached = ticks;
    const part = discount.times(amount);
    value = value.plus(part);
    slope = slope.minus(part.times(ticks));
  }
  return { value, slope: slope.div(perYear) };
}

/**
 * Newton's last steps in 40 digits from a root that floating point has found. A multiple root, which is known to fifteen
 * digits and is no crossing to step towards, is rounded to them.
 */
function polished(flows: readonly { amount: Exact; ticks: number }[], root: Root, perYear: number): Exact {
  let x = new Exact(root.x);
  if (!root.simple) return x.exp().minus(1).toDecimalPlaces(14);
  for (let step = 0; step < 4; step += 1) {
    const { value, slope } = worthAt(flows, x, perYear);
    if (slope.isZero()) break;
    const move = value.div(slope);
    if (move.abs().gt("1e-6")) break;
    x = x.minus(move);
    if (move.abs().lt("1e-20")) break;
  }
  return x.exp().minus(1).toDecimalPlaces(30);
}

/** Every rate at which the flows are worth nothing, with what makes one of them the answer or none. Source: methods b. */
export function solveRate(given: readonly Timed[], perYear: number): RateSolution {
  const flows = netted(given);
  const none = (reason: string): RateSolution => ({
    ...{ rate: unknown(reason), unique: false, roots: [], tangents: [], complete: true },
  });
  if (flows.length === 0) return none("no-flows");
  if (flows.every(({ amount }) => positive(amount)) || flows.every(({ amount }) => !positive(amount)))
    return none("no-sign-change");
  const first = flows[0]?.ticks ?? 0;
  const exact = flows.map(({ amount, ticks }) => ({ amount: exactOf(amount), ticks: ticks - first }));
  const largest = exact.reduce((most, { amount }) => (amount.abs().gt(most) ? amount.abs() : most), new Exact(0));
  const terms = exact.map(({ amount, ticks }) => ({ amount: amount.div(largest).toNumber(), time: ticks / perYear }));
  const found = rootsOf(terms, Math.log1p(LOWEST), Math.log1p(HIGHEST));
  const rates = found.roots.map((root) => ({ root, rate: polished(exact, root, perYear) }));
  const roots = rates.filter(({ root }) => !root.touches).map(({ rate }) => rate);
  const tangents = rates.filter(({ root }) => root.touches).map(({ rate }) => rate);
  const { complete } = found;
  const [only] = roots;
  if (only && roots.length === 1 && tangents.length === 0)
    return { rate: known(only), unique: true, roots, tangents, complete };
  const reason =
    roots.length + tangents.length > 1 ? "several-roots" : tangents.length === 1 ? "double-root" : "no-root";
  return { rate: unknown(reason), unique: false, roots, tangents, complete };
}

/** The first of some days; "" of none. */
export const earliest = (days: readonly string[]): string => [...days].sort()[0] ?? "";

/** Dated amounts in ticks after the earliest day. */
export function timed(flows: readonly { date: string; amount: Fraction }[], dayCount: DayCount): Timed[] {
  const start = earliest(flows.map(({ date }) => date));
  return flows.map(({ date, amount }) => ({ amount, ticks: ticksBetween(dayCount, start, date) }));
}

const read = (flows: readonly Cashflow[]) => flows.map(({ date, amount }) => ({ date, amount: rational(amount) }));

/** Σ amount ÷ (1 + r)^(years after the earliest day) = 0. */
export const xirr = (flows: readonly Cashflow[], dayCount: DayCount): RateSolution =>
  solveRate(timed(read(flows), dayCount), TICKS_PER_YEAR[dayCount]);

export const irr = (flows: readonly Amount[]): RateSolution =>
  solveRate(
    flows.map((amount, ticks) => ({ amount: rational(amount), ticks })),
    1,
  );

/** Present value at the earliest day. `rate` is above −1. */
export function xnpv(rate: Amount, flows: readonly Cashflow[], dayCount: DayCount): Exact {
  const all = netted(timed(read(flows), dayCount));
  const factor = new Exact(1).div(exactOf(rational(rate)).plus(1)).pow(new Exact(1).div(TICKS_PER_YEAR[dayCount]));
  return all.reduce((value, { amount, ticks }) => value.plus(exactOf(amount).times(factor.pow(ticks))), new Exact(0));
}

/** Present value of evenly spaced flows, the first at period 0 or 1 (as in spreadsheets). `rate` is above −1. */
export function npv(rate: Amount, flows: readonly Amount[], firstFlowAt: 0 | 1): Exact {
  const growth = exactOf(rational(rate)).plus(1);
  const value = flows.reduceRight<Exact>(
    (later, flow) => later.div(growth).plus(exactOf(rational(flow))),
    new Exact(0),
  );
  return firstFlowAt === 1 ? value.div(growth) : value;
}

/** (Future value of inflows at the reinvestment rate ÷ −present value of outflows at the finance rate)^(1 ÷ (n − 1)) − 1. */
export function mirr(flows: readonly Amount[], financeRate: Amount, reinvestRate: Amount): Measure {
  const amounts = flows.map(rational);
  const [inflows, outflows] = [amounts.filter(positive), amounts.filter((amount) => amount.s < 0n)];
  if (sum(outflows).n === 0n) return unknown("zero-denominator");
  if (inflows.length === 0) return unknown("no-sign-change");
  const last = flows.length - 1;
  const [finance, reinvest] = [financeRate, reinvestRate].map((rate) => exactOf(rational(rate)).plus(1));
  if (!finance || !reinvest) return unknown("missing-input");
  let [future, present] = [new Exact(0), new Exact(0)];
  amounts.forEach((amount, period) => {
    const value = exactOf(amount);
    if (positive(amount)) future = future.plus(value.times(reinvest.pow(last - period)));
    else present = present.plus(value.div(finance.pow(period)));
  });
  return known(future.div(present.neg()).pow(new Exact(1).div(last)).minus(1));
}
