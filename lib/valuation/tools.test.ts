import { describe, expect, test } from "vitest";
import { call, refusalOf, resultOf } from "./test-support/calls";

const FLOWS = { freeCashFlows: [100, 110, 120], discountRate: 0.1, timing: "end" };

/** Numbers of a result that are asked for, by the path of their name. */
const picked = (result: Record<string, unknown>, expected: Record<string, unknown>) =>
  Object.fromEntries(Object.keys(expected).map((name) => [name, result[name]]));

async function near(name: string, input: unknown, expected: Record<string, number>) {
  const result = await resultOf(name, input);
  for (const [key, value] of Object.entries(expected)) {
    expect(Math.abs(Number(result[key]) - value) / Math.max(1, Math.abs(value)), key).toBeLessThan(1e-9);
  }
}

describe("numbers that others published", () => {
  test.each([
    // Public DCF tests (node:test, stored-index id 10834845972)
    ["dcf", { ...FLOWS, terminal: { growth: 0.03 } }, { enterpriseValue: 1598.583234946871 }],
    ["dcf", { ...FLOWS, terminal: { multiple: 8 } }, { enterpriseValue: 993.2381667918855 }],
    ["wacc", { equity: 60, debt: 40, costOfEquity: 0.12, costOfDebt: 0.06, taxRate: 0.25 }, { wacc: 0.09 }],
    // fin-sim, DCF worked examples: EBIT 100
    [
      "free-cash-flow",
      { ebit: 100, taxRate: 0.25, depreciation: 10, capex: 20, changeInWorkingCapital: 5 },
      { freeCashFlow: 60, taxes: 25 },
    ],
    // vcmethod.com, base case: 50 % over 5 years, net income 2.5 M at 15 times
    [
      "venture-capital",
      { exitValue: 37_500_000, targetReturn: 0.5, years: 5, investment: 1_000_000 },
      { postMoney: 37_500_000 / 1.5 ** 5 },
    ],
    // Open textbook (opentextbooks.org.hk 38203), oil company
    [
      "first-chicago",
      {
        scenarios: [
          [150, 0.02],
          [80, 0.08],
          [20, 0.2],
          [0, 0.3],
          [-25, 0.4],
        ].map(([value, probability], index) => ({ name: String(index), value, probability })),
      },
      { value: 3.4 },
    ],
    // Damodaran's form of the CAPM, with a size premium shown apart
    [
      "capm",
      { riskFree: 0.04, beta: 1.2, equityRiskPremium: 0.05, premia: [{ name: "size", rate: 0.03 }, 0.01] },
      { costOfEquity: 0.14, withoutPremia: 0.1, premia: 0.04 },
    ],
  ])("%s %#", async (name, input, expected) => {
    await near(name, input, expected);
  });

  // ibinterviewquestions, comparable companies: EBITDA 300 M, net debt 500 + 50 − 200 M, 150 M shares
  test.each([
    [9.8, 2_940_000_000, 2_590_000_000, 17.27],
    [11.5, 3_450_000_000, 3_100_000_000, 20.67],
    [13.2, 3_960_000_000, 3_610_000_000, 24.07],
  ])("comparables at %d times", async (multiple, enterprise, equity, share) => {
    const result = await resultOf<Record<string, number>>("multiples", {
      ...{ kind: "trading", comparables: [{ name: "peer", multiple }], metric: 300_000_000, outliers: "none" },
      ...{ netDebt: 350_000_000, shares: 150_000_000 },
    });
    expect([result.impliedEnterpriseValue, result.impliedEquityValue]).toEqual([enterprise, equity]);
    expect(result.perShare).toBeCloseTo(share, 2);
  });
});

describe("mid-year", () => {
  const mid = { ...FLOWS, timing: "mid" };
  const flows = 100 / 1.1 ** 0.5 + 110 / 1.1 ** 1.5 + 120 / 1.1 ** 2.5;

  test("a perpetuity counts at N − 0.5, an exit multiple at N", async () => {
    await near("dcf", { ...mid, terminal: { growth: 0.03 } }, { enterpriseValue: flows + 123.6 / 0.07 / 1.1 ** 2.5 });
    await near("dcf", { ...mid, terminal: { multiple: 8 } }, { enterpriseValue: flows + 960 / 1.1 ** 3 });
  });

  test("implied growth and implied multiple carry the half year between them", async () => {
    const { impliedMultiple } = await resultOf<{ impliedMultiple: number }>("dcf", {
      ...{ ...mid, terminal: { growth: 0.03 } },
    });
    expect(impliedMultiple).toBeCloseTo((123.6 / 0.07 / 120) * 1.1 ** 0.5, 10);
    await near("dcf", { ...mid, terminal: { multiple: impliedMultiple } }, { impliedGrowth: 0.03 });
  });

  test("an end-of-year multiple implies its growth without it", async () => {
    await near("dcf", { ...FLOWS, terminal: { multiple: 103 / 7 } }, { impliedGrowth: 0.03, impliedMultiple: 103 / 7 });
  });

  test("the metric of the multiple may be another than the last flow", async () => {
    const terminal = { multiple: 6, metric: 200 };
    await near("dcf", { ...mid, terminal }, { terminalValue: 1200, presentValueTerminal: 1200 / 1.1 ** 3 });
  });
});

