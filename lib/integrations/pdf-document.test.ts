import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { testDocument } from "@/lib/reports/test-support/documents";
import { pdfDocument } from "./pdf-document";
import { drawable } from "./pdf-glyphs";

type Objects = { raw: string; streams: Map<number, string> };

/** The file's objects with their streams inflated, as a reader of PDF 1.7 finds them (ISO 32000-1, 7.3.8). */
function objectsOf(file: Buffer): Objects {
  const raw = file.toString("latin1");
  const streams = new Map<number, string>();
  for (const match of raw.matchAll(/(\d+) 0 obj\n<<((?:(?!endobj)[\s\S])*?)>>\nstream\n/g)) {
    const from = match.index + match[0].length;
    const bytes = file.subarray(from, raw.indexOf("\nendstream", from));
    if (/FlateDecode/.test(match[2] ?? "")) streams.set(Number(match[1]), inflateSync(bytes).toString("latin1"));
  }
  return { raw, streams };
}

/** Glyph code → character of each font, from its ToUnicode map (bfrange with arrays, as PDFKit writes them). */
function unicodeMaps({ raw, streams }: Objects): Map<string, Map<string, string>> {
  const maps = new Map<string, Map<string, string>>();
  for (const [, name = "", object] of raw.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const body = new RegExp(`(?:^|\\n)${object} 0 obj\\n([\\s\\S]*?)endobj`).exec(raw)?.[1] ?? "";
    const cmap = streams.get(Number(/\/ToUnicode (\d+) 0 R/.exec(body)?.[1])) ?? "";
    const map = new Map<string, string>();
    for (const [, start = "0", , list = ""] of cmap.matchAll(/<([0-9a-f]+)> <([0-9a-f]+)> \[([^\]]*)\]/gi)) {
      [...list.matchAll(/<([0-9a-f ]*)>/gi)].forEach(([, code = ""], index) => {
        const key = (Number.parseInt(start, 16) + index).toString(16).padStart(4, "0");
        const units = code.replaceAll(" ", "").match(/.{4}/g) ?? [];
        map.set(key, String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16))));
      });
    }
    maps.set(name, map);
  }
  return maps;
}

/** What a reader of the file copies out of it: each drawn run of glyphs, in the order of drawing. */
function textOf(file: Buffer): string {
  const objects = objectsOf(file);
  const maps = unicodeMaps(objects);
  const runs: string[] = [];
  for (const content of objects.streams.values()) {
    let map: Map<string, string> | undefined;
    for (const [, font, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      if (font) map = maps.get(font);
      const codes = [...(shown ?? "").matchAll(/<([0-9a-f]*)>/gi)].flatMap(([, hex = ""]) => hex.match(/.{4}/g) ?? []);
      if (codes.length > 0) runs.push(codes.map((code) => map?.get(code.toLowerCase()) ?? "").join(""));
    }
  }
  return runs.join(" ").replace(/\s+/g, " ");
}

test("says everything that the document says, with the glyphs of money and of names", async () => {
  const text = textOf(await pdfDocument(testDocument()));
  for (const part of [
    "Tromsø",
    "Łódź",
    "version 3",
    "as of 31",
    "Page 1 of 1",
    "24.3",
    "−€1.2 M",
    "€150",
    "Jul 2026",
  ]) {
    expect(text).toContain(part);
  }
  for (const glyph of "€£¥₹−×≥éßŁøΕλάδαМосква∞÷“”") expect(text, glyph).toContain(glyph);
  expect(text).toContain("aaaaaaaaaaaaaaaa, revision 1");
  expect(text).toContain("€1,234,567.89");
  expect(text.replaceAll(" ", "")).toContain('HYPERLINK("http://evil.example")');
});

test("the same document is the same file; its dates are its own", async () => {
  const [first, second] = [await pdfDocument(testDocument()), await pdfDocument(testDocument())];
  expect(first.equals(second)).toBe(true);
  const { raw } = objectsOf(first);
  expect(raw).toContain("(D:20261122180200Z)");
  expect(raw).toContain("/Lang (en-GB)");
  expect(raw).toContain("/DisplayDocTitle true");
});

test("fonts are inside; nothing in it acts, links or is fetched", async () => {
  const { raw } = objectsOf(await pdfDocument(testDocument()));
  expect(raw.match(/\/FontFile2 /g)?.length).toBeGreaterThanOrEqual(2);
  expect(raw).not.toMatch(/\/(URI|JavaScript|JS|Launch|OpenAction|EmbeddedFile|AcroForm)\b/);
});

test("a long table goes on under its head, and each page says which it is", async () => {
  const rows = Array.from({ length: 120 }, (_, index) => [`Row ${index + 1}`, "x"]);
  const columns = [
    { label: "Customer", numeric: false },
    { label: "Note", numeric: false },
  ];
  const text = textOf(await pdfDocument(testDocument([{ kind: "table", caption: "Long", columns, rows }])));
  const pages = Number(/Page 1 of (\d+)/.exec(text)?.[1]);
  expect(pages).toBeGreaterThan(2);
  expect(text).toContain(`Page ${pages} of ${pages}`);
  expect(text.match(/Customer/g)?.length).toBeGreaterThanOrEqual(pages - 1);
});

test.each([
  ["24.3\u202f%", "24.3\u00a0%"],
  ["日本 ok", "\ufffd\ufffd ok"],
  ["e\u0301", "é"],
  ["a → b", "a › b"],
  ["ѝ Ђ Ω ừ", "ѝ Ђ Ω ừ"],
])("%s is drawn as %s", (text, expected) => {
  expect(drawable(text)).toBe(expected);
});
