import fc from "fast-check";
import type Fraction from "fraction.js";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { approximate, rational, sum } from "@/lib/distribution/rules/exact";
import { safeConversionInput } from "../schema/computing";
import { type SafeConversion, safeConversion } from "./safe-conversion";

type Given = z.input<typeof safeConversionInput>;
const M = 1_000_000;

function solved(given: Given): SafeConversion {
  const found = safeConversion(safeConversionInput.parse(given));
  if (!found.ok) throw new Error(JSON.stringify(found.problems));
  return found.value;
}

function numbers(given: Given) {
  const found = solved(given);
  return {
    price: approximate(found.pricePerShare),
    total: approximate(found.totalShares),
    company: approximate(found.companyCapitalization),
    pool: approximate(found.poolIncrease),
    fresh: approximate(found.newShares),
    ...Object.fromEntries(
      found.securities.flatMap(({ id, conversionPrice, shares }) => [
        [id, approximate(shares)],
        [`${id}@`, approximate(conversionPrice)],
      ]),
    ),
    ...Object.fromEntries([...found.ownership].map(([id, part]) => [`${id}%`, approximate(part)])),
  } as Readonly<Record<string, number>>;
}

const capitalization = { common: 8 * M, options: 0, unissuedPool: 0 };
const round = { newMoney: 3 * M, preMoney: 12 * M };
const angel = { id: "safe", kind: "post-money", amount: M, cap: 10 * M } as const;
const discounted = { id: "d", kind: "discount-only", amount: M, discount: 0.2 } as const;
const cooley = (method: "pre-money" | "percent-ownership" | "dollars-invested"): Given => ({
  round: { newMoney: 2 * M, preMoney: 8 * M },
  capitalization: { common: M, options: 0, unissuedPool: 0 },
  notes: [{ id: "note", principal: M, accruedInterest: 0, discount: 0.3, method }],
});
const yc: Given = {
  round: { newMoney: 5 * M, preMoney: 15 * M, poolIncrease: 1_695_000 },
  capitalization: { common: 9_250_000, options: 650_000, unissuedPool: 100_000 },
  safes: [
    { id: "a", kind: "post-money", amount: 200_000, cap: 4 * M },
    { id: "b", kind: "post-money", amount: 800_000, cap: 8 * M },
  ],
};

