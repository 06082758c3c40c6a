import "server-only";
import { findField } from "@/lib/documents/rules/dictionary";
import { COUNSEL_LINE, type DocumentModel, missingText, textOf } from "@/lib/documents/rules/model";
import { written } from "@/lib/documents/rules/values";
import { CSV_START, csvLine } from "../csv-write";
import { fillDocx } from "./docx-template";
import { legalDocx } from "./legal-docx";
import { legalPdf } from "./legal-pdf";

export const LEGAL_TYPES = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  pdf: "application/pdf",
  csv: "text/csv; charset=utf-8",
} as const;
export type LegalFormat = keyof typeof LEGAL_TYPES;

export type LegalVersion = {
  title: string;
  version: number;
  at: Date;
  model: DocumentModel;
  /** The house's own Word file, and the facts that it is filled from. */
  file: Uint8Array | null;
  fields: Readonly<Record<string, string | null>>;
};

const fieldText = (fields: LegalVersion["fields"]) => (given: string) => {
  const [key = "", style] = given.split("|").map((part) => part.trim());
  const field = findField(key);
  const raw = fields[key] ?? null;
  const text = field && raw !== null ? written(raw, field.format, style) : null;
  return text === null ? { text: missingText(field?.label ?? key), missing: true } : { text, missing: false };
};

/** The tables of a document, one under the other; what a spreadsheet would run is made inert. */
const tables = ({ blocks }: DocumentModel): string =>
  CSV_START +
  blocks
    .flatMap((block) =>
      block.kind === "table"
        ? [
            csvLine(block.columns.map(({ label }) => label)) +
              block.rows.map((row) => csvLine(row.map(textOf))).join(""),
          ]
        : [],
    )
    .join("\r\n");

/** A stored version as a file; its day is the day on which it was written. */
export async function legalFile(one: LegalVersion, format: LegalFormat): Promise<Buffer> {
  const about = { title: one.title, subject: `Version ${one.version}`, at: one.at };
  if (format === "csv") return Buffer.from(tables(one.model));
  if (format === "pdf") return legalPdf(one.model, about);
  if (!one.file) return legalDocx(one.model, about);
  const says = one.model.blocks.some(
    (block) => "pieces" in block && block.kind !== "note" && /counsel must review/i.test(textOf(block.pieces)),
  );
  return fillDocx(one.file, fieldText(one.fields), says ? null : COUNSEL_LINE);
}
