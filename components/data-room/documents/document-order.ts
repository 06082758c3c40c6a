import type { DocumentLine } from "@/lib/data-room/queries/documents";
import { indexPosition } from "@/lib/data-room/rules/completeness";
import type { Focus } from "../room/index-tree";

export type SortKey = "number" | "title" | "type" | "size" | "uploaded" | "expires";
export type Order = { by: SortKey; descending: boolean };

const COMPARE: Readonly<Record<SortKey, (a: DocumentLine, b: DocumentLine) => number>> = {
  number: (a, b) => indexPosition(a) - indexPosition(b),
  title: (a, b) => a.title.localeCompare(b.title, "en", { numeric: true }),
  type: (a, b) => a.newest.type.localeCompare(b.newest.type, "en"),
  size: (a, b) => a.newest.sizeBytes - b.newest.sizeBytes,
  uploaded: (a, b) => a.newest.uploadedAt.localeCompare(b.newest.uploadedAt),
  expires: (a, b) => (a.expiresOn ?? "9999").localeCompare(b.expiresOn ?? "9999"),
};

const isIn = (line: DocumentLine, focus: Focus): boolean => {
  if (focus.kind === "all") return true;
  if (focus.kind === "unsorted") return line.itemId === null;
  if (focus.kind === "removed") return false;
  return focus.kind === "section" ? line.section === focus.section : line.itemId === focus.item.id;
};

/** Of the part of the index that is looked at, those whose names hold every word, in order. */
export function shownDocuments(
  documents: readonly DocumentLine[],
  focus: Focus,
  filter: string,
  order: Order,
): DocumentLine[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = ({ title, newest, number }: DocumentLine) => {
    const text = `${number ?? ""} ${title} ${newest.fileName} ${newest.flags.join(" ")}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return documents
    .filter((line) => isIn(line, focus) && holds(line))
    .toSorted((a, b) => COMPARE[order.by](a, b) * (order.descending ? -1 : 1) || indexPosition(a) - indexPosition(b));
}
