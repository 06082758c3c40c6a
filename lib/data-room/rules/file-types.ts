/** What a data room takes: an allow-list by what the bytes are, and the name must say the same. Pure. */

export type FileKind =
  | "pdf"
  | "word"
  | "sheet"
  | "slides"
  | "open-document"
  | "old-office"
  | "image"
  | "text"
  | "archive"
  | "mail";
type Allowed = { kind: FileKind; type: string };

const ooxml = (kind: FileKind, part: string): Allowed => ({
  kind,
  type: `application/vnd.openxmlformats-officedocument.${part}`,
});
const macro = (kind: FileKind, part: string): Allowed => ({ kind, type: `application/vnd.ms-${part}.macroenabled.12` });
const OLE = "application/x-cfb";

/** By the name's ending: what the bytes must turn out to be. */
const ALLOWED: Readonly<Record<string, Allowed>> = {
  pdf: { kind: "pdf", type: "application/pdf" },
  docx: ooxml("word", "wordprocessingml.document"),
  xlsx: ooxml("sheet", "spreadsheetml.sheet"),
  pptx: ooxml("slides", "presentationml.presentation"),
  docm: macro("word", "word.document"),
  xlsm: macro("sheet", "excel.sheet"),
  pptm: macro("slides", "powerpoint.presentation"),
  odt: { kind: "open-document", type: "application/vnd.oasis.opendocument.text" },
  ods: { kind: "open-document", type: "application/vnd.oasis.opendocument.spreadsheet" },
  odp: { kind: "open-document", type: "application/vnd.oasis.opendocument.presentation" },
  doc: { kind: "old-office", type: OLE },
  xls: { kind: "old-office", type: OLE },
  ppt: { kind: "old-office", type: OLE },
  msg: { kind: "mail", type: OLE },
  png: { kind: "image", type: "image/png" },
  jpg: { kind: "image", type: "image/jpeg" },
  jpeg: { kind: "image", type: "image/jpeg" },
  webp: { kind: "image", type: "image/webp" },
  gif: { kind: "image", type: "image/gif" },
  tif: { kind: "image", type: "image/tiff" },
  tiff: { kind: "image", type: "image/tiff" },
  txt: { kind: "text", type: "text/plain" },
  md: { kind: "text", type: "text/plain" },
  csv: { kind: "text", type: "text/csv" },
  json: { kind: "text", type: "application/json" },
  eml: { kind: "mail", type: "message/rfc822" },
  zip: { kind: "archive", type: "application/zip" },
};
export const ALLOWED_ENDINGS: readonly string[] = Object.keys(ALLOWED);

export const kindOfType = (type: string): FileKind =>
  Object.values(ALLOWED).find((one) => one.type === type)?.kind ?? "archive";

const TYPE_REFUSALS = ["TYPE_NOT_ALLOWED", "NOT_WHAT_IT_SAYS", "ACTIVE_CONTENT", "EMPTY_FILE"] as const;
export type TypeRefusal = (typeof TYPE_REFUSALS)[number];

/** Text that a browser would run or draw as a page, whatever its name. */
const MARKUP = /<\s*(!doctype\s+html|html|head|body|script|svg|iframe|object|embed|\?xml|!entity|!doctype)\b/i;

/** The head of a file as text, in the encoding its first bytes say; null where it is none. */
export function headText(head: Uint8Array): string | null {
  const [a, b] = head;
  if (a === 0xff && b === 0xfe) return new TextDecoder("utf-16le").decode(head);
  if (a === 0xfe && b === 0xff) return new TextDecoder("utf-16be").decode(head);
  if (head.includes(0)) return null;
  return new TextDecoder("utf-8").decode(head);
}

const TEXTUAL: readonly string[] = ["text/plain", "text/csv", "application/json", "message/rfc822"];

/** `sniffed` is what the bytes are by their signatures, null where they have none; `head` the first kilobytes. */
export function judgeType(
  extension: string,
  sniffed: string | null,
  head: Uint8Array,
): { ok: true; value: Allowed } | { ok: false; refusal: TypeRefusal } {
  if (head.length === 0) return { ok: false, refusal: "EMPTY_FILE" };
  const allowed = Object.hasOwn(ALLOWED, extension) ? ALLOWED[extension] : undefined;
  if (!allowed) return { ok: false, refusal: "TYPE_NOT_ALLOWED" };
  if (!TEXTUAL.includes(allowed.type)) {
    return sniffed === allowed.type ? { ok: true, value: allowed } : { ok: false, refusal: "NOT_WHAT_IT_SAYS" };
  }
  const text = headText(head);
  if (text === null || (sniffed !== null && sniffed !== allowed.type))
    return { ok: false, refusal: markupIn(head) ?? "NOT_WHAT_IT_SAYS" };
  if (allowed.type !== "message/rfc822" && MARKUP.test(text)) return { ok: false, refusal: "ACTIVE_CONTENT" };
  return { ok: true, value: allowed };
}

function markupIn(head: Uint8Array): TypeRefusal | null {
  const text = headText(head);
  return text !== null && MARKUP.test(text) ? "ACTIVE_CONTENT" : null;
}

/** Shown with the document; none of them keeps it out. */
export const FLAG_WORDS: Readonly<Record<string, string>> = {
  macros: "holds macros",
  "old-format": "an old Office format, which may hold macros",
  "external-links": "points to files outside",
  attachments: "holds other files",
  encrypted: "is encrypted: it can be neither searched nor watermarked",
  "second-archive": "has an archive appended",
  "partly-unread": "parts of it could not be looked into",
};
