import fc from "fast-check";
import { expect, test } from "vitest";
import { type PerformanceView, parsePerformanceView, performanceHref, performanceParams } from "./performance-view";

const PLAIN: PerformanceView = {
  ...{ span: 12, month: null, trend: "mrr", cohorts: "customers", since: null, type: null, search: "" },
  ...{ sort: "amount", descending: true, page: 1 },
};

test.each([
  [{}, {}],
  [
    { span: "3", month: "2026-10" },
    { span: 3, month: "2026-10" },
  ],
  [{ span: "5" }, {}],
  [{ month: "2026-13" }, {}],
  [{ month: "10/2026" }, {}],
  [
    { trend: "growth_rate", cohorts: "revenue" },
    { trend: "growth_rate", cohorts: "revenue" },
  ],
  [{ trend: "passwords" }, {}],
  [
    { type: "churn", sort: "customer", order: "ascending" },
    { type: "churn", sort: "customer", descending: false },
  ],
  [{ page: "-3" }, {}],
  [{ page: ["2", "7"] }, { page: 2 }],
])("%j reads as %j", (params, change) => {
  expect(parsePerformanceView(params)).toEqual({ ...PLAIN, ...change });
});

test("a view survives its own address, and the plain one adds nothing", () => {
  expect(performanceHref("/p", PLAIN)).toBe("/p");
  const views = fc.record({
    span: fc.constantFrom(1, 3, 12),
    month: fc.constantFrom(null, "2026-10", "2024-02"),
    trend: fc.constantFrom("mrr", "growth_rate", "revenue_…m"),
    cohorts: fc.constantFrom("customers", "revenue"),
    since: fc.constantFrom(null, "2025-01"),
    type: fc.constantFrom(null, "churn", "new"),
    search: fc.string({ maxLength: 40 }),
    sort: fc.constantFrom("amount", "month", "customer"),
    descending: fc.boolean(),
    page: fc.integer({ min: 1, max: 99 }),
  }) as fc.Arbitrary<PerformanceView>;
  fc.assert(
    fc.property(views, (view) => {
      expect(parsePerformanceView(Object.fromEntries(performanceParams(view)))).toEqual(view);
    }),
  );
});

test("another filter begins at the first page", () => {
  expect(performanceHref("/p", { ...PLAIN, page: 4 }, { type: "churn" })).toBe("/p?type=churn");
  expect(performanceHref("/p", { ...PLAIN, type: "churn" }, { page: 4 })).toBe("/p?type=churn&page=4");
});
