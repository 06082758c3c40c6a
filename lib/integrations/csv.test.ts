import { expect, test } from "vitest";
import { readCsv } from "./csv";
import { UnreadableTable } from "./table";

const rows = (text: string | Uint8Array, options = {}) =>
  [
    ...readCsv(typeof text === "string" ? new TextEncoder().encode(text) : text, {
      encoding: "utf-8",
      delimiter: ",",
      ...options,
    }),
  ]
    .flat()
    .map(({ rowNumber, cells }) => [rowNumber, ...cells]);

test.each([
  [
    "a,b\n1,2\n",
    [
      [1, "a", "b"],
      [2, "1", "2"],
    ],
  ],
  [
    "a,b\r\n1,2",
    [
      [1, "a", "b"],
      [2, "1", "2"],
    ],
  ],
  [
    '"a","b"\r\n"1","2"\r\n',
    [
      [1, "a", "b"],
      [2, "1", "2"],
    ],
  ],
  [
    "a,b\r1,2\r",
    [
      [1, "a", "b"],
      [2, "1", "2"],
    ],
  ],
  [
    'a,"b\nc"\n1,2\n',
    [
      [1, "a", "b\nc"],
      [2, "1", "2"],
    ],
  ],
  ['"a ""q""",b\n', [[1, 'a "q"', "b"]]],
  ["\ufeffa,b\n", [[1, "a", "b"]]],
])("%j", (text, expected) => {
  expect(rows(text).filter((row) => row.length > 2)).toEqual(expected);
});

test("a blank line keeps its number", () => {
  expect(rows("a,b\n\n1,2\n").filter((row) => row.length === 3)).toEqual([
    [1, "a", "b"],
    [3, "1", "2"],
  ]);
});

test("UTF-16 and Latin-1", () => {
  expect(rows(new Uint8Array(Buffer.from("\ufeffö,1\n", "utf16le")), { encoding: "utf-16le" })[0]).toEqual([
    1,
    "ö",
    "1",
  ]);
  expect(rows(new Uint8Array([0xf6, 0x2c, 0x80, 0x0a]), { encoding: "windows-1252" })[0]).toEqual([1, "ö", "€"]);
});

test("rows that chunks cut in half come out whole", () => {
  const text = Array.from({ length: 120_000 }, (_, i) => `ö${i},"x\n${i}",ß`).join("\n");
  const all = rows(text);
  expect(all).toHaveLength(120_000);
  expect(all[77_777]).toEqual([77_778, "ö77777", "x\n77777", "ß"]);
});

test("a quote that never closes is refused, not swallowed", () => {
  expect(() => rows(`a,b\n"${"x".repeat(3_000_000)}`)).toThrow(UnreadableTable);
});

test("a giant cell is refused", () => {
  expect(() => rows(`a,${"x".repeat(40_000)}\n`)).toThrow("CELL_TOO_LARGE");
});
