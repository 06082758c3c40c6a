import { PDFDocument } from "@cantoo/pdf-lib";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { docx, pdf, wordBody } from "../test-support/hostile-files";
import { wordsOf } from "./document-words";
import { markFor } from "./rendition";
import { textPdf } from "./text-pdf";
import { watermarkImage, watermarkPdf } from "./watermark";

const MARK = markFor("anna@buyer.example", new Date("2026-04-15T09:00:00Z"), "018f-doc");
const wordsIn = async (bytes: Uint8Array) => (await wordsOf("application/pdf", new Uint8Array(bytes)))?.text ?? "";

describe("a PDF", () => {
  test("carries who, when and what on every page, beside its own words", async () => {
    const two = await PDFDocument.create();
    for (const size of [
      [612, 792],
      [200, 100],
    ] as const)
      two.addPage([...size]).drawText("Page", { x: 10, y: 10, size: 10 });
    const marked = await watermarkPdf(await two.save(), MARK);
    const { getDocumentProxy } = await import("unpdf");
    const read = await getDocumentProxy(new Uint8Array(marked));
    for (const number of [1, 2]) {
      const { items } = await (await read.getPage(number)).getTextContent();
      const text = items.map((item) => ("str" in item ? item.str : "")).join(" ");
      expect(text).toContain("anna@buyer.example");
      expect(text).toContain("2026-04-15 09:00 UTC");
      expect(text).toContain("018f-doc");
      expect(text).toContain("Page");
    }
  });

  test("loses what it would start by itself and what it carries along", async () => {
    const marked = Buffer.from(
      await watermarkPdf(
        pdf(
          "x",
          ["<< /S /URI /URI (http://x.example) >>"],
          "/OpenAction 6 0 R /Names << /EmbeddedFiles << /Names [] >> >>",
        ),
        MARK,
      ),
    ).toString("latin1");
    expect(marked).not.toMatch(/OpenAction|EmbeddedFiles/);
  });

  test("of which a corner is seen is marked in that corner", async () => {
    const cropped = await PDFDocument.create();
    cropped.addPage([1_000, 1_000]).setCropBox(600, 500, 300, 400);
    const { getDocumentProxy } = await import("unpdf");
    const page = await (await getDocumentProxy(new Uint8Array(await watermarkPdf(await cropped.save(), MARK)))).getPage(
      1,
    );
    const { items } = await page.getTextContent();
    const places = items.flatMap((item) => ("transform" in item && item.str.trim() ? [item.transform.slice(4)] : []));
    expect(places.length).toBeGreaterThanOrEqual(4);
    for (const [x, y] of places) {
      expect(x).toBeGreaterThanOrEqual(600);
      expect(x).toBeLessThan(900);
      expect(y).toBeGreaterThanOrEqual(500);
      expect(y).toBeLessThan(900);
    }
  });

  test("that is encrypted is not shown at all", async () => {
    const locked = await PDFDocument.create();
    locked.addPage();
    locked.encrypt({ ownerPassword: "owner", userPassword: "user" });
    await expect(watermarkPdf(await locked.save(), MARK)).rejects.toThrow();
  });
});

test("signs that no standard font has do no harm", async () => {
  expect(await wordsIn(await watermarkPdf(pdf("x"), "Žofie 王 · ok"))).toContain("Zofie");
});

describe("a picture", () => {
  const grey = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: "#336699" } });

  test.each([
    [900, 700],
    [60, 40],
    [2000, 30],
  ])("of %i by %i is marked all over", async (width, height) => {
    const plain = await grey(width, height).png().toBuffer();
    const marked = await watermarkImage(plain, MARK);
    const { data, info } = await sharp(marked).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([width, height]);
    const changed = Array.from({ length: info.width * info.height }, (_, at) => data[at * 3] !== 0x33).filter(
      Boolean,
    ).length;
    expect(changed / (info.width * info.height)).toBeGreaterThan(0.02);
    if (width !== 900) return;
    const quarters = [0, 1, 2, 3].map((quarter) => {
      const [left, top] = [(quarter % 2) * (width / 2), Math.floor(quarter / 2) * (height / 2)];
      for (let y = top; y < top + height / 2; y++)
        for (let x = left; x < left + width / 2; x++) if (data[(y * info.width + x) * 3] !== 0x33) return true;
      return false;
    });
    expect(quarters).toEqual([true, true, true, true]);
  });

  test("loses what is hidden in its file", async () => {
    const secret = await grey(100, 100)
      .withExif({ IFD0: { Copyright: "HIDDEN-IN-EXIF" } })
      .jpeg()
      .toBuffer();
    expect(secret.includes("HIDDEN-IN-EXIF")).toBe(true);
    expect((await watermarkImage(secret, MARK)).includes("HIDDEN-IN-EXIF")).toBe(false);
  });
});

test("a Word file is read by its words, marked", async () => {
  const words = await wordsOf(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    await docx(wordBody("Change of control")),
  );
  const text = await wordsIn(await watermarkPdf(await textPdf("Contract", "Words only", words?.text ?? ""), MARK));
  expect(text).toContain("Change of control");
  expect(text).toContain("anna@buyer.example");
});