/** OVF: equilibria-waterfall (ogulcan-ozyavuz, Apache-2.0), docs/rounds.md and docs/debt.md, exact fractions. */
const CASES: [source: string, given: Given, expected: Record<string, number>][] = [
  [
    "OVF S1",
    { round, capitalization, safes: [angel] },
    {
      company: 80e6 / 9,
      total: 100e6 / 9,
      price: 1.35,
      "safe@": 1.125,
      safe: 8e6 / 9,
      "common%": 0.72,
      "safe%": 0.08,
      "newMoney%": 0.2,
    },
  ],
  [
    "OVF EP1: 10 % unissued after the round",
    {
      round: { ...round, poolTarget: 0.1 },
      capitalization: { common: 8 * M, options: 500_000, unissuedPool: 500_000 },
      safes: [angel],
    },
    { total: 95e6 / 7, price: 21 / 19, safe: M, company: 10 * M, pool: 6e6 / 7, fresh: 19e6 / 7, "unissuedPool%": 0.1 },
  ],
  [
    "OVF MR, event 2",
    {
      round: { ...round, poolTarget: "0.1" },
      capitalization: { common: 8 * M, options: 0, unissuedPool: M },
      safes: [angel],
    },
    { total: 90e6 / 7, price: 7 / 6, safe: M, pool: 2e6 / 7, "safe%": 7 / 90 },
  ],
  [
    "YC user guide, example 1, question 2 (OVF YC1-Q2)",
    yc,
    {
      company: 200e6 / 17,
      a: 10e6 / 17,
      b: 20e6 / 17,
      price: 51_000 / 45_763,
      total: 915_260_000 / 51,
      fresh: 228_815_000 / 51,
    },
  ],
  [
    "the same with its target of 10 % (OVF YC1-Q2t)",
    { ...yc, round: { newMoney: 5 * M, preMoney: 15 * M, poolTarget: 0.1 } },
    { total: 3_966_000_000 / 221, pool: 374_500_000 / 221, price: 2210 / 1983, company: 200e6 / 17 },
  ],
  [
    "OVF DO1",
    { round, capitalization, safes: [discounted] },
    { total: 480e6 / 43, price: 43 / 32, "d@": 1.075, d: 40e6 / 43, "d%": 1 / 12 },
  ],
  [
    "OVF DO2: what is discounted counts under the other's cap",
    { round, capitalization, safes: [angel, discounted] },
    { total: 2400e6 / 191, price: 191 / 160, company: 1920e6 / 191, safe: 192e6 / 191, d: 200e6 / 191, "safe%": 0.08 },
  ],
  [
    "OVF MF-none: a SAFE with neither converts at the price of the round",
    { round, capitalization, safes: [{ id: "mfn", kind: "post-money", amount: 500_000 }, angel, discounted] },
    { total: 2400e6 / 181, price: 181 / 160, mfn: 80e6 / 181, safe: 192e6 / 181, d: 200e6 / 181, "mfn@": 181 / 160 },
  ],
  [
    "Cooley GO, pre-money method",
    cooley("pre-money"),
    { price: 8, "note@": 5.6, note: M / 5.6, fresh: 250_000, total: 10e6 / 7 },
  ],
  [
    "Cooley GO, percent-ownership method",
    cooley("percent-ownership"),
    { price: 46 / 7, "note@": 4.6, "newMoney%": 0.2 },
  ],
  [
    "Cooley GO, dollars-invested method",
    cooley("dollars-invested"),
    { price: 53 / 7, "note@": 5.3, "newMoney%": 2 / 11 },
  ],
  [
    "OVF debt C1: the cap binds",
    {
      round: { newMoney: 3 * M, pricePerShare: 1.5 },
      capitalization,
      notes: [{ id: "n", principal: 500_000, accruedInterest: 30_000, cap: 8 * M, discount: 0.2, method: "pre-money" }],
    },
    { "n@": 1, n: 530_000 },
  ],
  [
    "OVF debt C2: the discount binds",
    {
      round: { newMoney: 3 * M, pricePerShare: "1.1" },
      capitalization,
      notes: [{ id: "n", principal: 500_000, accruedInterest: 30_000, cap: 8 * M, discount: 0.2, method: "pre-money" }],
    },
    { "n@": 0.88, n: 530_000 / 0.88 },
  ],
  [
    // By hand: price 2, so 4 M shares are the 8 M; cap price 4 M ÷ (4 M + 1 M) = 0.8.
    "a pre-money cap counts the pool increase, not what converts",
    {
      round: { newMoney: M, pricePerShare: 2, poolIncrease: M },
      capitalization: { common: 3 * M, options: 500_000, unissuedPool: 500_000 },
      safes: [
        { id: "pre", kind: "pre-money", amount: 80_000, cap: 4 * M },
        { ...angel, amount: 100_000 },
      ],
    },
    // The post-money SAFE owns 1 % of 4 M + 100,000 + itself: 41,414.14 shares at 2.4146, but 50,000 at 2.
    { "pre@": 0.8, pre: 100_000, "safe@": 2, safe: 50_000, company: 4_150_000, pool: M, total: 4_150_000 + 1.5 * M },
  ],
  [
    "a down round: the price of the round is below the cap's",
    { round: { newMoney: M, preMoney: 4 * M }, capitalization, safes: [angel] },
    { price: 0.375, "safe@": 0.375, "safe%": 0.2 },
  ],
  ["no convertibles", { round, capitalization }, { price: 1.5, fresh: 2 * M, total: 10 * M, company: 8 * M }],
  [
    "no new money",
    { round: { newMoney: 0, preMoney: 12 * M }, capitalization, safes: [angel] },
    { fresh: 0, "newMoney%": 0, "safe%": 0.1 },
  ],
  [
    "a pool that is large enough stays as it is",
    { round: { ...round, poolTarget: 0.05 }, capitalization: { common: 7 * M, options: 0, unissuedPool: M } },
    { pool: 0, "unissuedPool%": 0.1, price: 1.5 },
  ],
];

