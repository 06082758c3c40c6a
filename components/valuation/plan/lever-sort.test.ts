import { expect, test } from "vitest";
import type { LeverLine } from "@/lib/valuation/queries/optimization-page";
import { leverSortHref, readLeverSort, sortLevers } from "./lever-sort";

const view = (value: string | null) => ({ id: "", revision: 0, value, unit: "EUR", label: "", asOf: "" });
const line = (label: string, effect: string | null, number: number | null): LeverLine =>
  ({
    label,
    effect: view(effect),
    place: number === null ? null : { number, startsOn: "", showsOn: "" },
  }) as unknown as LeverLine;
const lines = [line("b", "5", null), line("a", "9", 2), line("d", null, null), line("c", "1", 1)];
const names = (sort: unknown) => sortLevers(lines, readLeverSort(sort)).map(({ label }) => label);

test("by the plan first, by a column when asked, the unknown last either way", () => {
  expect(names(undefined)).toEqual(["c", "a", "b", "d"]);
  expect(names("-effect")).toEqual(["a", "b", "c", "d"]);
  expect(names("effect")).toEqual(["c", "b", "a", "d"]);
  expect(names("lever")).toEqual(["a", "b", "c", "d"]);
  expect(names("nonsense")).toEqual(["c", "a", "b", "d"]);
});

test("numbers are sorted from the largest first, names from the first", () => {
  expect(leverSortHref("/p", readLeverSort(""), "cost")).toBe("/p?sort=-cost#levers");
  expect(leverSortHref("/p", readLeverSort("-cost"), "cost")).toBe("/p?sort=cost#levers");
  expect(leverSortHref("/p", readLeverSort(""), "lever")).toBe("/p?sort=lever#levers");
});
