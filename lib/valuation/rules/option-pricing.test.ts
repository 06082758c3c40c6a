import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { refusalOf, resultOf } from "../test-support/calls";
import { callValue } from "./option-pricing";

type Priced = {
  equityValue: number | null;
  classes: Record<string, { value: number | null; perShare: number | null }>;
  tranches: { from: number; to: number | null; value: number; shares: Record<string, number> }[];
  reasons: Record<string, string>;
};

const PREFERRED = { id: "a", kind: "preferred", shares: 200, invested: 400, participation: "none" };
const COMMON = { id: "c", kind: "common", shares: 700 };
const OPTIONS = { id: "o", kind: "option", shares: 100, strike: 1 };
const CLASSES = [PREFERRED, COMMON, OPTIONS];
const MARKET = { volatility: 0.6, years: 3, riskFree: 0.04 };
const price = (more: object) => resultOf<Priced>("option-pricing", { classes: CLASSES, ...MARKET, ...more });

// Hull, Options, Futures and Other Derivatives, examples 15.6 and 17.1; the middle one is the usual textbook check.
test.each([
  [42, 40, { volatility: 0.2, years: 0.5, riskFree: 0.1, dividendYield: 0 }, 4.759422],
  [100, 100, { volatility: 0.2, years: 1, riskFree: 0.05, dividendYield: 0 }, 10.450583572185565],
  [930, 900, { volatility: 0.2, years: 2 / 12, riskFree: 0.08, dividendYield: 0.03 }, 51.833],
])("a call on %d struck at %d", (asset, strike, market, expected) => {
  expect(callValue(asset, strike, market)).toBeCloseTo(expected, expected === 51.833 ? 3 : 6);
});

// OVF, docs/opm.md (Apache-2.0), Black–Scholes calls and O2; Teju Finance, book 160, chapter 468 (facts).
test("published allocations: calls on 20 M, a series capped at 2×, a participating investor", async () => {
  const market = { volatility: 0.6, years: 3, riskFree: 0.04, dividendYield: 0 };
  const calls = [5, 25, 30, 50].map((strike) => callValue(20_000_000, strike * 1_000_000, market));
  const published = [15_857_444.33, 7_315_389.56, 6_253_895.26, 3_650_785.96];
  for (const [index, value] of calls.entries()) expect(value).toBeCloseTo(published[index] ?? 0, 2);
  const capped = { id: "a", kind: "preferred", shares: 2_000_000, invested: 5_000_000, participation: "capped" };
  const classes = [
    { ...capped, capMultiple: 2 },
    { id: "c", kind: "common", shares: 8_000_000 },
  ];
  const o2 = await price({ classes, equityValue: 20_000_000, ...market });
  expect(o2.classes.a?.value).toBeCloseTo(6_793_422.68, 2);
  expect(o2.classes.c?.value).toBeCloseTo(13_206_577.32, 2);
  const vc = { id: "vc", kind: "preferred", shares: 400, invested: 9.2, participation: "full" };
  const both = [vc, { id: "c", kind: "common", shares: 600 }];
  const shared = await price({ classes: both, equityValue: 15, volatility: 0.4, years: 4, riskFree: 0.05 });
  expect(Math.abs(Number(shared.classes.vc?.value) - 10)).toBeLessThan(0.06);
});

test("tranches are what lies between the breakpoints, shared by the slopes", async () => {
  const result = await price({ equityValue: 1000 });
  expect(result.tranches.map(({ from, to }) => [from, to])).toEqual([
    [0, 400],
    [400, 1100],
    [1100, 1900],
    [1900, null],
  ]);
  const market = { ...MARKET, dividendYield: 0 };
  expect(result.tranches[1]?.value).toBeCloseTo(callValue(1000, 400, market) - callValue(1000, 1100, market), 9);
  expect(result.tranches[2]?.shares).toEqual({ a: 0, c: 0.875, o: 0.125 });
});

