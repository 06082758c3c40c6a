import { expect, test } from "vitest";
import { lastMonths, marksOf, trendFinding } from "./trend-finding";

const series = (values: (number | null)[]) =>
  values.map((value, i) => ({ month: `2026-${String(i + 1).padStart(2, "0")}`, value }));
const name = (month: string) => month;
const marks = marksOf("exit_readiness", String);

test("the marks are the bounds of the levels", () => {
  expect(marks.map((mark) => mark.value)).toEqual([70, 85, 95]);
  expect(marksOf("revenue", String)).toEqual([]);
});

test.each([
  [[100, 110, 124], [], "Revenue rose over the year"],
  [[100, 90, 80], [], "Revenue fell over the year"],
  [[100, 101, 100.5], [], "Revenue stood still over the year"],
  [[100, null, null], [], "Revenue: not enough is known for a trend"],
  [[], [], "Revenue: not enough is known for a trend"],
  [[-10, -20], [], "Revenue fell over the year"],
  [[60, 72, 90, 91], marks, "Revenue rose above 85 in 2026-03"],
  [[60, 96], marks, "Revenue rose above 95 in 2026-02"],
  [[96, 60], marks, "Revenue fell below 70 in 2026-02"],
  [[90, null, 84, 80], marks, "Revenue fell below 85 in 2026-03"],
])("%j", (values, lines, finding) => {
  expect(trendFinding("Revenue", series(values), lines, name)).toBe(finding);
});

test("a quarterly series keeps its pace", () => {
  const quarters = ["2026-03", "2026-06", "2026-12"].map((month, value) => ({ month, value }));
  expect(lastMonths(quarters, 36).map((point) => point.month)).toEqual(["2026-03", "2026-06", "2026-09", "2026-12"]);
});

test("a month that nobody reported is unknown, over the turn of the year too", () => {
  expect(
    lastMonths(
      [
        { month: "2026-02", value: 3 },
        { month: "2025-11", value: 1 },
        { month: "2025-12", value: 2 },
      ],
      12,
    ),
  ).toEqual([
    { month: "2025-11", value: 1 },
    { month: "2025-12", value: 2 },
    { month: "2026-01", value: null },
    { month: "2026-02", value: 3 },
  ]);
});
