import "server-only";
import { open } from "node:fs/promises";
import { inflateSync } from "node:zlib";
import { ok, type Result, refuse } from "@/lib/errors";
import type { Inspection } from "./inspect-file";

const PIECE = 4 * 1_048_576;
/** A name or an object may lie across two pieces. */
const OVERLAP = 64 * 1_024;
const MOST_UNPACKED = 32 * 1_048_576;

/** "/J#61vaScript" is "/JavaScript" (ISO 32000-1, 7.3.5). */
const plainNames = (text: string): string =>
  text.replace(/#([0-9a-fA-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** A name however it is written, so that the bytes are searched as they are. */
function nameOf(word: string): string {
  const letters = [...word].map((sign) => {
    const hex = sign
      .charCodeAt(0)
      .toString(16)
      .replace(/[a-f]/, (digit) => `[${digit}${digit.toUpperCase()}]`);
    return `(?:${sign}|#${hex})`;
  });
  return `${letters.join("")}(?![A-Za-z0-9])`;
}
const anyOf = (...words: string[]): string => words.map(nameOf).join("|");

/**
 * Active are actions that run something (ISO 32000-1, 12.6.4): a reader does as it is told by them. Every script's action
 * names /JavaScript; its key /JS is too short a word to look for among the bytes of pictures.
 */
const TELLING = new RegExp(
  `/(?:(?<active>${anyOf("JavaScript", "Launch", "RichMedia", "Rendition", "SubmitForm", "ImportData")}` +
    `|${nameOf("XFA")}\\s*(?:\\[|\\d+\\s+\\d+\\s+R))` +
    `|(?<attachments>${anyOf("EmbeddedFile", "EmbeddedFiles", "FileAttachment")})|(?<encrypted>${nameOf("Encrypt")}))`,
  "g",
);
const PACKED = new RegExp(`/${nameOf("ObjStm")}`, "g");

type Seen = { active: boolean; flags: Set<string>; pages: number };

function lookAt(text: string, seen: Seen): void {
  for (const { groups } of text.matchAll(TELLING)) {
    if (groups?.active !== undefined) seen.active = true;
    else seen.flags.add(groups?.attachments === undefined ? "encrypted" : "attachments");
    if (seen.active) return;
  }
}

/** Objects of newer PDFs are packed in streams, where a search of the bytes would not find them. */
function lookIntoPacked(bytes: Buffer, text: string, seen: Seen): void {
  for (const match of text.matchAll(PACKED)) {
    const begin = text.indexOf("stream", match.index + 1);
    if (begin < 0 || begin - match.index > 2_000) continue;
    const dictionary = plainNames(text.slice(Math.max(0, text.lastIndexOf("obj", match.index)), begin));
    const filters = [...dictionary.matchAll(/\/(\w+Decode|Fl|AHx|A85|LZW|RL)\b/g)].map(([, name]) => name);
    const at = begin + "stream".length + (text[begin + 6] === "\r" ? 2 : 1);
    if (filters.length === 0) lookAt(text.slice(at, text.indexOf("endstream", at)), seen);
    else if (filters.some((name) => name !== "FlateDecode") || /\/Predictor\b/.test(dictionary))
      seen.flags.add("partly-unread");
    else lookAt(unpacked(bytes.subarray(at), seen), seen);
  }
}

function unpacked(bytes: Buffer, seen: Seen): string {
  try {
    return inflateSync(bytes, { maxOutputLength: MOST_UNPACKED }).toString("latin1");
  } catch {
    seen.flags.add("partly-unread");
    return "";
  }
}

/**
 * Searches a PDF for what would run when it is opened, piece by piece, packed objects included. Refused are scripts,
 * programs, forms that send; an encrypted file cannot be looked into and is flagged.
 */
export async function inspectPdf(path: string): Promise<Result<Inspection, "PDF_ACTIVE" | "PDF_BROKEN">> {
  const seen: Seen = { active: false, flags: new Set(), pages: 0 };
  const handle = await open(path, "r");
  let ended = false;
  try {
    const { size } = await handle.stat();
    const buffer = Buffer.allocUnsafeSlow(Math.min(PIECE + OVERLAP, size + 1));
    for (let from = 0; ; from += PIECE) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, from);
      const bytes = buffer.subarray(0, bytesRead);
      const text = bytes.toString("latin1");
      lookAt(text, seen);
      lookIntoPacked(bytes, text, seen);
      ended ||= text.includes("%%EOF") || text.includes("startxref");
      if (seen.active) return refuse("PDF_ACTIVE");
      if (bytesRead < buffer.length) break;
    }
  } finally {
    await handle.close();
  }
  return ended ? ok({ flags: [...seen.flags].toSorted() }) : refuse("PDF_BROKEN");
}
