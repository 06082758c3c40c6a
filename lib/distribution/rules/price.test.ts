import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ShareClassInput, shareClassSchema } from "../schema";
import { contingentPayouts, type Release } from "./contingent";
import { type EarnOut, earnOut } from "./earn-out";
import { approximate, rational, sum } from "./exact";
import { type PriceTerms, purchasePrice } from "./purchase-price";
import { payoffCurve } from "./waterfall";

const M = 1_000_000;
const founders: ShareClassInput = { id: "common", kind: "common", shares: 8 * M };
const seriesA: ShareClassInput = { id: "a", kind: "preferred", shares: 2 * M, invested: 5 * M, participation: "none" };
const capped: ShareClassInput = { ...seriesA, participation: "capped", capMultiple: 2 } as ShareClassInput;

function contingent(classes: ShareClassInput[], releases: Release[]) {
  const found = contingentPayouts(
    classes.map((given) => shareClassSchema.parse(given)),
    releases,
    2,
  );
  if (!found.ok) throw new Error(JSON.stringify(found.problems));
  return found.value.map(({ payouts, converted }) => ({
    ...Object.fromEntries([...payouts].map(([id, amount]) => [id, approximate(amount)])),
    converted: converted.join(),
  }));
}
const release = (amount: number | string, date?: string): Release => ({
  label: "release",
  amount,
  ...(date ? { date } : {}),
});

describe("contingent releases, as if one payment", () => {
  test("a later release changes who converts: 15M at closing, 20M from escrow (OVF F2, then F1)", () => {
    expect(contingent([founders, seriesA], [release(15 * M), release(20 * M)])).toEqual([
      { common: 10 * M, a: 5 * M, converted: "" },
      { common: 18 * M, a: 2 * M, converted: "a" },
    ]);
  });

  test("while preferences are open an escrow goes to them, not by the split of the closing", () => {
    expect(contingent([founders, seriesA], [release(4 * M), release(2 * M)])).toEqual([
      { common: 0, a: 4 * M, converted: "" },
      { common: M, a: M, converted: "" },
    ]);
  });

  test("a capped class at its cap gets nothing of the next release, and again when it converts", () => {
    // Kaufman, contingent payout functions for capped participating preferred: caps at 30M, converts at 50M.
    expect(contingent([founders, capped], [release(30 * M), release(20 * M), release(10 * M)])).toEqual([
      { common: 20 * M, a: 10 * M, converted: "" },
      { common: 20 * M, a: 0, converted: "" },
      { common: 8 * M, a: 2 * M, converted: "a" },
    ]);
  });

  test("dates order the releases, answers stay where they were asked", () => {
    const releases = [release(20 * M, "2028-01-01"), release(15 * M, "2027-01-01")];
    expect(contingent([founders, seriesA], releases)).toEqual([
      { common: 18 * M, a: 2 * M, converted: "a" },
      { common: 10 * M, a: 5 * M, converted: "" },
    ]);
  });

  test("releases without dates are in their order; with some dates they must be in order", () => {
    const classes = [shareClassSchema.parse(founders)];
    const mixed = [release(1, "2028-01-01"), release(1), release(1, "2027-01-01")];
    expect(contingentPayouts(classes, mixed, 2)).toMatchObject({ ok: false, problems: [{ path: "releases[2].date" }] });
    expect(contingentPayouts(classes, [release(1), release(1, "2027-01-01")], 2).ok).toBe(true);
  });

  test("more than anybody is entitled to names the release", () => {
    const debt = [shareClassSchema.parse({ id: "d", kind: "debt", claim: 5 })];
    expect(contingentPayouts(debt, [release(5), release("0.01")], 2)).toMatchObject({
      problems: [{ path: "releases[1].amount" }],
    });
  });

  const amounts = fc.array(fc.integer({ min: 0, max: 900_000 }), { minLength: 1, maxLength: 6 });
  const classes = fc
    .array(fc.record({ shares: fc.integer({ min: 1, max: 999 }), invested: fc.integer({ min: 0, max: 4_000 }) }), {
      minLength: 1,
      maxLength: 5,
    })
    .map((list) => [
      shareClassSchema.parse({ id: "common", kind: "common", shares: 700 }),
      ...list.map((one, index) =>
        shareClassSchema.parse({
          ...{
            ...one,
            id: `p${index}`,
            kind: "preferred",
            seniority: (index % 2) + 1,
            capMultiple: index === 0 ? 2 : undefined,
          },
          participation: index === 0 ? "capped" : "none",
        }),
      ),
    ]);

  test("each release is paid out to the cent, to nobody less than nothing, and all of them as one payment", () => {
    fc.assert(
      fc.property(classes, amounts, (list, cents) => {
        const releases = cents.map((amount) => release(amount / 100));
        const found = contingentPayouts(list, releases, 2);
        const all = cents.reduce((total, amount) => total + amount, 0) / 100;
        const once = payoffCurve(list, [all], undefined, 2);
        if (!found.ok || !once.ok) throw new Error("refused");
        found.value.forEach(({ payouts }, index) => {
          expect(sum([...payouts.values()]).equals(rational((cents[index] ?? 0) / 100))).toBe(true);
          expect([...payouts.values()].every((amount) => amount.s >= 0n)).toBe(true);
        });
        for (const [id, amount] of once.value[0]?.payouts ?? []) {
          const total = sum(found.value.flatMap(({ payouts }) => payouts.get(id) ?? []));
          // A cent that rounding gave too early may be missing from another class.
          expect(total.sub(rational(amount)).abs().lte(rational("0.03"))).toBe(true);
        }
      }),
    );
  });
});

