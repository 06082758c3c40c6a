import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { maySeeVenture } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { getRoomHead, namesOf, type RoomHead } from "../queries";
import { indexNumber } from "../rules/completeness";
import type { ManifestLine } from "../rules/manifest";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const dayText = (date: Date | null): string | null => date?.toISOString().slice(0, 10) ?? null;

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
export type DeedLine = {
  id: string;
  who: string;
  group: string | null;
  kind: string;
  seconds: number | null;
  at: string;
};
export type DocumentDetail = {
  head: RoomHead;
  id: string;
  version: number;
  title: string;
  number: string | null;
  place: string | null;
  cameFrom: string;
  expiresOn: string | null;
  removed: boolean;
  versions: VersionLine[];
  deeds: DeedLine[];
  requests: { id: string; number: number; text: string; status: string }[];
  findings: { id: string; title: string; severity: string; status: string }[];
};

/** One document with all its versions, what it is linked to, and who opened it. Null where there is none in the venture. */
export async function findDocument(actor: Actor, ventureId: string, id: string): Promise<DocumentDetail | null> {
  if (!UUID.test(id) || !maySeeVenture(actor, ventureId)) return null;
  const row = await db.roomDocument.findFirst({
    where: { id, room: { ventureId } },
    include: {
      item: true,
      versions: { orderBy: { number: "desc" } },
      requests: { include: { request: true } },
      findings: true,
    },
  });
  if (!row) return null;
  const [head, deeds, people] = await Promise.all([
    getRoomHead(actor, row.roomId),
    db.roomActivity.findMany({
      where: { documentId: id },
      orderBy: { at: "desc" },
      take: 200,
      include: { group: { select: { name: true } } },
    }),
    namesOf(row.versions.map(({ uploadedBy }) => uploadedBy)),
  ]);
  const { version, title, item, ordinal, cameFrom } = row;
  return {
    ...{ head, id, version, title, cameFrom, expiresOn: dayText(row.expiresOn), removed: row.removedAt !== null },
    number: item ? indexNumber(item.section, item.number, ordinal) : null,
    place: item ? item.title : null,
    versions: row.versions.map(({ documentId: _of, ...one }) => ({
      ...one,
      ...{
        sizeBytes: Number(one.sizeBytes),
        uploadedAt: one.uploadedAt.toISOString(),
        uploadedBy: people.get(one.uploadedBy) ?? "the system",
      },
    })),
    deeds: deeds.map((deed) => ({
      id: deed.id,
      who: deed.actorName,
      group: deed.group?.name ?? null,
      kind: deed.kind,
      seconds: deed.seconds,
      at: deed.at.toISOString(),
    })),
    requests: row.requests.map(({ request }) => ({
      id: request.id,
      number: request.number,
      text: request.text,
      status: request.status,
    })),
    findings: row.findings.map((finding) => ({
      id: finding.id,
      title: finding.title,
      severity: finding.severity,
      status: finding.status,
    })),
  };
}

export type RequestLine = {
  id: string;
  version: number;
  number: number;
  text: string;
  source: string;
  place: string | null;
  itemId: string | null;
  dueOn: string | null;
  status: string;
  reason: string | null;
  documents: { id: string; title: string }[];
};

export async function listRequests(actor: Actor, roomId: string): Promise<RequestLine[]> {
  await getRoomHead(actor, roomId);
  const rows = await db.roomRequest.findMany({
    where: { roomId },
    orderBy: { number: "asc" },
    include: { item: true, documents: { include: { document: { select: { id: true, title: true } } } } },
  });
  return rows.map(({ id, version, number, text, source, item, itemId, dueOn, status, reason, documents }) => ({
    ...{ id, version, number, text, source, itemId, status, reason, dueOn: dayText(dueOn) },
    place: item ? `${indexNumber(item.section, item.number)} ${item.title}` : null,
    documents: documents.map(({ document }) => document),
  }));
}

export type FindingLine = {
  id: string;
  version: number;
  section: number;
  title: string;
  detail: string;
  severity: string;
  priceEffectMinor: string | null;
  currency: string;
  status: string;
  resolution: string | null;
  foundBy: string;
  foundAt: string;
  document: { id: string; title: string } | null;
};

export async function listFindings(actor: Actor, roomId: string): Promise<FindingLine[]> {
  await getRoomHead(actor, roomId);
  const rows = await db.roomFinding.findMany({
    where: { roomId },
    orderBy: { foundAt: "desc" },
    include: { document: { select: { id: true, title: true } } },
  });
  const people = await namesOf(rows.map(({ foundBy }) => foundBy));
  return rows.map(
    ({
      id,
      version,
      section,
      title,
      detail,
      severity,
      priceEffectMinor,
      currency,
      status,
      resolution,
      foundBy,
      foundAt,
      document,
    }) => ({
      ...{ id, version, section, title, detail, severity, currency, status, resolution, document },
      ...{
        priceEffectMinor: priceEffectMinor?.toString() ?? null,
        foundBy: people.get(foundBy) ?? foundBy,
        foundAt: foundAt.toISOString(),
      },
    }),
  );
}

export type ArchiveLine = {
  id: string;
  number: number;
  manifestHash: string;
  archiveHash: string;
  sizeBytes: number;
  documents: number;
  reason: string;
  frozenBy: string;
  frozenAt: string;
  reopenedAt: string | null;
  reopenReason: string | null;
};

export async function listArchives(actor: Actor, roomId: string): Promise<ArchiveLine[]> {
  await getRoomHead(actor, roomId);
  const rows = await db.roomArchive.findMany({
    where: { roomId },
    orderBy: { number: "desc" },
    omit: { manifest: true },
  });
  const people = await namesOf(rows.map(({ frozenBy }) => frozenBy));
  return rows.map((row) => ({
    ...{
      id: row.id,
      number: row.number,
      manifestHash: row.manifestHash,
      archiveHash: row.archiveHash,
      sizeBytes: Number(row.sizeBytes),
    },
    ...{
      documents: row.documents,
      reason: row.reason,
      frozenBy: people.get(row.frozenBy) ?? row.frozenBy,
      frozenAt: row.frozenAt.toISOString(),
    },
    ...{ reopenedAt: row.reopenedAt?.toISOString() ?? null, reopenReason: row.reopenReason },
  }));
}

export async function getArchive(
  actor: Actor,
  archiveId: string,
): Promise<{ roomId: string; number: number; manifest: ManifestLine[] }> {
  const row = await db.roomArchive.findUnique({ where: { id: archiveId } });
  if (!row) throw new AppError("NOT_FOUND");
  await getRoomHead(actor, row.roomId);
  return { roomId: row.roomId, number: row.number, manifest: row.manifest as ManifestLine[] };
}

export type Person = { id: string; name: string };
/** Who can be asked to answer for a section. */
export async function listAnswerers(): Promise<Person[]> {
  const where = { disabledAt: null, role: { in: ["chairman" as const, "analyst" as const] } };
  return db.user.findMany({ where, select: { id: true, name: true }, orderBy: { name: "asc" } });
}
