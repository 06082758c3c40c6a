import type Fraction from "fraction.js";
import { positive } from "../exact";

/** A continuous line of straight pieces that never falls: points in rising order, and the slope after the last. */
export type Piecewise = { points: readonly { at: Fraction; value: Fraction }[]; slope: Fraction };

export type Inverse =
  | { kind: "one"; at: Fraction }
  /** Every place from one to the other has the value; `to` null: from there on, without end. */
  | { kind: "range"; from: Fraction; to: Fraction | null }
  /** Nowhere: it never rises above this, or begins above it. */
  | { kind: "above"; most: Fraction }
  | { kind: "below"; least: Fraction };

/** Where the line has a value, exactly: one place, a flat stretch of places, or none. Null for a line without points. */
export function inverseOf({ points, slope }: Piecewise, value: Fraction): Inverse | null {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return null;
  if (value.lt(first.value)) return { kind: "below", least: first.value };
  const rises = positive(slope);
  if (value.gt(last.value))
    return rises
      ? { kind: "one", at: last.at.add(value.sub(last.value).div(slope)) }
      : { kind: "above", most: last.value };
  const next = points.findIndex((point) => point.value.gte(value));
  const [after, before] = [points[next], points[next - 1]];
  if (!after) return null;
  if (after.value.gt(value) && before) {
    const part = value.sub(before.value).div(after.value.sub(before.value));
    return { kind: "one", at: before.at.add(after.at.sub(before.at).mul(part)) };
  }
  const end = points.findLastIndex((point) => point.value.equals(value));
  const open = end === points.length - 1 && !rises;
  if (end === next && !open) return { kind: "one", at: after.at };
  return { kind: "range", from: after.at, to: open ? null : (points[end]?.at ?? after.at) };
}

export function valueAt({ points, slope }: Piecewise, at: Fraction): Fraction | null {
  const index = points.findLastIndex((point) => point.at.lte(at));
  const [here, next] = [points[index], points[index + 1]];
  if (!here) return null;
  if (!next) return here.value.add(slope.mul(at.sub(here.at)));
  return here.value.add(next.value.sub(here.value).mul(at.sub(here.at)).div(next.at.sub(here.at)));
}
