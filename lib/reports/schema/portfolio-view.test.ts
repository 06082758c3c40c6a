import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { COLUMN_KEYS, MEASURES, PLAIN_COLUMNS, type PortfolioView, SORT_KEYS, STAGES } from "./portfolio";
import {
  comparedOf,
  hrefOf,
  isFiltered,
  keptQuery,
  parseView,
  queryOf,
  searchWords,
  viewOfQuery,
} from "./portfolio-view";

const ID = "0193a000-0000-7000-8000-00000000000a";
const typed = fc.option(fc.constantFrom("5", "-3.5", "0", "12.25"));
const bounds = fc.record({ from: typed, to: typed }).filter(({ from, to }) => from !== null || to !== null);

const view: fc.Arbitrary<PortfolioView> = fc.record({
  search: fc.string({ maxLength: 40 }).map((text) => text.toWellFormed()),
  stage: fc.option(fc.constantFrom(...STAGES)),
  level: fc.constantFrom("critical" as const, "unknown" as const, null),
  profile: fc.constantFrom("balanced" as const, null),
  autonomy: fc.constantFrom("auto" as const, null),
  owner: fc.constantFrom("nobody", ID, null),
  sector: fc.constantFrom("Robotics & Co", null),
  bounds: fc.dictionary(fc.constantFrom(...MEASURES), bounds),
  only: fc.uniqueArray(fc.constantFrom("a", "b-2", "meridian")),
  columns: fc.shuffledSubarray([...COLUMN_KEYS], { minLength: 1 }),
  sort: fc.constantFrom(...SORT_KEYS),
  descending: fc.boolean(),
  page: fc.integer({ min: 1, max: 99 }),
  kept: fc.constantFrom(ID, "all", null),
});

describe("an address", () => {
  test("comes back as the view that it was made from", () => {
    fc.assert(
      fc.property(view, (given) => {
        const address = new URL(hrefOf("/portfolio", given, { page: given.page }), "http://chairman.example");
        expect(parseView(Object.fromEntries(address.searchParams))).toEqual({ ...given, bounds: { ...given.bounds } });
      }),
    );
  });

  test("is kept without its page, and the same for the same view", () => {
    fc.assert(
      fc.property(view, (given) => {
        const kept = viewOfQuery(keptQuery(given), ID);
        expect(keptQuery(kept)).toBe(keptQuery(given));
        expect(kept).toMatchObject({ page: 1, kept: ID });
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
    [{ columns: "password,,runway,runway,growth" }, { columns: ["runway", "growth"] }],
    [{ columns: "" }, { columns: PLAIN_COLUMNS }],
    [
      { "growth-from": "4,5", "runway-to": "−2", "readiness-from": "1e9", "valuation-to": "x" },
      { bounds: { growth: { from: "4.5", to: null }, runway: { from: null, to: "-2" } } },
    ],
    [{ owner: "'; drop table" }, { owner: null }],
    [{ only: "a,../b,c" }, { only: ["a", "c"] }],
    [{ view: "me" }, { kept: null }],
  ])("%j is no reason to break", (params, expected) => {
    expect(parseView(params)).toMatchObject(expected);
  });

  test("a new order starts at the first page, and keeps the filter", () => {
    const asked = parseView({ page: "4", sector: "Data", "runway-to": "12" });
    expect(hrefOf("/portfolio", asked, { sort: "growth" })).toBe("/portfolio?sector=Data&runway-to=12&sort=growth");
  });

  test("says whether anything is left out", () => {
    expect(isFiltered(parseView({ sort: "growth", columns: "runway", view: "all" }))).toBe(false);
    for (const asked of [{ q: "x" }, { owner: "nobody" }, { "growth-to": "0" }, { only: "a" }])
      expect(isFiltered(parseView(asked))).toBe(true);
    expect(Object.values(queryOf(parseView({}))).join("")).toBe("");
  });
});

test.each([
  ["a,b", ["a", "b"]],
  [
    ["a,b", "c"],
    ["a", "b", "c"],
  ],
  [
    ["a", "a", "b,c,d,e"],
    ["a", "b", "c", "d"],
  ],
  [undefined, []],
  ["A,<b>,../c", []],
])("%j compares %j", (given, slugs) => {
  expect(comparedOf(given)).toEqual(slugs);
});

test("words are looked for without accents and capitals", () => {
  expect(searchWords("  Ünïcorn  GMBH ")).toEqual(["unicorn", "gmbh"]);
});
