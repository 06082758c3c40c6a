import { expect, test } from "vitest";
import { shelfPage } from "./shelf";

const weeks = (count: number, lines: number) =>
  Array.from({ length: count }, (_, index) => [`2026-W${40 - index}`, Array.from({ length: lines }, () => 1)] as const);

test.each([
  ["none", 0, 0, [], null],
  ["one week", 1, 20, ["2026-W40"], null],
  [
    "as many weeks as a page has",
    6,
    20,
    ["2026-W40", "2026-W39", "2026-W38", "2026-W37", "2026-W36", "2026-W35"],
    null,
  ],
  ["one week more", 7, 20, ["2026-W40", "2026-W39", "2026-W38", "2026-W37", "2026-W36", "2026-W35"], "2026-W35"],
  ["weeks of a hundred ventures", 7, 101, ["2026-W40", "2026-W39", "2026-W38"], "2026-W38"],
  ["weeks of a thousand ventures", 7, 1_001, ["2026-W40"], "2026-W40"],
  ["one of a thousand ventures alone", 1, 1_001, ["2026-W40"], null],
] as const)("a page of %s shows whole weeks and leads on to the others", (_, count, lines, shown, next) => {
  const page = shelfPage(weeks(count, lines));
  expect(page.shown.map(([week]) => week)).toEqual(shown);
  expect(page.shown.every(([, of]) => of.length === lines)).toBe(true);
  expect(page.next).toBe(next);
});
