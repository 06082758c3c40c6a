import { describe, expect, test } from "vitest";
import { type LightFacts, lightOf, worstOf } from "./status";

const GOOD = [
  { key: "growth_rate", label: "Growth rate", tone: "healthy" as const },
  { key: "cash_runway", label: "Cash runway", tone: "healthy" as const },
];
const facts = (changed: Partial<LightFacts> = {}): LightFacts => ({
  ...{ measures: GOOD, alerts: [], overdueDecisions: 0, sold: false, daysToSpare: null, overdueConditions: 0 },
  ...changed,
});
const measure = (key: string, tone: "critical" | "warning" | "unknown") => [
  ...GOOD.filter((one) => one.key !== key),
  { key, label: key, tone },
];

describe("the traffic light", () => {
  test.each<[string, Partial<LightFacts>, string]>([
    ["nothing wrong", {}, "green"],
    ["an alert that is good news", { alerts: [{ severity: "info", title: "ready" }] }, "green"],
    ["a warning", { alerts: [{ severity: "warning", title: "stale" }] }, "amber"],
    ["a critical alert", { alerts: [{ severity: "critical", title: "growth" }] }, "red"],
    ["runway urgent", { measures: measure("cash_runway", "critical") }, "red"],
    ["value falling", { measures: measure("valuation_change", "critical") }, "red"],
    ["not ready for an exit alone", { measures: measure("exit_readiness", "critical") }, "amber"],
    ["few customers", { measures: measure("customer_concentration", "warning") }, "amber"],
    ["a measure that is no headline", { measures: measure("ltv", "critical") }, "green"],
    ["growth unknown", { measures: measure("growth_rate", "unknown") }, "unknown"],
    ["no measure at all", { measures: [] }, "unknown"],
    ["unknown beside a warning", { measures: [], alerts: [{ severity: "warning", title: "stale" }] }, "amber"],
    ["a decision overdue", { overdueDecisions: 1 }, "red"],
    ["a closing without a day to spare", { daysToSpare: 0 }, "green"],
    ["a closing too near", { daysToSpare: -1 }, "red"],
    ["a condition overdue", { overdueConditions: 2 }, "amber"],
    ["a sold venture, whose measures are not followed", { sold: true, measures: [], daysToSpare: -1 }, "green"],
    ["a sold venture whose memo is overdue", { sold: true, measures: [], overdueDecisions: 1 }, "red"],
    ["a warning at a sold venture", { sold: true, alerts: [{ severity: "warning", title: "escrow" }] }, "amber"],
  ])("%s", (_, changed, light) => {
    const told = lightOf(facts(changed));
    expect(told.light).toBe(light);
    expect(told.reasons.length).toBeGreaterThan(0);
  });

  test("gives a reason once, however many alerts say it", () => {
    const alert = { severity: "critical", title: "Data is old" };
    expect(lightOf(facts({ alerts: [alert, alert] })).reasons).toEqual(["critical alert: Data is old"]);
  });

  test("misses no measure of a venture that is sold", () => {
    const warned = lightOf(facts({ sold: true, measures: [], alerts: [{ severity: "warning", title: "escrow" }] }));
    expect(warned.reasons).toEqual(["warning: escrow"]);
  });

  test.each([
    [["green", "amber", "red"], "red"],
    [["green", "unknown"], "unknown"],
    [["unknown", "amber"], "amber"],
    [["green"], "green"],
    [[], "unknown"],
  ] as const)("of %j is %s", (lights, worst) => expect(worstOf(lights)).toBe(worst));
});