const TERMS = { threshold: 10, amountAtThreshold: 5, ratePerUnit: 2, cap: 12 };
function earn(given: Partial<EarnOut>) {
  const found = earnOut({ terms: TERMS, outcomes: [{ metric: 10 }], ...given }, 2);
  if (!found.ok) return found.problems;
  const { payouts, expected, presentValue } = found.value;
  return {
    payouts: payouts.map(approximate),
    expected: expected.value?.toNumber() ?? null,
    presentValue: presentValue.value?.toNumber() ?? null,
  };
}

describe("earn-out", () => {
  test.each([
    [9.999999, 0],
    [10, 5],
    ["10.5", 6],
    [13.5, 12],
    [13.51, 12],
    [1e9, 12],
    [-3, 0],
  ])("of a metric of %s pays %d", (metric, payout) => {
    expect(earn({ outcomes: [{ metric }] })).toMatchObject({ payouts: [payout], expected: payout });
  });

  test("the payoff is taken per outcome, then weighted: not the payoff of the expected metric", () => {
    const outcomes = [
      { metric: 9, probability: 0.5 },
      { metric: 12, probability: 0.3 },
      { metric: 20, probability: 0.2 },
    ];
    // 0.3 × 9 + 0.2 × 12; at the expected metric of 12.1 it would be 9.2
    expect(earn({ outcomes, discountRate: 0.1, years: 2 })).toEqual({
      payouts: [0, 9, 12],
      expected: 5.1,
      presentValue: 5.1 / 1.21,
    });
  });

  test("a threshold below zero, a flat bonus, no cap", () => {
    const outcomes = [{ metric: -5 }];
    expect(earn({ terms: { ...TERMS, threshold: -6 }, outcomes })).toMatchObject({ payouts: [7] });
    expect(earn({ terms: { ...TERMS, ratePerUnit: 0 }, outcomes: [{ metric: 99 }] })).toMatchObject({ payouts: [5] });
    expect(earn({ terms: { ...TERMS, cap: null }, outcomes: [{ metric: 110 }] })).toMatchObject({ payouts: [205] });
  });

  test("unknown is unknown: no probabilities, no discounting", () => {
    const outcomes = [{ metric: 9 }, { metric: 12 }];
    expect(earn({ outcomes, discountRate: 0.1, years: 1 })).toEqual({
      payouts: [0, 9],
      expected: null,
      presentValue: null,
    });
    expect(earn({ years: 1 })).toMatchObject({ expected: 5, presentValue: null });
    expect(earn({ discountRate: 0.1 })).toMatchObject({ presentValue: null });
  });

  test("probabilities of rounded thirds are taken; others must sum to 1", () => {
    const weigh = (...parts: (number | string)[]) =>
      earn({ outcomes: parts.map((probability) => ({ metric: 10, probability })) });
    expect(weigh("0.3333333333", "0.3333333333", "0.3333333334")).toMatchObject({ expected: 5 });
    expect(weigh(0.5, 0.4)).toMatchObject([{ path: "outcomes" }]);
    expect(earn({ outcomes: [{ metric: 1, probability: 1 }, { metric: 2 }] })).toMatchObject([
      { path: "outcomes[1].probability" },
    ]);
    expect(earn({ terms: { ...TERMS, cap: 4 } })).toMatchObject([{ path: "terms.cap" }]);
  });
});

