import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import * as made from "../test-support/hostile-files";
import { inspectFile } from "./inspect-file";

const folder = mkdtempSync(path.join(tmpdir(), "chairman-hostile-"));
test.afterAll(() => rmSync(folder, { recursive: true }));

async function look(bytes: Buffer | string, extension: string) {
  const file = path.join(folder, "file");
  writeFileSync(file, bytes);
  const outcome = await inspectFile(file, Buffer.byteLength(bytes), extension);
  return outcome.ok ? { type: outcome.value.type, flags: outcome.value.flags } : outcome.refusal;
}

const HTML = "<!DOCTYPE html><script>alert(document.cookie)</script>";
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

test.each<[string, () => Buffer | string | Promise<Buffer>, string, string]>([
  ["HTML called a PDF", () => HTML, "pdf", "NOT_WHAT_IT_SAYS"],
  ["HTML called text", () => `\n\n ${HTML}`, "txt", "ACTIVE_CONTENT"],
  ["HTML in UTF-16 called CSV", () => Buffer.from(`\ufeff${HTML}`, "utf16le"), "csv", "ACTIVE_CONTENT"],
  ["HTML", () => HTML, "html", "TYPE_NOT_ALLOWED"],
  ["an SVG", () => SVG, "svg", "TYPE_NOT_ALLOWED"],
  ["an SVG called text", () => SVG, "txt", "ACTIVE_CONTENT"],
  ["an SVG called PNG", () => SVG, "png", "NOT_WHAT_IT_SAYS"],
  [
    "a program called a PDF",
    () => Buffer.from("MZ\u0090\u0000".padEnd(400, "\u0000"), "latin1"),
    "pdf",
    "NOT_WHAT_IT_SAYS",
  ],
  ["a program", () => Buffer.from("MZ", "latin1"), "exe", "TYPE_NOT_ALLOWED"],
  ["bytes called text", () => Buffer.from([1, 2, 0, 3]), "txt", "NOT_WHAT_IT_SAYS"],
  ["nothing", () => "", "pdf", "EMPTY_FILE"],
  ["no ending", () => "text", "", "TYPE_NOT_ALLOWED"],
  ["a property of every object as an ending", () => "text", "constructor", "TYPE_NOT_ALLOWED"],
  ["a PDF called a Word file", () => made.pdf(), "docx", "NOT_WHAT_IT_SAYS"],
  ["a PDF cut off", () => made.pdf().subarray(0, 120), "pdf", "PDF_BROKEN"],
  ["a PDF with a script", made.pdfWithScript, "pdf", "PDF_ACTIVE"],
  ["a PDF with a script under escaped names", made.pdfWithHiddenScript, "pdf", "PDF_ACTIVE"],
  ["a PDF with a script in a packed object", made.pdfWithPackedScript, "pdf", "PDF_ACTIVE"],
  ["a PDF with a script in a packed object of an escaped name", made.pdfWithHiddenPackedScript, "pdf", "PDF_ACTIVE"],
  ["a PDF with a form that runs", () => made.pdf("x", ["<< /XFA [ (a) 7 0 R ] >>"]), "pdf", "PDF_ACTIVE"],
  ["a PDF that starts a program", made.pdfWithLaunch, "pdf", "PDF_ACTIVE"],
  ["a Word file with an external entity", made.docxWithEntities, "docx", "XML_ENTITIES"],
  ["a Word file with entities in UTF-16", made.docxWithWideEntities, "docx", "XML_ENTITIES"],
  ["a sheet with an external entity", made.xlsxWithEntities, "xlsx", "XML_ENTITIES"],
  ["a macro file called one without", made.docmWithMacro, "docx", "NOT_WHAT_IT_SAYS"],
  ["a pixel flood", () => made.png(60_000, 60_000), "png", "IMAGE_TOO_LARGE"],
  ["a zip bomb", made.zipBomb, "zip", "ARCHIVE_BOMB"],
  ["a zip of overlapping entries", made.overlappingZip, "zip", "ARCHIVE_BOMB"],
  ["an archive in an archive", () => made.zipOf([{ name: "inner.zip", text: "PK" }]), "zip", "ARCHIVE_NESTED"],
  ["a zip that climbs", () => made.zipWithName("../../etc/cron.d/x"), "zip", "ARCHIVE_UNSAFE_NAMES"],
  ["a zip with an absolute path", () => made.zipWithName("/etc/passwd"), "zip", "ARCHIVE_UNSAFE_NAMES"],
  ["a zip with backslashes", () => made.zipWithName("..\\..\\x.exe"), "zip", "ARCHIVE_UNSAFE_NAMES"],
  ["a zip with a device name", () => made.zipWithName("aux.txt"), "zip", "ARCHIVE_UNSAFE_NAMES"],
  [
    "a zip with a link",
    () => made.zipOf([{ name: "link", text: "/etc/passwd", mode: 0o120_777 }]),
    "zip",
    "ARCHIVE_UNSAFE_NAMES",
  ],
  [
    "a zip cut off",
    async () => (await made.zipOf([{ name: "a", text: "b" }])).subarray(0, 40),
    "zip",
    "ARCHIVE_BROKEN",
  ],
  [
    "a picture that is an archive too",
    async () => Buffer.concat([made.png(2, 2), await made.zipOf([{ name: "a.js", text: "x" }])]),
    "png",
    "NOT_WHAT_IT_SAYS",
  ],
])("%s is refused", async (_what, make, extension, refusal) => {
  expect(await look(await make(), extension)).toBe(refusal);
});

test.each<[string, () => Buffer | string | Promise<Buffer>, string, string, string[]]>([
  ["a PDF", () => made.pdf(), "pdf", "application/pdf", []],
  ["a PDF with a file in it", made.pdfWithAttachment, "pdf", "application/pdf", ["attachments"]],
  ["a PDF that is locked", () => made.pdf("x", ["<< /Encrypt 7 0 R >>"]), "pdf", "application/pdf", ["encrypted"]],
  [
    "a PDF with objects packed so that nobody can look in",
    made.pdfWithPredictor,
    "pdf",
    "application/pdf",
    ["partly-unread"],
  ],
  [
    "a PDF that names more than it does",
    () => made.pdf("x", ["<< /JavaScripts /Launcher >>"]),
    "pdf",
    "application/pdf",
    [],
  ],
  ["a Word file", () => made.docx(made.wordBody("Hello")), "docx", WORD, []],
  ["a Word file with a template outside", made.docxWithTemplateOutside, "docx", WORD, ["external-links"]],
  [
    "a macro file under its own name",
    made.docmWithMacro,
    "docm",
    "application/vnd.ms-word.document.macroenabled.12",
    ["macros"],
  ],
  ["a picture", () => made.png(20, 20), "png", "image/png", []],
  ["a table", () => "customer,amount\nACME <b>,12\n", "csv", "text/csv", []],
  ["a text that speaks of script", () => "The description of <value>", "txt", "text/plain", []],
  ["an archive", () => made.zipOf([{ name: "Legal/a.txt", text: "x" }]), "zip", "application/zip", []],
])("%s is taken", async (_what, make, extension, type, flags) => {
  expect(await look(await make(), extension)).toEqual({ type, flags });
});
