import { createHash } from "node:crypto";
import Papa from "papaparse";
import { readZip, unpack } from "@/lib/integrations/zip";
import type { OcfFile } from "../rules/package";

export type UploadedFile = { name: string; bytes: Uint8Array };
export const MAX_PACKAGE_BYTES = 50 * 1024 * 1024;
const ZIP_START = [0x50, 0x4b, 0x03, 0x04];

const isZip = ({ bytes }: UploadedFile): boolean => ZIP_START.every((byte, index) => bytes[index] === byte);

/** The JSON files of an upload; archives are opened. Throws what the archive reader throws. */
export function openUpload(files: readonly UploadedFile[]): OcfFile[] {
  const opened = files.flatMap((file): UploadedFile[] => {
    if (!isZip(file)) return [file];
    const entries = [...readZip(file.bytes)].filter(([name]) => /\.json$/i.test(name) && !name.startsWith("__MACOSX/"));
    return entries.map(([name, entry]) => ({ name, bytes: unpack(entry, MAX_PACKAGE_BYTES) }));
  });
  const decoder = new TextDecoder();
  return opened.map(({ name, bytes }) => ({ name, text: decoder.decode(bytes) }));
}

/** One text for the whole package, whichever way its files came: the same files are the same bytes, and the same hash. */
export function bundle(files: readonly OcfFile[]): { bytes: Uint8Array<ArrayBuffer>; sha256: string } {
  const sorted = files
    .map(({ name, text }) => ({ name: name.split("/").at(-1) ?? name, text }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const bytes = new TextEncoder().encode(JSON.stringify({ files: sorted }));
  return { bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** Rows of cells; a file with semicolons has a comma as its decimal mark. */
export function csvRows(text: string): { cells: string[][]; decimalMark: "." | "," } {
  const { data, meta } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ""), { delimitersToGuess: [",", ";", "\t"] });
  return { cells: data, decimalMark: meta.delimiter === ";" ? "," : "." };
}
