import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeFigure } from "@/lib/figures/rules";
import type { Figure } from "@/lib/figures/schema";
import { Exact } from "@/lib/money";
import type { FactKey, StoredNode } from "../../schema/driver-tree";
import type { GroupProceeds } from "./driver-proceeds";
import { driverSheet, type SheetFacts, sheetFigures } from "./driver-sheet";
import { templateFor } from "./tree-templates";

const fact = (key: string, value: string | null, unit: Figure["unit"] = "EUR"): Figure =>
  makeFigure({
    ...{ label: key, value, unit, asOf: "2026-10-31", method: `test.${key}@1`, formula: key, inputs: {}, sources: [] },
    ...(value === null ? { reason: "contradiction" } : {}),
  });

const SAAS: readonly (readonly [FactKey, string])[] = [
  ["mrr", "100000"],
  ["new_customers", "4"],
  ["new_customer_pays", "1000"],
  ["expansion_rate", "0.01"],
  ["churn_rate", "0.015"],
  ["contraction_rate", "0.005"],
];

const source = { kind: "given" as const, by: "test" };
const facts = (more: Partial<SheetFacts> = {}): SheetFacts => ({
  frame: { ventureId: "00000000-0000-7000-8000-000000000001", currency: "EUR", to: "2026-10-31" },
  ...{ version: 0, tree: templateFor("saas").tree, treeSource: source, capTableSources: [] },
  facts: new Map(SAAS.map(([key, value]) => [key, fact(key, value)])),
  ...{ reported: fact("reported", "104000"), valuation: fact("valuation", "6000000") },
  proceeds: { of: null, reason: "no-group-holder" },
  ...more,
});

/** The group takes 30 % of everything above 9 M, and nothing before. */
const behindNine: GroupProceeds = {
  at: (proceeds) => Exact.max(0, proceeds.minus(9_000_000)).times("0.3"),
  flatAround: (proceeds) => (proceeds.lt(9_000_000) ? { from: new Exact(0), to: new Exact(9_000_000) } : null),
};

