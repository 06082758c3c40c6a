import type { Decimal } from "decimal.js";
import { Exact } from "@/lib/money";

/** One customer over the twelve months that end now; money per month in plain units of the venture's currency. */
export type CustomerYear = {
  readonly id: string;
  readonly segment: string | null;
  readonly channel: string | null;
  readonly before: Decimal;
  readonly now: Decimal;
};

/** A rate with its standard error. */
export type Rate = { readonly value: Decimal; readonly error: number };

/** Fewer customers than this tell nothing about a group. */
export const MINIMUM_GROUP = 5;

const ZERO = new Exact(0);
export const sumOf = (values: readonly Decimal[]): Decimal =>
  values.reduce((total, value) => total.plus(value), ZERO as Decimal);

/** All of n stayed: that is no proof that all will. Standard deviation of the share after n of n (uniform prior). */
const floorError = (count: number): number => Math.sqrt((count + 1) / ((count + 2) ** 2 * (count + 3)));

/**
 * Σ part ÷ Σ before over the customers of twelve months ago, with the standard error of a ratio of sums
 * (Cochran, Sampling Techniques, 6.4). Null without any, or where the sum is not above zero.
 */
export function ratioOf(customers: readonly CustomerYear[], part: (customer: CustomerYear) => Decimal): Rate | null {
  const opening = customers.filter(({ before }) => before.gt(0));
  const base = sumOf(opening.map(({ before }) => before));
  if (base.lte(0)) return null;
  const value = sumOf(opening.map(part)).div(base);
  const count = opening.length;
  const squares = opening.reduce((sum, customer) => {
    const residual = part(customer).minus(value.times(customer.before)).div(base).toNumber();
    return sum + residual * residual;
  }, 0);
  const error = count > 1 ? Math.sqrt((squares * count) / (count - 1)) : 1;
  return { value, error: Math.max(error, floorError(count)) };
}

export const grossRetention = (customers: readonly CustomerYear[]): Rate | null =>
  ratioOf(customers, ({ before, now }) => (before.lt(now) ? before : now));

export const netRetention = (customers: readonly CustomerYear[]): Rate | null => ratioOf(customers, ({ now }) => now);

export const expansion = (customers: readonly CustomerYear[]): Rate | null =>
  ratioOf(customers, ({ before, now }) => (now.gt(before) ? now.minus(before) : ZERO));

/** Standard error of a difference ÷ the difference. */
export const relativeError = (gap: Decimal, ...errors: readonly number[]): number =>
  gap.isZero() ? Number.POSITIVE_INFINITY : Math.hypot(...errors) / Math.abs(gap.toNumber());

export type Group = { name: string; customers: CustomerYear[] };

export function groupsBy(customers: readonly CustomerYear[], key: "segment" | "channel"): Group[] {
  const named = customers.filter((customer) => customer[key] !== null);
  return [...Map.groupBy(named, (customer) => customer[key] ?? "")]
    .map(([name, members]) => ({ name, customers: members }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Mean with its standard error. */
export function meanOf(values: readonly Decimal[]): Rate | null {
  if (values.length === 0) return null;
  const value = sumOf(values).div(values.length);
  const squares = values.reduce((sum, each) => sum + each.minus(value).toNumber() ** 2, 0);
  const error = values.length > 1 ? Math.sqrt(squares / (values.length - 1) / values.length) : value.abs().toNumber();
  return { value, error };
}

export function medianOf(values: readonly Decimal[]): Decimal {
  const sorted = [...values].sort((a, b) => a.comparedTo(b));
  const middle = sorted[Math.floor((sorted.length - 1) / 2)] ?? ZERO;
  const other = sorted[Math.ceil((sorted.length - 1) / 2)] ?? ZERO;
  return middle.plus(other).div(2);
}
