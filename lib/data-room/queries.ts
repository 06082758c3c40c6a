import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { type Db, db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { askedView } from "@/lib/figures/rules";
import type { Figure, FigureView } from "@/lib/figures/schema";
import { type DocumentLine, listDocuments, listRemoved, type RemovedLine } from "./queries/documents";
import { type IndexState, type Standing, standingOf } from "./rules/completeness";
import { completenessFigure, priceEffectFigure, type RoomScope, stateFigures } from "./rules/room-figures";
import { DEAL_TYPES, type DealType } from "./schema";

export type RoomHead = {
  id: string;
  ventureId: string;
  dealType: DealType;
  status: "open" | "frozen";
  version: number;
  /** How many of each wait for somebody of the holding. */
  waiting: { requests: number; findings: number; questions: number };
};

const WAITING = {
  _count: {
    select: {
      requests: { where: { status: "open" } },
      findings: { where: { status: "open" } },
      questions: { where: { status: { in: ["asked", "drafted", "approved"] } } },
    },
  },
};
type HeadRow = Omit<RoomHead, "dealType" | "waiting"> & { dealType: string; _count: RoomHead["waiting"] };

const headOf = ({ id, ventureId, dealType, status, version, _count }: HeadRow): RoomHead => ({
  ...{ id, ventureId, status, version, waiting: _count },
  dealType: dealType as DealType,
});

/** The rooms of a venture, the whole sale first. */
export async function listRooms(actor: Actor, ventureId: string): Promise<RoomHead[]> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const heads = (await db.dataRoom.findMany({ where: { ventureId }, include: WAITING })).map(headOf);
  return heads.toSorted((a, b) => DEAL_TYPES.indexOf(a.dealType) - DEAL_TYPES.indexOf(b.dealType));
}

export async function getRoomHead(actor: Actor, roomId: string): Promise<RoomHead> {
  const row = await db.dataRoom.findUnique({ where: { id: roomId }, include: WAITING });
  if (!row || !maySeeVenture(actor, row.ventureId)) throw new AppError("NOT_FOUND");
  return headOf(row);
}

const isoDay = (date: Date): string => date.toISOString().slice(0, 10);

export type ItemLine = IndexState & { id: string; absentBecause: string | null; standing: Standing };
export type SectionLine = {
  number: number;
  title: string;
  ownerId: string | null;
  items: ItemLine[];
};

/** The index with what is in it on a day: an expired document counts for nothing. */
export async function readIndex(tx: Db | Tx, roomId: string, today: string): Promise<SectionLine[]> {
  const [sections, items, documents] = await Promise.all([
    tx.roomSection.findMany({ where: { roomId }, orderBy: { number: "asc" } }),
    tx.roomItem.findMany({ where: { roomId }, orderBy: [{ section: "asc" }, { number: "asc" }] }),
    tx.roomDocument.findMany({
      where: { roomId, removedAt: null, itemId: { not: null } },
      select: { itemId: true, expiresOn: true },
    }),
  ]);
  const lineOf = (item: (typeof items)[number]): ItemLine => {
    const held = documents.filter(({ itemId }) => itemId === item.id);
    const expired = held.filter(({ expiresOn }) => expiresOn && isoDay(expiresOn) < today).length;
    const { id, section, number, title, required, absentBecause } = item;
    const state = {
      section,
      number,
      title,
      required,
      valid: held.length - expired,
      expired,
      absent: absentBecause !== null,
    };
    return { id, ...state, absentBecause, standing: standingOf(state) };
  };
  const lines = items.map(lineOf);
  return sections.map(({ number, title, ownerId }) => ({
    ...{ number, title, ownerId },
    items: lines.filter(({ section }) => section === number),
  }));
}

/** Requests, findings and live documents, as far as they are counted. */
async function readState(tx: Db | Tx, roomId: string) {
  const [requests, findings, documents] = await Promise.all([
    tx.roomRequest.findMany({ where: { roomId }, select: { status: true, dueOn: true } }),
    tx.roomFinding.findMany({ where: { roomId }, select: { priceEffectMinor: true, currency: true, status: true } }),
    tx.roomDocument.findMany({ where: { roomId, removedAt: null }, select: { expiresOn: true } }),
  ]);
  return {
    findings,
    requests: requests.map(({ status, dueOn }) => ({ status, dueOn: dueOn && isoDay(dueOn) })),
    documents: documents.map(({ expiresOn }) => ({ expiresOn: expiresOn && isoDay(expiresOn) })),
  };
}

/** The figures of a room on a day, by key: "room", "section:3", "price-effect", "open-requests" … */
export async function roomFiguresOn(tx: Db | Tx, roomId: string, today: string): Promise<Map<string, Figure>> {
  const room = await tx.dataRoom.findUniqueOrThrow({ where: { id: roomId } });
  const [sections, state, venture] = await Promise.all([
    readIndex(tx, roomId, today),
    readState(tx, roomId),
    tx.venture.findUniqueOrThrow({ where: { id: room.ventureId }, select: { currency: true } }),
  ]);
  const items = sections.flatMap((section) => section.items);
  const { ventureId, version } = room;
  const scope: RoomScope = { roomId, ventureId, version, asOf: today, rows: items.length };
  const { findings } = state;
  return new Map([
    ["room", completenessFigure(scope, null, items)],
    ...sections.map((section): [string, Figure] => [
      `section:${section.number}`,
      completenessFigure(scope, section.number, section.items),
    ]),
    ["price-effect", priceEffectFigure({ ...scope, rows: findings.length }, venture.currency, findings)],
    ...stateFigures(scope, state),
  ]);
}

export type RoomView = {
  head: RoomHead;
  sections: SectionLine[];
  documents: DocumentLine[];
  removed: RemovedLine[];
  views: Record<string, FigureView>;
  pendingTexts: number;
};

/** Everything that the screen of a room shows of its index. */
export async function getRoom(actor: Actor, roomId: string, today: string): Promise<RoomView> {
  const head = await getRoomHead(actor, roomId);
  const [sections, documents, removed, figures] = await Promise.all([
    readIndex(db, roomId, today),
    listDocuments(roomId, today),
    listRemoved(roomId),
    roomFiguresOn(db, roomId, today),
  ]);
  const ask = { of: "data-room", args: { venture: head.ventureId, room: roomId, day: today } };
  const views = Object.fromEntries([...figures].map(([key, figure]) => [key, askedView(figure, ask)]));
  const pendingTexts = documents.filter(({ newest }) => newest.textState === "pending").length;
  return { head, sections, documents, removed, views, pendingTexts };
}
