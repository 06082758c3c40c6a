import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { type Db, db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { askedView } from "@/lib/figures/rules";
import type { Figure, FigureView } from "@/lib/figures/schema";
import { type IndexState, indexNumber, type Standing, standingOf } from "./rules/completeness";
import { completenessFigure, priceEffectFigure, type RoomScope } from "./rules/room-figures";
import { DEAL_TYPES, type DealType } from "./schema";

export type RoomHead = {
  id: string;
  ventureId: string;
  dealType: DealType;
  status: "open" | "frozen";
  version: number;
};

/** The rooms of a venture, the whole sale first. */
export async function listRooms(actor: Actor, ventureId: string): Promise<RoomHead[]> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const rows = await db.dataRoom.findMany({ where: { ventureId } });
  const heads = rows.map(({ id, dealType, status, version }) => ({
    id,
    ventureId,
    dealType: dealType as DealType,
    status,
    version,
  }));
  return heads.toSorted((a, b) => DEAL_TYPES.indexOf(a.dealType) - DEAL_TYPES.indexOf(b.dealType));
}

export async function getRoomHead(actor: Actor, roomId: string): Promise<RoomHead> {
  const row = await db.dataRoom.findUnique({ where: { id: roomId } });
  if (!row || !maySeeVenture(actor, row.ventureId)) throw new AppError("NOT_FOUND");
  return {
    id: row.id,
    ventureId: row.ventureId,
    dealType: row.dealType as DealType,
    status: row.status,
    version: row.version,
  };
}

export type ItemLine = IndexState & { id: string; absentBecause: string | null; standing: Standing };
export type SectionLine = {
  number: number;
  title: string;
  ownerId: string | null;
  items: ItemLine[];
  unsortedHere: number;
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
    const expired = held.filter(({ expiresOn }) => expiresOn && expiresOn.toISOString().slice(0, 10) < today).length;
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
    ...{ number, title, ownerId, unsortedHere: 0 },
    items: lines.filter(({ section }) => section === number),
  }));
}

/** The figures of a room on a day, by key: "room", "section:3", "price-effect". */
export async function roomFiguresOn(tx: Db | Tx, roomId: string, today: string): Promise<Map<string, Figure>> {
  const room = await tx.dataRoom.findUniqueOrThrow({ where: { id: roomId } });
  const [sections, findings, venture] = await Promise.all([
    readIndex(tx, roomId, today),
    tx.roomFinding.findMany({ where: { roomId }, select: { priceEffectMinor: true, currency: true, status: true } }),
    tx.venture.findUniqueOrThrow({ where: { id: room.ventureId }, select: { currency: true } }),
  ]);
  const items = sections.flatMap((section) => section.items);
  const scope: RoomScope = {
    roomId,
    ventureId: room.ventureId,
    version: room.version,
    asOf: today,
    rows: items.length,
  };
  return new Map([
    ["room", completenessFigure(scope, null, items)],
    ...sections.map((section): [string, Figure] => [
      `section:${section.number}`,
      completenessFigure(scope, section.number, section.items),
    ]),
    ["price-effect", priceEffectFigure({ ...scope, rows: findings.length }, venture.currency, findings)],
  ]);
}

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
  newest: {
    id: string;
    number: number;
    hash: string;
    sizeBytes: number;
    type: string;
    fileName: string;
    flags: string[];
    uploadedAt: string;
    uploadedBy: string;
    textState: string;
    textReason: string | null;
    pages: number | null;
  };
  cameFrom: string;
  expiresOn: string | null;
  expired: boolean;
};

const HELD = { item: true, versions: { orderBy: { number: "desc" as const }, take: 1 } };
type Row = Awaited<ReturnType<typeof documentRows>>[number];
const documentRows = (roomId: string, tx: Db | Tx = db) =>
  tx.roomDocument.findMany({ where: { roomId, removedAt: null }, include: HELD });

function lineOf(row: Row, people: ReadonlyMap<string, string>, today: string): DocumentLine[] {
  const [newest] = row.versions;
  if (!newest) return [];
  const { id, version, title, item, ordinal, itemId, cameFrom } = row;
  const { number, hash, sizeBytes, type, fileName, flags, uploadedAt, uploadedBy, textState, textReason, pages } =
    newest;
  const expiresOn = row.expiresOn?.toISOString().slice(0, 10) ?? null;
  return [
    {
      ...{ id, version, title, itemId, cameFrom, expiresOn, expired: expiresOn !== null && expiresOn < today, ordinal },
      ...{ section: item?.section ?? null, item: item?.number ?? null },
      number: item ? indexNumber(item.section, item.number, ordinal) : null,
      newest: {
        ...{
          id: newest.id,
          number,
          hash,
          sizeBytes: Number(sizeBytes),
          type,
          fileName,
          flags,
          textState,
          textReason,
          pages,
        },
        ...{ uploadedAt: uploadedAt.toISOString(), uploadedBy: people.get(uploadedBy) ?? "the system" },
      },
    },
  ];
}

/** Names of people by reference, as events write them. */
export async function namesOf(refs: readonly string[], tx: Db | Tx = db): Promise<Map<string, string>> {
  const ids = [...new Set(refs)].filter((ref) => ref.startsWith("user:")).map((ref) => ref.slice(5));
  const users = await tx.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(users.map(({ id, name }) => [`user:${id}`, name]));
}

export type RoomView = {
  head: RoomHead;
  sections: SectionLine[];
  documents: DocumentLine[];
  views: Record<string, FigureView>;
  pendingTexts: number;
};

/** Everything that the screen of a room shows of its index. */
export async function getRoom(actor: Actor, roomId: string, today: string): Promise<RoomView> {
  const head = await getRoomHead(actor, roomId);
  const [sections, rows, figures] = await Promise.all([
    readIndex(db, roomId, today),
    documentRows(roomId),
    roomFiguresOn(db, roomId, today),
  ]);
  const people = await namesOf(rows.flatMap(({ versions }) => versions.map(({ uploadedBy }) => uploadedBy)));
  const documents = rows.flatMap((row) => lineOf(row, people, today)).toSorted(byIndex);
  const ask = { of: "data-room", args: { venture: head.ventureId, room: roomId, day: today } };
  const views = Object.fromEntries([...figures].map(([key, figure]) => [key, askedView(figure, ask)]));
  const pendingTexts = documents.filter(({ newest }) => newest.textState === "pending").length;
  return { head, sections, documents, views, pendingTexts };
}

/** As the index runs; what is unsorted comes last, by name. */
export function byIndex(a: DocumentLine, b: DocumentLine): number {
  const key = ({ section, item, ordinal }: DocumentLine) => (section ?? 99) * 1e8 + (item ?? 0) * 1e5 + (ordinal ?? 0);
  return key(a) - key(b) || a.title.localeCompare(b.title, "en", { numeric: true });
}
