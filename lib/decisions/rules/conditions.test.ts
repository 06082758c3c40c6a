import { describe, expect, test } from "vitest";
import type { ResolvedPoint } from "@/lib/metrics/rules/series";
import { findMetric } from "@/lib/metrics/schema";
import { Exact } from "@/lib/money";
import type { Condition } from "../schema";
import { canBeCondition, OFFER_TERMS } from "../schema/conditions";
import { failedConditions } from "./condition-words";
import {
  checkConditions,
  conditionsUntil,
  conditionUnit,
  metricOfNewest,
  newestFigure,
  offerTermFigure,
  type Reading,
} from "./conditions";

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

describe("a term of the offer in hand", () => {
  const [escrow] = OFFER_TERMS;
  const venture = { id: "018f0000-0000-7000-8000-000000000001" };
  const offer = { dealId: "d1", bidder: "Nordwerk", title: "First bid", version: 2, dated: "2026-11-20", term: "0.12" };
  const drawn = (given: typeof offer | null, term: string | null = "0.12") =>
    offerTermFigure(escrow, { offer: given && { ...given, term }, venture, version: 5, today: "2026-11-23" });

  test("is a figure with its offer, from the bidder's offers", () => {
    expect(drawn(offer)).toMatchObject({ value: "0.12", unit: "ratio", asOf: "2026-11-20" });
    expect(drawn(offer).formula).toContain("Nordwerk, First bid v2");
    expect(drawn(offer).sources).toMatchObject([{ dataset: "bids:d1", version: 5 }]);
    expect([metricOfNewest(drawn(offer).method), conditionUnit("offer_escrow", "EUR")]).toEqual([
      "offer_escrow",
      "ratio",
    ]);
  });
  test("is unknown without an offer, or where it is not stated, so that nothing is fulfilled by it", () => {
    const asked = condition({ metric: "offer_escrow", comparator: "at-most", threshold: "0.1" });
    for (const { value, reason = null } of [drawn(null), drawn(offer, null)]) {
      expect(value).toBeNull();
      expect(checkConditions([asked], { offer_escrow: reading(null, reason) })[0]?.holds).toBe(false);
    }
  });
  test("can be asked for like any metric, and nothing else can", () => {
    expect(["offer_escrow", "cash_runway", "revenue", "moon_phase"].map(canBeCondition)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
});

test("what failed is said with what it is", () => {
  const written = {
    figure: ({ value, unit }: { value: string | null; unit: string }) => `${value} ${unit}`,
    day: (day: string) => day,
  };
  const checked = checkConditions(
    [condition({ threshold: "9" }), condition({ metric: "offer_escrow", comparator: "at-most", threshold: "0.1" })],
    { cash_runway: reading("8.2"), offer_escrow: reading(null, "no-data") },
  );
  expect(failedConditions(checked, "EUR", written)).toBe(
    "Cash runway at least 9 months until 2026-12-01: it is 8.2 months. Escrow of the offer at most 0.1 ratio until 2026-12-01: unknown, so it does not hold: Nothing is stored from which this could be computed.",
  );
});
