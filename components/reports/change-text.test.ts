import { expect, test } from "vitest";
import type { FigureView } from "@/lib/figures/schema";
import { changeText } from "./change-text";

const figure = (value: string | null, unit: string): FigureView =>
  ({ id: "0".repeat(16), revision: 1, label: "x", asOf: "2026-10-31", value, unit }) as FigureView;

test.each([
  ["100", "125", "EUR", "+€25 (+25\u202f%)"],
  ["125", "100", "EUR", "−€25 (−20\u202f%)"],
  ["0.2", "0.25", "ratio", "+5\u202fpoints"],
  ["0", "5", "count", "+5"],
  ["-2", "1", "months", "+3\u202fmo"],
  [null, "5", "count", ""],
])("from %s to %s %s", (from, to, unit, text) => {
  expect(changeText(figure(from, unit), figure(to, unit))).toBe(text);
});

test("two currencies have no difference", () => {
  expect(changeText(figure("1", "EUR"), figure("2", "USD"))).toBe("");
  expect(changeText(null, figure("2", "USD"))).toBe("");
});
