import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { getRoomHead } from "../queries";
import { indexNumber } from "../rules/completeness";

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
    ...{ id, version, number, text, source, itemId, status, reason, dueOn: dueOn?.toISOString().slice(0, 10) ?? null },
    place: item ? `${indexNumber(item.section, item.number)} ${item.title}` : null,
    documents: documents.map(({ document }) => document),
  }));
}
