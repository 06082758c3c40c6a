import "server-only";
import { ok, type Result, refuse } from "@/lib/errors";
import { receiveFile } from "../storage/incoming";
import { unescapeXml } from "../xml";
import { inspectFile } from "./inspect-file";
import { openParts, type Parts, zipParts } from "./office-zip";

/** Parts of a Word file that hold words; everything else is passed on as it is. */
const WORDS = /^word\/(document|header\d*|footer\d*|footnotes)\.xml$/;
const TEXT = /<w:t(?:\s[^>]*)?>([^<]*)<\/w:t>|<w:p[ >]|<\/w:p>/g;
const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g;
/** What would run, fetch or hide something has no place in a template. */
const UNSAFE: readonly string[] = ["macros", "external-links", "attachments", "encrypted", "partly-unread"];

type Segment = { start: number; end: number; text: string };
export type TemplateFile = { text: string };
export type TemplateFileRefusal = "UNSAFE_FILE" | "FILE_TOO_LARGE" | "NOT_A_TEMPLATE";

/** The words of each paragraph, with where each piece of them stands: Word cuts them as it likes. */
function paragraphsOf(xml: string): Segment[][] {
  const groups: Segment[][] = [[]];
  for (const found of xml.matchAll(TEXT)) {
    if (found[1] === undefined) {
      if (groups.at(-1)?.length) groups.push([]);
      continue;
    }
    const start = found.index + found[0].length - "</w:t>".length - found[1].length;
    groups.at(-1)?.push({ start, end: start + found[1].length, text: unescapeXml(found[1]) });
  }
  return groups.filter((group) => group.length > 0);
}

const wordsIn = (parts: Parts): [string, string][] =>
  [...parts].flatMap(([name, part]) =>
    WORDS.test(name) ? [[name, Buffer.from(part).toString("utf8")] as [string, string]] : [],
  );

/** Looks at an uploaded Word file as the data room does, and reads its words. Nothing of it is run. */
export async function readDocxTemplate(
  folder: string,
  bytes: Uint8Array,
  maxBytes: number,
): Promise<Result<TemplateFile, TemplateFileRefusal>> {
  async function* body() {
    yield bytes;
  }
  const incoming = await receiveFile(folder, body(), { maxBytes, announced: null });
  if (!incoming.ok) return refuse("FILE_TOO_LARGE");
  const file = incoming.value;
  try {
    const seen = await inspectFile(file.path, file.sizeBytes, "docx");
    if (!seen.ok || seen.value.flags.some((flag) => UNSAFE.includes(flag))) return refuse("UNSAFE_FILE");
  } finally {
    await file.discard();
  }
  const parts = openParts(bytes);
  if (parts === "FILE_TOO_LARGE") return refuse("FILE_TOO_LARGE");
  const words = wordsIn(parts);
  if (!words.some(([name]) => name === "word/document.xml")) return refuse("NOT_A_TEMPLATE");
  const lines = words.flatMap(([, xml]) => paragraphsOf(xml).map((group) => group.map(({ text }) => text).join("")));
  return ok({ text: lines.join("\n\n") });
}

export type FieldText = (given: string) => { text: string; missing: boolean };

// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no way to write them
const NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const escapeXml = (text: string): string =>
  text.replace(NO_XML, "").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

/** Ends the run, writes the hole in one of its own, and goes on as before. */
function hole(xml: string, at: number, text: string): string {
  const from = Math.max(xml.lastIndexOf("<w:r>", at), xml.lastIndexOf("<w:r ", at));
  const format = /^<w:r(?:\s[^>]*)?>\s*(<w:rPr>.*?<\/w:rPr>)/s.exec(xml.slice(from, at))?.[1] ?? "";
  const marked = `<w:r><w:rPr><w:b/><w:highlight w:val="yellow"/></w:rPr><w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r>`;
  return `</w:t></w:r>${marked}<w:r>${format}<w:t xml:space="preserve">`;
}

type Edit = { start: number; end: number; text: string };

/** In one paragraph: a placeholder's text goes where it begins, the rest of it goes away wherever Word cut it. */
function edits(xml: string, group: readonly Segment[], fill: FieldText): Edit[] {
  let length = 0;
  const placed = group.map((segment) => {
    length += segment.text.length;
    return { ...segment, from: length - segment.text.length, kept: "" };
  });
  const joined = group.map(({ text }) => text).join("");
  const found = [...joined.matchAll(PLACEHOLDER)];
  if (found.length === 0) return [];
  const keep = (from: number, to: number) => {
    for (const one of placed)
      one.kept += escapeXml(one.text.slice(Math.max(0, from - one.from), Math.max(0, to - one.from)));
  };
  let last = 0;
  for (const match of found) {
    keep(last, match.index);
    const at = placed.findLast(({ from, text: words }) => from <= match.index && words.length > 0);
    const { text, missing } = fill(match[1] ?? "");
    if (at) at.kept += missing ? hole(xml, at.start, text) : escapeXml(text);
    last = match.index + match[0].length;
  }
  keep(last, joined.length);
  return placed.map(({ start, end, kept }) => ({ start, end, text: kept }));
}

function fillPart(xml: string, fill: FieldText): string {
  const all = paragraphsOf(xml).flatMap((group) => edits(xml, group, fill));
  let made = "";
  let last = 0;
  for (const { start, end, text } of all) {
    // Blanks at the ends of a piece are kept by Word only where it is told so.
    made += xml.slice(last, start).replace(/<w:t(?:\s[^>]*)?>$/, '<w:t xml:space="preserve">') + text;
    last = end;
  }
  return made + xml.slice(last);
}

/** The house's own file with its placeholders filled; its formatting stays. The same bytes for the same facts. */
export async function fillDocx(file: Uint8Array, fill: FieldText, counsel: string | null): Promise<Buffer> {
  const parts = openParts(file);
  if (parts === "FILE_TOO_LARGE") throw new RangeError("refused when it was uploaded");
  for (const [name, xml] of wordsIn(parts)) {
    const filled = fillPart(xml, fill);
    const line = `<w:p><w:r><w:rPr><w:i/></w:rPr><w:t>${escapeXml(counsel ?? "")}</w:t></w:r></w:p>`;
    const headed = name === "word/document.xml" && counsel ? filled.replace(/<w:body>/, `<w:body>${line}`) : filled;
    parts.set(name, Buffer.from(headed));
  }
  return zipParts(parts);
}
