import { deflateRawSync } from "node:zlib";
import ExcelJS from "exceljs";
import { describe, expect, test } from "vitest";
import { serialDay } from "@/lib/imports/rules/dates";
import { openWorkbook } from "./xlsx";

type Build = (workbook: ExcelJS.Workbook) => void;

async function fileOf(build: Build): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  build(workbook);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

async function rowsOf(bytes: Uint8Array, sheet: string | null = null) {
  const rows = [];
  for await (const batch of openWorkbook(bytes, serialDay).rows(sheet)) rows.push(...batch);
  return rows.map(({ rowNumber, cells }) => [rowNumber, ...cells]);
}

/** A workbook by hand: for what no writer would write. */
function archive(parts: Record<string, string>): Uint8Array {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(parts)) {
    const data = deflateRawSync(Buffer.from(text));
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(data.length, 18);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(8, 10);
    central.writeUInt32LE(data.length, 20);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(offset, 42);
    locals.push(local, Buffer.from(name), data);
    directory.push(central, Buffer.from(name));
    offset += 30 + name.length + data.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(parts).length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(offset, 16);
  return new Uint8Array(Buffer.concat([...locals, entries, end]));
}

const workbookOf = (sheet: string, more: Record<string, string> = {}, properties = "") =>
  archive({
    "xl/workbook.xml": `<workbook xmlns:r="x"><workbookPr ${properties}/><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
    "xl/worksheets/sheet1.xml": sheet,
    ...more,
  });

describe("cells", () => {
  test("texts, numbers, dates, formulas with their stored values, errors, rich text", async () => {
    const bytes = await fileOf((workbook) => {
      const sheet = workbook.addWorksheet("Data");
      sheet.addRow(["name", "value", "day", "sum", "bad"]);
      sheet.addRow([
        "Müller & Söhne <x>",
        12.5,
        new Date(Date.UTC(2026, 2, 31)),
        { formula: "B2*2", result: 25 },
        { error: "#REF!" },
      ]);
      sheet.addRow([
        { richText: [{ text: "rich " }, { text: "text" }] },
        -3,
        null,
        { formula: "1/0", result: { error: "#DIV/0!" } },
        true,
      ]);
      sheet.getRow(6).getCell(2).value = 7;
      sheet.getCell("C2").numFmt = "dd.mm.yyyy";
    });
    expect(await rowsOf(bytes)).toEqual([
      [1, "name", "value", "day", "sum", "bad"],
      [2, "Müller & Söhne <x>", 12.5, "2026-03-31", 25, { error: "#REF!" }],
      [3, "rich text", -3, "", { error: "#DIV/0!" }, "TRUE"],
      [6, "", 7],
    ]);
  });

  test("sheets are found by name", async () => {
    const bytes = await fileOf((workbook) => {
      workbook.addWorksheet("Cover").addRow(["Report"]);
      workbook.addWorksheet("Figures").addRow(["metric", "value"]);
    });
    expect(openWorkbook(bytes, serialDay).sheets).toEqual(["Cover", "Figures"]);
    expect(await rowsOf(bytes, "Figures")).toEqual([[1, "metric", "value"]]);
  });

  test("the 1904 calendar", async () => {
    const bytes = await fileOf((workbook) => {
      workbook.properties.date1904 = true;
      const cell = workbook.addWorksheet("S").getCell("A1");
      cell.value = 43_538;
      cell.numFmt = "yyyy-mm-dd";
    });
    expect(openWorkbook(bytes, serialDay).date1904).toBe(true);
    expect(await rowsOf(bytes)).toEqual([[1, "2023-03-15"]]);
  });

  test("money and time formats are not dates", async () => {
    const bytes = await fileOf((workbook) => {
      const sheet = workbook.addWorksheet("S");
      for (const [i, format] of [
        "#,##0.00 [$€-407]",
        '0 "days"',
        "hh:mm",
        "0%",
        "mmm yy",
        "[$-409]d-mmm-yy;@",
      ].entries()) {
        sheet.getCell(1, i + 1).value = 45_000;
        sheet.getCell(1, i + 1).numFmt = format;
      }
    });
    expect(await rowsOf(bytes)).toEqual([[1, 45_000, 45_000, 45_000, 45_000, "2023-03-15", "2023-03-15"]]);
  });

  test("prefixed names, inline strings, comments, CDATA, escapes, and cells without references", async () => {
    const sheet = `<?xml version="1.0"?><x:worksheet><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>a_x000A_b</x:t></x:is></x:c><!-- <c> --><x:c><x:v>1</x:v></x:c><x:c t="str"><x:f>A1&amp;"</x:f><x:v><![CDATA[<z>]]></x:v></x:c></x:row></x:sheetData></x:worksheet>`;
    expect(await rowsOf(workbookOf(sheet))).toEqual([[1, "a\nb", 1, "<z>"]]);
  });
});

describe("refused", () => {
  const sheet = (rows: string) => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;

  test.each([
    ["no archive", new Uint8Array([0x50, 0x4b, 3, 4, 1, 2, 3])],
    ["an archive without a workbook", archive({ "a.txt": "x" })],
  ])("%s", (_name, bytes) => {
    expect(() => openWorkbook(bytes, serialDay)).toThrow("UNREADABLE_FILE");
  });

  test("a cut-off archive", async () => {
    const whole = workbookOf(sheet(`<row r="1"><c r="A1"><v>1</v></c></row>`));
    expect(() => openWorkbook(whole.subarray(0, whole.length - 30), serialDay)).toThrow("UNREADABLE_FILE");
  });

  test("a small part that unpacks without end", () => {
    const bomb = { "xl/styles.xml": `<styleSheet>${" ".repeat(20 * 1024 * 1024)}</styleSheet>` };
    expect(() => openWorkbook(workbookOf(sheet(""), bomb), serialDay)).toThrow("UNREADABLE_FILE");
  });

  test("a cell larger than any spreadsheet's", async () => {
    const giant = sheet(`<row r="1"><c r="A1" t="str"><v>${"x".repeat(40_000)}</v></c></row>`);
    await expect(rowsOf(workbookOf(giant))).rejects.toThrow("CELL_TOO_LARGE");
  });

  test("a document type (entity bomb)", async () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>${sheet("")}`;
    await expect(rowsOf(workbookOf(bomb))).rejects.toThrow("UNREADABLE_FILE");
  });

  test("a row far beyond the last", async () => {
    await expect(rowsOf(workbookOf(sheet(`<row r="99999999"><c><v>1</v></c></row>`)))).rejects.toThrow(
      "UNREADABLE_FILE",
    );
  });
});
