import { buffer } from "node:stream/consumers";
import Excel from "exceljs";
import { expect, test } from "vitest";
import { type ReportModel, reportModelSchema } from "@/lib/reports/schema/model";
import { FIGURES, testDocument } from "@/lib/reports/test-support/documents";
import { xlsxDocument } from "./xlsx-document";

const net = FIGURES[1];
const MODEL: ReportModel = {
  ...{ kind: "model", title: "Revenue model" },
  inputs: [
    {
      title: "Sales",
      rows: [
        { key: "units_1", label: '=HYPERLINK("http://evil.example")', unit: "count", value: "10", source: "+1" },
        { key: "units_2", label: "Units of May", unit: "count", value: "20", source: "list" },
      ],
    },
    { title: "Price", rows: [{ key: "price", label: "Price", unit: "EUR", value: "-41152.263", source: "list" }] },
  ],
  steps: [
    {
      title: "Sum",
      rows: [
        { key: "sold", label: "Sold", unit: "count", formula: "SUM({units_1}:{units_2})", result: 30 },
        { key: "revenue", label: "Revenue", unit: "EUR", formula: "({sold}*{price})", result: -1_234_567.89 },
        { key: "never", label: "Never", unit: "EUR", formula: "NA()", result: null },
      ],
    },
  ],
  checks: [{ label: "Revenue", step: "revenue", figure: net?.id ?? "" }],
};

async function sheetsOf(model: ReportModel): Promise<Excel.Workbook> {
  const book = new Excel.Workbook();
  const file = await buffer(xlsxDocument(testDocument([model])));
  await book.xlsx.load(file.buffer.slice(file.byteOffset, file.byteOffset + file.length) as ArrayBuffer);
  return book;
}

test("inputs stand apart; every step is a formula over them with what it came to", async () => {
  const book = await sheetsOf(MODEL);
  const inputs = book.getWorksheet("Inputs");
  expect(["B3", "B4", "B6"].map((at) => inputs?.getCell(at).value)).toEqual([10, 20, -41_152.263]);
  const model = book.getWorksheet("Model");
  expect(model?.getCell("B3").value).toEqual({ formula: "SUM(Inputs!$B$3:Inputs!$B$4)", result: 30 });
  expect(model?.getCell("B4").value).toEqual({ formula: "(Model!$B$3*Inputs!$B$6)", result: -1_234_567.89 });
  expect(model?.getCell("B5").value).toMatchObject({ formula: "NA()", result: { error: "#N/A" } });
  expect(model?.getCell("B4").numFmt).toContain("EUR");
});

test("a check holds the step against the stored figure", async () => {
  const checks = (await sheetsOf(MODEL)).getWorksheet("Checks");
  expect(checks?.getCell("B2").value).toMatchObject({ formula: "Model!$B$4" });
  expect(checks?.getCell("C2").value).toBe(-1_234_567.89);
  expect(checks?.getCell("E2").value).toMatchObject({ result: "agrees" });
  expect(checks?.getCell("E3").value).toMatchObject({ result: "agrees" });
  expect(checks?.getCell("F2").value).toBe(net?.id);
  const off = structuredClone(MODEL);
  for (const row of off.steps[0]?.rows ?? []) row.result = row.result === null ? null : row.result + 100;
  const differs = (await sheetsOf(off)).getWorksheet("Checks");
  expect([differs?.getCell("E2").value, differs?.getCell("E3").value]).toMatchObject([
    { result: "differs" },
    { result: "differs" },
  ]);
});

test("words of data are words: no label, unit or source becomes a formula", async () => {
  const inputs = (await sheetsOf(MODEL)).getWorksheet("Inputs");
  expect(inputs?.getCell("A3").value).toBe('=HYPERLINK("http://evil.example")');
  expect(inputs?.getCell("D3").value).toBe("+1");
});

test.each([
  'HYPERLINK("x")',
  "WEBSERVICE({price})",
  "{price}!A1",
  "cmd|' /c calc'!A0",
  "INDIRECT({price})",
  "[1]Sheet!A1",
])("a stored formula like %s is refused", (formula) => {
  const bad = structuredClone(MODEL);
  for (const row of bad.steps[0]?.rows ?? []) row.formula = formula;
  expect(reportModelSchema.safeParse(bad).success).toBe(false);
});
