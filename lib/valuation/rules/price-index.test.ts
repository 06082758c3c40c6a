import { expect, test } from "vitest";
import { shareClassSchema } from "@/lib/distribution/schema";
import { sampleInputs } from "../test-support/inputs";
import { carryFactor } from "./price-index";
import { ventureValuation } from "./venture-valuation";

const POINTS = [
  { day: "2025-03-31", value: "5" },
  { day: "2025-06-30", value: "0" },
  { day: "2026-06-30", value: "6" },
  { day: "2026-09-30", value: "7.5" },
];

test.each<[string, string, string, string | null]>([
  ["up by half", "2025-03-31", "2026-10-31", "1.5"],
  ["the newest value before the day of the sale", "2025-05-15", "2026-10-31", "1.5"],
  ["not moved", "2026-10-01", "2026-10-31", "1"],
  ["before the series begins", "2025-03-30", "2026-10-31", null],
  ["a sale in a gap of the series", "2026-03-01", "2026-10-31", null],
  ["a value of zero", "2025-07-01", "2026-10-31", null],
  ["a series that ended", "2026-09-30", "2027-06-30", null],
])("%s", (_case, from, day, factor) => {
  expect(carryFactor(POINTS, from, day)).toBe(factor);
});

const precedent = (id: string, multiple: string) => ({
  ...{ id, kind: "precedent" as const, name: id, metric: "Revenue, last 12 months", multiple },
  ...{ date: "2025-12-31", source: "Press", excluded: null },
});

test("precedents are carried to today, and one without a value of the series is left out by name", () => {
  const inputs = sampleInputs();
  inputs.methods.precedents = { ...inputs.methods.precedents, used: true, metric: "1000000", outliers: "none" };
  const context = {
    ...{ asOf: "2026-11-22", comparables: [precedent("a", "2"), precedent("b", "4"), precedent("c", "9")] },
    ...{ classes: [{ id: "c", kind: "common", shares: 1 }].map((one) => shareClassSchema.parse(one)) },
    ...{ classesReason: null, indices: [{ key: "all", label: "All", factors: { a: "1.5", b: "0.5" } }] },
  };
  const valued = () => ventureValuation(inputs, context).methods.find(({ key }) => key === "precedents");
  expect(valued()?.central.value?.toFixed()).toBe("4000000");
  inputs.methods.precedents.index = "all";
  expect(valued()?.central.value?.toFixed()).toBe("2500000");
  expect(valued()?.carried).toEqual([
    { name: "a", factor: "1.5" },
    { name: "b", factor: "0.5" },
  ]);
  expect(valued()?.multiples?.excluded).toEqual([{ name: "c", why: "the market series has no value of its day" }]);
});
