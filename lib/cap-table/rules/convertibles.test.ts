import { describe, expect, test } from "vitest";
import { approximate, rational } from "@/lib/distribution/rules/exact";
import { liquidationWaterfall } from "@/lib/distribution/rules/waterfall";
import { waterfallInput } from "@/lib/distribution/schema";
import type { ConvertibleTerms, OcfObject } from "../schema";
import { toWaterfallClasses } from "./classes";
import { accruedInterest } from "./convertibles";
import { capTable } from "./positions";
import { capTableView } from "./view";

const M = 1_000_000;
const TERMS: ConvertibleTerms = {
  ...{ securityId: "s", kind: "safe", valuationCap: null, discountRatio: null, mostFavoured: false },
  ...{
    interestRatio: null,
    interestFrom: null,
    maturesOn: null,
    onExit: "better",
    premiumRatio: null,
    evidence: "test",
  },
};

function tableWith(mechanism: Record<string, unknown> | null, type = "SAFE") {
  const triggers = mechanism ? [{ conversion_right: { conversion_mechanism: { type: "x", ...mechanism } } }] : [];
  const payloads: Record<string, unknown>[] = [
    { object_type: "STAKEHOLDER", id: "ann", name: { legal_name: "Ann" } },
    { object_type: "STAKEHOLDER", id: "fund", name: { legal_name: "Fund" } },
    { object_type: "STOCK_CLASS", id: "com", name: "Common", class_type: "COMMON", seniority: "0" },
    {
      ...{ object_type: "TX_STOCK_ISSUANCE", id: "i1", date: "2024-01-01", security_id: "c" },
      ...{ stakeholder_id: "ann", stock_class_id: "com", quantity: "8000000" },
    },
    {
      ...{ object_type: "TX_CONVERTIBLE_ISSUANCE", id: "i2", date: "2025-01-01", security_id: "s" },
      ...{ stakeholder_id: "fund", convertible_type: type, conversion_triggers: triggers },
      investment_amount: { amount: "1000000", currency: "USD" },
    },
  ];
  const objects = payloads.map((payload, position): OcfObject => {
    const { object_type: objectType, id, date } = payload;
    const at = { position, itemIndex: position, fileName: "All.ocf.json" };
    return { ...at, objectType: String(objectType), externalId: String(id), date: date ? String(date) : null, payload };
  });
  return capTable(objects, null);
}

function payout(exit: number, answer: Partial<ConvertibleTerms> | null, table = tableWith(null), day = "2026-01-01") {
  const terms = new Map(answer ? [["s", { ...TERMS, ...answer }]] : []);
  const classes = toWaterfallClasses(table, new Map(), { terms, day });
  if (!classes.ok) throw new Error(JSON.stringify(classes.problems));
  const outcome = liquidationWaterfall(waterfallInput.parse({ proceeds: exit, classes: classes.value }));
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  const { payouts } = outcome.value;
  return ["s", "s:discount"].reduce((sum, id) => sum + approximate(payouts.get(id) ?? rational(0)), 0);
}

describe("a SAFE of 1 M beside 8 M common shares (YC post-money SAFE v1.2, liquidity event)", () => {
  test.each([
    ["cap 10 M: 0.8 M shares of 8.8 M", 88 * M, { valuationCap: "10000000" }, 8 * M],
    ["cap 10 M: money back below the cap", 5 * M, { valuationCap: "10000000" }, M],
    [
      "beside a cap the discount does not count at an exit",
      88 * M,
      { valuationCap: "10000000", discountRatio: "0.2" },
      8 * M,
    ],
    ["20 % off alone: 1 M ÷ 0.8", 88 * M, { discountRatio: "0.2" }, 1.25 * M],
    ["20 % off alone: no more than there is", 1.1 * M, { discountRatio: "0.2" }, 1.1 * M],
    ["most favoured without terms: money back", 88 * M, { mostFavoured: true }, M],
    ["money back only, whatever the cap", 88 * M, { valuationCap: "10000000", onExit: "repaid" as const }, M],
  ])("%s", (_, exit, answer, expected) => {
    expect(payout(exit, answer)).toBeCloseTo(expected, 6);
  });
});

describe("a note of 1 M at 6 % since a year", () => {
  const note = { kind: "note" as const, interestRatio: "0.06" };
  test.each([
    ["is paid back with its interest", 88 * M, note, 1_060_000],
    [
      "interest runs from the day named",
      88 * M,
      { ...note, interestFrom: "2025-07-02" },
      M + Math.round((M * 0.06 * 183) / 365),
    ],
    ["a premium pays principal once more", 88 * M, { ...note, premiumRatio: "1" }, 2_060_000],
    ["its cap of 8 M makes 1.06 M shares of 9.06 M", 90.6 * M, { ...note, valuationCap: "8000000" }, 10.6 * M],
    ["comes before common", 0.5 * M, note, 0.5 * M],
  ])("%s", (_, exit, answer, expected) => {
    expect(Math.abs(payout(exit, answer) - expected)).toBeLessThanOrEqual(1);
  });

  test("bears none before it begins, and actual days over 365 in a leap year", () => {
    const of = { outstanding: rational("365000"), issuedOn: "2024-01-01" };
    const interest = (day: string) =>
      Number(accruedInterest(of, { interestRatio: "0.1", interestFrom: null }, day).toString());
    expect(interest("2023-12-31")).toBe(0);
    expect(interest("2024-01-01")).toBe(0);
    expect(interest("2025-01-01")).toBe(36_600);
  });
});

describe("what a package says by itself", () => {
  test.each([
    ["a cap", { conversion_valuation_cap: { amount: "10000000", currency: "USD" } }, "SAFE", "package"],
    ["a discount", { conversion_discount: "0.2" }, "SAFE", "package"],
    ["nothing", null, "SAFE", null],
    ["a note's cap alone", { conversion_valuation_cap: { amount: "1", currency: "USD" } }, "NOTE", null],
  ])("%s", (_, mechanism, type, from) => {
    const table = tableWith(mechanism, type);
    const [view] = capTableView({ issuerName: "x", importId: "y" }, table, new Map()).convertibles;
    expect(view).toMatchObject({ from, label: `${type} of Fund`, amount: "1000000", currency: "USD" });
    const classes = toWaterfallClasses(table, new Map());
    expect(classes.ok).toBe(from !== null);
    if (classes.ok) return;
    expect(classes).toMatchObject({ refusal: "INCOMPLETE", problems: [{ path: "securities.s" }] });
    expect(classes.problems?.[0]?.expected).toContain("data page, under the cap table");
  });

  test("gives way to what a person read", () => {
    const table = tableWith({ conversion_discount: "0.2" });
    expect(payout(88 * M, null, table)).toBeCloseTo(1.25 * M, 6);
    expect(payout(88 * M, { valuationCap: "10000000" }, table)).toBeCloseTo(8 * M, 6);
  });
});
