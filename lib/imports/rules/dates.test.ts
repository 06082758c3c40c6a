import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { monthLength, parseDay, parsePeriod, possibleOrders, serialDay } from "./dates";

describe("parseDay", () => {
  test.each([
    ["2026-03-31", null, "2026-03-31"],
    ["2026/3/1", null, "2026-03-01"],
    ["20260301", null, "2026-03-01"],
    ["2026-03-31T23:30:00Z", null, "2026-03-31"],
    ["2023-11-14 22:13", null, "2023-11-14"], // Stripe's dashboard exports
    ["1700000000", null, "2023-11-14"], // Stripe's API
    ["31.03.2026", null, "2026-03-31"],
    ["1.3.26", null, "2026-03-01"],
    ["03/04/2026", "dmy", "2026-04-03"],
    ["03/04/2026", "mdy", "2026-03-04"],
    ["3/4/26, 10:13 PM", "mdy", "2026-03-04"],
    ["03-04-2026", "dmy", "2026-04-03"],
    ["01/02/03", "ymd", "2001-02-03"],
    ["14 Nov 2023", null, "2023-11-14"],
    ["14-Nov-23", null, "2023-11-14"],
    ["Nov 14, 2023", null, "2023-11-14"],
    ["1st March 2026", null, "2026-03-01"],
    ["1. März 2026", null, "2026-03-01"],
    ["29.02.2024", null, "2024-02-29"],
  ] as const)("%s (%s) is %s", (text, order, expected) => {
    expect(parseDay(text, order)).toBe(expected);
  });

  test.each([
    ["03/04/2026", null], // two dates: never guessed
    ["13/13/2026", "dmy"],
    ["30.02.2026", null],
    ["29.02.2026", null],
    ["2026-13-01", null],
    ["2026-02-30", null],
    ["", null],
    ["yesterday", null],
    ["45123", null],
    ["1 Foo 2026", null],
    ["0001-01-01", null],
  ] as const)("%s (%s) is no date", (text, order) => {
    expect(parseDay(text, order)).toBeNull();
  });

  test("every day of two centuries survives each way of writing it", () => {
    const days = fc.tuple(
      fc.integer({ min: 1970, max: 2069 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 31 }),
    );
    fc.assert(
      fc.property(days, ([y, m, raw]) => {
        const d = Math.min(raw, monthLength(y, m));
        const iso = `${y}-${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}`;
        expect(parseDay(iso, null)).toBe(iso);
        expect(parseDay(`${d}/${m}/${y}`, "dmy")).toBe(iso);
        expect(parseDay(`${m}/${d}/${String(y).slice(2)}`, "mdy")).toBe(iso);
        expect(parseDay(`${d}.${m}.${y}`, null)).toBe(iso);
        expect(possibleOrders(`${d}/${m}/${y}`)).toContain("dmy");
      }),
    );
  });
});

describe("parsePeriod", () => {
  test.each([
    ["2026-03", "month", "2026-03-01", "month"],
    ["202603", "month", "2026-03-01", "month"],
    ["2026M03", "month", "2026-03-01", "month"],
    ["03/2026", "month", "2026-03-01", "month"],
    ["Mar 2026", "month", "2026-03-01", "month"],
    ["Mar-26", "month", "2026-03-01", "month"],
    ["März 2026", "month", "2026-03-01", "month"],
    ["2026-Q2", "month", "2026-04-01", "quarter"],
    ["Q2 2026", "month", "2026-04-01", "quarter"],
    ["2026 Q4", "month", "2026-10-01", "quarter"],
    ["2026-03-31", "month", "2026-03-01", "month"],
    ["2026-03-31", "day", "2026-03-31", "day"],
    ["2026-05-31", "quarter", "2026-04-01", "quarter"],
    ["31.03.2026", "month", "2026-03-01", "month"],
  ] as const)("%s as %s", (text, grain, start, expected) => {
    expect(parsePeriod(text, null, grain)).toEqual({ start, grain: expected });
  });

  test.each(["2026-13", "13/2026", "Q5 2026", "revenue", "2026", "", "Total 2026", "03/04/2026"])(
    "%s is no period",
    (text) => {
      expect(parsePeriod(text, null, "month")).toBeNull();
    },
  );
});

describe("serial days (ECMA-376, part 1, 18.17.4.1)", () => {
  test.each([
    [1, false, "1900-01-01"],
    [59, false, "1900-02-28"],
    [60, false, null], // the day that never was
    [61, false, "1900-03-01"],
    [45_000, false, "2023-03-15"],
    [46_112.75, false, "2026-03-31"],
    [0, true, "1904-01-01"],
    [43_538, true, "2023-03-15"],
    [-1, false, null],
    [Number.NaN, false, null],
  ] as const)("%s (1904: %s) is %s", (serial, date1904, expected) => {
    expect(serialDay(serial, date1904)).toBe(expected);
  });
});
