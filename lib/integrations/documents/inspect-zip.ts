import "server-only";
import { stat } from "node:fs/promises";
import {
  ARCHIVE_LIMITS,
  type ArchiveEntry,
  type ArchiveRefusal,
  judgeArchive,
} from "@/lib/data-room/rules/archive-limits";
import { ok, type Result, refuse } from "@/lib/errors";
import type { Inspection } from "./inspect-file";
import { type OpenZip, withZip, type ZipEntry } from "./zip-reader";

const SYMLINK = 0o120_000;
const entryOf = (entry: ZipEntry): ArchiveEntry => ({
  name: entry.fileName,
  compressed: entry.compressedSize,
  size: entry.uncompressedSize,
  symlink: ((entry.externalFileAttributes >>> 16) & 0o170_000) === SYMLINK,
  encrypted: (entry.generalPurposeBitFlag & 1) === 1,
});

/** A document type can only stand before the first element, so the head of a part is enough. */
const PROLOGUE = 64 * 1_024;
const MOST_PARTS = 5_000;

function declaresEntities(head: Buffer): boolean {
  // UTF-16 has a zero beside every letter of markup; without them both encodings read the same.
  const text = head.toString("latin1").replaceAll("\0", "");
  return /<!(DOCTYPE|ENTITY)/i.test(text);
}

/** Office formats are XML in a zip: entities are refused, macros and links outside are said. */
async function inspectOffice(zip: OpenZip): Promise<Result<string[], "XML_ENTITIES">> {
  const flags = new Set<string>();
  const parts = zip.entries.filter(({ fileName }) => /\.(xml|rels|vml)$/i.test(fileName));
  if (parts.length > MOST_PARTS) flags.add("partly-unread");
  for (const part of parts.slice(0, MOST_PARTS)) {
    const head = await zip.read(part, PROLOGUE);
    if (declaresEntities(head)) return refuse("XML_ENTITIES");
    if (/\.rels$/i.test(part.fileName) && /TargetMode\s*=\s*["']External["']/i.test(linksBesideHyperlinks(head)))
      flags.add("external-links");
  }
  for (const { fileName } of zip.entries) {
    if (/vbaProject\.bin$|macrosheets\/|Basic\/.*\.xml$/i.test(fileName)) flags.add("macros");
    if (/\/embeddings\//i.test(fileName)) flags.add("attachments");
  }
  return ok([...flags].toSorted());
}

/** A link that a person clicks is no danger; one that the program follows by itself is. */
const linksBesideHyperlinks = (head: Buffer): string =>
  head.toString("utf8").replace(/<Relationship\b[^>]*relationships\/hyperlink"[^>]*>/gi, "");

/** Judged by its directory; of a document also the heads of its parts are read. Nothing is extracted. */
export async function inspectZip(
  path: string,
  type: string,
): Promise<Result<Inspection, ArchiveRefusal | "XML_ENTITIES">> {
  const { size } = await stat(path);
  try {
    return await withZip(path, ARCHIVE_LIMITS.entries, async (zip) => {
      const entries = zip.entries.map(entryOf);
      const refusal = judgeArchive(entries, size);
      if (refusal) return refuse(refusal);
      const encrypted = entries.some((entry) => entry.encrypted) ? ["encrypted"] : [];
      if (type === "application/zip" || encrypted.length > 0) return ok({ flags: encrypted });
      const office = await inspectOffice(zip);
      return office.ok ? ok({ flags: office.value }) : office;
    });
  } catch (error) {
    // The reader has a rule of its own against names that climb.
    const unsafe = /^(absolute path|invalid relative path|invalid characters in fileName)/.test(
      (error as Error).message,
    );
    return refuse(unsafe ? "ARCHIVE_UNSAFE_NAMES" : "ARCHIVE_BROKEN");
  }
}