test("grown flows begin one year's growth after the base, and money stays exact", async () => {
  const result = await resultOf("dcf", {
    ...{ freeCashFlows: { base: "100.10", growth: 0.1, years: 3 }, discountRate: 0, timing: "end" },
    ...{ terminal: { multiple: 0 }, netDebt: "-0.30", shares: 3 },
  });
  const total = 110.11 + 121.121 + 133.2331;
  expect(picked(result, { enterpriseValue: 0, equityValue: 0, perShare: 0 })).toEqual({
    enterpriseValue: 364.4641,
    equityValue: 364.7641,
    perShare: 121.58803333333333,
  });
  expect(total).toBeCloseTo(364.4641, 10);
});

describe("what is refused, and where", () => {
  const dcf = { ...FLOWS, terminal: { growth: 0.03 } };
  const vc = { exitValue: 100, targetReturn: 0.5, years: 5, investment: 1 };
  test.each([
    ["dcf", { ...dcf, terminal: { growth: 0.1 } }, "CONTRADICTION", "terminal.growth"],
    ["dcf", { ...dcf, discountRate: 0.03, terminal: { growth: 0.05 } }, "CONTRADICTION", "terminal.growth"],
    ["dcf", { ...dcf, freeCashFlows: [] }, "INVALID_INPUT", "freeCashFlows"],
    ["dcf", { ...dcf, freeCashFlows: [1, "x"] }, "INVALID_INPUT", "freeCashFlows[1]"],
    ["dcf", { ...dcf, freeCashFlows: { base: 1, growth: 0.1 } }, "INVALID_INPUT", "freeCashFlows.years"],
    ["dcf", { ...dcf, terminal: { growth: 0.03, multiple: 8 } }, "INVALID_INPUT", "terminal"],
    ["dcf", { ...dcf, terminal: {} }, "INVALID_INPUT", "terminal"],
    ["dcf", { ...dcf, timing: "start" }, "INVALID_INPUT", "timing"],
    ["dcf", { ...dcf, discountRate: -1 }, "INVALID_INPUT", "discountRate"],
    ["dcf", { ...dcf, shares: -1 }, "INVALID_INPUT", "shares"],
    ["dcf", { ...dcf, growth: 1 }, "INVALID_INPUT", "growth"],
    ["wacc", { equity: -1, debt: 1, costOfEquity: 0.1, costOfDebt: 0.1, taxRate: 0.2 }, "INVALID_INPUT", "equity"],
    ["wacc", { equity: 1, debt: 1, costOfEquity: 0.1, costOfDebt: 0.1, taxRate: 20 }, "INVALID_INPUT", "taxRate"],
    ["free-cash-flow", { ebit: 1, taxRate: 0, depreciation: 1, capex: -1 }, "INVALID_INPUT", "capex"],
    [
      "multiples",
      { kind: "precedent", comparables: [], metric: 1, outliers: "none", staleAfterDays: 9 },
      "INVALID_INPUT",
      "asOf",
    ],
    [
      "multiples",
      { kind: "trading", comparables: [{ name: "A", multiple: 1, date: "2026-02-30" }], metric: 1, outliers: "none" },
      "INVALID_INPUT",
      "comparables[0].date",
    ],
    ["venture-capital", { ...vc, laterDilution: [0.2, 1] }, "INVALID_INPUT", "laterDilution[1]"],
    ["venture-capital", { ...vc, targetMultiple: 10 }, "INVALID_INPUT", "targetReturn"],
    ["venture-capital", { ...vc, investment: 0 }, "INVALID_INPUT", "investment"],
    ["first-chicago", { scenarios: [{ name: "a", probability: 0.9, value: 1 }] }, "CONTRADICTION", "scenarios"],
    ["first-chicago", { scenarios: [{ name: "a", probability: 1 }] }, "CONTRADICTION", "scenarios[0]"],
    [
      "first-chicago",
      { scenarios: [{ name: "a", probability: 1, exitValue: 1, rate: 0.1 }] },
      "CONTRADICTION",
      "scenarios[0].years",
    ],
    [
      "first-chicago",
      { scenarios: [{ name: "a", probability: 1.2, value: 1 }] },
      "INVALID_INPUT",
      "scenarios[0].probability",
    ],
    ["football-field", { ranges: [{ method: "a", low: 2, high: 1 }] }, "INVALID_INPUT", "ranges[0].high"],
    ["tornado", { base: 1, drivers: [{ name: "a", values: [] }] }, "INVALID_INPUT", "drivers[0].values"],
  ])("%s %#", async (name, input, code, path) => {
    expect(await refusalOf(name, input)).toEqual([code, path]);
  });
});

