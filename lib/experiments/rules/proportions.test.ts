import { describe, expect, test } from "vitest";
import { call, type Expected, near, resultOf } from "../test-support/calls";

const one = (successes: number, n: number, method: string) => ({ successes, n, method, confidence: 0.95 });
const two = (method: string) => ({ ...one(56, 70, method), versus: { successes: 48, n: 80 } });

// statsmodels results_proportion.py (R binom.confint) and test_proportion.py (BSD-3-Clause); Newcombe 1998, example (a);
// Jeffreys from scipy's beta.ppf; Brown, Cai and DasGupta 2001 for the ends.
const INTERVALS: [input: object, expected: Expected, tolerance: number][] = [
  [one(19, 38, "wilson"), { estimate: 0.5, interval: [0.348499283643951, 0.651500716356049] }, 1e-9],
  [one(18, 20, "wilson"), { interval: [0.6989663547715128, 0.972133518786232] }, 1e-6],
  [one(18, 20, "clopper-pearson"), { interval: [0.6830172859809176, 0.9876514728297052] }, 1e-6],
  [one(18, 20, "agresti-coull"), { interval: [0.6867561125596077, 0.984343760998137] }, 1e-6],
  [one(18, 20, "jeffreys"), { interval: [0.71614674, 0.97862751] }, 1e-8],
  [one(0, 20, "clopper-pearson"), { estimate: 0, interval: [0, 0.16843347] }, 1e-8],
  [one(20, 20, "clopper-pearson"), { estimate: 1, interval: [0.83156653, 1] }, 1e-8],
  [one(0, 20, "jeffreys"), { interval: [0, 0.1166389829] }, 1e-6],
  [one(0, 20, "wilson"), { interval: [0, 0.1611252] }, 1e-6],
  [one(20, 20, "agresti-coull"), { interval: [0.8101, 1] }, 1e-3],
  [one(0, 20, "wald"), { interval: [0, 0] }, 0],
  [two("newcombe"), { estimate: 0.2, interval: [0.0524, 0.3339] }, 5e-5],
  [two("wald"), { interval: [0.0575, 0.3425] }, 5e-5],
  [two("agresti-caffo"), { interval: [0.052452926638, 0.335758455476] }, 1e-9],
  [two("katz-log"), { estimate: 4 / 3, interval: [1.076626422763, 1.651248511266] }, 1e-9],
  [{ ...one(0, 70, "katz-log"), versus: { successes: 4, n: 80 } }, { estimate: 0, interval: [null, null] }, 0],
  [{ ...one(3, 70, "katz-log"), versus: { successes: 0, n: 80 } }, { estimate: null, interval: [null, null] }, 0],
  [one(0, 0, "wilson"), { estimate: null, interval: [null, null] }, 0],
];

describe("experiments.proportion-interval", () => {
  test.each(INTERVALS)("%j", async (input, expected, tolerance) => {
    near(await resultOf("proportion-interval", input), expected, tolerance);
  });
  test.each([
    [one(3, 2, "wilson"), "successes"],
    [one(1, 2, "newcombe"), "method"],
    [two("wilson"), "method"],
    [{ ...two("wald"), versus: { successes: 3, n: 2 } }, "versus.successes"],
    [{ ...one(1, 2, "wald"), confidence: 1 }, "confidence"],
  ])("refuses %j", async (input, path) => {
    expect(await call("proportion-interval", input)).toMatchObject({ ok: false, error: { path } });
  });
});

const against = (successes: number, n: number, rate: number, method: string, alternative = "two-sided") => ({
  ...{ samples: [{ successes, n }], null: rate, method, alternative },
});
const between = (samples: [number, number][], method: string, alternative = "two-sided") => ({
  ...{ samples: samples.map(([successes, n]) => ({ successes, n })), method, alternative },
});

