import type { Exact } from "@/lib/money";

const rising = (values: readonly Exact[]): Exact[] => [...values].sort((a, b) => a.comparedTo(b));

/** Linear between the two order statistics around (n − 1) × share (type 7, as Excel's QUARTILE.INC); null of none. */
export function quantileOf(values: readonly Exact[], share: number): Exact | null {
  const sorted = rising(values);
  const at = (sorted.length - 1) * share;
  const below = Math.floor(at);
  const low = sorted[below];
  if (!low) return null;
  const high = sorted[below + 1] ?? low;
  return low.plus(high.minus(low).times(at - below));
}

export const medianOf = (values: readonly Exact[]): Exact | null => quantileOf(values, 0.5);
