import { expect, test } from "vitest";
import { alignedParts } from "./aligned-parts";

test.each([
  [{ value: "0.24", unit: "ratio" }, ["24", ".0", "%"]],
  [{ value: "0.243", unit: "ratio" }, ["24", ".3", "%"]],
  [{ value: "-0.0171", unit: "ratio" }, ["−1", ".7", "%"]],
  [{ value: "18.4", unit: "months" }, ["18", "", "mo"]],
  [{ value: "3", unit: "multiple" }, ["3", ".0", "×"]],
  [{ value: "41230000", unit: "EUR" }, ["€41", ".2", "M"]],
  [{ value: "41000000", unit: "EUR" }, ["€41", ".0", "M"]],
  [{ value: "1249", unit: "count" }, ["1,249", "", ""]],
  [{ value: "1234", unit: "JPY" }, ["JP¥1,234", "", ""]],
  [{ value: null, unit: "months", reason: "not-burning" }, ["∞", "", ""]],
  [{ value: null, unit: "ratio", reason: "no-data" }, ["unknown", "", ""]],
])("%j is cut at its point and its unit", (figure, parts) => {
  const { whole, fraction, unit } = alignedParts(figure);
  expect([whole, fraction, unit.trim()]).toEqual(parts);
});
