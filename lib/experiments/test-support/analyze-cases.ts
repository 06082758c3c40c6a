import type { Expected } from "./calls";

export const A = { n: 3407, sum: 1396.87, sumSquares: 52377.9767 };
export const A3000 = { ...A, n: 3000 };
export const B = { n: 3461, sum: 2422.7, sumSquares: 134698.29 };
export const QUANTILE_A = {
  value: 7.157987489967789,
  lower: 7.098780136176828,
  upper: 7.217194843758751,
  confidence: 0.95,
};
export const QUANTILE_B = {
  value: 7.694499927525767,
  lower: 7.64180598628119,
  upper: 7.747193868770344,
  confidence: 0.95,
};
export const RATIO_A = {
  n: 100,
  sum: 485.112236689623,
  sumSquares: 2715.484666118136,
  denominator: { sum: 679.9093275844917, sumSquares: 4939.424001640236, sumProduct: 3602.146836776702 },
  pre: {
    sum: 192.59138069991536,
    sumSquares: 460.076026390857,
    sumProduct: 1113.6215759318352,
    denominator: { sum: 290.1398399750233, sumSquares: 920.9461385038898, sumProduct: 634.239482353647 },
    cross: {
      numeratorPreDenominator: 1559.2878434944676,
      denominatorPreNumerator: 1460.3181079276983,
      denominatorPreDenominator: 2130.9404074446747,
    },
  },
};
export const RATIO_B = {
  n: 100,
  sum: 514.7757826608777,
  sumSquares: 2994.897482705013,
  denominator: { sum: 705.4090874383759, sumSquares: 5291.36604146392, sumProduct: 3918.1561431600717 },
  pre: {
    sum: 206.94157227402536,
    sumSquares: 514.2903702246757,
    sumProduct: 1237.0953021125997,
    denominator: { sum: 302.54389139107326, sumSquares: 994.4506208125663, sumProduct: 698.4173425817908 },
    cross: {
      numeratorPreDenominator: 1701.0287270040265,
      denominatorPreNumerator: 1604.0759503266522,
      denominatorPreDenominator: 2292.081739775257,
    },
  },
};
export const preA = { sum: 16.87, sumSquares: 527.9767, sumProduct: 1 };
export const preB = { sum: 22.7, sumSquares: 1348.29, sumProduct: 1 };
const FOUR = { n: 4, sum: 11, sumSquares: 39, pre: { sum: 23.7, sumSquares: 485.15, sumProduct: 71.6 } };

export const arms = (control: unknown, treatment: unknown, more: object) => ({ control, treatment, ...more });
export const relative = { difference: "relative" };
export const absolute = { difference: "absolute" };