const PRICE: PriceTerms = { enterpriseValue: 1000, cash: 0, debt: 0, transactionCosts: 0 };
function price(given: Partial<PriceTerms>) {
  const found = purchasePrice({ ...PRICE, ...given }, 2);
  if (!found.ok) return found.problems;
  const { workingCapitalAdjustment: adjustment, equityProceeds, atClosing, withheld } = found.value;
  return [adjustment, equityProceeds, atClosing, withheld].map((line) => line && approximate(line));
}
const capital = (actual: number, collar = 0, outside: "edge" | "zero" = "edge") => ({
  workingCapital: { peg: 600, actual, collar, outside },
});

/** Lines: working-capital adjustment, equity proceeds, at closing, withheld. */
test.each<[what: string, given: Partial<PriceTerms>, lines: (number | null)[]]>([
  ["Silfer's working-capital peg: 520 against 600", capital(520), [-80, 920, 920, 0]],
  ["above the peg", capital(640), [40, 1040, 1040, 0]],
  ["inside the collar", capital(560, 50), [0, 1000, 1000, 0]],
  ["on its edge", capital(550, 50), [0, 1000, 1000, 0]],
  ["beyond it, from the edge", capital(520, 50), [-30, 970, 970, 0]],
  ["above it, from the edge", capital(680, 50), [30, 1030, 1030, 0]],
  ["beyond it, from zero", capital(520, 50, "zero"), [-80, 920, 920, 0]],
  [
    "working capital below zero",
    { workingCapital: { peg: -20, actual: -50, collar: 0, outside: "edge" } },
    [-30, 970, 970, 0],
  ],
  ["cash, debt and costs", { cash: 50, debt: "200.5", transactionCosts: 30 }, [0, 819.5, 819.5, 0]],
  ["an escrow of a tenth of the equity, not of the price", { debt: 500, escrow: { rate: 0.1 } }, [0, 500, 450, 50]],
  ["an escrow in money", { escrow: { amount: 1000 } }, [0, 1000, 0, 1000]],
  ["cents: 10 % of 333.33", { enterpriseValue: "333.33", escrow: { rate: 0.1 } }, [0, 333.33, 300, 33.33]],
  ["debt above the price", { debt: 1500, escrow: { rate: 0.1 } }, [0, -500, null, null]],
  ["nothing left", { debt: 1000, escrow: { rate: 0.1 } }, [0, 0, 0, 0]],
])("purchase price: %s", (_what, given, lines) => expect(price(given)).toEqual(lines));

test.each<[Partial<PriceTerms>, string]>([
  [{ escrow: {} }, "escrow"],
  [{ escrow: { rate: 0.1, amount: 5 } }, "escrow"],
  [{ escrow: { amount: "1000.01" } }, "escrow.amount"],
  [{ debt: 2000, escrow: { amount: 1 } }, "escrow.amount"],
])("purchase price refuses %j", (given, path) => expect(price(given)).toMatchObject([{ path }]));