test.each(CASES)("%s", (_source, given, expected) => {
  const found = numbers(given);
  for (const [name, value] of Object.entries(expected)) {
    expect(Math.abs((found[name] ?? Number.NaN) - value) / Math.max(value, 1e-9), name).toBeLessThan(1e-14);
  }
});

test.each<[what: string, given: Given, path: string]>([
  ["no price", { round: { newMoney: 1 }, capitalization }, "round.preMoney"],
  ["two prices", { round: { newMoney: 1, preMoney: 1, pricePerShare: 1 }, capitalization }, "round.pricePerShare"],
  ["two pools", { round: { ...round, poolIncrease: 1, poolTarget: 0.1 }, capitalization }, "round.poolTarget"],
  ["nobody there", { round, capitalization: { common: 0, options: 0, unissuedPool: 0 } }, "capitalization.common"],
  ["the same id twice", { round, capitalization, safes: [angel, { ...angel }] }, "safes[1].id"],
  ["a reserved id", { round, capitalization, safes: [{ ...angel, id: "newMoney" }] }, "safes[0].id"],
  [
    "an id of a SAFE on a note",
    { round, capitalization, safes: [angel], notes: [{ id: "safe", principal: 1, method: "pre-money" }] },
    "notes[0].id",
  ],
  [
    "a discount alone without one",
    { round, capitalization, safes: [{ id: "d", kind: "discount-only", amount: 1 }] },
    "safes[0].discount",
  ],
  ["a discount alone with a cap", { round, capitalization, safes: [{ ...discounted, cap: 5 }] }, "safes[0].cap"],
  ["more promised than there is", { round, capitalization, safes: [{ ...angel, amount: 10 * M }] }, "safes"],
  [
    "less pre-money than converts",
    { round: { newMoney: M, preMoney: 900_000 }, capitalization, safes: [discounted] },
    "round.preMoney",
  ],
  [
    "a pool that leaves no room",
    { round: { ...round, poolTarget: 0.95 }, capitalization, safes: [{ ...angel, amount: 2 * M }] },
    "round.poolTarget",
  ],
])("refuses %s", (_what, given, path) => {
  expect(safeConversion(safeConversionInput.parse(given))).toMatchObject({ ok: false, problems: [{ path }] });
});

