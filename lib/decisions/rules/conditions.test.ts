import { describe, expect, test } from "vitest";
import type { ResolvedPoint } from "@/lib/metrics/rules/series";
import { findMetric } from "@/lib/metrics/schema";
import { Exact } from "@/lib/money";
import type { Condition } from "../schema";
import { checkConditions, conditionsUntil, metricOfNewest, newestFigure, type Reading } from "./conditions";

const condition = (more: Partial<Condition> = {}): Condition => ({
  ...{ metric: "cash_runway", comparator: "at-least", threshold: "12", until: "2026-12-01" },
  ...more,
});
const reading = (value: string | null, reason: string | null = null): Reading => ({
  ...{ figure: { id: "0123456789abcdef", revision: 3 }, value, reason },
});

describe("a condition holds", () => {
  test.each<[string, Partial<Condition>, Reading | null, boolean]>([
    ["at its bound", {}, reading("12"), true],
    ["not below it", {}, reading("11.999999"), false],
    ["at the upper bound", { comparator: "at-most" }, reading("12.000"), true],
    ["not above it", { comparator: "at-most" }, reading("12.0001"), false],
    ["not on a value that is unknown", {}, reading(null, "contradiction"), false],
    ["not at most an unknown value", { comparator: "at-most" }, reading(null, "no-data"), false],
    ["not on a metric that nobody measured", {}, null, false],
    ["where nothing is burnt: the runway is unlimited", {}, reading(null, "not-burning"), true],
    ["not at most something unlimited", { comparator: "at-most" }, reading(null, "not-burning"), false],
    ["below zero as well", { metric: "growth_rate", threshold: "-0.05" }, reading("-0.04"), true],
  ])("%s", (_case, more, read, holds) => {
    const [checked] = checkConditions([condition(more)], read ? { [condition(more).metric]: read } : {});
    expect(checked?.holds).toBe(holds);
    expect(checked?.figure).toEqual(read?.figure ?? null);
    expect(checked?.reason).toBe(read ? read.reason : "not-computed");
  });

  test("until the first of their days is over", () => {
    const conditions = [condition(), condition({ until: "2026-11-30" })];
    expect(conditionsUntil(conditions)?.toISOString()).toBe("2026-12-01T00:00:00.000Z");
    expect(conditionsUntil([])).toBeNull();
  });
});

const point = (to: string, value: string | null): ResolvedPoint => ({
  period: { from: `${to.slice(0, 7)}-01`, to },
  value: value === null ? { value: null, reason: "contradiction" } : { value: new Exact(value) },
  points: [],
  disagree: value === null,
});

describe("the newest value of a series as a figure", () => {
  const revenue = findMetric("revenue");
  const drawn = (points: ResolvedPoint[], today = "2026-11-22") => {
    if (!revenue) throw new Error("no such metric");
    const venture = { id: "018f0000-0000-7000-8000-000000000001", currency: "EUR" };
    return newestFigure(revenue, { venture, series: { points, book: null }, version: 4, today });
  };
  test("is of the last period that is over", () => {
    const figure = drawn([point("2026-09-30", "90"), point("2026-10-31", "100")]);
    expect(figure).toMatchObject({ value: "100", unit: "EUR", asOf: "2026-10-31", label: "Revenue" });
    expect(figure.sources).toMatchObject([{ dataset: "metric:revenue", version: 4 }]);
    expect(metricOfNewest(figure.method)).toBe("revenue");
  });
  test("is unknown where sources disagree, where it is old and where there is none", () => {
    expect(drawn([point("2026-10-31", null)])).toMatchObject({ value: null, reason: "contradiction" });
    expect(drawn([point("2026-01-31", "100")])).toMatchObject({ value: null, reason: "no-recent-data" });
    expect(drawn([])).toMatchObject({ value: null, reason: "no-data" });
  });
});
