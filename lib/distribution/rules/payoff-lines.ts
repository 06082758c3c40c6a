import { scheduleOf } from "./breakpoints";
import { type Curve, settle } from "./curve";
import { type Amount, floorUnits, payment, positive, rational, sum, whole, ZERO } from "./exact";

/** Between two exits every payoff in minor units is (fixed + perUnit × exit) ÷ divisor, in whole numbers. */
type Line = {
  /** Whole minor units below or at its beginning; `exact` if it begins there. */
  after: bigint;
  exact: boolean;
  divisor: bigint;
  fixed: bigint[];
  perUnit: bigint[];
  converted: string[];
  /** Everything of a further unit is somebody's. */
  whole: boolean;
};

export type PayoffLines = { lines: Line[]; ids: string[]; scale: bigint };

const gcd = (a: bigint, b: bigint): bigint => {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
};

/** The curve as straight lines over whole numbers: as exact as the waterfall itself, and quick for many exits. */
export function payoffLines(curve: Curve, digits: number): PayoffLines {
  const scale = 10n ** BigInt(digits);
  const ids = curve.positions.map(({ id }) => id);
  const lines = scheduleOf(curve).slopes.map(({ from, to, shares }): Line => {
    const inside = to ? from.add(to).div(whole(2n)) : from.add(whole(1n));
    const { takes } = settle(curve, inside);
    const starts = shares.map((share, index) => (takes[index]?.total ?? ZERO).sub(share.mul(inside)).mul(whole(scale)));
    const divisor = [...starts, ...shares].reduce((all, { d }) => (all / gcd(all, d)) * d, 1n);
    const begins = from.mul(whole(scale));
    return {
      after: floorUnits(begins),
      exact: begins.d === 1n,
      divisor,
      fixed: starts.map(({ s, n, d }) => s * n * (divisor / d)),
      perUnit: shares.map(({ n, d }) => n * (divisor / d)),
      converted: ids.filter((_, index) => takes[index]?.converted),
      whole: sum(shares).equals(1) && positive(sum(shares)),
    };
  });
  return { lines, ids, scale };
}

/** The line that an exit lies inside; null where two lines meet, or where somebody's part is open. */
function lineOf({ lines }: PayoffLines, units: bigint): Line | null {
  let [low, high] = [0, lines.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle]?.after ?? 0n) <= units) low = middle;
    else high = middle - 1;
  }
  while (low > 0 && lines[low]?.after === units && !lines[low]?.exact) low -= 1;
  const line = lines[low];
  return line?.whole && units > 0n && !(line.exact && line.after === units) ? line : null;
}

/** Payouts by class at an exit, rounded by largest remainder, at a tie by id; null where the lines do not say. */
export function payoutsAt(
  table: PayoffLines,
  exit: Amount,
): { payouts: Map<string, Amount>; converted: string[] } | null {
  const { ids, scale } = table;
  const proceeds = rational(exit).mul(whole(scale));
  const line = proceeds.d === 1n ? lineOf(table, proceeds.n) : null;
  if (!line) return null;
  const units = proceeds.n;
  const { divisor, fixed, perUnit, converted } = line;
  let spare = units;
  const remainders: bigint[] = [];
  const paid = fixed.map((base, index) => {
    const share = perUnit[index] ?? 0n;
    const exact = share === 0n ? base : base + share * units;
    const floor = exact / divisor;
    remainders.push(exact - floor * divisor);
    spare -= floor;
    return floor;
  });
  if (spare > 0n) {
    const order = remainders
      .map((remainder, index) => ({ remainder, index, id: ids[index] ?? "" }))
      .filter(({ remainder }) => remainder > 0n)
      .sort((a, b) => (a.remainder === b.remainder ? (a.id < b.id ? -1 : 1) : a.remainder > b.remainder ? -1 : 1));
    for (const { index } of order.slice(0, Number(spare))) paid[index] = (paid[index] ?? 0n) + 1n;
  }
  return { payouts: new Map(ids.map((id, index) => [id, inUnits(paid[index] ?? 0n, scale)])), converted };
}

const SAFE = 10n ** 15n;
const inUnits = (units: bigint, scale: bigint): Amount =>
  units < SAFE ? Number(units) / Number(scale) : payment(whole(units).div(whole(scale)));
