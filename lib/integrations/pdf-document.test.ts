import { expect, test } from "vitest";
import type { ReportBlock } from "@/lib/reports/schema";
import { testDocument } from "@/lib/reports/test-support/documents";
import { pdfDocument } from "./pdf-document";
import { readPdf } from "./test-support/read-pdf";

const table = (count: number, cell = "x"): ReportBlock => ({
  kind: "table",
  caption: "Long",
  columns: [
    { label: "Customer", numeric: false },
    { label: "Note", numeric: false },
  ],
  rows: Array.from({ length: count }, (_, index) => [`Row ${index + 1}`, cell]),
});

test("says everything that the document says, with the glyphs of money and of names", async () => {
  const { text } = await readPdf(await pdfDocument(testDocument()));
  for (const part of [
    ...["Tromsø", "Łódź", "version 3", "as of 31 Oct 2026", "Page 1 of 1", "24.3", "−€1.2 M", "€150", "Jul 2026"],
    ...["aaaaaaaaaaaaaaaa, revision 1", "€1,234,567.89", "Stored 22 Nov 2026, 18:02 UTC", "Ελλάδα Москва"],
  ]) {
    expect(text.replaceAll("\u00a0", " ")).toContain(part);
  }
  for (const glyph of "€£¥₹−×≥éßŁø∞÷“”→") expect(text, glyph).toContain(glyph);
  expect(text.replaceAll(" ", "")).toContain('HYPERLINK("http://evil.example")');
});

test("is tagged: headings, paragraphs, lists, tables with head cells, figures with words in their stead", async () => {
  const { roles, alts, outline, title, language } = await readPdf(await pdfDocument(testDocument()));
  const count = (role: string) => roles.filter((one) => one === role).length;
  expect(title).toBe("Growth levers of Tromsø Łódź (Tromsø & Łódź, version 3)");
  expect(language).toBe("en-GB");
  expect([count("Document"), count("H1"), count("H2")]).toEqual([1, 1, 2]);
  expect([count("Table"), count("THead"), count("TBody")]).toEqual([1, 1, 1]);
  expect([count("TR"), count("TH"), count("TD")]).toEqual([4, 6, 6]);
  expect([count("L"), count("LI"), count("Lbl"), count("LBody")]).toEqual([2, 6, 6, 6]);
  expect(roles.indexOf("H1")).toBeLessThan(roles.indexOf("H2"));
  expect(alts.map((alt) => alt.replace(/\s/g, " "))).toContain(
    "Line chart: MRR by month, from €100 k in Jul 2026 to €131 k in Oct 2026; lowest €100 k in Jul 2026, highest €131 k in Oct 2026. 1 of 4 months are unknown.",
  );
  expect(outline).toEqual(["What the figures say", "Figures and their sources"]);
});

/** Names of companies as they write themselves. */
test.each([
  "深圳市未来科技有限公司",
  "臺灣積體電路製造",
  "株式会社メルカリ",
  "삼성전자 주식회사",
  "Газпром нефть",
  "Ελληνικά Πετρέλαια",
  "Nguyễn Đức",
  "Ştefănescu & Žižka",
])("the name %s is drawn and can be copied", async (name) => {
  const { text } = await readPdf(
    await pdfDocument(testDocument([{ kind: "paragraph", text: `Sold to [[name:${name}]] now` }])),
  );
  expect(text.normalize("NFKC")).toContain(`“${name}”`);
  expect(text).not.toContain("□");
});

test.each(["شركة المستقبل", "חברת הייטק"])(
  "the name %s is drawn from the right, each word shaped, and says its order",
  async (name) => {
    const file = await pdfDocument(testDocument([{ kind: "paragraph", text: `Sold to [[name:${name}]] now` }]));
    const { text, actual } = await readPdf(file);
    for (const word of name.split(" ")) expect(text.normalize("NFKC")).toContain(word);
    expect(actual).toEqual([name]);
    expect(text).not.toContain("□");
  },
);

test("a letter that no font has is an empty square; a name may not turn its neighbours around", async () => {
  const blocks: ReportBlock[] = [{ kind: "paragraph", text: "Ok 𓀀 then [[name:evil\u202egnp.exe]] end" }];
  const { text } = await readPdf(await pdfDocument(testDocument(blocks)));
  expect(text).toContain("Ok □ then “evilgnp.exe” end");
});

test("the same document is the same file; its dates are its own", async () => {
  const [first, second] = [await pdfDocument(testDocument()), await pdfDocument(testDocument())];
  expect(first.equals(second)).toBe(true);
  expect(first.toString("latin1")).toContain("(D:20261122180200Z)");
});

test("fonts are inside, cut to their letters; nothing in it acts, links or is fetched", async () => {
  const file = await pdfDocument(testDocument());
  const raw = file.toString("latin1");
  expect(raw.match(/\/FontFile2 /g)?.length).toBeGreaterThanOrEqual(3);
  expect(raw).not.toMatch(/\/(URI|JavaScript|JS|Launch|OpenAction|EmbeddedFile|AcroForm)\b/);
  expect(file.length).toBeLessThan(150_000);
});

test("a long table goes on under its head, and each page says which it is", async () => {
  const { text, pages, roles } = await readPdf(await pdfDocument(testDocument([table(120)])));
  expect(pages).toBeGreaterThan(2);
  expect(text).toContain(`Page ${pages} of ${pages}`);
  expect(text.match(/Customer/g)?.length).toBe(pages);
  expect(roles.filter((role) => role === "TD")).toHaveLength(120);
});

test("a row higher than a page goes on; nothing of it is lost", async () => {
  const words = Array.from({ length: 2000 }, (_, index) => `w${index}`);
  const { text, pages } = await readPdf(await pdfDocument(testDocument([table(1, words.join(" "))])));
  expect(pages).toBeGreaterThan(1);
  expect(words.filter((word) => !text.includes(word))).toEqual([]);
});

test("a heading never ends a page", async () => {
  for (let fill = 30; fill < 46; fill += 1) {
    const blocks: ReportBlock[] = [
      ...Array.from({ length: fill }, (): ReportBlock => ({ kind: "paragraph", text: "Filling." })),
      { kind: "heading", level: 2, text: "Stranded" },
      table(3),
    ];
    const { text } = await readPdf(await pdfDocument(testDocument(blocks)));
    expect(text).not.toMatch(/Stranded (Long )?Page/);
  }
});
