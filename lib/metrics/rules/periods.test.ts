import { expect, test } from "vitest";
import { dayWords, monthWords } from "./periods";

test.each([
  ["2026-12-31", "31 December 2026"],
  ["2027-02-01", "1 February 2027"],
  ["2026-12-31T10:00:00Z", "31 December 2026"],
  ["an unknown day", "an unknown day"],
  ["2026-13-01", "2026-13-01"],
])("%s reads %s", (day, words) => {
  expect(dayWords(day)).toBe(words);
});

test("a month reads like the screens write it", () => {
  expect(["2026-10", "2026-09-30"].map(monthWords)).toEqual(["Oct 2026", "Sept 2026"]);
});
