import fc from "fast-check";
import { expect, test } from "vitest";
import { type ShareClass, type ShareClassInput, shareClassSchema } from "../schema";
import { approximate } from "./exact";
import { liquidationWaterfall } from "./waterfall";

// A second waterfall that shares nothing with the first: floating point, every set of conversions tried one by one, the
// common price by bisection. Slow and plain, so that it can be checked by reading.

type Claim = { rank: number; index: number; amount: number };
type Part = { index: number; shares: number; strike: number; room: number };

const num = (value: number | string | undefined): number => Number(value ?? 0);

function sharesOf(given: ShareClass): number {
  if (given.kind === "debt") return 0;
  if (given.kind === "safe" && given.shares === undefined)
    return (num(given.purchaseAmount) * num(given.capitalization)) / num(given.valuationCap);
  if (given.kind === "note" && given.shares === undefined)
    return (num(given.principal) + num(given.accruedInterest)) / num(given.conversionPrice);
  return num(given.shares);
}

function position(given: ShareClass, index: number, converts: boolean): { claims: Claim[]; parts: Part[] } {
  const part = { index, shares: sharesOf(given), strike: 0, room: Number.POSITIVE_INFINITY };
  const claim = (rank: number, amount: number) => [{ rank, index, amount }];
  if (given.kind === "debt") return { claims: claim(given.seniority - 1000, num(given.claim)), parts: [] };
  if (given.kind === "common") return { claims: [], parts: [part] };
  if (given.kind === "option" || given.kind === "warrant")
    return { claims: [], parts: [{ ...part, strike: num(given.strike) }] };
  if (given.kind === "safe" || given.kind === "note") {
    if (converts) return { claims: [], parts: [part] };
    if (given.kind === "safe") return { claims: claim(given.seniority, num(given.purchaseAmount)), parts: [] };
    const owed = num(given.principal) * (1 + num(given.premium)) + num(given.accruedInterest);
    return { claims: claim(given.seniority - 1000, owed), parts: [] };
  }
  const dividends = num(given.accruedDividends);
  if (converts)
    return {
      claims: claim(given.seniority, given.dividendsOnConversion === "kept" ? dividends : 0),
      parts: [part],
    };
  const preference = num(given.preferenceAmount ?? num(given.invested) * num(given.multiple)) + dividends;
  const cap = num(given.capAmount ?? num(given.invested) * num(given.capMultiple));
  const held = given.participation === "capped" ? Math.min(preference, cap) : preference;
  const room = given.participation === "capped" ? cap - held : Number.POSITIVE_INFINITY;
  return { claims: claim(given.seniority, held), parts: given.participation === "none" ? [] : [{ ...part, room }] };
}

const taken = ({ shares, strike, room }: Part, price: number) => Math.min(shares * Math.max(price - strike, 0), room);

/** Null where money is left that nobody takes. */
function pay(classes: readonly ShareClass[], converting: ReadonlySet<number>, amount: number): number[] | null {
  const positions = classes.map((given, index) => position(given, index, converting.has(index)));
  const paid = classes.map(() => 0);
  let left = amount;
  const claims = positions.flatMap((one) => one.claims);
  for (const rank of [...new Set(claims.map((one) => one.rank))].sort((a, b) => a - b)) {
    const mine = claims.filter((one) => one.rank === rank);
    const all = mine.reduce((total, one) => total + one.amount, 0);
    const share = all > 0 ? Math.min(1, left / all) : 0;
    for (const { index, amount: owed } of mine) paid[index] = (paid[index] ?? 0) + owed * share;
    left -= all * share;
  }
  const parts = positions.flatMap((one) => one.parts).filter(({ shares }) => shares > 0);
  const at = (price: number) => parts.reduce((total, part) => total + taken(part, price), 0);
  let [low, high] = [0, 1e9];
  if (left > 1e-9 && at(high) < left) return null;
  for (let step = 0; step < 100; step += 1) {
    const middle = (low + high) / 2;
    if (at(middle) < left) low = middle;
    else high = middle;
  }
  for (const part of parts) paid[part.index] = (paid[part.index] ?? 0) + taken(part, left > 1e-9 ? high : 0);
  return paid;
}

