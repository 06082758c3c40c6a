import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import Excel from "exceljs";
import { expect, test } from "vitest";
import { testDocument } from "@/lib/reports/test-support/documents";
import { xlsxDocument } from "./xlsx-document";
import { xlsxStream } from "./xlsx-write";

async function open(stream: Readable): Promise<Excel.Workbook> {
  const book = new Excel.Workbook();
  await book.xlsx.load((await buffer(stream)).buffer as ArrayBuffer);
  return book;
}

const HEAD = { title: "T", createdAt: new Date("2026-11-22T18:02:00Z") };
const rowsOf = (sheet: Excel.Worksheet | undefined) =>
  (sheet?.getSheetValues() ?? []).slice(1).map((row) => (row as unknown[]).slice(1));

test("numbers are numbers in their currency, days are days, and text is text", async () => {
  const book = await open(
    xlsxStream(HEAD, [
      {
        title: "Invoices [2026]",
        columns: [{ label: "a" }, { label: "b" }, { label: "c" }, { label: "d" }],
        rows: [
          [{ number: "-1234.5", unit: "EUR" }, { day: "2026-10-31" }, "=1+1", { number: "0.243", unit: "ratio" }],
          [
            { number: "98765432109876543.21", unit: "INR" },
            null,
            '+HYPERLINK("http://evil.example")',
            { number: "1500", unit: "JPY" },
          ],
          [{ number: "3" }, { moment: "2026-11-22T18:02:00.000Z" }, "a\u0001b", "12"],
        ],
      },
    ]),
  );
  const sheet = book.worksheets[0];
  expect(sheet?.name).toBe("Invoices 2026");
  expect(sheet?.views[0]).toMatchObject({ state: "frozen", ySplit: 1 });
  expect(rowsOf(sheet)).toEqual([
    ["a", "b", "c", "d"],
    [-1234.5, new Date("2026-10-31T00:00:00Z"), "=1+1", 0.243],
    ["98765432109876543.21", undefined, '+HYPERLINK("http://evil.example")', 1500],
    [3, new Date("2026-11-22T18:02:00Z"), "ab", "12"],
  ]);
  expect(sheet?.getCell("A2").numFmt).toBe("[$EUR] #,##0.00");
  expect(sheet?.getCell("D2").numFmt).toBe("0.0%");
  expect(sheet?.getCell("D3").numFmt).toBe("[$JPY] #,##0");
  expect(sheet?.getCell("B2").numFmt).toBe("yyyy-mm-dd");
  const types = ["C2", "C3"].map((cell) => sheet?.getCell(cell).type);
  expect(types.every((type) => type === Excel.ValueType.String || type === Excel.ValueType.SharedString)).toBe(true);
});

test("two sheets of one name are two sheets", async () => {
  const sheet = { title: "A/B", columns: [{ label: "x" }], rows: [["1"]] };
  const book = await open(xlsxStream(HEAD, [sheet, sheet]));
  expect(book.worksheets.map(({ name }) => name)).toEqual(["A B", "A B 2"]);
});

test("a table that fails while it is written ends the file with an error, not with half of it", async () => {
  const rows = (function* () {
    yield ["1"];
    throw new Error("gone");
  })();
  await expect(buffer(xlsxStream(HEAD, [{ title: "T", columns: [{ label: "x" }], rows }]))).rejects.toThrow("gone");
});

test("a document: its words, its tables with typed figures, and each figure with its proof", async () => {
  const book = await open(xlsxDocument(testDocument()));
  expect(book.worksheets.map(({ name }) => name)).toEqual(["Report", "Measures", "MRR by month", "Figures"]);
  expect(rowsOf(book.getWorksheet("Measures"))).toEqual([
    ["Measure", "Value", "Until"],
    ["Growth", 0.243, new Date("2026-10-31T00:00:00Z")],
    ["+1+1|<b>x</b>", "98765432109876543.21"],
    ["Runway", "Unlimited: cash is not falling.", new Date("2026-10-31T00:00:00Z")],
  ]);
  const figures = rowsOf(book.getWorksheet("Figures"));
  expect(figures.map((row) => row[5])).toEqual(
    ["Figure", ..."abcd"].map((id) => (id === "Figure" ? id : id.repeat(16))),
  );
  expect(figures[2]?.[2]).toBe(-1234567.89);
  expect(rowsOf(book.getWorksheet("Report")).flat()).toContain(
    'Growth is 24.3\u202f% and revenue −€1.2\u202fM for “=HYPERLINK("http://evil.example")”.',
  );
});
