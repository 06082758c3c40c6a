import { expect, test } from "vitest";
import { hasWords, sortedBy, sorting } from "./table-order";

type Key = "name" | "worth";
type Order = { by: Key | null; descending: boolean };

test.each<[string, Order, boolean, string | null, { by: Key; descending: boolean }]>([
  ["no column yet", { by: null, descending: false }, false, null, { by: "worth", descending: false }],
  ["another column", { by: "name", descending: true }, true, null, { by: "worth", descending: true }],
  ["this one, upwards", { by: "worth", descending: false }, true, "ascending", { by: "worth", descending: true }],
  ["this one, downwards", { by: "worth", descending: true }, true, "descending", { by: "worth", descending: false }],
])("ordered by %s, a head says it and asks for the next", (_, order, down, sort, next) => {
  const asked: { by: Key; descending: boolean }[] = [];
  const head = sorting<Key>(order, "worth", (to) => asked.push(to), down);
  head.onSort();
  expect([head.sort, asked]).toEqual([sort, [next]]);
});

test("what is unknown comes last either way", () => {
  const rows = [null, 2, 1];
  expect(sortedBy(rows, (row) => row, false)).toEqual([1, 2, null]);
  expect(sortedBy(rows, (row) => row, true)).toEqual([2, 1, null]);
});

test("words are found whatever their accents and case", () => {
  expect(hasWords(["Société Générale", null], "generale soc")).toBe(true);
  expect(hasWords(["Société Générale", null], "bank")).toBe(false);
});
