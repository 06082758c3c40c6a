import fc from "fast-check";
import Papa from "papaparse";
import { expect, test } from "vitest";
import type { ExportCell } from "@/lib/reports/rules/export-table";
import { csvChunks, csvLine, inertCell } from "./csv-write";

async function csvOf(columns: readonly string[], rows: readonly (readonly ExportCell[])[]): Promise<string> {
  let text = "";
  for await (const part of csvChunks({ title: "T", columns: columns.map((label) => ({ label })), rows })) text += part;
  return text;
}

// https://owasp.org/www-community/attacks/CSV_Injection
test.each([
  ["=HYPERLINK(1)", "'=HYPERLINK(1)"],
  ["+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"],
  ["@SUM(1)", "'@SUM(1)"],
  ["-1+2", "'-1+2"],
  ["\tx", "'\tx"],
  ["\r=1", "'\r=1"],
  ["＝1+1", "'＝1+1"],
  ["-12.50", "-12.50"],
  ["plain", "plain"],
])("%s becomes %s for a spreadsheet", (text, expected) => {
  expect(inertCell(text)).toBe(expected);
});

test("cells with quotes, commas and line breaks stay one cell", () => {
  expect(csvLine(['a "b"', "c,d", "e\nf", "=x"])).toBe(`"a ""b""","c,d","e\nf",'=x\r\n`);
});

test("typed cells keep every digit and the days of the calendar", async () => {
  const rows: ExportCell[][] = [
    [
      { number: "-1234567890123456789.25", unit: "EUR" },
      { day: "2026-10-31" },
      { moment: "2026-11-22T18:02:00.000Z" },
      null,
    ],
  ];
  expect(await csvOf(["a", "b", "c", "d"], rows)).toBe(
    "\ufeffa,b,c,d\r\n-1234567890123456789.25,2026-10-31,2026-11-22T18:02:00.000Z,\r\n",
  );
});

test("any words come back as they went, but for the apostrophe before a formula", async () => {
  const words = fc.string({ unit: "binary", maxLength: 20 }).map((text) => text.replaceAll("\u0000", ""));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(words, words), { minLength: 1, maxLength: 30 }), async (rows) => {
      const text = await csvOf(["one", "two"], rows);
      const { data } = Papa.parse<string[]>(text.slice(1), { newline: "\r\n" });
      const back = data.slice(1, -1);
      expect(back).toEqual(rows.map((row) => row.map(inertCell)));
      expect(back.flat().filter((cell) => /^[=+@\t\r]/.test(cell) && !/^\+?\d/.test(cell))).toEqual([]);
    }),
  );
});

test("a large table leaves in pieces", async () => {
  const parts: string[] = [];
  const rows = (function* () {
    for (let row = 0; row < 1_700; row += 1) yield [`r${row}`];
  })();
  for await (const part of csvChunks({ title: "T", columns: [{ label: "a" }], rows })) parts.push(part);
  expect(parts).toHaveLength(4);
  expect(parts.join("").split("\r\n")).toHaveLength(1_702);
});
