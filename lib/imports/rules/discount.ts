import { Exact } from "@/lib/money";

export type Discount = {
  /** 0 to 100; null where the file says none. */
  percent: string | null;
  /** Off the bill of one interval, in the minor unit. */
  offMinor: string | null;
  /** "once" is no part of what recurs. */
  duration: string | null;
  /** The first day without it. */
  endOn: string | null;
};

export type NetPrice = { minor: string; quantity: string };

/** Whether a discount stands on a day and on every bill. */
export function isRecurring({ percent, offMinor, duration, endOn }: Discount, day: string): boolean {
  const any = (percent !== null && !new Exact(percent).isZero()) || (offMinor !== null && !/^-?0*$/.test(offMinor));
  return any && duration !== "once" && (endOn === null || endOn > day);
}

/**
 * The price per interval after the discount, in the minor unit. Per unit where that is exact; else for the whole bill
 * (quantity 1), rounded half up once, as the bill itself is. Never below zero. A percentage comes before an amount.
 */
export function netPrice(unitMinor: string, quantity: string, { percent, offMinor }: Discount): NetPrice {
  const gross = new Exact(unitMinor).times(quantity);
  const reduced = gross.times(new Exact(100).minus(percent ?? 0)).div(100);
  const net = Exact.max(0, reduced.minus(offMinor ?? 0));
  const perUnit = new Exact(quantity).isZero() ? new Exact(unitMinor) : net.div(quantity);
  if (perUnit.isInteger() && perUnit.times(quantity).eq(net)) return { minor: perUnit.toFixed(0), quantity };
  return { minor: net.toDecimalPlaces(0, Exact.ROUND_HALF_UP).toFixed(0), quantity: "1" };
}
