import "server-only";
import { open } from "node:fs/promises";
import { fileTypeFromFile } from "file-type";
import type { ArchiveRefusal } from "@/lib/data-room/rules/archive-limits";
import { type FileKind, judgeType, type TypeRefusal } from "@/lib/data-room/rules/file-types";
import { ok, type Result, refuse } from "@/lib/errors";
import { inspectImage } from "./inspect-image";
import { inspectPdf } from "./inspect-pdf";
import { inspectZip } from "./inspect-zip";

export type Inspected = { type: string; flags: string[]; pages: number | null };
export type Inspection = { flags: string[]; pages?: number | null };
export type FileRefusal =
  | TypeRefusal
  | ArchiveRefusal
  | "PDF_ACTIVE"
  | "PDF_BROKEN"
  | "IMAGE_TOO_LARGE"
  | "IMAGE_BROKEN"
  | "XML_ENTITIES";

const HEAD_BYTES = 16_384;
const TAIL_BYTES = 66_000;
const END_OF_ARCHIVE = Buffer.from("PK\u0005\u0006");

async function ends(path: string, sizeBytes: number): Promise<{ head: Buffer; tail: Buffer }> {
  const handle = await open(path, "r");
  try {
    const part = async (from: number, length: number) => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, from);
      return buffer.subarray(0, bytesRead);
    };
    const head = await part(0, HEAD_BYTES);
    return { head, tail: await part(Math.max(0, sizeBytes - TAIL_BYTES), TAIL_BYTES) };
  } finally {
    await handle.close();
  }
}

const look: Partial<Record<FileKind, (path: string, type: string) => Promise<Result<Inspection, FileRefusal>>>> = {
  pdf: inspectPdf,
  image: inspectImage,
  word: inspectZip,
  sheet: inspectZip,
  slides: inspectZip,
  "open-document": inspectZip,
  archive: inspectZip,
};

/** Looks at a file that somebody sent, before it is kept: what it is, and whether it is harmless. Runs nothing of it. */
export async function inspectFile(
  path: string,
  sizeBytes: number,
  extension: string,
): Promise<Result<Inspected, FileRefusal>> {
  const { head, tail } = await ends(path, sizeBytes);
  const sniffed = await fileTypeFromFile(path).catch(() => undefined);
  const judged = judgeType(extension, sniffed?.mime ?? null, head);
  if (!judged.ok) return judged;
  const { kind, type } = judged.value;
  const inspected =
    (await look[kind]?.(path, type)) ?? ok<Inspection>({ flags: kind === "old-office" ? ["old-format"] : [] });
  if (!inspected.ok) return inspected;
  const isZip = ["word", "sheet", "slides", "open-document", "archive"].includes(kind);
  const appended = !isZip && tail.includes(END_OF_ARCHIVE) ? ["second-archive"] : [];
  // An image or a text that is an archive as well has one purpose.
  if (appended.length > 0 && kind !== "pdf" && kind !== "old-office" && kind !== "mail")
    return refuse("NOT_WHAT_IT_SAYS");
  return ok({ type, flags: [...inspected.value.flags, ...appended], pages: inspected.value.pages ?? null });
}
