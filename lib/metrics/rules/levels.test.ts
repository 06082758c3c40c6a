import { expect, test } from "vitest";
import { findMetricByName, METRICS } from "../schema";
import { LEVELS, levelOf } from "./levels";

/** spec/stage-40, section 5: [ and ] include the bound, ( and ) do not. */
test.each([
  ["growth_rate", "0.0499999", "critical"],
  ["growth_rate", "0.05", "warning"],
  ["growth_rate", "0.1499999", "warning"],
  ["growth_rate", "0.15", "healthy"],
  ["growth_rate", "0.30", "healthy"],
  ["growth_rate", "0.3000001", "excellent"],
  ["valuation_change", "-0.1500001", "critical"],
  ["valuation_change", "-0.15", "warning"],
  ["valuation_change", "-0.0500001", "warning"],
  ["valuation_change", "-0.05", "stable"],
  ["valuation_change", "0.05", "stable"],
  ["valuation_change", "0.0500001", "rising"],
  ["valuation_change", "0.15", "rising"],
  ["valuation_change", "0.1500001", "excellent"],
  ["exit_readiness", "69.999", "not ready"],
  ["exit_readiness", "70", "approaching"],
  ["exit_readiness", "84.999", "approaching"],
  ["exit_readiness", "85", "ready"],
  ["exit_readiness", "95", "ready"],
  ["exit_readiness", "95.001", "optimal"],
  ["cash_runway", "12.001", "healthy"],
  ["cash_runway", "12", "watch"],
  ["cash_runway", "6", "watch"],
  ["cash_runway", "5.999", "urgent"],
  ["customer_concentration", "0.2999", "healthy"],
  ["customer_concentration", "0.3", "moderate"],
  ["customer_concentration", "0.5", "moderate"],
  ["customer_concentration", "0.5001", "concentrated"],
  ["team_retention", "0.8501", "stable"],
  ["team_retention", "0.85", "acceptable"],
  ["team_retention", "0.7", "acceptable"],
  ["team_retention", "0.6999", "concerning"],
])("%s at %s is %s", (metric, value, word) => {
  expect(levelOf(metric, value)?.word).toBe(word);
});

test("missing data is unknown, never green; a runway without burn is healthy", () => {
  for (const metric of Object.keys(LEVELS)) expect(levelOf(metric, null, "no-data")?.tone).toBe("unknown");
  expect(levelOf("cash_runway", null, "not-burning")?.word).toBe("healthy");
  expect(levelOf("revenue", "5")).toBeNull();
});

test("the dictionary names each metric once, with everything said", () => {
  const keys = METRICS.map((metric) => metric.key);
  expect(new Set(keys).size).toBe(keys.length);
  const stored = METRICS.filter((metric) => metric.origin === "stored");
  const names = stored.flatMap((metric) => [metric.name.toLowerCase(), ...metric.aliases]);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  for (const metric of METRICS) {
    expect(metric.definition.length).toBeGreaterThan(5);
    expect(metric.inclusion.length).toBeGreaterThan(3);
    if (metric.origin === "computed") expect(metric.requires.length).toBeGreaterThan(0);
  }
  for (const metric of Object.keys(LEVELS)) expect(keys).toContain(metric);
});

test.each([
  ["MRR", "recurring_revenue"],
  ["Total  Revenue", "revenue"],
  ["cost_of_revenue", "cost_of_revenue"],
  ["COGS", "cost_of_revenue"],
  ["Net-burn", "net_burn"],
  ["LTV", undefined],
])("a file's column %s is %s", (name, key) => {
  expect(findMetricByName(name)?.key).toBe(key);
});
