import { expect, test } from "vitest";
import { docx, docxWithEntities, pdf, wordBody, zipOf } from "../test-support/hostile-files";
import { MOST_CHARACTERS } from "./document-words";
import { readWords } from "./read-words";

const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const text = async (type: string, bytes: Buffer) => {
  const read = await readWords(type, bytes);
  return read.ok ? (read.words?.text ?? null) : read.problem;
};

test("a PDF's words, with its pages", async () => {
  expect(await readWords("application/pdf", pdf("Change of control"))).toEqual({
    ok: true,
    words: { text: "Change of control", pages: 1 },
  });
});

test("a Word file's words; XML's own entities are read", async () => {
  expect(await text(WORD, await docx(wordBody("Profit &amp; loss")))).toBe("Profit & loss");
});

test("a workbook's words and the names of its sheets", async () => {
  const book = await zipOf([
    { name: "xl/workbook.xml", text: '<workbook><sheets><sheet name="Revenue"/></sheets></workbook>' },
    { name: "xl/sharedStrings.xml", text: "<sst><si><t>Acme</t></si><si><t>Globex</t></si></sst>" },
  ]);
  expect(await text(SHEET, book)).toBe("Acme\nGlobex\nRevenue");
});

test("no entity is resolved: what declares one is not read", async () => {
  expect(await text(WORD, await docxWithEntities())).toBe("");
});

test("text is read in its encoding and cut where the index would end", async () => {
  expect(await text("text/plain", Buffer.from("\ufeffÜberschuss", "utf16le"))).toBe("Überschuss");
  expect((await text("text/plain", Buffer.from("word ".repeat(200_000))))?.length).toBeLessThanOrEqual(MOST_CHARACTERS);
});

test("a broken file breaks nothing", async () => {
  expect(await text("application/pdf", Buffer.from("%PDF-1.7 nothing"))).toBe("broken");
  expect(await text(WORD, Buffer.from("PK nothing"))).toBe("broken");
  expect(await text("text/plain", Buffer.from("still reads"))).toBe("still reads");
});

test("a picture has no words", async () => expect(await text("image/png", Buffer.from([1]))).toBeNull());
