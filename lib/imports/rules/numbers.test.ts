import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Exact, isCurrency } from "@/lib/money";
import { minorUnits, parseDecimal, resolveCurrency, splitCurrency, spreadsheetNumber } from "./numbers";

describe("parseDecimal", () => {
  test.each([
    ["1234.56", ".", "1234.56"],
    ["1,234.56", ".", "1234.56"],
    ["1,234,567", ".", "1234567"],
    ["12,34,567.89", ".", "1234567.89"], // Indian grouping
    ["1 234.56", ".", "1234.56"],
    ["1'234.56", ".", "1234.56"], // Switzerland
    ["1\u202f234,56", ",", "1234.56"], // France, narrow no-break space
    ["1\u00a0234,56", ",", "1234.56"],
    ["1.234,56", ",", "1234.56"],
    ["1.234.567", ",", "1234567"],
    ["-5", ".", "-5"],
    ["\u22125.5", ".", "-5.5"],
    ["5-", ".", "-5"], // SAP puts the sign last
    ["(1,234.50)", ".", "-1234.50"], // accountants
    ["( 12 )", ".", "-12"],
    ["+7", ".", "7"],
    [".5", ".", "0.5"],
    ["-.5", ".", "-0.5"],
    ["5.", ".", "5"],
    ["-0.00", ".", "0.00"],
    ["1.5E3", ".", "1500"],
    ["  42  ", ".", "42"],
    ["0,5", ",", "0.5"],
  ] as const)("%s with %s is %s", (text, mark, expected) => {
    expect(parseDecimal(text, mark)).toBe(expected);
  });

  test.each([
    ["1,5", "."],
    ["1,23,4", "."],
    ["1.234.5", "."],
    ["1.5", ","],
    ["12 34", "."],
    ["", "."],
    ["-", "."],
    ["abc", "."],
    ["1.2.3", "."],
    ["--5", "."],
    ["(5", "."],
    ["12k", "."],
    ["1,234,56", "."],
    ["٣", "."],
    ["Infinity", "."],
    ["0x10", "."],
  ] as const)("%s with %s is no number", (text, mark) => {
    expect(parseDecimal(text, mark)).toBeNull();
  });

  test("what one locale writes is read back exactly", () => {
    const cents = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
    fc.assert(
      fc.property(cents, fc.constantFrom("." as const, "," as const), fc.boolean(), (value, mark, grouped) => {
        const plain = new Exact(value.toString()).div(100).toFixed(2);
        const [whole = "", fraction = ""] = plain.replace("-", "").split(".");
        const shown = grouped ? whole.replace(/\B(?=(\d{3})+$)/g, mark === "." ? "," : ".") : whole;
        const text = `${value < 0n ? "-" : ""}${shown}${mark}${fraction}`;
        expect(new Exact(parseDecimal(text, mark) ?? "NaN").eq(plain)).toBe(true);
      }),
    );
  });
});

describe("currency", () => {
  test.each([
    ["€ 1.234,50", "1.234,50", ["EUR"]],
    ["1.234,50 €", "1.234,50", ["EUR"]],
    ["EUR 12", "12", ["EUR"]],
    ["12 CHF", "12", ["CHF"]],
    ["-$5.00", "-5.00", undefined],
    ["US$ 5", "5", ["USD"]],
    ["5", "5", null],
  ])("%s", (text, digits, candidates) => {
    const split = splitCurrency(text);
    expect(split.digits).toBe(digits);
    if (candidates !== undefined) expect(split.candidates).toEqual(candidates);
  });

  test.each([
    ["column wins over the default", "usd", null, "EUR", { currency: "USD" }],
    ["the sign agrees with the column", "CAD", ["USD", "CAD"], "EUR", { currency: "CAD" }],
    ["the default settles a dollar sign", null, ["USD", "CAD"], "CAD", { currency: "CAD" }],
    ["one meaning needs nothing", null, ["EUR"], "USD", { currency: "EUR" }],
    ["nothing but the default", null, null, "EUR", { currency: "EUR" }],
  ])("%s", (_name, column, candidates, fallback, expected) => {
    expect(resolveCurrency(column, candidates, fallback)).toEqual(expected);
  });

  test.each([
    ["a dollar sign in a euro venture is not guessed", null, ["USD", "CAD"], "EUR"],
    ["column and sign contradict", "EUR", ["USD"], "EUR"],
    ["no such code", "XYZ", null, "EUR"],
    ["nothing says it", null, null, null],
  ])("%s", (_name, column, candidates, fallback) => {
    expect(resolveCurrency(column, candidates, fallback)).toHaveProperty("problem");
  });

  test("codes of ISO 4217 only", () => {
    expect(["EUR", "JPY", "KWD", "UYW"].every(isCurrency)).toBe(true);
    expect(["EURO", "XXX", "BTC", "eur", ""].some(isCurrency)).toBe(false);
  });
});

describe("minor units", () => {
  test.each([
    ["12.5", "EUR", "1250"],
    ["-12.50", "EUR", "-1250"],
    ["0.05", "EUR", "5"],
    ["-0.05", "EUR", "-5"],
    ["1000", "JPY", "1000"],
    ["1.234", "KWD", "1234"],
    ["99.9900", "EUR", "9999"],
    ["12.345", "EUR", null],
    ["0.5", "JPY", null],
    ["0", "EUR", "0"],
  ])("%s %s is %s", (decimal, currency, expected) => {
    expect(minorUnits(decimal, currency)).toBe(expected);
  });

  test("a spreadsheet's float is the number that the person typed", () => {
    expect(spreadsheetNumber(0.1 + 0.2)).toBe("0.3");
    expect(spreadsheetNumber(1234567.89)).toBe("1234567.89");
    expect(spreadsheetNumber(1e21)).toBe("1000000000000000000000");
  });
});
