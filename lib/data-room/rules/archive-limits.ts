import { readPath } from "./file-names";

/** What an archive says of itself, judged before one byte of it is unpacked. Pure. */

export type ArchiveEntry = { name: string; compressed: number; size: number; symlink: boolean; encrypted: boolean };
const ARCHIVE_REFUSALS = ["ARCHIVE_BOMB", "ARCHIVE_NESTED", "ARCHIVE_UNSAFE_NAMES", "ARCHIVE_BROKEN"] as const;
export type ArchiveRefusal = (typeof ARCHIVE_REFUSALS)[number];

export const ARCHIVE_LIMITS = { entries: 10_000, bytes: 4_000_000_000, ratio: 150, ratioFrom: 20_000_000, folders: 12 };
const INNER_ARCHIVE = /\.(zip|7z|rar|gz|tgz|bz2|xz|tar|zst|cab|iso|jar)$/i;

/** Entries of which each claims the same bytes (an overlapping bomb) add up to more than the file is long. */
export function judgeArchive(entries: readonly ArchiveEntry[], fileBytes: number): ArchiveRefusal | null {
  if (entries.length > ARCHIVE_LIMITS.entries) return "ARCHIVE_BOMB";
  const sum = (of: (entry: ArchiveEntry) => number) => entries.reduce((total, entry) => total + of(entry), 0);
  const [packed, unpacked] = [sum((entry) => entry.compressed), sum((entry) => entry.size)];
  if (packed > fileBytes || unpacked > ARCHIVE_LIMITS.bytes) return "ARCHIVE_BOMB";
  if (unpacked > ARCHIVE_LIMITS.ratioFrom && unpacked > packed * ARCHIVE_LIMITS.ratio) return "ARCHIVE_BOMB";
  for (const { name, symlink } of entries) {
    if (symlink || !readPath(name.replace(/\/$/, "")).ok) return "ARCHIVE_UNSAFE_NAMES";
    if (INNER_ARCHIVE.test(name)) return "ARCHIVE_NESTED";
  }
  return null;
}
