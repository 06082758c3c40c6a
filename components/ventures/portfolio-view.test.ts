import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ExportCell } from "@/lib/reports/rules/export-table";
import { portfolioSheet } from "./portfolio-export";
import { hrefOf, PAGE_SIZE, pageOf, parseView, SORT_KEYS, sortLines } from "./portfolio-view";
import { lineOf } from "./test-support/lines";
import { worstLevel } from "./venture-line";

const LINES = [
  lineOf("Meridian", {
    values: { growth: "0.24", runway: null },
    reasons: { runway: "not-burning" },
    tones: { growth: "healthy" },
  }),
  lineOf("Lumen", {
    values: { growth: "-0.02", runway: "9" },
    tones: { growth: "critical", runway: "warning" },
    sector: "Health",
  }),
  lineOf("Halcyon", {
    values: { growth: null, runway: "5" },
    tones: { growth: "unknown" },
    stage: "mature",
    openSubstages: [],
  }),
];
const names = (lines: readonly { name: string }[]) => lines.map((line) => line.name);

describe("an address", () => {
  test("comes back as the view that it was made from", () => {
    const view = fc.record({
      search: fc.string({ maxLength: 40 }).map((text) => text.toWellFormed()),
      stage: fc.constantFrom("mature", "active", "exited", null),
      level: fc.constantFrom("critical", "unknown", null),
      sort: fc.constantFrom(...SORT_KEYS),
      descending: fc.boolean(),
      page: fc.integer({ min: 1, max: 99 }),
    });
    fc.assert(
      fc.property(view, (given) => {
        const address = new URL(hrefOf("/portfolio", given, { page: given.page }), "http://chairman.example");
        expect(parseView(Object.fromEntries(address.searchParams))).toEqual(given);
      }),
    );
  });

  test.each([
    [{ page: "-3" }, { page: 1 }],
    [
      { page: "many", sort: "password", order: "sideways" },
      { page: 1, sort: "name", descending: false },
    ],
    [
      { q: ["a", "b"], stage: "nowhere", level: "green" },
      { search: "a", stage: null, level: null },
    ],
  ])("%j is no reason to break", (params, expected) => {
    expect(parseView(params)).toMatchObject(expected);
  });

  test("a new order starts at the first page", () => {
    expect(hrefOf("/portfolio", parseView({ page: "4" }), { sort: "growth" })).toBe("/portfolio?sort=growth");
  });
});

describe("order", () => {
  test("unknown comes last in both directions, no burn is the longest runway", () => {
    expect(names(sortLines(LINES, "growth", false))).toEqual(["Lumen", "Meridian", "Halcyon"]);
    expect(names(sortLines(LINES, "growth", true))).toEqual(["Meridian", "Lumen", "Halcyon"]);
    expect(names(sortLines(LINES, "runway", true))).toEqual(["Meridian", "Lumen", "Halcyon"]);
  });

  test("is total for every column", () => {
    for (const key of SORT_KEYS) {
      const order = names(sortLines(LINES, key, false));
      expect(names(sortLines([...LINES].reverse(), key, false))).toEqual(order);
    }
  });
});

describe("a page", () => {
  test.each([
    [{ q: "health" }, ["Lumen"]],
    [{ stage: "mature" }, ["Halcyon"]],
    [{ level: "critical" }, ["Lumen"]],
    [{ level: "unknown" }, ["Halcyon"]],
    [{ q: "lumen", stage: "mature" }, []],
  ])("%j shows %j", (params, expected) => {
    expect(names(pageOf(LINES, parseView(params)).lines)).toEqual(expected);
  });

  test("past the end is the last one", () => {
    const many = Array.from({ length: PAGE_SIZE + 3 }, (_, i) => lineOf(`Venture ${i}`));
    expect(pageOf(many, parseView({ page: "9" }))).toMatchObject({ page: 2, pages: 2, first: 51, last: 53, found: 53 });
    expect(pageOf([], parseView({}))).toMatchObject({ page: 1, pages: 1, first: 0, last: 0 });
  });
});

test("the worst known level stands for the venture, and nothing known is unknown", () => {
  expect(LINES.map(worstLevel)).toEqual(["healthy", "critical", "unknown"]);
});

test("the file carries exact values with their figures", () => {
  const { columns, rows } = portfolioSheet([...LINES, lineOf("X", { values: { growth: "0.24345678901" } })]);
  const at = (label: string) => columns.findIndex((column) => column.label === label);
  const [first, , third, last] = [...(rows as (readonly ExportCell[])[])];
  expect(first?.length).toBe(columns.length);
  expect(first?.[at("Name")]).toBe("Meridian");
  expect(first?.[at("Runway")]).toBe("unlimited");
  expect(first?.[at("Growth figure")]).toBe("0000000000000000");
  expect(first?.[at("Growth level")]).toBe("healthy");
  expect(third?.[at("Growth")]).toBeNull();
  expect(last?.[at("Growth")]).toMatchObject({ number: "0.24345678901" });
});
