import { indexNumber } from "./completeness";
import { fileSafe } from "./file-names";

/** What a download of all holds, in the order of the index, and how each file is called there. Pure. */

export type Placed = {
  documentId: string;
  title: string;
  version: number;
  hash: string;
  sizeBytes: number;
  type: string;
  fileName: string;
  /** Null: not placed in the index. */
  place: { section: number; sectionTitle: string; number: number; itemTitle: string; ordinal: number } | null;
};
export type ManifestLine = {
  path: string;
  hash: string;
  sizeBytes: number;
  type: string;
  documentId: string;
  version: number;
};

const two = (value: number): string => String(value).padStart(2, "0");

const ending = (fileName: string): string => {
  const dot = fileName.lastIndexOf(".");
  return dot > 0 ? fileName.slice(dot).toLowerCase() : "";
};

/** "03 Financial and accounting/03.01 Annual accounts/03.01.02 Accounts 2025.pdf" */
function archivePath({ place, title, fileName, documentId }: Placed): string {
  const name = fileSafe(
    title.toLowerCase().endsWith(ending(fileName)) ? title.slice(0, title.length - ending(fileName).length) : title,
  );
  if (!place) return `Unsorted/${name} ${documentId.slice(-8)}${ending(fileName)}`;
  const { section, sectionTitle, number, itemTitle, ordinal } = place;
  const item = `${two(section)}.${two(number)}`;
  return [
    `${two(section)} ${fileSafe(sectionTitle, 60)}`,
    `${item} ${fileSafe(itemTitle, 60)}`,
    `${item}.${two(ordinal)} ${name}${ending(fileName)}`,
  ].join("/");
}

const orderOf = ({ place }: Placed): number[] => (place ? [place.section, place.number, place.ordinal] : [99, 0, 0]);

function compare(a: Placed, b: Placed): number {
  const [x, y] = [orderOf(a), orderOf(b)];
  for (const [at, value] of x.entries()) if (value !== y[at]) return value - (y[at] ?? 0);
  return a.documentId < b.documentId ? -1 : 1;
}

export function manifestOf(documents: readonly Placed[]): ManifestLine[] {
  return documents.toSorted(compare).map((one) => {
    const { hash, sizeBytes, type, documentId, version } = one;
    return { path: archivePath(one), hash, sizeBytes, type, documentId, version };
  });
}

/** One line a file, as `sha256sum --check` reads it: the archive can be verified without us. Its hash is the manifest's. */
export const manifestText = (lines: readonly ManifestLine[]): string =>
  lines.map(({ hash, path }) => `${hash}  ${path}\n`).join("");

export const numberOf = ({ place }: Pick<Placed, "place">): string =>
  place ? indexNumber(place.section, place.number, place.ordinal) : "unsorted";
