import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AlertFacts, decideAlerts, isLongInStage } from "./rules";
import { ALERT_METRICS, type AlertKind } from "./schema";

const CALM: AlertFacts = {
  stage: "active",
  longInStage: true,
  growthAlertBelow: 5,
  valuationDropAlert: 15,
  exitReadinessTarget: 90,
  values: {},
  freshness: "fresh",
};
const factsWith = (kind: AlertKind, value: string | null, more: Partial<AlertFacts> = {}): AlertFacts => ({
  ...CALM,
  values: { [ALERT_METRICS[kind] ?? ""]: { value } },
  ...more,
});
const raised = (facts: AlertFacts) => decideAlerts(facts, new Set()).raise.map(({ kind }) => kind);
const cleared = (facts: AlertFacts, kind: AlertKind) => decideAlerts(facts, new Set([kind])).clear;

// Specification, section 8 (conditions) and section 5 (bounds): a bound with < or > does not include itself.
const BOUNDS: readonly [AlertKind, string, boolean][] = [
  ["growth-critical", "0.0499", true],
  ["growth-critical", "0.05", false],
  ["growth-critical", "-0.2", true],
  ["valuation-decline", "-0.1501", true],
  ["valuation-decline", "-0.15", false],
  ["runway-low", "5.99", true],
  ["runway-low", "6", false],
  ["concentration-high", "0.5001", true],
  ["concentration-high", "0.5", false],
  ["retention-low", "0.6999", true],
  ["retention-low", "0.7", false],
  ["exit-ready", "90", true],
  ["exit-ready", "89.99", false],
];

describe("bounds", () => {
  test.each(BOUNDS)("%s at %s: %s", (kind, value, holds) => {
    expect(raised(factsWith(kind, value))).toEqual(holds ? [kind] : []);
  });

  test("severities are those of the specification", () => {
    const facts: AlertFacts = {
      ...CALM,
      freshness: "stale",
      values: {
        growth_rate: { value: "0" },
        valuation_change: { value: "-0.3" },
        cash_runway: { value: "2" },
        customer_concentration: { value: "0.8" },
        team_retention: { value: "0.4" },
        exit_readiness: { value: "95" },
      },
    };
    expect(decideAlerts(facts, new Set()).raise.map(({ kind, severity }) => [kind, severity])).toEqual([
      ["growth-critical", "critical"],
      ["valuation-decline", "critical"],
      ["runway-low", "warning"],
      ["concentration-high", "warning"],
      ["retention-low", "warning"],
      ["data-stale", "warning"],
      ["exit-ready", "info"],
    ]);
  });

  test("the chairman's own limits count", () => {
    expect(raised(factsWith("growth-critical", "0.08", { growthAlertBelow: 10 }))).toEqual(["growth-critical"]);
    expect(raised(factsWith("valuation-decline", "-0.2", { valuationDropAlert: 25 }))).toEqual([]);
    expect(raised(factsWith("exit-ready", "80", { exitReadinessTarget: 80 }))).toEqual(["exit-ready"]);
  });

  test("slow growth is no alert in the first six months, and ends with the stage", () => {
    expect(raised(factsWith("growth-critical", "0.01", { longInStage: false }))).toEqual([]);
    expect(cleared(factsWith("growth-critical", "0.01", { longInStage: false }), "growth-critical")).toEqual([
      "growth-critical",
    ]);
  });

  test.each([
    ["2026-01-12", "2026-07-12", false],
    ["2026-01-12", "2026-07-13", true],
    ["2025-08-31", "2026-02-28", false],
    ["2025-08-31", "2026-03-01", true],
    [null, "2026-07-13", false],
  ])("entered on %s, on %s more than six months: %s", (enteredOn, today, long) => {
    expect(isLongInStage(enteredOn, today)).toBe(long);
  });
});

// An alert that stands ends only beyond its margin.
const ENDS: readonly [AlertKind, string, boolean][] = [
  ["growth-critical", "0.0599", false],
  ["growth-critical", "0.06", true],
  ["valuation-decline", "-0.1301", false],
  ["valuation-decline", "-0.13", true],
  ["runway-low", "6.99", false],
  ["runway-low", "7", true],
  ["concentration-high", "0.4801", false],
  ["concentration-high", "0.48", true],
  ["retention-low", "0.7199", false],
  ["retention-low", "0.72", true],
  ["exit-ready", "88", false],
  ["exit-ready", "87.99", true],
];

describe("hysteresis", () => {
  test.each(ENDS)("%s that stands, at %s ends: %s", (kind, value, ends) => {
    expect(cleared(factsWith(kind, value), kind)).toEqual(ends ? [kind] : []);
  });

  test("what is unknown neither begins nor ends an alert", () => {
    for (const kind of Object.keys(ALERT_METRICS) as AlertKind[]) {
      const unknown = factsWith(kind, null, { freshness: "unknown" });
      expect(raised(unknown)).toEqual([]);
      expect(cleared(unknown, kind)).toEqual([]);
      expect(cleared({ ...CALM, freshness: "unknown" }, kind)).toEqual([]);
    }
  });

  test("a runway without burn is unlimited: the alert ends", () => {
    const facts = { ...CALM, values: { cash_runway: { value: null, reason: "not-burning" } } };
    expect(cleared(facts, "runway-low")).toEqual(["runway-low"]);
  });

  test("who has left has no alerts", () => {
    const facts = factsWith("runway-low", "1", { stage: "exited" });
    expect(raised(facts)).toEqual([]);
    expect(cleared(facts, "runway-low")).toEqual(["runway-low"]);
  });

  test("with the same values a second look changes nothing, whatever the first did", () => {
    const value = fc.option(fc.integer({ min: -60, max: 120 }).map(String), { nil: null });
    const share = fc.option(
      fc.integer({ min: -60, max: 120 }).map((n) => String(n / 100)),
      { nil: null },
    );
    const facts = fc.record({
      growth_rate: share,
      valuation_change: share,
      customer_concentration: share,
      team_retention: share,
      cash_runway: value,
      exit_readiness: value,
    });
    const kinds = fc.uniqueArray(fc.constantFrom(...(Object.keys(ALERT_METRICS) as AlertKind[])));
    fc.assert(
      fc.property(facts, kinds, (given, before) => {
        const values = Object.fromEntries(Object.entries(given).map(([key, v]) => [key, { value: v }]));
        const standing = new Set(before);
        const { raise, clear } = decideAlerts({ ...CALM, values }, standing);
        for (const { kind } of raise) standing.add(kind);
        for (const kind of clear) standing.delete(kind);
        expect(decideAlerts({ ...CALM, values }, standing)).toEqual({ raise: [], clear: [] });
      }),
    );
  });
});
