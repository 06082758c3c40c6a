import type { Readable } from "node:stream";
import { documentFileName, type ReportDocument } from "@/lib/reports/rules/document";
import type { DocumentFormat } from "@/lib/reports/schema";
import { markdownDocument } from "./markdown-document";
import { pdfDocument } from "./pdf-document";
import { xlsxDocument } from "./xlsx-document";

export const FILE_TYPES = {
  pdf: "application/pdf",
  md: "text/markdown; charset=utf-8",
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;

export type DocumentFile = { name: string; type: string; body: Buffer | Readable };

/** A document in one of its formats, with the name and the type under which it is handed out. */
export async function documentFile(document: ReportDocument, format: DocumentFormat): Promise<DocumentFile> {
  const about = { name: documentFileName(document, format), type: FILE_TYPES[format] };
  if (format === "pdf") return { ...about, body: await pdfDocument(document) };
  if (format === "md") return { ...about, body: Buffer.from(markdownDocument(document)) };
  return { ...about, body: xlsxDocument(document) };
}
