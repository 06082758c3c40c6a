import { expect, test } from "vitest";
import { type ShareClassInput, waterfallInput } from "../schema";
import { approximate } from "./exact";
import { liquidationWaterfall } from "./waterfall";

type Given = Record<string, unknown> & { proceeds: number | string; classes: ShareClassInput[] };

function run(given: Given) {
  const outcome = liquidationWaterfall(waterfallInput.parse(given));
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  const { payouts, converted, indifferent, commonPrice, carveOut } = outcome.value;
  return {
    payouts: Object.fromEntries([...payouts].map(([id, amount]) => [id, approximate(amount)])),
    converted,
    indifferent,
    commonPrice: commonPrice && approximate(commonPrice),
    carveOut: approximate(carveOut),
    forced: outcome.value.forced,
  };
}

const M = 1_000_000;
const common = (id: string, shares: number): ShareClassInput => ({ id, kind: "common", shares });
const preferred = (
  id: string,
  shares: number,
  invested: number,
  more: Partial<Extract<ShareClassInput, { kind: "preferred" }>> = {},
): ShareClassInput => ({ id, kind: "preferred", shares, invested, participation: "none", ...more });
const founders = common("common", 8 * M);
const seriesA = preferred("series_a", 2 * M, 5 * M);
const seriesB = preferred("series_b", 1.5 * M, 9 * M);
const loan: ShareClassInput = { id: "loan", kind: "debt", claim: 1_160_000 };
const fiftyFive = common("common", 900_000);

type Case = [source: string, given: Given, payouts: Record<string, number>, converted?: string[]];

