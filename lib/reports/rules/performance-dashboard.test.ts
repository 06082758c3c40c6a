import { expect, test } from "vitest";
import type { Figure } from "@/lib/figures/schema";
import { performanceDashboard } from "./performance-dashboard";

const figure = (digit: string, change: Partial<Figure> = {}): Figure => ({
  ...{ id: digit.repeat(16), label: `Measure ${digit}`, value: "1", unit: "ratio", asOf: "2026-10-31" },
  ...{ method: `metrics.venture.${digit}@1`, formula: "f", inputs: {}, sources: [] },
  ...change,
});

test("measures in their groups, with a column only where some row says something in it", () => {
  const blocks = performanceDashboard({
    measures: [
      { key: "mrr", figure: figure("a"), level: null },
      {
        key: "growth_rate",
        figure: figure("b", { value: null, reason: "no-data" }),
        level: { word: "unknown", tone: "unknown" },
      },
      { key: "something_new", figure: figure("c"), level: null },
    ],
    figures: [figure("d", { method: "metrics.venture.cohort_retention@1" })],
    series: [],
  });
  const tables = blocks.flatMap((block) => (block.kind === "table" ? [block] : []));
  expect(tables.map(({ caption, columns, rows }) => [caption, columns.length, rows.length])).toEqual([
    ["Stage metrics", 5, 1],
    ["Recurring revenue", 3, 1],
    ["More measures", 3, 1],
    ["Cohorts", 2, 1],
  ]);
  expect(tables[0]?.rows[0]).toEqual([
    "Measure b",
    `[[fig:${"b".repeat(16)}]]`,
    "unknown",
    "2026-10-31",
    "Nothing is stored from which this could be computed.",
  ]);
});

test("a line of three years where something is known, and none where nothing is", () => {
  const points = Array.from({ length: 48 }, (_, index) => ({ month: `m${index}`, value: "1" }));
  const unknown = [{ month: "2026-01", value: null }];
  const blocks = performanceDashboard({
    measures: [],
    figures: [],
    series: [
      { key: "revenue", label: "Revenue", unit: "EUR", points },
      { key: "cash", label: "Cash", unit: "EUR", points: unknown },
    ],
  });
  expect(blocks.map((block) => (block.kind === "chart" ? [block.title, block.points.length] : block.kind))).toEqual([
    "heading",
    ["Revenue by month", 36],
  ]);
});
