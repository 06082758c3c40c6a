import { describe, expect, test } from "vitest";
import { call, near, resultOf } from "../test-support/calls";

const MEAN = { mean: 10, variance: 3909.9997749994377 };
const power = (more: object) => ({ effectType: "absolute", ...more });
const THIRDS = { effectType: "relative", n: 400000, allocation: [1, 1, 1] };

describe("experiments.power", () => {
  // GrowthBook packages/shared/test/power.test.ts (MIT); Spotify confidence (Apache-2.0), G*Power; R's power.prop.test.
  test.each([
    ["power", { ...THIRDS, baseline: MEAN, effect: 0.05 }, { power: 0.52144 }, 6e-6],
    [
      "sequential power",
      { ...THIRDS, baseline: MEAN, effect: 0.05, sequential: true, tuningN: 5000 },
      { power: 0.20596 },
      6e-6,
    ],
    ["effect", { ...THIRDS, baseline: MEAN, power: 0.8 }, { effect: 0.07027 }, 6e-6],
    ["sequential effect", { ...THIRDS, baseline: MEAN, power: 0.8, sequential: true }, { effect: 0.12821 }, 6e-6],
    [
      "effect that needs the quadratic",
      { ...THIRDS, n: 4500, baseline: { mean: 0.1, variance: 0.5 }, power: 0.8 },
      { effect: 1.26769 },
      6e-6,
    ],
    [
      "power of that",
      { ...THIRDS, n: 9000, baseline: { mean: 0.1, variance: 0.5 }, effect: 0.3 },
      { power: 0.29389 },
      6e-6,
    ],
    ["G*Power, means", power({ baseline: { mean: 0, variance: 100 }, effect: 0.3, power: 0.85 }), { n: 39906 }, 1e-4],
    ["G*Power, rates", power({ baseline: { rate: 0.34 }, effect: 0.003, power: 0.85 }), { n: 897348 }, 1e-4],
    [
      "R power.prop.test(p1 = .50, p2 = .75, power = .90)",
      power({ baseline: { rate: 0.5 }, effect: 0.25, power: 0.9, variance: "pooled" }),
      { n: 2 * 76.7 },
      5e-4,
    ],
    [
      "R power.prop.test(n = 50, p1 = .50, p2 = .75)",
      power({ baseline: { rate: 0.5 }, effect: 0.25, n: 100, variance: "pooled" }),
      { power: 0.7401659 },
      2e-6,
    ],
  ])("%s", async (_name, input, expected, tolerance) => {
    near(await resultOf("power", input), expected, tolerance);
  });

  test.each([
    ["no effect", power({ baseline: { rate: 0.5 }, effect: 0, power: 0.8 }), "n", "no-effect"],
    ["power of 1", power({ baseline: { rate: 0.5 }, effect: 0.1, power: 1 }), "n", "unlimited"],
    ["power not above α", power({ baseline: { rate: 0.5 }, effect: 0.1, power: 0.05 }), "n", "power-not-above-alpha"],
    [
      "an effect against the alternative",
      power({ baseline: { rate: 0.5 }, effect: 0.1, power: 0.8, alternative: "less" }),
      "n",
      "effect-against-the-alternative",
    ],
    ["a rate with no room above", power({ baseline: { rate: 0.99 }, n: 20, power: 0.8 }), "effect", "not-reachable"],
    [
      "a relative effect on zero",
      { baseline: { rate: 0 }, effect: 0.1, n: 100, effectType: "relative" },
      "power",
      "zero-denominator",
    ],
    ["nothing varies", power({ baseline: { mean: 1, variance: 0 }, effect: 0.1, n: 100 }), "power", "zero-variance"],
    [
      "a relative lift that no effect reaches",
      { baseline: { mean: 0.1, variance: 0.5 }, n: 40, power: 0.8, effectType: "relative" },
      "effect",
      "not-reachable",
    ],
  ])("%s: null with its reason", async (_name, input, field, reason) => {
    expect(await resultOf("power", input)).toMatchObject({ [field]: null, reasons: { [field]: reason } });
  });

  test.each([
    ["all three", power({ baseline: { rate: 0.5 }, effect: 0.1, n: 10, power: 0.8 }), "power"],
    ["two missing", power({ baseline: { rate: 0.5 }, effect: 0.1 }), "n"],
    ["a rate above 1", power({ baseline: { rate: 0.95 }, effect: 0.1, n: 10 }), "effect"],
    ["pooled means", power({ baseline: MEAN, effect: 0.1, n: 10, variance: "pooled" }), "variance"],
    ["no share for the treatment", power({ baseline: MEAN, effect: 0.1, n: 10, allocation: [1, 0] }), "allocation[1]"],
    ["a baseline of two kinds", power({ baseline: { rate: 2 }, effect: 0.1, n: 10 }), "baseline.rate"],
  ])("refuses %s", async (_name, input, path) => {
    const answer = await call("power", input);
    expect(answer).toMatchObject({ ok: false });
    if (!answer.ok) expect(answer.error.path.startsWith(path)).toBe(true);
  });
});