describe("without time or volatility it is the waterfall", () => {
  test.each([
    [{ years: 0 }, 1000, { a: 400, c: 600, o: 0 }],
    [{ volatility: 0, riskFree: 0 }, 1000, { a: 400, c: 600, o: 0 }],
    [{ years: 0 }, 300, { a: 300, c: 0, o: 0 }],
    [{ years: 0 }, 0, { a: 0, c: 0, o: 0 }],
  ])("%j at %d", async (more, equityValue, expected) => {
    const { classes } = await price({ ...more, equityValue });
    for (const [id, value] of Object.entries(expected)) expect(classes[id]?.value).toBeCloseTo(value, 9);
  });
});

test("the values of the classes add up to equity, less what a yield takes", async () => {
  const inputs = fc.record({
    equityValue: fc.integer({ min: 1, max: 100_000 }),
    volatility: fc.integer({ min: 0, max: 200 }).map((n) => n / 100),
    years: fc.integer({ min: 0, max: 100 }).map((n) => n / 10),
    dividendYield: fc.constantFrom(0, 0.03),
  });
  await fc.assert(
    fc.asyncProperty(inputs, async (given) => {
      const { classes } = await price(given);
      const total = Object.values(classes).reduce((sum, { value }) => sum + Number(value), 0);
      expect(total / (given.equityValue * Math.exp(-given.dividendYield * given.years))).toBeCloseTo(1, 10);
    }),
    { numRuns: 100 },
  );
});

describe("backsolve", () => {
  test.each([0.01, 1, 2, 5, 1000])("finds the equity at which a preferred share is worth %d", async (pricePerShare) => {
    const solved = await price({ solveFor: { class: "a", pricePerShare } });
    expect(solved.classes.a?.perShare).toBeCloseTo(pricePerShare, 10);
    const back = await price({ equityValue: solved.equityValue });
    expect(Number(back.classes.a?.perShare) / pricePerShare).toBeCloseTo(1, 11);
  });

  test("a price that no equity gives is null, with the reason", async () => {
    const capped = { ...PREFERRED, participation: "none", convertible: false };
    const result = await price({ classes: [capped, COMMON], solveFor: { class: "a", pricePerShare: 2.5 } });
    expect(result).toMatchObject({ equityValue: null, tranches: [], reasons: { equityValue: "price-out-of-reach" } });
    expect(result.classes.a).toEqual({ value: null, perShare: null });
  });

  test("a price that a whole range of equity gives is null too", async () => {
    const result = await price({ years: 0, solveFor: { class: "a", pricePerShare: 2 } });
    expect(result.reasons.equityValue).toBe("not-unique");
  });
});

test("debt has no price per share", async () => {
  const result = await price({ classes: [{ id: "d", kind: "debt", claim: 100 }, COMMON], equityValue: 500 });
  expect(result.classes.d?.perShare).toBeNull();
  expect(result.reasons["classes.d.perShare"]).toBe("no-shares");
});

test.each([
  [{}, "INVALID_INPUT", "equityValue"],
  [{ equityValue: 1, solveFor: { class: "a", pricePerShare: 1 } }, "INVALID_INPUT", "equityValue"],
  [{ equityValue: -1 }, "INVALID_INPUT", "equityValue"],
  [{ equityValue: 1, volatility: -0.1 }, "INVALID_INPUT", "volatility"],
  [{ equityValue: 1, years: -1 }, "INVALID_INPUT", "years"],
  [{ solveFor: { class: "z", pricePerShare: 1 } }, "CONTRADICTION", "solveFor.class"],
  [{ solveFor: { class: "a", pricePerShare: 0 } }, "INVALID_INPUT", "solveFor.pricePerShare"],
  [{ equityValue: 1, classes: [COMMON, COMMON] }, "CONTRADICTION", "classes[1].id"],
  [{ equityValue: 1, classes: [{ ...PREFERRED, participation: "half" }] }, "INVALID_INPUT", "classes[0].participation"],
])("refuses %j", async (more, code, path) => {
  expect(await refusalOf("option-pricing", { classes: CLASSES, ...MARKET, ...more })).toEqual([code, path]);
});