// GrowthBook, packages/stats/tests (MIT): frequentist/test_tests.py, bayesian/test_tests.py, test_shared_models.py.
export const GROWTHBOOK: [name: string, input: object, expected: Expected, tolerance: number][] = [
  [
    "test_two_sided_ttest_absolute",
    arms(A, B, absolute),
    { estimate: 0.29, interval: [0.04538, 0.53462], standardError: 0.12478, pValue: 0.02016, decision: "increase" },
    6e-6,
  ],
  [
    "test_two_sided_ttest",
    arms(A, B, relative),
    { estimate: 0.70732, interval: [-0.03526, 1.44989], standardError: 0.37879, pValue: 0.06191, decision: "none" },
    6e-6,
  ],
  [
    "test_two_sided_ttest_binom",
    arms({ n: 28, successes: 14 }, { n: 30, successes: 16 }, relative),
    { estimate: 0.06667, interval: [-0.47767, 0.61101], standardError: 0.2717, pValue: 0.80707 },
    6e-6,
  ],
  [
    "test_two_sided_ttest_test_runs_ratio_ra",
    arms(RATIO_A, RATIO_B, { ...relative, cuped: true }),
    { estimate: -0.0007, interval: [-0.00841, 0.007], standardError: 0.00391, pValue: 0.85771 },
    6e-6,
  ],
  [
    "TestOneSidedGreaterTTest relative",
    arms(A3000, B, { ...relative, alternative: "greater" }),
    { estimate: 0.5033610858562358, interval: [-0.045136675850396046, null], pValue: 0.06558262868467746 },
    1e-10,
  ],
  [
    "TestOneSidedGreaterTTest absolute",
    arms(A3000, B, { ...absolute, alternative: "greater" }),
    {
      estimate: 0.23437666666666668,
      interval: [0.020791480063255735, null],
      pValue: 0.03554272489873023,
      decision: "increase",
    },
    1e-10,
  ],
  [
    "TestOneSidedLesserTTest relative",
    arms(A3000, B, { ...relative, alternative: "less" }),
    { interval: [null, 1.0518588475628676], pValue: 0.9344173713153225 },
    1e-10,
  ],
  [
    "test_sequential_test_runs",
    arms(A3000, B, { ...relative, method: "sequential", tuningN: 1000 }),
    { estimate: 0.50336, interval: [-0.55844, 1.56516], standardError: 0.33341, pValue: 1 },
    6e-6,
  ],
  [
    "test_sequential_test_runs_prop",
    arms({ n: 3000, successes: 1396 }, { n: 3461, successes: 2422 }, { ...relative, method: "sequential" }),
    { estimate: 0.50386, interval: [0.40098, 0.60675], standardError: 0.03386, pValue: 0, decision: "increase" },
    6e-6,
  ],
  [
    "test_sequential_test_runs_ra",
    arms({ ...A3000, pre: preA }, { ...B, pre: preB }, { ...relative, method: "sequential", cuped: true }),
    { estimate: 0.50338, interval: [-0.5097, 1.51647], standardError: 0.33341, pValue: 1 },
    1.2e-5,
  ],
  [
    "test_sequential_test_runs_ratio_ra",
    arms(RATIO_A, RATIO_B, { ...relative, method: "sequential" }),
    { estimate: -0.0007, interval: [-0.02063, 0.01923], standardError: 0.00391, pValue: 1 },
    6e-6,
  ],
  [
    "TestSequentialOneSidedGreaterTTest relative",
    arms(A3000, B, { ...relative, alternative: "greater", method: "sequential" }),
    { interval: [-0.42356454602790883, null] },
    1e-10,
  ],
  [
    "TestSequentialOneSidedGreaterTTest absolute",
    arms(A3000, B, { ...absolute, alternative: "greater", method: "sequential" }),
    { interval: [-0.12656844172804982, null] },
    1e-10,
  ],
  [
    "TestSequentialOneSidedLesserTTest absolute",
    arms(A3000, B, { ...absolute, alternative: "less", method: "sequential", tuningN: 5000 }),
    { estimate: 0.23437666666666668, interval: [null, 0.5953217750613832] },
    1e-10,
  ],
  ["TestComputeTheta", arms(FOUR, FOUR, { ...absolute, cuped: true }), { theta: 0.01864, estimate: 0 }, 6e-6],
  [
    "TestBinom",
    arms({ n: 100, successes: 49 }, { n: 100, successes: 51 }, { ...relative, method: "bayesian" }),
    {
      estimate: 0.04082,
      interval: [-0.24779, 0.32943],
      standardError: 0.14725,
      chanceToWin: 0.60918,
      risk: { control: 0.0814, treatment: 0.04058 },
    },
    6e-6,
  ],
  [
    "TestNorm",
    arms(
      { n: 10, sum: 100, sumSquares: 1002.25 },
      { n: 10, sum: 105, sumSquares: 1111.5 },
      { ...relative, method: "bayesian" },
    ),
    {
      estimate: 0.05,
      interval: [-0.02, 0.12],
      standardError: 0.03572,
      chanceToWin: 0.91923,
      risk: { control: 0.05131, treatment: 0.00131 },
    },
    6e-6,
  ],
  [
    "TestNorm informative",
    arms(
      { n: 10, sum: 100, sumSquares: 1002.25 },
      { n: 10, sum: 105, sumSquares: 1111.5 },
      { ...relative, method: "bayesian", prior: { mean: 0.1, variance: 0.1 } },
    ),
    {
      estimate: 0.05063,
      interval: [-0.01893, 0.12019],
      standardError: 0.03549,
      chanceToWin: 0.92315,
      risk: { control: 0.05186, treatment: 0.00123 },
    },
    6e-6,
  ],
  [
    "quantile, flat prior",
    arms({ n: 11054, quantile: QUANTILE_A }, { n: 10861, quantile: QUANTILE_B }, { ...absolute, method: "bayesian" }),
    { estimate: 0.5365124375579775, interval: [0.4572559589115422, 0.6157689162044128] },
    1e-12,
  ],
  [
    "quantile, informative prior",
    arms(
      { n: 11054, quantile: QUANTILE_A },
      { n: 10861, quantile: QUANTILE_B },
      { ...absolute, method: "bayesian", prior: { mean: 0, variance: 7.157987489967789 ** 2 } },
    ),
    { estimate: 0.536495315442269, interval: [0.4572401014910488, 0.6157505293934892] },
    1e-12,
  ],
  [
    "quantile, relative",
    arms(
      { n: 11054, quantile: QUANTILE_A },
      { n: 10861, quantile: QUANTILE_B },
      { ...relative, method: "bayesian", prior: { mean: 0, variance: 1 } },
    ),
    { estimate: 0.07495037261804469, interval: [0.06340765898986044, 0.08649308624622894] },
    1e-12,
  ],
];

// scipy 1.17 ttest_ind(equal_var=False) with its confidence interval; own quadrature against 4 million draws.
export const OTHERS: typeof GROWTHBOOK = [
  [
    "GrowthBook power.test.ts, delta method variance absolute",
    arms({ n: 4, sum: 28, sumSquares: 202 }, { n: 15, sum: 75, sumSquares: 382 }, absolute),
    { standardError: Math.sqrt(2 / 4 + 0.5 / 15) },
    1e-12,
  ],
  [
    "GrowthBook power.test.ts, delta method variance relative",
    arms({ n: 4, sum: 28, sumSquares: 202 }, { n: 15, sum: 75, sumSquares: 382 }, relative),
    { standardError: Math.sqrt(0.00589) },
    5e-4,
  ],
  [
    "scipy Welch",
    arms({ n: 5, sum: 20, sumSquares: 130 }, { n: 6, sum: 42, sumSquares: 356 }, absolute),
    {
      estimate: 3,
      degreesOfFreedom: 8.629226914323807,
      pValue: 0.195312509535427,
      interval: [-1.866024219455996, 7.866024219455996],
    },
    1e-11,
  ],
  [
    "beta priors, absolute (GrowthBook's earlier Beta.risk)",
    arms(
      { n: 100, successes: 49 },
      { n: 100, successes: 51 },
      { ...absolute, method: "bayesian", prior: { alpha: 1, beta: 1 } },
    ),
    { estimate: 2 / 102, risk: { control: 0.03872, treatment: 0.01912 } },
    6e-6,
  ],
];
