import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { type Db, db, type Tx } from "@/lib/db";
import { askedView } from "@/lib/figures/rules";
import type { Figure, FigureView } from "@/lib/figures/schema";
import { getRoomHead } from "../queries";
import { type Activity, byWeek, engagementOf, type WeekCount } from "../rules/engagement";
import { engagementFigures } from "../rules/engagement-figures";

async function readActivity(tx: Db | Tx, roomId: string, day: string): Promise<Activity[]> {
  const rows = await tx.roomActivity.findMany({
    where: { roomId, groupId: { not: null }, at: { lt: new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000) } },
    select: { groupId: true, actor: true, kind: true, documentId: true, seconds: true, at: true },
    orderBy: { at: "asc" },
  });
  return rows.map(({ groupId, at, ...row }) => ({
    ...row,
    groupId: groupId ?? "",
    day: at.toISOString().slice(0, 10),
  }));
}

/** By key "<group>:<measure>". */
export async function engagementFiguresOn(tx: Db | Tx, roomId: string, day: string): Promise<Map<string, Figure>> {
  const room = await tx.dataRoom.findUniqueOrThrow({ where: { id: roomId } });
  const [rows, groups] = await Promise.all([
    readActivity(tx, roomId, day),
    tx.roomGroup.findMany({ where: { roomId }, select: { id: true, name: true } }),
  ]);
  const scope = { roomId, ventureId: room.ventureId, version: room.version, day };
  return new Map(
    groups.flatMap((group) => {
      const own = rows.filter(({ groupId }) => groupId === group.id);
      return engagementFigures({ ...scope, group }, engagementOf(own), own.length);
    }),
  );
}

export type TopDocument = { documentId: string; title: string; opens: number; seconds: number };
export type GroupEngagement = {
  id: string;
  name: string;
  lastDay: string | null;
  weeks: WeekCount[];
  top: TopDocument[];
};
export type RoomEngagement = { groups: GroupEngagement[]; views: Record<string, FigureView> };

/** Per group: how much, when, and what it looked at longest. */
export async function getEngagement(actor: Actor, roomId: string, day: string): Promise<RoomEngagement> {
  const head = await getRoomHead(actor, roomId);
  const [rows, groups, figures, documents] = await Promise.all([
    readActivity(db, roomId, day),
    db.roomGroup.findMany({
      where: { roomId, approvedAt: { not: null } },
      select: { id: true, name: true },
      orderBy: { name: "asc" },
    }),
    engagementFiguresOn(db, roomId, day),
    db.roomDocument.findMany({ where: { roomId }, select: { id: true, title: true } }),
  ]);
  const titles = new Map(documents.map(({ id, title }) => [id, title]));
  const ask = { of: "data-room.engagement", args: { venture: head.ventureId, room: roomId, day } };
  return {
    groups: groups.map(({ id, name }) => {
      const own = rows.filter(({ groupId }) => groupId === id);
      return { id, name, lastDay: engagementOf(own).lastDay, weeks: byWeek(own, day), top: topDocuments(own, titles) };
    }),
    views: Object.fromEntries([...figures].map(([key, figure]) => [key, askedView(figure, ask)])),
  };
}

function topDocuments(rows: readonly Activity[], titles: ReadonlyMap<string, string>): TopDocument[] {
  const ids = [...new Set(rows.flatMap(({ documentId }) => documentId ?? []))];
  return ids
    .map((documentId) => {
      const own = rows.filter((row) => row.documentId === documentId);
      const { opens, seconds } = engagementOf(own);
      return { documentId, title: titles.get(documentId) ?? "", opens, seconds };
    })
    .toSorted((a, b) => b.seconds - a.seconds || b.opens - a.opens)
    .slice(0, 5);
}