const sets = (members: readonly number[]): number[][] =>
  members.reduce<number[][]>((all, member) => all.flatMap((set) => [set, set.concat(member)]), [[]]);

function equilibria(classes: readonly ShareClass[], amount: number, forced: boolean): number[][] {
  const votes = (given: ShareClass) => given.kind === "preferred" && given.convertible;
  const members = (of: (given: ShareClass) => boolean) => classes.flatMap((one, index) => (of(one) ? [index] : []));
  const made = forced ? members(votes) : [];
  const free = members((one) => one.kind === "safe" || one.kind === "note" || (!forced && votes(one)));
  const play = (set: readonly number[]) => pay(classes, new Set([...made, ...set]), amount);
  return sets(free).flatMap((set) => {
    const own = play(set);
    const gains = (index: number) => {
      const other = play(set.includes(index) ? set.filter((one) => one !== index) : set.concat(index));
      return other !== null && own !== null && (other[index] ?? 0) > (own[index] ?? 0) + 1e-6;
    };
    return own && !free.some(gains) ? [own] : [];
  });
}

const money = fc.constantFrom(0, 1, 2, 5, 10, 37.5, 100);
const shares = fc.constantFrom(1, 2, 3, 5, 10, 40, 100);
const seniority = fc.integer({ min: 1, max: 3 });
const preferred = fc
  .record({
    ...{ shares, seniority, invested: money, multiple: fc.constantFrom(0, 1, 1.5, 2), convertible: fc.boolean() },
    accruedDividends: fc.constantFrom(0, 0, 4),
    dividendsOnConversion: fc.constantFrom("forfeited", "kept"),
    participation: fc.constantFrom("none", "none", "full", "capped"),
  })
  .map((one) => ({ ...one, kind: "preferred", ...(one.participation === "capped" ? { capAmount: 30 } : {}) }));
const others = fc.oneof(
  fc.record({ kind: fc.constantFrom("option", "warrant"), shares, strike: fc.constantFrom(0, 0.5, 1, 7) }),
  fc.record({ kind: fc.constant("debt"), claim: money, seniority }),
  fc.record({
    kind: fc.constant("safe"),
    purchaseAmount: money,
    valuationCap: fc.constantFrom(10, 50),
    capitalization: shares,
    seniority,
  }),
  fc.record({
    kind: fc.constant("note"),
    principal: money,
    accruedInterest: fc.constantFrom(0, 3),
    conversionPrice: fc.constantFrom(0.5, 4),
  }),
);
const classes = fc
  .tuple(shares, fc.array(fc.oneof(preferred, preferred, others), { minLength: 1, maxLength: 5 }))
  .map(([count, rest]) =>
    [{ kind: "common", shares: count }, ...rest].map((one, index) =>
      shareClassSchema.parse({ ...one, id: `k${index}` } as ShareClassInput),
    ),
  );

test("a second waterfall, written apart from the first, pays the same", () => {
  const proceeds = fc.constantFrom(0, 1, 3, 10, 25, 50, 77.77, 150, 400, 1000);
  fc.assert(
    fc.property(classes, proceeds, fc.constantFrom(undefined, 0, 0.5), (list, amount, majority) => {
      const [own] = equilibria(list, amount, false);
      const [made] = majority === undefined ? [] : equilibria(list, amount, true);
      if (!own) throw new Error("no equilibrium");
      const votes = list.map((one) => (one.kind === "preferred" && one.convertible ? sharesOf(one) : 0));
      const gaining = votes.map((count, index) => ((made?.[index] ?? 0) > (own[index] ?? 0) + 1e-6 ? count : 0));
      const total = (counts: readonly number[]) => counts.reduce((all, one) => all + one, 0);
      const imposed = made !== undefined && majority !== undefined && total(gaining) > majority * total(votes);
      const mandatoryConversion = majority === undefined ? undefined : { majority };
      const found = liquidationWaterfall({ classes: list, proceeds: amount, transactionCosts: 0, mandatoryConversion });
      if (!found.ok) throw new Error(JSON.stringify(found.problems));
      (imposed ? made : own).forEach((expected, index) => {
        const got = found.value.payouts.get(`k${index}`);
        expect(Math.abs((got ? approximate(got) : Number.NaN) - expected)).toBeLessThan(0.011);
      });
    }),
    { numRuns: 400 },
  );
});
