import type Fraction from "fraction.js";
import type { Prepared } from "@/lib/deals/rules/proceeds";
import type { OfferTerms } from "@/lib/deals/schema/terms";
import type { BreakpointReason, ShareClass } from "../../schema";
import { engineSchedule } from "../breakpoints";
import { outcomeOf } from "../equilibrium";
import { approximate, byValue, positive, rational, sum, whole, ZERO } from "../exact";
import { roundHalfUp } from "../rounding";
import { readEngine } from "../waterfall";
import { classesGet, type PriceLine, priceKnots, priceLine, weightsOf } from "./price-line";

/** Classes that are drawn as one line. */
export type Series = { key: string; name: string; ids: string[] };
export type CurvePoint = { price: string; knot: boolean; amounts: string[] };
export type BreakpointRow = {
  /** What the classes receive together there. */
  at: string;
  /** The headline price at which they do; null where the least price is past it already. */
  price: string | null;
  reason: BreakpointReason;
  ids: readonly string[];
  /** Of each further unit of the classes' money; null where nobody is the group. */
  groupAfter: string | null;
};
export type PayoffPicture = { series: Series[]; points: CurvePoint[]; breakpoints: BreakpointRow[] };

const MOST_SERIES = 6;
const STEPS = 20;
const KIND_SERIES: Readonly<Partial<Record<ShareClass["kind"], string>>> = {
  ...{ option: "Options", warrant: "Warrants", safe: "SAFEs", note: "Notes", debt: "Debt" },
};

/** Stock by class, everything else by kind; the smallest together where there are too many lines to tell apart. */
function seriesOf(classes: readonly ShareClass[], weight: (ids: readonly string[]) => number): Series[] {
  const byKey = new Map<string, Series>();
  for (const { id, kind, name } of classes) {
    const together = id.endsWith(":discount") ? KIND_SERIES.safe : KIND_SERIES[kind];
    const key = together ?? id;
    const known = byKey.get(key) ?? { key, name: together ?? name ?? id, ids: [] };
    byKey.set(key, { ...known, ids: [...known.ids, id] });
  }
  const all = [...byKey.values()];
  if (all.length <= MOST_SERIES) return all;
  const largest = new Set(all.toSorted((a, b) => weight(b.ids) - weight(a.ids)).slice(0, MOST_SERIES - 1));
  const others = all.filter((one) => !largest.has(one)).flatMap(({ ids }) => ids);
  return [...all.filter((one) => largest.has(one)), { key: "others", name: "Others", ids: others }];
}

/** Far enough to the right that what happens around the price is seen. */
function rightEnd(knots: readonly Fraction[], price: Fraction | null): Fraction {
  const last = knots.at(-1) ?? ZERO;
  const past = last.mul(rational("1.2"));
  if (!price) return positive(past) ? past : whole(1_000_000n);
  const [near, far] = [price.mul(rational("1.5")), price.mul(whole(3n))];
  return past.lt(near) ? near : past.lt(far) ? past : far;
}

/** One of 1, 2, 2.5 or 5 times a power of ten, near a part of the width. */
function roundStep(width: Fraction): Fraction {
  const raw = approximate(width) / STEPS;
  const power = 10 ** Math.floor(Math.log10(raw));
  const size = [1, 2, 2.5, 5, 10].find((one) => one * power >= raw) ?? 10;
  return rational(String(size * power));
}

function pricesOf(line: PriceLine, knots: readonly Fraction[], price: Fraction | null) {
  const end = rightEnd(knots, price);
  const width = end.sub(line.least);
  const step = positive(width) ? roundStep(width) : whole(1n);
  const grid = Array.from({ length: STEPS + 2 }, (_, index) => step.mul(whole(BigInt(index))));
  const marked = knots.filter((at) => at.lte(end));
  const all = [...grid, ...marked, ...(price ? [price] : [])].filter((at) => at.gte(line.least)).sort(byValue);
  const distinct = all.filter((at, index) => index === 0 || !all[index - 1]?.equals(at));
  return distinct.map((at) => ({ at, knot: marked.some((knot) => knot.equals(at)) }));
}

/** Exits at which the split changes, in money of the classes and in headline prices. */
function breakpointRows({ context }: Prepared, line: PriceLine, group: readonly Fraction[] | null): BreakpointRow[] {
  const engine = readEngine(context.classes, undefined);
  if (!engine.ok) return [];
  const { breakpoints, slopes } = engineSchedule(engine.value);
  const left = whole(1n).sub(line.carveOut);
  const text = (value: Fraction) => roundHalfUp(value, context.digits).toString(context.digits + 1);
  return breakpoints
    .toSorted((a, b) => byValue(a.at, b.at))
    .map(({ at, reason, ids }) => {
      const gross = at.lte(line.debts) ? at : positive(left) ? at.div(left) : null;
      const price = gross && positive(line.factor) ? gross.sub(line.fixed).div(line.factor) : null;
      const after = slopes.findLast(({ from }) => from.lte(at))?.shares ?? [];
      const part = group && sum(after.map((share, index) => share.mul(group[index] ?? ZERO)));
      return {
        ...{ at: text(at), price: price?.gte(line.least) ? text(price) : null, reason, ids },
        groupAfter: part && roundHalfUp(part, 6).toString(6),
      };
    });
}

/** What each class receives over headline prices if all is paid, and the places at which the split of the next unit changes. */
export function payoffPicture(terms: OfferTerms, prepared: Prepared, price: string | null): PayoffPicture | null {
  const { context } = prepared;
  const line = priceLine(terms, prepared, "all");
  const engine = readEngine(context.classes, undefined);
  if (!line || !engine.ok) return null;
  const ids = context.classes.map(({ id }) => id);
  const knots = priceKnots(engine.value, line);
  const prices = pricesOf(line, knots, price === null ? null : rational(price));
  const totals = prices.map(({ at }) => outcomeOf(engine.value, classesGet(line, at)).takes.map(({ total }) => total));
  const of = (amounts: readonly Fraction[], own: readonly string[]) =>
    sum(own.map((id) => amounts[ids.indexOf(id)] ?? ZERO));
  const series = seriesOf(context.classes, (own) => approximate(of(totals.at(-1) ?? [], own)));
  const text = (value: Fraction) => roundHalfUp(value, context.digits).toString(context.digits + 1);
  const parts = context.holders.filter(({ id }) => context.group?.includes(id)).map((one) => one.parts);
  return {
    series,
    points: prices.map(({ at, knot }, index) => ({
      ...{ price: text(at), knot },
      amounts: series.map((one) => text(of(totals[index] ?? [], one.ids))),
    })),
    breakpoints: breakpointRows(prepared, line, context.group && weightsOf(parts, ids)),
  };
}
