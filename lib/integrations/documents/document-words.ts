import { SaxesParser } from "saxes";
import { type OpenZip, withZip, type ZipEntry } from "./zip-reader";

/** The words of a document, for search. Runs in a thread of its own: what it reads was written by others. */

/** A text index of PostgreSQL holds a megabyte of words; so much text always fits. */
export const MOST_CHARACTERS = 300_000;
const MOST_UNPACKED = 64 * 1_048_576;
const MOST_PAGES = 2_000;

export type Words = { text: string; pages: number | null };

const tidy = (text: string): string =>
  text
    .replaceAll("\u0000", "")
    .toWellFormed()
    .replace(/[ \t]+/g, " ")
    .replace(/\s*\n\s*/g, "\n")
    .trim()
    .slice(0, MOST_CHARACTERS);

async function pdfWords(bytes: Uint8Array): Promise<Words> {
  const { getDocumentProxy } = await import("unpdf");
  const pdf = await getDocumentProxy(bytes, { disableFontFace: true, useSystemFonts: false });
  const pages: string[] = [];
  let length = 0;
  for (let number = 1; number <= Math.min(pdf.numPages, MOST_PAGES) && length < MOST_CHARACTERS; number++) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    const text = items.map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : "")).join(" ");
    pages.push(text);
    length += text.length;
    page.cleanup();
  }
  return { text: tidy(pages.join("\n")), pages: pdf.numPages };
}

const PARTS: readonly RegExp[] = [
  /^word\/(document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml$/,
  /^xl\/(sharedStrings|workbook)\.xml$/,
  /^ppt\/(slides|notesSlides)\/\w+\.xml$/,
  /^content\.xml$/,
];
const BREAKS = new Set(["w:p", "a:p", "si", "text:p", "text:h", "w:tab", "w:br", "table:table-cell"]);
const TEXTUAL = new Set(["w:t", "a:t", "t", "text:p", "text:h", "text:span", "text:a"]);

/** No entity but XML's own five is ever resolved: saxes reads no document type, and one that is there ends the reading. */
async function partWords(zip: OpenZip, entry: ZipEntry, budget: { bytes: number }): Promise<string> {
  const parser = new SaxesParser();
  const open: string[] = [];
  let text = "";
  let broken = false;
  let declared = false;
  parser.on("doctype", () => {
    declared = true;
  });
  parser.on("error", () => {
    broken = true;
  });
  parser.on("opentag", ({ name, attributes }) => {
    open.push(name);
    if (name === "sheet" && typeof attributes.name === "string") text += `${attributes.name}\n`;
  });
  parser.on("text", (piece) => {
    if (TEXTUAL.has(open.at(-1) ?? "")) text += piece;
  });
  parser.on("closetag", ({ name }) => {
    open.pop();
    if (BREAKS.has(name)) text += "\n";
  });
  const decoder = new TextDecoder("utf-8");
  for await (const piece of await zip.stream(entry)) {
    budget.bytes -= (piece as Buffer).length;
    parser.write(decoder.decode(piece as Buffer, { stream: true }));
    if (broken || declared || budget.bytes < 0 || text.length > MOST_CHARACTERS) break;
  }
  return declared ? "" : text;
}

async function officeWords(bytes: Uint8Array): Promise<Words> {
  return withZip(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), 10_000, async (zip) => {
    const budget = { bytes: MOST_UNPACKED };
    const parts = zip.entries.filter(({ fileName }) => PARTS.some((part) => part.test(fileName)));
    const sorted = parts.toSorted((a, b) => a.fileName.localeCompare(b.fileName, "en", { numeric: true }));
    let text = "";
    for (const entry of sorted) {
      if (budget.bytes < 0 || text.length > MOST_CHARACTERS) break;
      text += `${await partWords(zip, entry, budget)}\n`;
    }
    const slides = parts.filter(({ fileName }) => fileName.startsWith("ppt/slides/")).length;
    return { text: tidy(text), pages: slides || null };
  });
}

function plainWords(bytes: Uint8Array): Words {
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
  return { text: tidy(new TextDecoder(wide).decode(bytes.subarray(0, MOST_CHARACTERS * 4))), pages: null };
}

/** Null where a document of this type has no words that can be read. */
export async function wordsOf(type: string, bytes: Uint8Array): Promise<Words | null> {
  if (type === "application/pdf") return pdfWords(bytes);
  if (type.includes("openxmlformats") || type.includes("macroenabled") || type.includes("opendocument"))
    return officeWords(bytes);
  return type.startsWith("text/") || type === "application/json" || type === "message/rfc822"
    ? plainWords(bytes)
    : null;
}
