import { describe, expect, test } from "vitest";
import {
  A,
  absolute,
  arms,
  B,
  GROWTHBOOK,
  OTHERS,
  preA,
  preB,
  QUANTILE_A,
  QUANTILE_B,
  RATIO_A,
  RATIO_B,
  relative,
} from "../test-support/analyze-cases";
import { call, near, resultOf } from "../test-support/calls";

describe("experiments.analyze", () => {
  test.each([...GROWTHBOOK, ...OTHERS])("%s", async (_name, input, expected, tolerance) => {
    near(await resultOf("analyze", input), expected, tolerance);
  });

  test("beta priors against simulation", async () => {
    const input = arms({ n: 100, successes: 49 }, { n: 100, successes: 51 }, { ...absolute, method: "bayesian" });
    const result = await resultOf("analyze", { ...input, prior: { alpha: 1, beta: 1 } });
    near(result, { interval: [-0.11704, 0.15574], chanceToWin: 0.61096, standardError: 0.06967 }, 5e-4);
  });

  const nothing = { interval: [null, null], pValue: null, standardError: null, degreesOfFreedom: null, decision: null };
  test.each([
    [
      "no units in an arm",
      arms({ n: 0, successes: 0 }, { n: 10, successes: 1 }, absolute),
      { ...nothing, estimate: null },
      "no-units",
    ],
    [
      "one unit",
      arms({ n: 1, sum: 3, sumSquares: 9 }, { n: 9, sum: 9, sumSquares: 19 }, absolute),
      { ...nothing, estimate: -2 },
      "too-few-units",
    ],
    [
      "nothing varies",
      arms({ n: 3, sum: 6, sumSquares: 12 }, { n: 3, sum: 9, sumSquares: 27 }, absolute),
      { ...nothing, estimate: 1 },
      "zero-variance",
    ],
    [
      "a constant that floating point cannot add",
      arms(
        { n: 3, sum: 0.1 + 0.1 + 0.1, sumSquares: 3 * 0.1 * 0.1 },
        { n: 3, sum: 0.6, sumSquares: 3 * 0.2 * 0.2 },
        absolute,
      ),
      nothing,
      "zero-variance",
    ],
    [
      "a ratio that is the same for every unit",
      arms(
        ...([1, 2].map((n) => ({
          n: 3,
          sum: 2 * n + 12,
          sumSquares: 4 * n * n + 80,
          denominator: { sum: n + 6, sumSquares: n * n + 20, sumProduct: 2 * n * n + 40 },
        })) as [object, object]),
        absolute,
      ),
      nothing,
      "zero-variance",
    ],
    [
      "no success",
      arms({ n: 50, successes: 0 }, { n: 50, successes: 4 }, absolute),
      { ...nothing, estimate: 0.08 },
      "zero-variance",
    ],
    [
      "every unit a success",
      arms({ n: 50, successes: 40 }, { n: 50, successes: 50 }, absolute),
      { ...nothing, estimate: 0.2 },
      "zero-variance",
    ],
    [
      "a control mean of zero",
      arms({ n: 2, sum: 0, sumSquares: 2 }, { n: 9, sum: 9, sumSquares: 19 }, relative),
      { ...nothing, estimate: null },
      "zero-denominator",
    ],
    [
      "a ratio over zero",
      arms(
        { n: 2, sum: 1, sumSquares: 1, denominator: { sum: 0, sumSquares: 0, sumProduct: 0 } },
        { ...RATIO_B, pre: undefined },
        absolute,
      ),
      { ...nothing, estimate: null },
      "zero-denominator",
    ],
  ])("%s: null with its reason", async (_name, input, expected, reason) => {
    const result = await resultOf("analyze", input);
    near(result, expected, 1e-12);
    expect((result.reasons as Record<string, string>).pValue).toBe(reason);
  });

  test("a pre-period that does not vary adjusts nothing, and says so", async () => {
    const flat = (arm: object) => ({ ...arm, pre: { sum: 0, sumSquares: 0, sumProduct: 0 } });
    const answer = await call("analyze", arms(flat(A), flat(B), absolute));
    expect(answer).toMatchObject({ ok: true, result: { theta: null, reasons: { theta: "zero-denominator" } } });
    if (answer.ok) near(answer.result, { estimate: 0.29, pValue: 0.02016 }, 6e-6);
    expect(answer.ok && answer.warnings).toHaveLength(1);
  });

  test("a negative control mean keeps the direction of the change", async () => {
    const input = arms({ n: 100, sum: -1000, sumSquares: 12000 }, { n: 100, sum: -800, sumSquares: 9000 }, relative);
    const result = await resultOf("analyze", input);
    near(result, { estimate: 0.2, decision: "increase" }, 1e-12);
  });

  test("a treatment known far better than the control: the chance is the control's own tail", async () => {
    const input = arms({ n: 100, successes: 10 }, { n: 10_000_000, successes: 1_300_000 }, { ...absolute });
    const result = await resultOf("analyze", { ...input, method: "bayesian", prior: { alpha: 1, beta: 1 } });
    // scipy 1.17, the control's cdf over the treatment's density
    near(
      result,
      {
        chanceToWin: 0.7774578773643511,
        standardError: Math.sqrt(1001 / 1_071_612 + (1_300_001 * 8_700_001) / (10_000_002 ** 2 * 10_000_003)),
      },
      1e-9,
    );
  });

  test("a rate too rare for a mean of the lift still has an interval under beta priors", async () => {
    const input = arms({ n: 100, successes: 0 }, { n: 100, successes: 5 }, { ...relative, method: "bayesian" });
    const result = await resultOf("analyze", { ...input, prior: { alpha: 1, beta: 1 } });
    expect(result).toMatchObject({ estimate: null, decision: "increase", reasons: { estimate: "infinite-mean" } });
    near(result, { chanceToWin: 0.98557, interval: [0.204, 234.4] }, 6e-3);
  });

  test.each([
    ["more successes than units", arms({ n: 3, successes: 4 }, { n: 3, successes: 1 }, absolute), "control.successes"],
    [
      "squares below sum² ÷ n",
      arms(A, { n: 2, sum: 1396.87, sumSquares: 52377.9767 }, absolute),
      "treatment.sumSquares",
    ],
    [
      "a correlation above 1",
      arms({ ...A, pre: preA }, { ...B, pre: { ...preB, sumProduct: 1e6 } }, absolute),
      "treatment.pre.sumProduct",
    ],
    ["the pre-period of one arm", arms({ ...A, pre: preA }, B, absolute), "treatment.pre"],
    ["CUPED without pre-period", arms(A, B, { ...absolute, cuped: true }), "control.pre"],
    ["arms of two kinds", arms(A, { n: 3, successes: 1 }, absolute), "treatment"],
    [
      "a ratio's pre-period without denominator",
      arms(RATIO_A, { ...RATIO_B, pre: preB }, absolute),
      "treatment.pre.denominator",
    ],
    ["both sum and successes", arms({ ...A, successes: 3 }, B, absolute), "control"],
    [
      "an interval beside the quantile",
      arms({ n: 9, quantile: { ...QUANTILE_A, lower: 8 } }, { n: 9, quantile: QUANTILE_B }, absolute),
      "control.quantile.lower",
    ],
    ["sums without units", arms({ n: 0, sum: 3, sumSquares: 9 }, B, absolute), "control.n"],
    ["a prior at a fixed horizon", arms(A, B, { ...absolute, prior: { mean: 0, variance: 1 } }), "prior"],
    ["a beta prior on means", arms(A, B, { ...absolute, method: "bayesian", prior: { alpha: 1, beta: 1 } }), "prior"],
    [
      "a prior of no variance",
      arms(A, B, { ...absolute, method: "bayesian", prior: { mean: 0, variance: 0 } }),
      "prior.variance",
    ],
    ["half a beta prior", arms(A, B, { ...absolute, method: "bayesian", prior: { alpha: 1 } }), "prior.beta"],
    [
      "a one-sided sequence at α ½",
      arms(A, B, { ...absolute, method: "sequential", alternative: "less", alpha: 0.5 }),
      "alpha",
    ],
    ["α of 0", arms(A, B, { ...absolute, alpha: 0 }), "alpha"],
    ["no treatment", { control: A, difference: "absolute" }, "treatment"],
    ["no difference", { control: A, treatment: B }, "difference"],
  ])("refuses %s by path", async (_name, input, path) => {
    expect(await call("analyze", input)).toMatchObject({ ok: false, error: { path } });
  });
});
