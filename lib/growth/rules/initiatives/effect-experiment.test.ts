import { describe, expect, test } from "vitest";
import { decideEffect, type MonthValue } from "./effect";
import { effectOfExperiment, type ShippedExperiment } from "./effect-experiment";
import type { InitiativeMeasure } from "./initiative-measure";

const months = (values: readonly (number | null)[]): MonthValue[] =>
  values.map((value, index) => ({ month: `2026-0${index + 1}`, value }));
const measure = (scale: InitiativeMeasure["scale"]): InitiativeMeasure => ({
  ...{ key: "revenue", label: "Revenue", unit: "EUR", direction: "up", group: null, scale },
});
const shipped = (more: Partial<ShippedExperiment> = {}): ShippedExperiment => ({
  ...{ id: "x", name: "Annual plan", shippedOn: "2026-03-10", metric: "revenue", difference: "relative" },
  ...{ estimate: 0.25, low: 0.1, high: 0.4, confidence: 0.95, ...more },
});
const begun = { metric: "revenue", startedOn: "2026-01-05" };
const history = months([80, 80, 90, 100, 100, 110]);

test("a relative change c of what stands at x is x − x ÷ (1 + c), in each whole month since it was shipped", () => {
  const { estimate } = effectOfExperiment(shipped(), measure("relative"), begun, history);
  expect(estimate).toMatchObject({ method: "experiment", months: 3, confidence: 0.95 });
  // April, May and June: (100 + 100 + 110) ÷ 3 × (1 − 1 ÷ 1.25).
  expect(estimate?.estimate).toBeCloseTo((310 / 3) * 0.2, 10);
  expect(estimate?.low).toBeCloseTo((310 / 3) * (1 - 1 / 1.1), 10);
  expect(estimate?.high).toBeCloseTo((310 / 3) * (1 - 1 / 1.4), 10);
  expect(estimate?.counterfactual[0]).toMatchObject({ month: "2026-04", actual: 100, expected: 80 });
});

test("an absolute change of a ratio is itself", () => {
  const absolute = shipped({ difference: "absolute", estimate: 0.02, low: 0.01, high: 0.03 });
  const found = effectOfExperiment(absolute, measure("absolute"), begun, months([0.9, 0.9, 0.9, 0.93])).estimate;
  expect(found?.estimate).toBeCloseTo(0.02, 12);
  expect(found?.counterfactual[0]?.low).toBeCloseTo(0.9, 12);
});

test("one that began after the experiment was shipped counts from its own start", () => {
  const late = effectOfExperiment(shipped(), measure("relative"), { ...begun, startedOn: "2026-05-02" }, history);
  expect(late.estimate?.counterfactual.map(({ month }) => month)).toEqual(["2026-06"]);
});

describe("what says nothing about the initiative says why", () => {
  test.each<[string, Partial<ShippedExperiment>, MonthValue[], string]>([
    ["another metric", { metric: "signup" }, history, "experiment-of-another-metric"],
    ["an absolute difference of a total", { difference: "absolute" }, history, "experiment-not-relative"],
    ["no interval", { low: null }, history, "experiment-without-interval"],
    ["shipped in the last known month", { shippedOn: "2026-06-02" }, history, "too-few-months-after"],
    ["a month since is missing", {}, months([80, 80, 90, 100, null, 110]), "gap-in-months"],
    ["nothing left to compare with", {}, months([80, 80, 90, 0, 10, 20]), "not-positive"],
    ["a lower end that takes everything away", { low: -1 }, history, "not-positive"],
  ])("%s", (_case, more, known, reason) => {
    expect(effectOfExperiment(shipped(more), measure("relative"), begun, known)).toEqual({
      ...{ method: "experiment", estimate: null, reason },
    });
  });

  test("it has not been started", () => {
    const idle = { ...begun, startedOn: null };
    expect(effectOfExperiment(shipped(), measure("relative"), idle, history).reason).toBe("not-started");
  });
});

test("an experiment that does not count leaves the answer, and its reason, to the other methods", () => {
  const other = effectOfExperiment(shipped({ metric: "signup" }), measure("relative"), begun, history);
  const facts = { direction: "up" as const, overlapping: false };
  const forecast = { method: "forecast" as const, estimate: null, reason: "too-few-months-before" as const };
  expect(decideEffect([other, forecast], facts)).toMatchObject({ reason: "too-few-months-before" });
});