describe("subscriptions month by month", () => {
  const sheet = driverSheet(facts());

  test("the gap to what was reported", () => {
    expect(sheet.now.value).toBe("100000");
    expect(sheet.gap.value).toBe("4000");
    expect(Number(sheet.gapShare.value)).toBeCloseTo(4 / 104, 12);
  });

  test("revenue is 100,000 × 0.99ⁿ + 4,000 × (1 + … ), valued at today's multiple of five", () => {
    // x(n) = 0.99 x(n − 1) + 4,000 rises towards 400,000: x(n) = 400,000 − 300,000 × 0.99ⁿ.
    const month = (n: number) => 400_000 - 300_000 * 0.99 ** n;
    const sum = (months: number) => Array.from({ length: months }, (_, i) => month(i + 1)).reduce((a, b) => a + b);
    expect(sheet.multiple.value).toBe("5");
    for (const { months, revenue, valuation } of sheet.horizons) {
      expect(Number(revenue.value)).toBeCloseTo(sum(months), 1);
      expect(Number(valuation.value)).toBeCloseTo(month(months) * 60, 1);
    }
  });

  test("more churn is worse, more of everything else better, and the ranking is by size", () => {
    const [year] = sheet.horizons;
    const moved = Object.fromEntries((year?.rows ?? []).map((row) => [row.id, Number(row.revenue.up.value)]));
    expect(Object.keys(moved)).toHaveLength(5);
    for (const [id, change] of Object.entries(moved)) expect(change > 0).toBe(!/churn|contraction/.test(id));
    const sizes = Object.values(moved).map(Math.abs);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  });

  test("without the group's holders its proceeds are unknown, with the reason", () => {
    expect(sheet.horizons[0]?.proceeds).toMatchObject({ value: null, reason: "no-group-holder" });
    expect(sheet.horizons[0]?.rows[0]?.proceeds.up).toMatchObject({ value: null, reason: "no-group-holder" });
  });

  test("every figure has its own question", () => {
    const ids = sheetFigures(sheet).map(({ id }) => id);
    // Steps of the way above a driver are the same for two drivers only where nothing was changed.
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("the group's part", () => {
  test("inside the flat zone every change is zero, and the zone is named", () => {
    // 8.0 M in a year: below 9 M whatever a tenth of a driver does.
    const [year] = driverSheet(facts({ proceeds: { of: behindNine } })).horizons;
    expect(year?.flat?.from.value).toBe("0");
    expect(year?.flat?.to?.value).toBe("9000000");
    expect(year?.proceeds.value).toBe("0");
    for (const row of year?.rows ?? []) expect([row.proceeds.up.value, row.proceeds.down.value]).toEqual(["0", "0"]);
    expect(year?.rows.some((row) => row.valuation.up.value !== "0")).toBe(true);
  });

  test("outside it the group takes its part of each change", () => {
    const valuation = fact("valuation", "12000000");
    const [year] = driverSheet(facts({ valuation, proceeds: { of: behindNine } })).horizons;
    expect(year?.flat).toBeNull();
    const [row] = year?.rows ?? [];
    expect(Number(row?.proceeds.up.value)).toBeCloseTo(Number(row?.valuation.up.value) * 0.3, 1);
  });
});

describe("what cannot be said", () => {
  test("no stored valuation: the valuation is unknown, revenue is not", () => {
    const [year] = driverSheet(facts({ valuation: null, proceeds: { of: behindNine } })).horizons;
    expect(year?.valuation).toMatchObject({ value: null, reason: "no-data" });
    expect(year?.proceeds).toMatchObject({ value: null, reason: "no-data" });
    expect(year?.revenue.value).not.toBeNull();
  });

  test("revenue of nothing or below has no multiple", () => {
    for (const mrr of ["0", "-5000"]) {
      const known = new Map([
        ...SAAS.map(([key, value]) => [key, fact(key, value)] as const),
        ["mrr", fact("mrr", mrr)] as const,
      ]);
      const sheet = driverSheet(facts({ facts: known }));
      expect(sheet.multiple).toMatchObject({ value: null, reason: "zero-denominator" });
      expect(sheet.horizons[0]?.valuation.value).toBeNull();
    }
  });

  test("a reported revenue of zero has no share that is not explained", () => {
    const sheet = driverSheet(facts({ reported: fact("reported", "0") }));
    expect(sheet.gap.value).toBe("-100000");
    expect(sheet.gapShare).toMatchObject({ value: null, reason: "zero-denominator" });
  });

  test("a fact that two sources dispute leaves the tree without an answer", () => {
    const known = new Map([
      ...SAAS.map(([key, value]) => [key, fact(key, value)] as const),
      ["churn_rate", fact("churn_rate", null)] as const,
    ]);
    const sheet = driverSheet(facts({ facts: known }));
    expect(sheet.now).toMatchObject({ value: null, reason: "missing-driver" });
    expect(sheet.horizons).toEqual([]);
    expect(sheet.gap.value).toBeNull();
  });
});

test("a sum of parts reconciles to their sum, and a tenth of a part moves a tenth of it", () => {
  const values = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 6_000_000 }), (parts, reported) => {
      const leaf = (value: number, index: number): StoredNode => ({
        ...{ id: `d${index}`, label: `Part ${index}`, value: String(value), monthlyGrowth: null, fact: null },
      });
      const tree: StoredNode = { id: "revenue", label: "Revenue", operation: "sum", children: parts.map(leaf) };
      const sheet = driverSheet(facts({ tree, reported: fact("reported", String(reported)) }));
      const total = parts.reduce((sum, part) => sum + part, 0);
      expect(Number(sheet.now.value)).toBe(total);
      expect(Number(sheet.gap.value)).toBe(reported - total);
      for (const row of sheet.horizons[0]?.rows ?? []) {
        const part = parts[Number(row.id.slice(1))] ?? 0;
        expect(Number(row.revenue.up.value)).toBeCloseTo(part * 1.2, 1);
        expect(Number(row.revenue.down.value)).toBeCloseTo(-part * 1.2, 1);
      }
    }),
    { numRuns: 40 },
  );
});
