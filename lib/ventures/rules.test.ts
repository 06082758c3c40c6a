import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  configurationWarnings,
  type EntryFacts,
  entryGate,
  PROFILE_PARAMETERS,
  primaryMetrics,
  quarterChange,
  resolveProfile,
  slugOf,
  trimOverrides,
  unbrokenRun,
  yearOverYearGrowth,
} from "./rules";
import { overridesSchema, PARAMETER_KEYS, PARAMETERS, PROFILES, rangeOf } from "./schema";

const months = (from: number, values: readonly string[]) =>
  values.map((value, i) => {
    const at = from + i;
    return { month: `${2023 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`, value };
  });

describe("parameters (specification, section 6)", () => {
  test.each(PROFILES)("the %s profile lies in its own ranges", (profile) => {
    expect(overridesSchema.safeParse(PROFILE_PARAMETERS[profile]).success).toBe(true);
  });

  test.each([
    ["ventureMaturityScore", 70, 100, 69, 101, "Venture maturity score: from 70 to 100 %"],
    ["minimumMetricsPeriod", 6, 24, 5, 25, "Minimum metrics period: a whole number from 6 to 24 months"],
    ["metricsPositive", 2, 3, 1, 4, "Metrics positive: a whole number from 2 to 3 of 3"],
    ["growthOptimizationTarget", 10, 50, 9.9, 50.1, "Growth optimization target: from 10 to 50 % a year"],
    ["exitReadinessTarget", 70, 100, 69.5, 100.5, "Exit readiness target: from 70 to 100 points"],
    ["growthInitiativesAtOnce", 3, 10, 2, 11, "Growth initiatives at once: a whole number from 3 to 10 initiatives"],
    ["minimumInitiativeRoi", 2, 10, 1.9, 10.1, "Minimum initiative ROI: from 2 to 10 x"],
    ["growthBudgetCap", 10, 50, 9, 51, "Growth budget cap: from 10 to 50 % of revenue"],
    ["targetBuyerPool", 5, 30, 4, 31, "Target buyer pool: a whole number from 5 to 30 buyers"],
    ["dueDiligenceLeadTime", 3, 12, 2, 13, "Due diligence lead time: a whole number from 3 to 12 months"],
    ["valuationOptimizationPeriod", 6, 18, 5, 19, "Valuation optimization period: a whole number from 6 to 18 months"],
    [
      "investmentBankerFrom",
      5e6,
      5e7,
      5e6 - 1,
      5e7 + 1,
      "Investment banker from: a whole number from 5,000,000 to 50,000,000 USD",
    ],
    ["negotiation", 1, 6, 0, 7, "Negotiation: a whole number from 1 to 6 months"],
    ["closing", 3, 12, 2, 13, "Closing: a whole number from 3 to 12 months"],
    ["earnOutPeriod", 0, 36, -1, 37, "Earn-out period: a whole number from 0 to 36 months"],
    ["escrow", 5, 20, 4, 21, "Escrow: from 5 to 20 % of proceeds"],
    ["growthAlertBelow", 0, 20, -1, 21, "Growth alert below: from 0 to 20 % a year"],
    ["valuationDropAlert", 10, 30, 9, 31, "Valuation drop alert: from 10 to 30 % a quarter"],
  ] as const)("%s takes its bounds and refuses beyond them with the range", (key, min, max, below, above, message) => {
    expect(overridesSchema.safeParse({ [key]: min }).success).toBe(true);
    expect(overridesSchema.safeParse({ [key]: max }).success).toBe(true);
    for (const wrong of [below, above, Number.NaN, "20"]) {
      const outcome = overridesSchema.safeParse({ [key]: wrong });
      expect(outcome.success).toBe(false);
      expect(outcome.error?.issues[0]).toMatchObject({ path: [key], message });
    }
  });

  test("minimum valuation starts at 1M and has no end", () => {
    expect(overridesSchema.safeParse({ minimumValuation: 1_000_000 }).success).toBe(true);
    expect(overridesSchema.safeParse({ minimumValuation: 9_000_000_000 }).success).toBe(true);
    expect(overridesSchema.safeParse({ minimumValuation: 999_999 }).error?.issues[0]?.message).toBe(
      "Minimum valuation: a whole number from 1,000,000 USD",
    );
  });

  test("choices name what can be chosen; unknown parameters are refused", () => {
    expect(overridesSchema.safeParse({ strategyReview: "annually" }).success).toBe(true);
    const wrong = overridesSchema.safeParse({ strategyReview: "daily" });
    expect(wrong.error?.issues[0]?.message).toBe("Strategy review: one of monthly, quarterly, semi-annually, annually");
    expect(overridesSchema.safeParse({ escrowRate: 10 }).success).toBe(false);
  });
});

test("overrides stand on top of the profile and nothing else changes", () => {
  fc.assert(
    fc.property(fc.constantFrom(...PROFILES), fc.subarray(PARAMETER_KEYS), (profile, keys) => {
      const donor = PROFILE_PARAMETERS.aggressive;
      const overrides = Object.fromEntries(keys.map((key) => [key, donor[key]]));
      const resolved = resolveProfile({ profile, autonomy: "manual", overrides });
      for (const key of PARAMETER_KEYS) {
        const expected = keys.includes(key) ? donor[key] : PROFILE_PARAMETERS[profile][key];
        expect(resolved.parameters[key]).toBe(expected);
      }
      expect(resolved.overridden).toEqual(PARAMETER_KEYS.filter((key) => keys.includes(key)));
      const trimmed = trimOverrides(profile, overrides);
      expect(resolveProfile({ profile, autonomy: "manual", overrides: trimmed }).parameters).toEqual(
        resolved.parameters,
      );
    }),
  );
});

