import { expect, test } from "vitest";
import { preciseFigure } from "./precise-figure";

test.each([
  [{ value: "0.24629968267630323829939407230", unit: "ratio" }, "24.6299682676"],
  [{ value: "2462508.98", unit: "EUR" }, "2,462,508.98"],
  [{ value: "18.4", unit: "months" }, "18.4"],
  [{ value: null, unit: "months", reason: "not-burning" }, "∞"],
  [{ value: null, unit: "EUR", reason: "no-data" }, "unknown"],
])("%j reads %s", (figure, text) => {
  expect(preciseFigure(figure)).toContain(text);
});