/** OVF = equilibria-waterfall (ogulcan-ozyavuz, Apache-2.0), docs; liq = liqpref-waterfall-py (Ceesaxp, MIT), tests. */
const CASES: Case[] = [
  ["OVF F1", { proceeds: 35 * M, classes: [founders, seriesA] }, { common: 28 * M, series_a: 7 * M }, ["series_a"]],
  ["OVF F2", { proceeds: 15 * M, classes: [founders, seriesA] }, { common: 10 * M, series_a: 5 * M }, []],
  ["OVF F3", { proceeds: 25 * M, classes: [founders, seriesA] }, { common: 20 * M, series_a: 5 * M }, []],
  [
    "OVF F4",
    { proceeds: 35 * M, classes: [founders, preferred("series_a", 2 * M, 5 * M, { participation: "full" })] },
    { common: 24 * M, series_a: 11 * M },
    [],
  ],
  [
    "OVF F5a",
    {
      proceeds: 40 * M,
      classes: [founders, preferred("series_a", 2 * M, 5 * M, { participation: "capped", capMultiple: 2 })],
    },
    { common: 30 * M, series_a: 10 * M },
    [],
  ],
  [
    "OVF F5b",
    {
      proceeds: 60 * M,
      classes: [founders, preferred("series_a", 2 * M, 5 * M, { participation: "capped", capMultiple: 2 })],
    },
    { common: 48 * M, series_a: 12 * M },
    ["series_a"],
  ],
  [
    "OVF F6",
    { proceeds: 10 * M, classes: [founders, preferred("series_a", 2 * M, 5 * M, { seniority: 2 }), seriesB] },
    { common: 0, series_a: M, series_b: 9 * M },
    [],
  ],
  [
    "OVF F7",
    { proceeds: 10 * M, classes: [founders, seriesA, seriesB] },
    { common: 0, series_a: 3571428.57, series_b: 6428571.43 },
    [],
  ],
  ["OVF F8b", { proceeds: 20 * M, classes: [founders, seriesA, seriesB] }, { common: 6 * M, series_a: 5 * M }, []],
  [
    "OVF F10",
    {
      proceeds: 30 * M,
      classes: [founders, preferred("series_a", 2 * M, 5 * M, { multiple: 2, participation: "full" })],
    },
    { common: 16 * M, series_a: 14 * M },
    [],
  ],
  [
    "OVF rounds, exit 6M",
    {
      proceeds: 6 * M,
      classes: [
        founders,
        preferred("safe_preferred", M, M, { seniority: 2 }),
        preferred("series_a", 2571428.5714285714, 3 * M, { seniority: 2 }),
        preferred("series_b", 8571428.57142857, 4 * M),
      ],
    },
    { common: 0, safe_preferred: 500_000, series_a: 1_500_000, series_b: 4 * M },
    [],
  ],
  [
    "OVF dividends DW4 (PIK)",
    {
      proceeds: 40 * M,
      classes: [
        founders,
        preferred("series_a", 2_320_000, 5 * M, {
          participation: "capped",
          preferenceAmount: 5_800_000,
          capAmount: 11_600_000,
        }),
      ],
    },
    { common: 28_400_000, series_a: 11_600_000 },
  ],
  [
    "OVF debt D1",
    { proceeds: 36_160_000, classes: [loan, founders, seriesA] },
    { loan: 1_160_000, common: 28 * M, series_a: 7 * M },
    ["series_a"],
  ],
  ["OVF debt D2", { proceeds: M, classes: [loan, founders, seriesA] }, { loan: M, common: 0, series_a: 0 }, []],
  [
    "OVF debt D3",
    {
      proceeds: 1_500_000,
      classes: [{ ...loan, seniority: 0 } as ShareClassInput, { id: "note", kind: "debt", claim: 530_000 }, founders],
    },
    { loan: 1_160_000, note: 340_000, common: 0 },
  ],
  [
    "OVF debt D4",
    { proceeds: 870_000, classes: [loan, { id: "b", kind: "debt", claim: 580_000 }, founders] },
    { loan: 580_000, b: 290_000, common: 0 },
  ],
  [
    "OVF debt D7: twice the principal, interest once",
    {
      proceeds: 16_030_000,
      classes: [
        { id: "note", kind: "note", principal: 500_000, accruedInterest: 30_000, premium: 1, conversionPrice: 100 },
        founders,
        seriesA,
      ],
    },
    { note: 1_030_000, common: 10 * M, series_a: 5 * M },
    [],
  ],
  [
    "OVF debt, cost check",
    { proceeds: 36_660_000, transactionCosts: 500_000, classes: [loan, founders, seriesA] },
    { loan: 1_160_000, common: 28 * M, series_a: 7 * M },
    ["series_a"],
  ],
  [
    "liq simple 5M",
    { proceeds: 5 * M, classes: [preferred("series_a", 100_000, M), fiftyFive] },
    { series_a: M, common: 4 * M },
    [],
  ],
  [
    "liq simple 15M",
    { proceeds: 15 * M, classes: [preferred("series_a", 100_000, M), fiftyFive] },
    { series_a: 1_500_000, common: 13_500_000 },
    ["series_a"],
  ],
  [
    "liq priority",
    {
      proceeds: 3 * M,
      classes: [
        preferred("high", 100_000, 2 * M),
        preferred("low", 100_000, 3 * M, { seniority: 2 }),
        common("common", 800_000),
      ],
    },
    { high: 2 * M, low: M, common: 0 },
  ],
  [
    "liq insufficient, no common",
    {
      proceeds: 3 * M,
      classes: [preferred("high", 100_000, 5 * M), preferred("low", 100_000, 5 * M, { seniority: 2 })],
    },
    { high: 3 * M, low: 0 },
  ],
  [
    "liq single, 2x",
    { proceeds: M, classes: [preferred("single", 100_000, M, { multiple: 2 }), fiftyFive] },
    { single: M, common: 0 },
  ],
  [
    "captable_domain tests, participating 100M",
    {
      proceeds: 100 * M,
      classes: [preferred("series_a", 10 * M, 10 * M, { participation: "full" }), common("common", 40 * M)],
    },
    { series_a: 28 * M, common: 72 * M },
    [],
  ],
  [
    "captable_domain tests, participating 15M",
    {
      proceeds: 15 * M,
      classes: [preferred("series_a", 10 * M, 10 * M, { participation: "full" }), common("common", 40 * M)],
    },
    { series_a: 11 * M, common: 4 * M },
    [],
  ],
  [
    "Gust articles 41 and 42",
    { proceeds: 10 * M, classes: [preferred("investor", 30, 2 * M), common("founders", 70)] },
    { investor: 3 * M, founders: 7 * M },
    ["investor"],
  ],
  [
    "Wikipedia, 2x participating (exact: 27/7 M)",
    {
      proceeds: 15 * M,
      classes: [
        preferred("investor", 0.14285714285714285, M, { multiple: 2, participation: "full" }),
        common("others", 0.8571428571428571),
      ],
    },
    { investor: 3_857_142.86, others: 11_142_857.14 },
    [],
  ],
  [
    "Venture Deals, case 1",
    { proceeds: 100 * M, classes: [preferred("preferred", 60, 50 * M), common("common", 40)] },
    { preferred: 60 * M, common: 40 * M },
    ["preferred"],
  ],
  [
    "carve-out before preferences (wapp)",
    {
      proceeds: 40 * M,
      carveOut: { rate: 0.15 },
      classes: [preferred("preferred", 1, 50 * M, { participation: "full" }), common("common", 1)],
    },
    { preferred: 34 * M, common: 0 },
  ],
];

