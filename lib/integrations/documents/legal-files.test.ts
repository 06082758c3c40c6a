import os from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { fillTemplate, NO_DOCUMENT_FACTS } from "@/lib/documents/rules/fill";
import { HOUSE_TEMPLATES } from "@/lib/documents/rules/house";
import { redlineOf } from "@/lib/documents/rules/redline";
import { parseTemplate } from "@/lib/documents/rules/template";
import { docx, docxWithEntities, docxWithWideEntities, zipOf, zipWithName } from "../test-support/hostile-files";
import { fillDocx, readDocxTemplate } from "./docx-template";
import { legalDocx, redlineDocx } from "./legal-docx";
import { legalPdf } from "./legal-pdf";
import { openParts } from "./office-zip";

const about = { title: "Letter", subject: "Version 1", at: new Date("2027-01-01T00:00:00Z") };
const facts = {
  ...NO_DOCUMENT_FACTS,
  fields: { ...NO_DOCUMENT_FACTS.fields, "terms.price": "48500000 EUR", "buyer.name": "Nordwerk & Söhne <AG>" },
};
const make = (text: string) => fillTemplate(parseTemplate(text).template, facts, "T").model;
const SAMPLE =
  "# Letter\n\n## Terms\n\n1. Price is **{{terms.price}}**.\n\n(a) To {{buyer.name}}, {{buyer.registeredOffice}}.\n\n- One\n\n| Holder | Amount > |\n| Ana | {{terms.price}} |\n\n___ Signed";

function partOf(file: Uint8Array, name = "word/document.xml"): string {
  const parts = openParts(file);
  return parts === "FILE_TOO_LARGE" ? "" : Buffer.from(parts.get(name) ?? []).toString("utf8");
}
const plain = (xml: string) => xml.replace(/<w:del [^>]*>.*?<\/w:del>/gs, "").replace(/<[^>]+>/g, "");

describe("DOCX", () => {
  test("has real headings, numbers and tables, and marks holes", async () => {
    const xml = partOf(await legalDocx(make(SAMPLE), about));
    expect(xml).toContain('<w:pStyle w:val="Title"/>');
    expect(xml).toContain('<w:pStyle w:val="Heading1"/>');
    expect(xml.match(/<w:ilvl w:val="0"\/><w:numId/g)).toHaveLength(2);
    expect(xml.match(/<w:ilvl w:val="1"\/><w:numId/g)).toHaveLength(1);
    expect(xml).toContain("<w:tblHeader/>");
    expect(xml).toContain("Nordwerk &amp; Söhne &lt;AG&gt;");
    expect(xml).toMatch(
      /<w:highlight w:val="yellow"\/>.{0,60}<\/w:rPr><w:t[^>]*>\[missing: registered office of the buyer\]/,
    );
  });

  test("is the same bytes for the same document, with the day of the document and no other", async () => {
    const [first, second] = [await legalDocx(make(SAMPLE), about), await legalDocx(make(SAMPLE), about)];
    expect(first.equals(second)).toBe(true);
    const days = partOf(first, "docProps/core.xml").match(/\d{4}-\d\d-\d\dT/g);
    expect(new Set(days)).toEqual(new Set(["2027-01-01T"]));
  });

  test("a redline holds real tracked changes, of words and of lines", async () => {
    const redline = redlineOf(make("1. Price is {{terms.price}}."), make("1. Price is lower.\n\n2. A new clause."));
    const file = await redlineDocx(redline, { ...about, author: "Chairman" });
    const xml = partOf(file);
    expect(xml).toMatch(/<w:del w:id="\d+" w:author="Chairman" w:date="2027-01-01T00:00:00.000Z"><w:r>.*?<w:delText/);
    expect(xml).toMatch(/<w:ins w:id="\d+"[^>]*><w:r>/);
    expect(xml).toMatch(/<w:rPr><w:ins w:id="\d+"[^>]*\/><\/w:rPr><\/w:pPr>/);
    expect(plain(xml)).toContain("Price is lower.");
    const ids = [...xml.matchAll(/<w:(?:ins|del) w:id="(\d+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("PDF", () => {
  test("is tagged, and the same bytes for the same document", async () => {
    const [first, second] = [await legalPdf(make(SAMPLE), about), await legalPdf(make(SAMPLE), about)];
    expect(first.equals(second)).toBe(true);
    const { getDocumentProxy, extractText } = await import("unpdf");
    const pdf = await getDocumentProxy(new Uint8Array(first));
    const { text } = await extractText(pdf, { mergePages: true });
    expect(text).toContain("EUR 48,500,000.00");
    expect(text).toContain("[missing: registered office of the buyer]");
    expect(text).toContain("Counsel must review");
    expect(first.toString("latin1")).toContain("/MarkInfo");
  });

  test("every template of the house is drawn with nothing known", async () => {
    for (const text of Object.values(HOUSE_TEMPLATES))
      expect((await legalPdf(make(text), about)).length).toBeGreaterThan(5_000);
  });
});

describe("a Word file of the house", () => {
  const folder = path.join(os.tmpdir(), "chairman-template-test");
  const read = async (bytes: Uint8Array, most = 1_000_000) => readDocxTemplate(folder, bytes, most);
  const split =
    '<w:document xmlns:w="x"><w:body><w:p><w:r><w:rPr><w:i/></w:rPr><w:t>Dear {{buy</w:t></w:r><w:r><w:t>er.na</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>me}}, at {{buyer.registeredOffice}} today</w:t></w:r></w:p><w:p><w:r><w:t>{{terms</w:t></w:r></w:p></w:body></w:document>';

  test("placeholders are read and filled across the pieces that Word cut them into; formatting stays", async () => {
    const file = await docx(split);
    const words = await read(file);
    expect(words).toMatchObject({
      ok: true,
      value: { text: "Dear {{buyer.name}}, at {{buyer.registeredOffice}} today\n\n{{terms" },
    });
    const fill = (given: string) =>
      given === "buyer.name" ? { text: "A & B", missing: false } : { text: "[missing: office]", missing: true };
    const filled = await fillDocx(file, fill, "Counsel must review.");
    const xml = partOf(filled);
    expect(xml).toContain('<w:rPr><w:i/></w:rPr><w:t xml:space="preserve">Dear A &amp; B</w:t>');
    expect(xml).toContain('<w:b/><w:highlight w:val="yellow"/></w:rPr><w:t xml:space="preserve">[missing: office]');
    expect(plain(xml)).toBe("Counsel must review.Dear A & B, at [missing: office] today{{terms".replace("&", "&amp;"));
    expect(filled.equals(await fillDocx(file, fill, "Counsel must review."))).toBe(true);
  });

  test.each([
    ["entities", docxWithEntities],
    ["entities in UTF-16", docxWithWideEntities],
    ["a name that climbs", () => zipWithName("../../evil.xml")],
    ["macros", () => docx(split, [{ name: "word/vbaProject.bin", text: "x" }])],
    ["an embedded file", () => docx(split, [{ name: "word/embeddings/a.bin", text: "x" }])],
    ["no Word file at all", () => zipOf([{ name: "a.txt", text: "x" }])],
    ["no zip at all", async () => Buffer.from("hello")],
  ])("%s is refused", async (_, hostile) => {
    expect(await read(await hostile())).toMatchObject({ ok: false, refusal: "UNSAFE_FILE" });
  });

  test("one that is too large is refused", async () => {
    expect(await read(await docx(split), 100)).toMatchObject({ ok: false, refusal: "FILE_TOO_LARGE" });
  });
});