describe("for any round", () => {
  const money = fc.integer({ min: 10_000, max: 2 * M });
  const cap = fc.integer({ min: 8 * M, max: 90 * M });
  const discount = fc.constantFrom(0, 0.1, 0.2, "0.3");
  const optional = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
  const safe = fc.oneof(
    fc.record({
      kind: fc.constantFrom("post-money", "pre-money"),
      amount: money,
      cap: optional(cap),
      discount: optional(discount),
    }),
    fc.record({ kind: fc.constant("discount-only"), amount: money, discount }),
  );
  const note = fc.record({
    principal: money,
    accruedInterest: fc.integer({ min: 0, max: 50_000 }),
    cap: optional(cap),
    discount: optional(discount),
    method: fc.constantFrom("pre-money", "percent-ownership", "dollars-invested"),
  });
  const pool = fc.oneof(
    fc.constant({}),
    fc.record({ poolIncrease: fc.integer({ min: 0, max: 2 * M }) }),
    fc.record({ poolTarget: fc.constantFrom(0.05, 0.1, "0.15") }),
  );
  const given = fc
    .record({
      round: fc
        .tuple(fc.record({ newMoney: money, preMoney: fc.integer({ min: 20 * M, max: 80 * M }) }), pool)
        .map(([terms, more]) => ({ ...terms, ...more })),
      capitalization: fc.record({
        common: fc.integer({ min: M, max: 9 * M }),
        options: fc.integer({ min: 0, max: M }),
        unissuedPool: fc.integer({ min: 0, max: M }),
      }),
      safes: fc.array(safe, { maxLength: 4 }),
      notes: fc.array(note, { maxLength: 3 }),
    })
    .map(({ safes, notes, ...rest }) =>
      safeConversionInput.parse({
        ...rest,
        safes: safes.map((one, index) => ({ ...one, id: `s${index}` })),
        notes: notes.map((one, index) => ({ ...one, id: `n${index}` })),
      }),
    );
  const same = (one: Fraction, other: Fraction) => expect(one.toFraction()).toBe(other.toFraction());

  test("all parts sum to 1, everyone converts at the lowest of three prices, the price says what was agreed", () => {
    fc.assert(
      fc.property(given, (terms) => {
        const found = solved(terms);
        const { pricePerShare: price, companyCapitalization: company, poolIncrease, totalShares, securities } = found;
        same(sum([...found.ownership.values()]), rational(1));
        const { common, options, unissuedPool } = terms.capitalization;
        const base = sum([common, options, unissuedPool].map(rational));
        const converted = sum(securities.map(({ shares }) => shares));
        same(company, base.add(converted));
        same(totalShares, company.add(poolIncrease).add(found.newShares));
        const bases = { "post-money": company, "pre-money": base.add(poolIncrease), "discount-only": company };
        const all = [
          ...terms.safes.map((one) => ({
            ...one,
            claim: rational(one.amount),
            over: bases[one.kind],
            counted: true,
            adds: false,
          })),
          ...terms.notes.map((one) => ({
            ...{ ...one, claim: rational(one.principal).add(rational(one.accruedInterest)), over: base },
            ...{ counted: one.method !== "pre-money", adds: one.method === "dollars-invested" },
          })),
        ];
        let [counted, agreed] = [base.add(poolIncrease), rational(terms.round.preMoney ?? 0)];
        all.forEach(({ id, claim, over, counted: counts, adds, ...one }, index) => {
          const security = securities[index];
          if (!security) throw new Error(id);
          const prices = [price.mul(rational(1).sub(rational(one.discount ?? 0)))];
          if (one.cap !== undefined) prices.push(rational(one.cap).div(over));
          const lowest = prices.reduce((least, next) => (next.lt(least) ? next : least));
          same(security.conversionPrice, lowest);
          same(security.shares, claim.div(lowest));
          if (counts) counted = counted.add(security.shares);
          if (adds) agreed = agreed.add(claim);
        });
        same(price.mul(counted), agreed);
        same(found.newShares.mul(price), rational(terms.round.newMoney));
        if (terms.round.poolTarget !== undefined && poolIncrease.n !== 0n)
          same(found.ownership.get("unissuedPool") ?? price, rational(terms.round.poolTarget));
      }),
      { numRuns: 200 },
    );
  });

  test("a post-money SAFE owns amount ÷ cap of the company capitalization, whatever the other terms", () => {
    fc.assert(
      fc.property(given, (terms) => {
        const found = solved(terms);
        terms.safes.forEach(({ kind, amount, cap: limit }, index) => {
          const security = found.securities[index];
          if (kind !== "post-money" || limit === undefined || security?.by !== "cap") return;
          same(security.shares.div(found.companyCapitalization), rational(amount).div(rational(limit)));
        });
      }),
      { numRuns: 200 },
    );
  });

  test("the order of the securities does not matter, nor does splitting one", () => {
    fc.assert(
      fc.property(given, (terms) => {
        const [first, ...rest] = terms.safes;
        if (!first) return;
        const half = { ...first, amount: Number(first.amount) / 2 };
        const other = solved({
          ...terms,
          safes: [...rest.reverse(), half, { ...half, id: "half" }],
          notes: [...terms.notes].reverse(),
        });
        const one = solved(terms);
        same(other.pricePerShare, one.pricePerShare);
        same(other.totalShares, one.totalShares);
        const shares = (id: string, from: SafeConversion) => from.ownership.get(id) ?? rational(0);
        same(shares(first.id, other).add(shares("half", other)), shares(first.id, one));
      }),
      { numRuns: 100 },
    );
  });
});