test("a minimum valuation above today's is warned about, an unknown one is not", () => {
  const { conservative } = PROFILE_PARAMETERS;
  expect(configurationWarnings(conservative, "9999999.99", 1)).toHaveLength(1);
  expect(configurationWarnings(conservative, "10000000", 1)).toEqual([]);
  expect(configurationWarnings(conservative, null, 1)).toEqual([]);
});

test("a second person is wanted where there is none", () => {
  const two = { ...PROFILE_PARAMETERS.balanced, secondPerson: "irreversible decisions" };
  expect(configurationWarnings(two, null, 1)).toEqual([expect.stringContaining("Nobody can be the second person")]);
  expect(configurationWarnings(two, null, 2)).toEqual([]);
});

describe("entry gate", () => {
  const metric = (positive: boolean | null) => ({
    label: "m",
    value: positive === null ? null : "1",
    unit: "%",
    positive,
    from: "above 0 %",
  });
  const facts = (positive: (boolean | null)[], maturityScore: string | null, metricsMonths: number): EntryFacts => ({
    maturityScore,
    metricsMonths,
    metrics: positive.map(metric),
  });

  test.each([
    ["all in order", facts([true, true, true], "85", 12), true, []],
    ["score a hair below", facts([true, true, true], "84.99", 12), false, ["venture-mature"]],
    ["score unknown", facts([true, true, true], null, 12), false, ["venture-mature"]],
    ["two of three", facts([true, true, false], "90", 12), false, ["metrics-positive"]],
    ["unknown is not positive", facts([true, true, null], "90", 12), false, ["metrics-positive"]],
    ["too short", facts([true, true, true], "90", 11), false, ["metrics-period"]],
    [
      "nothing known",
      facts([null, null, null], null, 0),
      false,
      ["venture-mature", "metrics-positive", "metrics-period"],
    ],
  ])("balanced: %s", (_name, given, passed, failing) => {
    const gate = entryGate(given, PROFILE_PARAMETERS.balanced);
    expect(gate.passed).toBe(passed);
    expect(gate.lines.filter((line) => !line.passed).map((line) => line.criterion)).toEqual(failing);
    expect(gate.lines).toHaveLength(3);
  });

  test("aggressive passes with two of three, 75 % and 6 months", () => {
    expect(entryGate(facts([true, null, true], "75", 6), PROFILE_PARAMETERS.aggressive).passed).toBe(true);
  });

  test("each line says what was required and found", () => {
    const [mature, metrics] = entryGate(facts([true, null, false], "71.5", 30), PROFILE_PARAMETERS.conservative).lines;
    expect(mature).toMatchObject({ required: "Venture maturity score of at least 90 %", found: "71.5 %" });
    expect(metrics).toMatchObject({ required: "At least 3 of 3 metrics positive", found: "1 of 3" });
    expect(metrics?.detail).toEqual([
      "m: 1 %, positive (above 0 %)",
      "m: no data, unknown (above 0 %)",
      "m: 1 %, not positive (above 0 %)",
    ]);
  });
});

describe("primary metrics", () => {
  const year = (value: string) => Array.from({ length: 12 }, () => value);

  test("growth compares the last 12 months with the 12 before", () => {
    expect(yearOverYearGrowth(months(0, [...year("100"), ...year("124")]))).toBe("24");
    expect(yearOverYearGrowth(months(0, [...year("100"), ...year("100").slice(1)]))).toBeNull();
    expect(yearOverYearGrowth(months(0, [...year("0"), ...year("5")]))).toBeNull();
  });

  test("a gap ends the run", () => {
    const gapped = [...months(0, year("1")), ...months(13, ["2", "3"])];
    expect(unbrokenRun(gapped).map((m) => m.value)).toEqual(["2", "3"]);
    expect(unbrokenRun([])).toEqual([]);
  });

  test("valuation changes over the quarter", () => {
    expect(quarterChange(months(0, ["100", "50", "60", "95"]))).toBe("-5");
    expect(quarterChange(months(0, ["100", "50", "60"]))).toBeNull();
  });

  test("bounds: growth above 0, valuation at −5, readiness at 70", () => {
    const at = (now: string, change: string, score: string) =>
      primaryMetrics(
        months(0, [...year("100"), ...year(now)]),
        months(0, ["100", "1", "1", change]),
        months(0, [score]),
      ).map((m) => m.positive);
    expect(at("100.1", "95", "70")).toEqual([true, true, true]);
    expect(at("100", "94.9", "69.9")).toEqual([false, false, false]);
    expect(primaryMetrics([], [], []).map((m) => m.positive)).toEqual([null, null, null]);
  });
});

test.each([
  ["Lumen Health", "lumen-health"],
  ["  Ångström & Söner AB ", "angstrom-soner-ab"],
])("the slug of %s", (name, slug) => expect(slugOf(name)).toBe(slug));

test("every parameter says its range in words", () => {
  for (const key of PARAMETER_KEYS) expect(rangeOf(PARAMETERS[key])).toMatch(/from \d|one of/);
});
