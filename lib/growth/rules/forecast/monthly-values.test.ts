import { describe, expect, test } from "vitest";
import { cashWithoutFinancing, type MonthValue, seasonOf, usableMonths } from "./monthly-values";

const monthAt = (index: number): string =>
  `${2020 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`;
/** "x" is a known month, "." one without a value. */
const pointsOf = (text: string): MonthValue[] =>
  [...text].map((mark, index) => ({
    month: monthAt(index),
    value: mark === "x" ? index : null,
    reason: mark === "x" ? null : "no-data",
  }));

describe("what a forecast may be made from", () => {
  test("every month from the first known to the last", () => {
    const usable = usableMonths(pointsOf(`...${"x".repeat(9)}..`));
    expect(usable).toMatchObject({ ok: true, leftOut: 0, values: [3, 4, 5, 6, 7, 8, 9, 10, 11] });
  });

  test.each([
    ["", { ok: false, reason: "no-data", months: [] }],
    ["....", { ok: false, reason: "no-data", months: [] }],
    ["xxxxxx", { ok: false, reason: "too-few-months", months: [] }],
    ["xx.xxxxxxxxx", { ok: false, reason: "months-missing", months: ["2020-03"] }],
    ["xx..xxxx.xx", { ok: false, reason: "months-missing", months: ["2020-03", "2020-04", "2020-09"] }],
  ])("%j", (text, expected) => {
    expect(usableMonths(pointsOf(text))).toEqual(expected);
  });

  test("behind a gap the series begins anew where two years follow it", () => {
    expect(usableMonths(pointsOf(`xxx.${"x".repeat(23)}`))).toMatchObject({ ok: false, months: ["2020-04"] });
    const usable = usableMonths(pointsOf(`xxx.${"x".repeat(24)}`));
    expect(usable).toMatchObject({ ok: true, leftOut: 4 });
    expect(usable.ok && usable.months[0]).toBe("2020-05");
  });

  test.each([
    [23, 1],
    [24, 12],
  ])("%i months: season of %i", (months, season) => {
    expect(seasonOf(months)).toBe(season);
  });
});

describe("cash without money raised", () => {
  const months = (values: readonly (number | null)[]): MonthValue[] =>
    values.map((value, index) => ({ month: monthAt(index), value, reason: value === null ? "no-data" : null }));

  test("today's level and, backwards, what was burnt: a round in between is left out", () => {
    const cash = months([100, 90, 80, 570, 560, 550, 540, 530]);
    const found = cashWithoutFinancing(cash, months(new Array(8).fill(10)));
    expect(found.ok && found.values).toEqual([600, 590, 580, 570, 560, 550, 540, 530]);
  });

  test("ends with the newest month of which both are known", () => {
    const found = cashWithoutFinancing(months([9, 8, 7, 6, 5, 4, 3, 2]), months([1, 1, 1, 1, 1, 1, 1, null]));
    expect(found.ok && [found.months.at(-1), found.values.at(-1)]).toEqual(["2020-07", 3]);
  });

  test("without burn nothing is known", () => {
    expect(cashWithoutFinancing(months([9, 8, 7]), [])).toEqual({ ok: false, reason: "no-burn", months: [] });
    expect(cashWithoutFinancing([], months([1, 1]))).toEqual({ ok: false, reason: "no-data", months: [] });
  });
});
