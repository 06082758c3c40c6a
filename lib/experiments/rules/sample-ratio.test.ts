import { describe, expect, test } from "vitest";
import { call, near, resultOf } from "../test-support/calls";

describe("experiments.sample-ratio", () => {
  // GrowthBook packages/back-end/test/stats.test.ts, "calculates SRM correctly" (MIT).
  test.each([
    [[1000, 1200], [0.5, 0.5], 2.0079e-5, true, "severe"],
    [[310, 98], [0.75, 0.25], 0.647434186, false, "none"],
    [[500, 600, 0], [1, 1, 0], 0.0025688315270227, false, "possible"],
  ])("%j against %j", async (observed, expected, pValue, mismatch, severity) => {
    const result = await resultOf("sample-ratio", { observed, expected });
    near(result, { pValue, mismatch, severity }, 6e-8);
  });
  test("no units, and one arm alone, have no p-value", async () => {
    expect(await resultOf("sample-ratio", { observed: [0, 0], expected: [1, 1] })).toMatchObject({ pValue: null });
    expect(await resultOf("sample-ratio", { observed: [9, 0], expected: [1, 0] })).toMatchObject({ mismatch: null });
  });
  test.each([
    [{ observed: [1, 2], expected: [1] }, "expected"],
    [{ observed: [1, 2], expected: [0, 0] }, "expected"],
    [{ observed: [1, -2], expected: [1, 1] }, "observed[1]"],
  ])("refuses %j", async (input, path) => {
    expect(await call("sample-ratio", input)).toMatchObject({ ok: false, error: { path } });
  });
  test("units in an arm of weight 0 are named", async () => {
    const answer = await call("sample-ratio", { observed: [50, 50, 3], expected: [1, 1, 0] });
    expect(answer).toMatchObject({ ok: true, result: { pValue: 1 }, warnings: [expect.stringContaining("3 units")] });
  });
});
