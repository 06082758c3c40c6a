import { describe, expect, test } from "vitest";
import { detectDateOrder, detectDecimalMark, detectDelimiter, detectEncoding, detectHeaderRow } from "./detection";

const bytes = (...parts: (number | string)[]) =>
  new Uint8Array(parts.flatMap((part) => (typeof part === "number" ? [part] : [...Buffer.from(part, "latin1")])));

describe("encoding", () => {
  test.each([
    ["a byte order mark of UTF-8", bytes(0xef, 0xbb, 0xbf, "a,b"), "utf-8"],
    ["a byte order mark of UTF-16, little end", bytes(0xff, 0xfe, "a", 0, "b", 0), "utf-16le"],
    ["a byte order mark of UTF-16, big end", bytes(0xfe, 0xff, 0, "a", 0, "b"), "utf-16be"],
    ["UTF-16 without a mark", new Uint8Array(Buffer.from("name,value\nx,1\n", "utf16le")), "utf-16le"],
    ["plain ASCII", bytes("name,value\n"), "utf-8"],
    ["an umlaut in UTF-8", new TextEncoder().encode("Größe;Wert"), "utf-8"],
    ["an umlaut in Latin-1", bytes("Gr\xf6\xdfe;Wert"), "windows-1252"],
  ])("%s", (_name, file, expected) => {
    expect(detectEncoding(file)).toBe(expected);
  });
});

describe("delimiter", () => {
  test.each([
    ["a,b,c\n1,2,3\n", ","],
    ["a;b;c\n1,5;2,5;3\n1,5;2,5;3\n", ";"],
    ["a\tb\n1,5\t2,5\n", "\t"],
    ["a|b\n1|2\n", "|"],
    ['name,note\n"a;b;c",x\n"d;e;f",y\n', ","],
    ["only\n1\n2\n", ","],
  ])("%j", (text, expected) => {
    expect(detectDelimiter(text)).toBe(expected);
  });
});

describe("header row", () => {
  const known = (name: string) => ["date", "amount", "customer"].includes(name.toLowerCase());
  test.each([
    [
      "the first row",
      [
        ["Date", "Amount"],
        ["2026-01-01", "5"],
      ],
      1,
    ],
    [
      "below a report's title",
      [
        ["Acme Ltd", "", ""],
        ["Invoice list", "", ""],
        ["", "", ""],
        ["Date", "Customer", "Amount"],
        ["2026-01-01", "X", "5"],
      ],
      4,
    ],
    [
      "with a period as a header",
      [
        ["Metric", "2026-01", "2026-02"],
        ["Revenue", "1", "2"],
      ],
      1,
    ],
  ])("%s", (_name, rows, expected) => {
    expect(detectHeaderRow(rows, known)).toBe(expected);
  });
});

describe("date order", () => {
  test.each([
    [["01/02/2026", "25/02/2026"], { order: "dmy", ambiguous: false }],
    [["01/02/2026", "02/25/2026"], { order: "mdy", ambiguous: false }],
    [["01/02/2026", "03/04/2026"], { order: null, ambiguous: true }],
    [["25/02/2026", "02/25/2026"], { order: null, ambiguous: true }],
    [["2026-01-02", "03.04.2026"], { order: null, ambiguous: false }],
    [["x", ""], { order: null, ambiguous: false }],
  ])("%j", (cells, expected) => {
    expect(detectDateOrder(cells)).toEqual(expected);
  });
});

describe("decimal mark", () => {
  test.each([
    [["1.234,56"], { mark: ",", ambiguous: false }],
    [["1,234.56"], { mark: ".", ambiguous: false }],
    [["1,234", "5.5"], { mark: ".", ambiguous: false }],
    [["1.234"], { mark: null, ambiguous: true }],
    [["1,234"], { mark: null, ambiguous: true }],
    [["0.234"], { mark: ".", ambiguous: false }],
    [["1.234.567"], { mark: ",", ambiguous: false }],
    [["5.5", "5,5"], { mark: null, ambiguous: true }],
    [["€ 5,50"], { mark: ",", ambiguous: false }],
    [["17", "abc"], { mark: null, ambiguous: false }],
  ] as const)("%j", (cells, expected) => {
    expect(detectDecimalMark(cells)).toEqual(expected);
  });
});
