import { Readable } from "node:stream";
import { type ExportSheet, exportFileName } from "@/lib/reports/rules/export-table";
import { csvChunks } from "./csv-write";
import { FILE_TYPES } from "./document-file";
import { xlsxStream } from "./xlsx-write";

type Wanted = { table: string; format: "csv" | "xlsx"; now: Date };
export type TableFile = { name: string; type: string; body: Readable };

/** A table as a file that leaves while it is written. */
export function tableFile(sheet: ExportSheet & { subject: string }, { table, format, now }: Wanted): TableFile {
  const about = {
    name: exportFileName(sheet.subject, table, now.toISOString().slice(0, 10), format),
    type: FILE_TYPES[format],
  };
  if (format === "xlsx") return { ...about, body: xlsxStream({ title: sheet.title, createdAt: now }, [sheet]) };
  return { ...about, body: Readable.from(csvChunks(sheet), { objectMode: false }) };
}
