import { expect, test } from "vitest";
import { exportHref } from "./export-menu";

test("an address with the filter of the screen, and nothing that is empty", () => {
  expect(exportHref("events", "xlsx", { venture: "northwind", type: "", from: null, until: undefined })).toBe(
    "/api/exports/events?venture=northwind&format=xlsx",
  );
  expect(exportHref("portfolio", "csv")).toBe("/api/exports/portfolio?format=csv");
});
