import "server-only";
import type { Guest } from "@/lib/auth/guest";
import { hashToken } from "@/lib/auth/secrets";
import { db } from "@/lib/db";
import { indexNumber } from "../rules/completeness";
import { questionsLeft } from "../rules/questions";
import { levelOn, mayView } from "../rules/terms";
import type { AccessLevel, Grant } from "../schema/guests";
import { type Hit, searchTexts } from "./search";

/** All that a guest is shown is read here, through the grants of its group. */

export type GuestDocument = {
  id: string;
  number: string;
  title: string;
  type: string;
  sizeBytes: number;
  version: number;
  uploadedAt: string;
  level: Exclude<AccessLevel, "none">;
};
export type GuestSection = {
  number: number;
  title: string;
  items: { number: number; title: string; documents: GuestDocument[]; absentBecause: string | null }[];
};

const NEWEST = { orderBy: { number: "desc" as const }, take: 1 };

/** The index as these grants show it: what may not be viewed is not there, not even by name. */
export async function guestIndex(roomId: string, grants: readonly Grant[]): Promise<GuestSection[]> {
  const [sections, items] = await Promise.all([
    db.roomSection.findMany({ where: { roomId }, orderBy: { number: "asc" } }),
    db.roomItem.findMany({
      where: { roomId },
      orderBy: [{ section: "asc" }, { number: "asc" }],
      include: {
        documents: { where: { removedAt: null }, orderBy: { ordinal: "asc" }, include: { versions: NEWEST } },
      },
    }),
  ]);
  const shown = items.flatMap((item) => {
    const level = levelOn(grants, item);
    if (!mayView(level) || level === "none") return [];
    const documents = item.documents.flatMap(({ id, title, ordinal, versions: [newest] }) =>
      newest
        ? [
            {
              ...{ id, title, level, type: newest.type, sizeBytes: Number(newest.sizeBytes), version: newest.number },
              number: indexNumber(item.section, item.number, ordinal),
              uploadedAt: newest.uploadedAt.toISOString(),
            },
          ]
        : [],
    );
    return documents.length > 0 || item.absentBecause
      ? [
          {
            section: item.section,
            number: item.number,
            title: item.title,
            documents,
            absentBecause: item.absentBecause,
          },
        ]
      : [];
  });
  return sections
    .map(({ number, title }) => ({ number, title, items: shown.filter(({ section }) => section === number) }))
    .filter((section) => section.items.length > 0);
}

/** One document, if the guest's group may see it now; null for everything else, whether it exists or not. */
export async function findForGuest(guest: Pick<Guest, "roomId" | "terms">, documentId: string) {
  const row = await db.roomDocument.findFirst({
    where: { id: documentId, roomId: guest.roomId, removedAt: null },
    include: { item: true, versions: NEWEST },
  });
  const level = row?.item ? levelOn(guest.terms.grants, row.item) : "none";
  const newest = row?.versions[0];
  if (!row?.item || !newest || level === "none") return null;
  return {
    ...{
      documentId: row.id,
      versionId: newest.id,
      version: newest.number,
      hash: newest.hash,
      type: newest.type,
      fileName: newest.fileName,
    },
    ...{ sizeBytes: Number(newest.sizeBytes), flags: newest.flags, title: row.title, level, section: row.item.section },
    number: indexNumber(row.item.section, row.item.number, row.ordinal),
  };
}

const visibleIds = async (guest: Guest): Promise<string[]> =>
  (await guestIndex(guest.roomId, guest.terms.grants)).flatMap(({ items }) =>
    items.flatMap(({ documents }) => documents.map(({ id }) => id)),
  );

export async function searchForGuest(guest: Guest, q: string): Promise<Hit[]> {
  return searchTexts(guest.roomId, q, 30, await visibleIds(guest));
}

export type GuestQuestion = {
  number: number;
  text: string;
  askedAt: string;
  status: "waiting" | "answered" | "declined";
  answer: string | null;
};
export type Faq = { number: number; section: number | null; text: string; answer: string };
export type GuestTalk = { own: GuestQuestion[]; faq: Faq[]; left: number };

/** The group's own questions, and what was published to all; who asked those is not said. */
export async function guestTalk(guest: Guest, now: Date): Promise<GuestTalk> {
  const [own, published, group] = await Promise.all([
    db.roomQuestion.findMany({ where: { groupId: guest.groupId }, orderBy: { number: "desc" } }),
    db.roomQuestion.findMany({
      where: { roomId: guest.roomId, status: "published", audience: "all" },
      orderBy: { number: "asc" },
    }),
    db.roomGroup.findUniqueOrThrow({ where: { id: guest.groupId } }),
  ]);
  return {
    own: own.map(({ number, text, askedAt, status, answer }) => ({
      ...{ number, text, askedAt: askedAt.toISOString() },
      status: status === "published" ? "answered" : status === "declined" ? "declined" : "waiting",
      answer: status === "published" || status === "declined" ? answer : null,
    })),
    faq: published.flatMap(({ number, section, text, answer }) =>
      answer
        ? [
            {
              number,
              text,
              answer,
              section:
                section !== null && mayView(levelOn(guest.terms.grants, { section, number: 0 })) ? section : null,
            },
          ]
        : [],
    ),
    left: questionsLeft(
      own.map(({ askedAt }) => askedAt),
      group.questionsPerWeek,
      now,
    ),
  };
}

export async function guestNda(guest: Pick<Guest, "roomId">): Promise<{ version: number; text: string }> {
  return db.roomNda.findFirstOrThrow({
    where: { roomId: guest.roomId },
    orderBy: { version: "desc" },
    select: { version: true, text: true },
  });
}

/** What the door says: the venture's name where the link leads to a room, nothing otherwise. */
export async function doorOf(link: string): Promise<{ venture: string } | null> {
  const group = await db.roomGroup.findUnique({ where: { linkHash: hashToken(link) }, include: { room: true } });
  if (!group) return null;
  const venture = await db.venture.findUnique({ where: { id: group.room.ventureId }, select: { name: true } });
  return venture && { venture: venture.name };
}