test.each(CASES)("%s", (_source, given, payouts, converted) => {
  const outcome = run(given);
  expect(outcome.payouts).toMatchObject(payouts);
  if (converted) expect(outcome.converted).toEqual(converted);
});

test("at the conversion point the class is indifferent and holds", () => {
  expect(run({ proceeds: 25 * M, classes: [founders, seriesA] })).toMatchObject({
    converted: [],
    indifferent: ["series_a"],
    commonPrice: 2.5,
  });
});

/** Derived by hand. */
const BY_HAND: [what: string, given: Given, expected: object][] = [
  [
    "options join the pot: p = (8M + 1M × 1) ÷ 9M",
    { proceeds: 8 * M, classes: [founders, { id: "o", kind: "option", shares: M, strike: 0.5 }] },
    // p = (8M + 0.5M) / 9M = 17/18
    { payouts: { common: 7_555_555.56, o: 444_444.44 }, commonPrice: 0.9444444444444444 },
  ],
  [
    "an option out of the money pays nothing and dilutes nobody",
    { proceeds: 8 * M, classes: [founders, { id: "o", kind: "option", shares: M, strike: 1 }] },
    { payouts: { common: 8 * M, o: 0 }, commonPrice: 1 },
  ],
  [
    "a cap below the preference is what is paid",
    {
      proceeds: 9 * M,
      classes: [founders, preferred("p", 1, 4 * M, { participation: "capped", capAmount: 3 * M, multiple: 2 })],
    },
    { payouts: { common: 6 * M, p: 3 * M }, converted: [] },
  ],
  [
    "no preference at all converts from the first cent",
    { proceeds: 10, classes: [common("common", 8), preferred("p", 2, 0)] },
    { payouts: { common: 8, p: 2 }, converted: ["p"] },
  ],
  [
    "dividends are forfeited on conversion: 20 % of 30 M beats 5.8 M",
    { proceeds: 30 * M, classes: [founders, preferred("p", 2 * M, 5 * M, { accruedDividends: 800_000 })] },
    { payouts: { common: 24 * M, p: 6 * M }, converted: ["p"] },
  ],
  [
    "dividends kept: 0.8 M first, then 20 % of 29.2 M",
    {
      proceeds: 30 * M,
      classes: [founders, preferred("p", 2 * M, 5 * M, { accruedDividends: 800_000, dividendsOnConversion: "kept" })],
    },
    { payouts: { common: 23_360_000, p: 6_640_000 }, converted: ["p"] },
  ],
  [
    "no common: what is left makes the class with the lowest claim per share convert",
    { proceeds: 10, classes: [preferred("a", 1, 5), preferred("b", 1, 3)] },
    { payouts: { a: 5, b: 5 }, converted: ["b"], indifferent: ["a"] },
  ],
  [
    "two preferred exactly covered, no common: no price",
    { proceeds: 8, classes: [preferred("a", 1, 5), preferred("b", 1, 3)] },
    { payouts: { a: 5, b: 3 }, converted: [], commonPrice: null },
  ],
  [
    "a class that may not convert holds",
    { proceeds: 35 * M, classes: [founders, preferred("p", 2 * M, 5 * M, { convertible: false })] },
    { payouts: { common: 30 * M, p: 5 * M }, converted: [], indifferent: [] },
  ],
  [
    "SAFE by liquidity price: 1M ÷ (10M ÷ 8M) = 800,000 shares",
    {
      proceeds: 88 * M,
      classes: [founders, { id: "safe", kind: "safe", purchaseAmount: M, valuationCap: 10 * M, capitalization: 8 * M }],
    },
    { payouts: { common: 80 * M, safe: 8 * M }, converted: ["safe"], commonPrice: 10 },
  ],
  [
    "SAFE takes its money back, pari passu with preferred",
    { proceeds: 3 * M, classes: [founders, seriesA, { id: "safe", kind: "safe", purchaseAmount: M, shares: 9 }] },
    { payouts: { common: 0, series_a: 2_500_000, safe: 500_000 }, converted: [] },
  ],
  [
    "a note converts principal and interest",
    {
      proceeds: 20 * M,
      classes: [
        founders,
        { id: "n", kind: "note", principal: 1.8 * M, accruedInterest: 0.2 * M, conversionPrice: 1, premium: 0.5 },
      ],
    },
    { payouts: { common: 16 * M, n: 4 * M }, converted: ["n"] },
  ],
  [
    "pools and participants count once: 10 % of 20M less the 20 % that the manager holds of common",
    // C = 2M − 0.2 × (20M − C) → 0.8 C = −2M: nothing is left of the pool
    {
      proceeds: 20 * M,
      carveOut: { rate: 0.1, participants: [{ id: "ceo", class: "common", fraction: 0.2 }] },
      classes: [founders],
    },
    { payouts: { common: 20 * M }, carveOut: 0 },
  ],
  [
    "pool reduced by equity received, the rest goes back to the classes",
    // common receives R = 10M − C − 5M, of which the manager has half: C = 2M − R/2 → C = 2M − (5M − C)/2 → C = −1M → 0
    // with a pool of 4M: C = 4M − (5M − C)/2 → C/2 = 1.5M → C = 3M, R = 2M, half of it 1M
    {
      proceeds: 10 * M,
      carveOut: { amount: 4 * M, participants: [{ id: "common", fraction: 0.5 }] },
      classes: [founders, preferred("p", 1, 5 * M, { convertible: false })],
    },
    { payouts: { common: 2 * M, p: 5 * M }, carveOut: 3 * M },
  ],
  [
    "a participant under the preferences gets the pool in full",
    {
      proceeds: 10 * M,
      carveOut: { rate: "0.1", participants: ["common"] },
      classes: [founders, preferred("p", 1, 12 * M, { participation: "full" })],
    },
    { payouts: { common: 0, p: 9 * M }, carveOut: M },
  ],
];

