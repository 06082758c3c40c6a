import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  dayIn,
  formatAge,
  formatDay,
  formatDue,
  formatExactFigure,
  formatExactMoney,
  formatFigure,
  formatMinor,
  formatMoment,
  formatMoney,
  formatNumber,
  formatPercent,
  formatRatio,
  formatScaled,
  formatSince,
  headUnit,
  plural,
  scaleFor,
} from "./format";

const THIN = "\u202f";
const plain = (text: string) => text.replaceAll(THIN, " ");

describe("numbers", () => {
  test.each([
    ["0", "0"],
    ["-0.001", "0"],
    ["1234567.891", "1,234,567.89"],
    ["-1234.5", "−1,234.5"],
    ["999999999999999999999999.5", "999,999,999,999,999,999,999,999.5"],
    ["0.005", "0.01"],
    ["1e3", "1,000"],
  ])("%s reads %s", (value, text) => expect(formatNumber(value)).toBe(text));

  test("unknown is a word", () => {
    expect([formatNumber(null), formatPercent(null), formatRatio(null), formatMoney(null, "EUR")]).toEqual(
      Array(4).fill("unknown"),
    );
  });

  test("a change carries its sign, a rounded nothing carries none", () => {
    expect(formatPercent("4", { signed: true })).toBe(`+4${THIN}%`);
    expect(formatPercent("-3.25", { signed: true })).toBe(`−3.3${THIN}%`);
    expect(formatPercent("0.01", { signed: true })).toBe(`0${THIN}%`);
  });

  test("the text of a number reads back as the number", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), (cents) => {
        const text = formatNumber(cents / 100)
          .replaceAll(",", "")
          .replace("−", "-");
        expect(Number(text)).toBe(cents / 100 || 0);
      }),
    );
  });
});

describe("money", () => {
  test.each([
    ["41230000", "EUR", "€41.2 M"],
    ["120000", "EUR", "€120 k"],
    ["-3100000", "USD", "−$3.1 M"],
    ["61000000", "EUR", "€61 M"],
    ["999949", "EUR", "€999.9 k"],
    ["999950", "EUR", "€1 M"],
    ["9999", "EUR", "€9,999"],
    ["12.5", "EUR", "€12.5"],
    ["2500000000", "GBP", "£2.5 bn"],
    ["41230000", "CHF", "CHF 41.2 M"],
    ["450", "JPY", "JP¥450"],
  ])("%s %s reads %s", (value, currency, text) => expect(plain(formatMoney(value, currency))).toBe(text));

  test("minor units, every digit, and columns", () => {
    expect(plain(formatMinor(2_840_000_000n, "EUR"))).toBe("€28.4 M");
    expect(formatExactMoney("12431207", "EUR")).toBe("€12,431,207.00");
    expect(formatExactMoney("-0.125", "KWD")).toBe(`−KWD${THIN}0.125`);
    const scale = scaleFor(["950", "61250", null]);
    expect(plain(headUnit("EUR", scale))).toBe("€ k");
    expect(formatScaled("61250", scale)).toBe("61.3");
    expect(formatScaled(null, scale)).toBe("unknown");
  });
});

describe("figures", () => {
  test.each([
    ["0.243", "ratio", "24.3 %"],
    ["24.34", "percent", "24.3 %"],
    ["18.4", "months", "18 mo"],
    ["5.94", "multiple", "5.9×"],
    ["91.2", "score", "91"],
    ["1234567", "shares", "1,234,567"],
    ["28400000", "EUR", "€28.4 M"],
    ["Meridian", "text", "Meridian"],
  ])("%s in %s reads %s", (value, unit, text) => expect(plain(formatFigure({ value, unit }))).toBe(text));

  test("nothing known, and nothing burnt", () => {
    expect(formatFigure({ value: null, unit: "months", reason: "no-data" })).toBe("unknown");
    expect(formatFigure({ value: null, unit: "months", reason: "not-burning" })).toBe("∞");
  });

  test("every digit", () => {
    expect(plain(formatExactFigure({ value: "0.24345678", unit: "ratio" }))).toBe("24.345678 %");
    expect(formatExactFigure({ value: "28400000.5", unit: "EUR" })).toBe("€28,400,000.50");
  });
});

describe("dates", () => {
  const now = new Date("2026-11-22T20:00:00Z");
  test("a day is the same in every zone", () => {
    expect(formatDay("2026-11-22", "long")).toBe("Sunday 22 November");
    expect(formatDay("2026-11-22")).toBe("22 Nov 2026");
    expect(formatDay(null)).toBe("unknown");
  });

  test("the day of a moment depends on the zone", () => {
    expect(dayIn(now, "Asia/Kathmandu").toString()).toBe("2026-11-23");
    expect(formatMoment(now, "Asia/Kathmandu")).toBe("23 Nov 2026, 01:45");
    expect(formatMoment(now, "Europe/Berlin")).toBe("22 Nov 2026, 21:00");
  });

  test.each([
    ["2026-11-22T19:59:00Z", "overdue"],
    ["2026-11-22T22:00:00Z", "today"],
    ["2026-11-22T23:30:00Z", "tomorrow"],
    ["2026-11-24T10:00:00Z", "Tue"],
    ["2026-12-12T10:00:00Z", "12 Dec"],
  ])("due at %s is %s in Berlin", (at, text) => expect(formatDue(new Date(at), now, "Europe/Berlin")).toBe(text));

  test.each([
    ["2026-11-22T19:59:40Z", "just now"],
    ["2026-11-22T19:57:00Z", "3 min ago"],
    ["2026-11-22T08:02:00Z", "09:02"],
    ["2026-11-21T17:02:00Z", "yesterday 18:02"],
    ["2026-11-20T17:02:00Z", "Fri 18:02"],
    ["2026-10-12T10:00:00Z", "12 Oct 2026"],
  ])("%s was %s in Berlin", (at, text) => expect(plain(formatSince(new Date(at), now, "Europe/Berlin"))).toBe(text));

  test("ages and counts", () => {
    expect(plain(formatAge(new Date("2026-11-20T19:00:00Z"), now))).toBe("2 d");
    expect(plain(formatAge(new Date("2026-06-20T19:00:00Z"), now))).toBe("5 mo");
    expect(formatAge(null, now)).toBe("unknown");
    expect([plural(1, "decision"), plural(1000, "decision"), plural(2, "entry", "entries")]).toEqual([
      "1 decision",
      "1,000 decisions",
      "2 entries",
    ]);
  });
});
