import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { day, type ExportCell, type ExportSheet, moment, money, number } from "@/lib/reports/rules/export-table";
import { getRoom } from "../queries";
import { indexNumber } from "../rules/completeness";
import { listFindings } from "./findings";
import { listRequests } from "./requests";

const columns = (labels: string) => labels.split(",").map((label) => ({ label }));
type Table = { labels: string; rows: ExportCell[][]; title: string };

const FILLERS: Readonly<Record<string, (actor: Actor, roomId: string, today: string) => Promise<Table>>> = {
  index: async (actor, roomId, today) => {
    const { sections } = await getRoom(actor, roomId, today);
    const rows = sections.flatMap(({ title, items }) =>
      items.map((item): ExportCell[] => [
        ...[
          indexNumber(item.section, item.number),
          title,
          item.title,
          item.required ? "required" : "if any",
          item.standing,
        ],
        ...[number(item.valid), number(item.expired), item.absentBecause],
      ]),
    );
    return { title: "Index", labels: "Number,Section,Item,Needed,Standing,Documents,Expired,Why there is none", rows };
  },
  documents: async (actor, roomId, today) => {
    const { documents } = await getRoom(actor, roomId, today);
    const rows = documents.map(({ number: at, title, newest, cameFrom, expiresOn }): ExportCell[] => [
      ...[
        at ?? "unsorted",
        title,
        newest.fileName,
        number(newest.number),
        newest.hash,
        newest.type,
        number(newest.sizeBytes),
      ],
      ...[newest.flags.join("; "), cameFrom, day(expiresOn), newest.uploadedBy, moment(new Date(newest.uploadedAt))],
    ]);
    return {
      title: "Documents",
      labels: "Number,Title,File,Version,SHA-256,Type,Bytes,Flags,Came from,Expires,Uploaded by,Uploaded",
      rows,
    };
  },
  requests: async (actor, roomId) => {
    const rows = (await listRequests(actor, roomId)).map((one): ExportCell[] => [
      ...[number(one.number), one.text, one.source, one.place, day(one.dueOn), one.status, one.reason],
      one.documents.map(({ title }) => title).join("; "),
    ]);
    return { title: "Requests", labels: "Number,Request,Source,Item,Due,State,Reason,Documents", rows };
  },
  findings: async (actor, roomId) => {
    const rows = (await listFindings(actor, roomId)).map((one): ExportCell[] => [
      ...[number(one.section), one.title, one.detail, one.severity, one.status, one.currency],
      one.priceEffectMinor === null ? null : money(BigInt(one.priceEffectMinor), one.currency),
      ...[one.resolution, one.document?.title ?? null, one.foundBy, moment(new Date(one.foundAt))],
    ]);
    return {
      title: "Findings",
      labels: "Section,Finding,Detail,Severity,State,Currency,Price effect,What was done,Document,Found by,Found",
      rows,
    };
  },
  questions: async (actor, roomId, today) => {
    await getRoom(actor, roomId, today);
    const found = await db.roomQuestion.findMany({
      where: { roomId },
      orderBy: { number: "asc" },
      include: { group: true, guest: true },
    });
    const rows = found.map((one): ExportCell[] => [
      ...[
        number(one.number),
        one.group.name,
        one.guest.email,
        number(one.section),
        one.text,
        moment(one.askedAt),
        one.status,
      ],
      ...[one.answer, one.audience, moment(one.publishedAt)],
    ]);
    return {
      title: "Questions",
      labels: "Number,Buyer,Asked by,Section,Question,Asked,State,Answer,Published to,Published",
      rows,
    };
  },
  engagement: async (actor, roomId, today) => {
    await getRoom(actor, roomId, today);
    const found = await db.roomActivity.findMany({
      where: { roomId, groupId: { not: null } },
      orderBy: { at: "asc" },
      include: { group: true },
      take: 100_000,
    });
    const titles = new Map(
      (await db.roomDocument.findMany({ where: { roomId }, select: { id: true, title: true } })).map(
        ({ id, title }) => [id, title],
      ),
    );
    const rows = found.map((one): ExportCell[] => [
      ...[moment(one.at), one.group?.name ?? null, one.actorName, one.kind, titles.get(one.documentId ?? "") ?? null],
      ...[number(one.page), number(one.seconds)],
    ]);
    return { title: "Engagement", labels: "When,Buyer,Who,What,Document,Page,Seconds", rows };
  },
};

/** A table of a room as a file. */
export async function openRoomTable(
  actor: Actor,
  roomId: string,
  table: string,
  today: string,
): Promise<ExportSheet & { subject: string; ventureId: string }> {
  const { labels, rows, title } = (await FILLERS[table]?.(actor, roomId, today)) ?? {
    labels: "",
    rows: [],
    title: table,
  };
  const room = await db.dataRoom.findUniqueOrThrow({ where: { id: roomId } });
  const venture = await db.venture.findUniqueOrThrow({ where: { id: room.ventureId }, select: { slug: true } });
  return { title, columns: columns(labels), rows, subject: `${venture.slug}-data-room`, ventureId: room.ventureId };
}