describe("no answer is null, with its reason", () => {
  const comparables = [{ name: "A", multiple: 5 }];
  const trading = { kind: "trading", comparables, metric: 10, outliers: "none" };
  test.each([
    ["dcf", { ...FLOWS, terminal: { growth: 0 } }, { equityValue: "missing-input", perShare: "missing-input" }],
    ["dcf", { ...FLOWS, terminal: { growth: 0 }, netDebt: 0, shares: 0 }, { perShare: "zero-denominator" }],
    ["dcf", { ...FLOWS, terminal: { growth: 0 }, netDebt: 9999, shares: 1 }, { perShare: "negative-equity" }],
    ["dcf", { ...FLOWS, freeCashFlows: [1, -1], terminal: { multiple: 8 } }, { enterpriseValue: "negative-metric" }],
    ["dcf", { ...FLOWS, freeCashFlows: [1, 0], terminal: { growth: 0 } }, { impliedMultiple: "zero-denominator" }],
    ["dcf", { ...FLOWS, freeCashFlows: [0], terminal: { multiple: 2 } }, { impliedGrowth: "cash-flow-not-positive" }],
    ["wacc", { equity: 0, debt: 0, costOfEquity: 0.1, costOfDebt: 0.1, taxRate: 0 }, { wacc: "zero-denominator" }],
    ["multiples", { ...trading, comparables: [] }, { median: "no-comparables", impliedRange: "no-comparables" }],
    [
      "multiples",
      { ...trading, metric: -5 },
      { impliedEnterpriseValue: "negative-metric", impliedRange: "negative-metric" },
    ],
    ["multiples", { ...trading, metric: 0 }, { impliedEnterpriseValue: "zero-metric" }],
    [
      "multiples",
      { ...trading, comparables: [{ name: "A", multiple: 5, weight: 0 }] },
      { weightedMean: "zero-denominator" },
    ],
    [
      "venture-capital",
      { exitValue: 10, targetMultiple: 10, years: 5, investment: 2, existingShares: 1 },
      { requiredOwnership: "ownership-above-one", pricePerShare: "ownership-above-one" },
    ],
    [
      "venture-capital",
      { exitValue: 10, targetMultiple: 10, years: 5, investment: 1, existingShares: 1 },
      { newShares: "ownership-of-everything" },
    ],
    [
      "venture-capital",
      { exitValue: 0, targetReturn: 0.5, years: 5, investment: 1 },
      { requiredOwnership: "zero-denominator" },
    ],
    ["football-field", { ranges: [] }, { overlap: "no-ranges", low: "no-ranges" }],
    [
      "football-field",
      {
        ranges: [
          { method: "a", low: 1, high: 2 },
          { method: "b", low: 3, high: 4 },
        ],
      },
      { overlap: "no-overlap" },
    ],
  ])("%s %#", async (name, input, expected) => {
    const result = await resultOf(name, input);
    expect(result.reasons).toMatchObject(expected);
    for (const [key] of Object.entries(expected)) expect(result[key]).toBeNull();
  });
});

