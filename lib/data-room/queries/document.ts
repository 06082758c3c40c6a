import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { namesByRef } from "@/lib/auth/people";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { getRoomHead, type RoomHead } from "../queries";
import { indexNumber } from "../rules/completeness";
import { type VersionLine, versionLine } from "./documents";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

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
    namesByRef(
      db,
      row.versions.map(({ uploadedBy }) => uploadedBy),
    ),
  ]);
  const { version, title, item, ordinal, cameFrom } = row;
  return {
    ...{
      head,
      id,
      version,
      title,
      cameFrom,
      expiresOn: row.expiresOn?.toISOString().slice(0, 10) ?? null,
      removed: row.removedAt !== null,
    },
    number: item ? indexNumber(item.section, item.number, ordinal) : null,
    place: item ? item.title : null,
    versions: row.versions.map((one) => versionLine(one, people)),
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

export type VersionSource = { documentId: string; hash: string; type: string; sizeBytes: number; title: string };

/** One version, as it is drawn. */
export async function getVersion(actor: Actor, versionId: string): Promise<VersionSource> {
  const row = await db.roomDocumentVersion.findUnique({
    where: { id: versionId },
    include: { document: { select: { title: true, room: { select: { ventureId: true } } } } },
  });
  if (!row || !maySeeVenture(actor, row.document.room.ventureId)) throw new AppError("NOT_FOUND");
  const { documentId, hash, type, sizeBytes } = row;
  return { documentId, hash, type, sizeBytes: Number(sizeBytes), title: row.document.title };
}