test.each(BY_HAND)("%s", (_what, given, expected) => {
  expect(run(given)).toMatchObject(expected);
});

const governed = [
  founders,
  preferred("series_a", 2 * M, 5 * M, { participation: "capped", capMultiple: 2, seniority: 2 }),
  seriesB,
];
/** OVF governance GV6 and its second step: series A alone is a majority of the preferred votes. */
test.each([
  [57_400_000, false, { common: 38_400_000, series_a: 10_000_000, series_b: 9_000_000 }],
  [57_500_000, false, { common: 38_500_000, series_a: 10_000_000, series_b: 9_000_000 }],
  [57_600_000, true, { common: 40_069_565.22, series_a: 10_017_391.3, series_b: 7_513_043.48 }],
  [10_000_000, true, { common: 6_956_521.74, series_a: 1_739_130.43, series_b: 1_304_347.83 }],
  [12_000_000, false, { common: 0, series_a: 3_000_000, series_b: 9_000_000 }],
])("mandatory conversion at %d: imposed %s (OVF GV6)", (proceeds, forced, payouts) => {
  expect(run({ proceeds, classes: governed, mandatoryConversion: { majority: 0.5 } })).toMatchObject({
    forced,
    payouts,
  });
});

test("the majority must be exceeded, not met", () => {
  const mandatoryConversion = { majority: "0.6" };
  expect(run({ proceeds: 57_600_000, classes: governed, mandatoryConversion }).forced).toBe(false);
});