// R: binom.test, fisher.test, prop.test(correct = FALSE); statsmodels TestProportion; Spotify confidence; scipy 1.17.
const TESTS: [name: string, input: object, expected: Expected, tolerance: number][] = [
  ["R binom.test(682, 925, p = 0.75)", against(682, 925, 0.75, "exact"), { pValue: 0.3824915595748518 }, 1e-10],
  ["binom.test(51, 235, 1/6)", against(51, 235, 1 / 6, "exact"), { pValue: 0.043747970182399884 }, 1e-10],
  ["3 of 10 against 0.1", against(3, 10, 0.1, "exact"), { pValue: 0.0701908264 }, 1e-10],
  ["none of 20 against 0.1", against(0, 20, 0.1, "exact"), { pValue: 0.25452997802490435 }, 1e-10],
  ["500 of 1000 above 0.47", against(500, 1000, 0.47, "exact", "greater"), { pValue: 0.030886420650887574 }, 1e-10],
  ["the mode itself", against(5, 10, 0.5, "exact"), { pValue: 1 }, 1e-12],
  ["a null of 0", against(1, 10, 0, "exact"), { pValue: 0 }, 0],
  [
    "Fisher's tea",
    between(
      [
        [3, 4],
        [1, 4],
      ],
      "exact",
      "greater",
    ),
    { pValue: 17 / 70 },
    1e-12,
  ],
  [
    "scipy fisher_exact, small",
    between(
      [
        [8, 10],
        [1, 6],
      ],
      "exact",
    ),
    { pValue: 0.034965034965034975 },
    1e-12,
  ],
  [
    "scipy fisher_exact, 1000",
    between(
      [
        [200, 500],
        [260, 500],
      ],
      "exact",
    ),
    { pValue: 0.0001784843567766819 },
    1e-10,
  ],
  [
    "four samples (R prop.test)",
    between(
      [
        [73, 86],
        [90, 93],
        [114, 136],
        [75, 82],
      ],
      "chi-squared",
    ),
    { statistic: 11.11938768628861, degreesOfFreedom: 3, pValue: 0.011097511366581344 },
    1e-10,
  ],
  ["statsmodels test_scalar", against(5, 83, 0.05, "z"), { statistic: 0.392126026314, pValue: 0.694965098115 }, 1e-10],
  [
    "Spotify, us",
    between(
      [
        [42, 104],
        [500, 1009],
      ],
      "z",
    ),
    { pValue: 0.074866 },
    1e-5,
  ],
  [
    "the same as chi-squared",
    between(
      [
        [42, 104],
        [500, 1009],
      ],
      "chi-squared",
    ),
    { statistic: 1.7812832519141355 ** 2, pValue: 0.07486618912440116 },
    1e-10,
  ],
  [
    "one-sided by the signed root",
    between(
      [
        [42, 104],
        [500, 1009],
      ],
      "chi-squared",
      "less",
    ),
    { pValue: 0.07486618912440116 / 2 },
    1e-10,
  ],
  [
    "no success anywhere",
    between(
      [
        [0, 10],
        [0, 12],
      ],
      "z",
    ),
    { statistic: null, pValue: null },
    0,
  ],
  [
    "no units",
    between(
      [
        [0, 0],
        [3, 12],
      ],
      "exact",
    ),
    { pValue: null },
    0,
  ],
];

describe("experiments.proportion-test", () => {
  test.each(TESTS)("%s", async (_name, input, expected, tolerance) => {
    near(await resultOf("proportion-test", input), expected, tolerance);
  });
  test.each([
    [{ samples: [{ successes: 1, n: 2 }], method: "z" }, "null"],
    [
      {
        ...between(
          [
            [1, 2],
            [1, 2],
          ],
          "z",
        ),
        null: 0.5,
      },
      "null",
    ],
    [
      between(
        [
          [1, 2],
          [1, 2],
          [1, 2],
        ],
        "z",
      ),
      "method",
    ],
    [
      between(
        [
          [1, 2],
          [1, 2],
          [1, 2],
        ],
        "chi-squared",
        "less",
      ),
      "alternative",
    ],
    [
      between(
        [
          [3, 2],
          [1, 2],
        ],
        "z",
      ),
      "samples[0].successes",
    ],
    [
      between(
        [
          [4e6, 9e6],
          [4e6, 9e6],
        ],
        "exact",
      ),
      "method",
    ],
  ])("refuses %j", async (input, path) => {
    expect(await call("proportion-test", input)).toMatchObject({ ok: false, error: { path } });
  });
});

describe("experiments.adjust", () => {
  const P = [0.01, null, 0.04, 0.03, 0.005, 1];
  // R p.adjust and scipy false_discovery_control on the same values; NA is not counted.
  test.each([
    ["bonferroni", [0.05, null, 0.2, 0.15, 0.025, 1]],
    ["holm", [0.04, null, 0.09, 0.09, 0.025, 1]],
    ["benjamini-hochberg", [0.025, null, 0.05, 0.05, 0.025, 1]],
  ])("%s", async (method, adjusted) => {
    near(await resultOf("adjust", { pValues: P, method }), { adjusted }, 1e-12);
  });
  test.each([
    ["holm", [0.02, 0.02, 0.02], [0.06, 0.06, 0.06]],
    ["benjamini-hochberg", [0.02, 0.02, 0.02], [0.02, 0.02, 0.02]],
    ["holm", [0.3], [0.3]],
    ["holm", [], []],
    ["benjamini-hochberg", [null], [null]],
  ])("%s of %j", async (method, pValues, adjusted) => {
    near(await resultOf("adjust", { pValues, method }), { adjusted }, 1e-12);
  });
  test("refuses what is no probability", async () => {
    const answer = await call("adjust", { pValues: [0.1, 1.2], method: "holm" });
    expect(answer).toMatchObject({ ok: false, error: { path: "pValues[1]" } });
  });
});