describe("comparables", () => {
  const input = (multiples: (number | null)[], more: object = {}) => ({
    ...{ kind: "trading", metric: 100, outliers: "mad3", ...more },
    comparables: multiples.map((multiple, index) => ({ name: String(index), multiple })),
  });

  test("median and quartiles of type 7, as Excel's QUARTILE.INC", async () => {
    const result = await resultOf("multiples", input([1, 2, 3, 4], { outliers: "none" }));
    expect(result).toMatchObject({ q1: 1.75, median: 2.5, q3: 3.25, impliedRange: { low: 175, high: 325 } });
  });

  test.each([
    // median 5, deviations 1, 0, 1, 2, 25: MAD 1, so beyond 8 is out
    [[4, 5, 6, 7, 30], ["4"]],
    // exactly three deviations stay
    [[4, 5, 6, 5, 8], []],
    // more than half equal: 3 × the mean deviation of 9
    [[5, 5, 5, 5, 50], ["4"]],
    [[5, 5, 5, 5, 5], []],
  ])("outliers of %j", async (multiples, out) => {
    const { excluded } = await resultOf<{ excluded: { name: string; why: string }[] }>("multiples", input(multiples));
    expect(excluded).toEqual(out.map((name) => ({ name, why: "outlier" })));
  });

  test("what was left out is named with why", async () => {
    const row = (name: string, more: object) => ({ name, multiple: 5, ...more });
    const result = await resultOf("multiples", {
      ...{ kind: "precedent", metric: 100, outliers: "none", asOf: "2026-11-22", staleAfterDays: 365 },
      comparables: [
        row("kept", { date: "2025-11-22" }),
        row("old", { date: "2025-11-21" }),
        row("next", { date: "2026-11-23" }),
        row("by hand", { exclude: true }),
        row("with reason", { exclude: "another business" }),
        row("loss", { multiple: -3 }),
        row("none", { multiple: null }),
        row("undated", {}),
      ],
    });
    expect(result).toMatchObject({
      used: ["kept", "undated"],
      excluded: [
        { name: "old", why: "stale: 366 days old" },
        { name: "next", why: "dated after the day of the valuation" },
        { name: "by hand", why: "excluded" },
        { name: "with reason", why: "another business" },
        { name: "loss", why: "not meaningful: the multiple is not above zero" },
        { name: "none", why: "no multiple" },
      ],
    });
  });

  test("weights count in the weighted mean only", async () => {
    const comparables = [
      { name: "A", multiple: 2, weight: 3 },
      { name: "B", multiple: 6 },
    ];
    const result = await resultOf("multiples", { kind: "trading", comparables, metric: 1, outliers: "none" });
    expect(result).toMatchObject({ mean: 4, median: 4, weightedMean: 3 });
  });
});

test("venture capital: retention, shares and price (Sahlman 1990)", async () => {
  // 2 M for 20 times in five years on an exit of 100 M: 40 % at the end; two rounds of 20 % and 25 % lie between.
  const result = await resultOf("venture-capital", {
    ...{ exitValue: 100_000_000, targetMultiple: 20, years: 5, investment: 2_000_000 },
    ...{ existingShares: 1_000_000, laterDilution: [0.2, 0.25] },
  });
  expect(result).toMatchObject({ finalOwnership: 0.4, retention: 0.6, postMoney: 3_000_000, preMoney: 1_000_000 });
  expect(result.requiredOwnership).toBeCloseTo(2 / 3, 14);
  expect(result.newShares).toBeCloseTo(2_000_000, 6);
  expect(result.pricePerShare).toBeCloseTo(1, 12);
});

test("first Chicago discounts exits, not values of today", async () => {
  const result = await resultOf("first-chicago", {
    scenarios: [
      { name: "success", probability: 0.2, exitValue: 1000, years: 2, rate: 0.25 },
      { name: "survival", probability: 0.5, value: 100 },
      { name: "failure", probability: 0.3, value: 0 },
    ],
  });
  expect(result).toMatchObject({ value: 178, scenarios: [{ presentValue: 640, contribution: 128 }, {}, {}] });
});

describe("ranges", () => {
  test("the overlap is the intersection, ends included", async () => {
    const ranges = [
      { method: "a", low: 1, high: 5 },
      { method: "b", low: 3, high: 8 },
      { method: "c", low: null, high: 9 },
    ];
    expect(await resultOf("football-field", { ranges })).toMatchObject({
      overlap: { low: 3, high: 5 },
      low: 1,
      high: 8,
    });
    const touching = [
      { method: "a", low: 1, high: 2 },
      { method: "b", low: 2, high: 3 },
    ];
    expect(await resultOf("football-field", { ranges: touching })).toMatchObject({ overlap: { low: 2, high: 2 } });
  });

  test("the tornado is ordered by the width of its bars", async () => {
    const drivers = [
      { name: "growth", values: [95, 110] },
      { name: "margin", values: [80, 120] },
      { name: "one-sided", values: [130] },
    ];
    expect(await resultOf("tornado", { base: 100, drivers })).toEqual({
      rows: [
        { name: "margin", deltas: [-20, 20], swing: 40 },
        { name: "one-sided", deltas: [30], swing: 30 },
        { name: "growth", deltas: [-5, 10], swing: 15 },
      ],
    });
  });
});

test("figures carry the currency; every answer names its conventions", async () => {
  const answer = await call("dcf", { ...FLOWS, terminal: { growth: 0.03 }, netDebt: 10, currency: "EUR" });
  if (!answer.ok) throw new Error(answer.error.message);
  expect(answer.figures.map(({ label, unit }) => [label, unit])).toContainEqual(["Enterprise value by DCF", "EUR"]);
  expect(answer.conventions).toMatchObject({ timing: "end of year: over t years", metric: "the last cash flow" });
});
