import "server-only";
import { namesByRef } from "@/lib/auth/people";
import { db } from "@/lib/db";
import { indexNumber, indexPosition } from "../rules/completeness";
import { expiresSoon } from "../rules/room-figures";

export type VersionLine = {
  id: string;
  number: number;
  hash: string;
  sizeBytes: number;
  type: string;
  fileName: string;
  flags: string[];
  uploadedBy: string;
  uploadedAt: string;
  textState: string;
  textReason: string | null;
  pages: number | null;
};

type VersionRow = Omit<VersionLine, "sizeBytes" | "uploadedAt"> & {
  documentId: string;
  sizeBytes: bigint;
  uploadedAt: Date;
};

export const versionLine = (
  { documentId: _of, ...row }: VersionRow,
  people: ReadonlyMap<string, string>,
): VersionLine => ({
  ...row,
  sizeBytes: Number(row.sizeBytes),
  uploadedAt: row.uploadedAt.toISOString(),
  uploadedBy: people.get(row.uploadedBy) ?? "the system",
});

export type DocumentLine = {
  id: string;
  version: number;
  title: string;
  /** "3.1.2", or null while it is unsorted. */
  number: string | null;
  section: number | null;
  item: number | null;
  ordinal: number | null;
  itemId: string | null;
  newest: VersionLine;
  /** The folders that it came in. */
  cameFrom: string;
  expiresOn: string | null;
  expiry: "none" | "later" | "soon" | "expired";
};

const NEWEST = { orderBy: { number: "desc" as const }, take: 1 };
const documentRows = (roomId: string) =>
  db.roomDocument.findMany({ where: { roomId, removedAt: null }, include: { item: true, versions: NEWEST } });
type Row = Awaited<ReturnType<typeof documentRows>>[number];

function expiryOf(expiresOn: string | null, today: string): DocumentLine["expiry"] {
  if (expiresOn === null) return "none";
  if (expiresOn < today) return "expired";
  return expiresSoon(expiresOn, today) ? "soon" : "later";
}

function lineOf(row: Row, people: ReadonlyMap<string, string>, today: string): DocumentLine[] {
  const [newest] = row.versions;
  if (!newest) return [];
  const { id, version, title, item, ordinal, itemId, cameFrom } = row;
  const expiresOn = row.expiresOn?.toISOString().slice(0, 10) ?? null;
  return [
    {
      ...{ id, version, title, itemId, ordinal, cameFrom, expiresOn, expiry: expiryOf(expiresOn, today) },
      ...{ section: item?.section ?? null, item: item?.number ?? null },
      number: item ? indexNumber(item.section, item.number, ordinal) : null,
      newest: versionLine(newest, people),
    },
  ];
}

const byTitle = (a: DocumentLine, b: DocumentLine) => a.title.localeCompare(b.title, "en", { numeric: true });

/** Every live document at its newest version, as the index runs. */
export async function listDocuments(roomId: string, today: string): Promise<DocumentLine[]> {
  const rows = await documentRows(roomId);
  const people = await namesByRef(
    db,
    rows.flatMap(({ versions }) => versions.map(({ uploadedBy }) => uploadedBy)),
  );
  return rows
    .flatMap((row) => lineOf(row, people, today))
    .toSorted((a, b) => indexPosition(a) - indexPosition(b) || byTitle(a, b));
}

export type RemovedLine = { id: string; version: number; title: string; removedAt: string };

/** What was taken out and can come back, the newest first. */
export async function listRemoved(roomId: string): Promise<RemovedLine[]> {
  const rows = await db.roomDocument.findMany({
    where: { roomId, removedAt: { not: null } },
    select: { id: true, version: true, title: true, removedAt: true },
    orderBy: { removedAt: "desc" },
  });
  return rows.flatMap(({ removedAt, ...row }) => (removedAt ? [{ ...row, removedAt: removedAt.toISOString() }] : []));
}
