import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { listRooms, type RoomHead, readIndex, roomFiguresOn, type SectionLine } from "@/lib/data-room/queries";
import { listArchives } from "@/lib/data-room/queries/archives";
import { listFindings } from "@/lib/data-room/queries/findings";
import { listAnswerers } from "@/lib/data-room/queries/people";
import { indexNumber, type Standing } from "@/lib/data-room/rules/completeness";
import { db } from "@/lib/db";
import type { Figure } from "@/lib/figures/schema";
import type { PackageFacts } from "../rules/exit/facts";

const STATES: Readonly<Record<Standing, string>> = {
  there: "filed",
  absent: "does not exist",
  expired: "expired: a newer one is needed",
  missing: "missing",
  optional: "nothing filed; not required",
};
const COUNTS = ["open-requests", "overdue-requests", "open-findings", "expired", "expiring"] as const;

type Section = PackageFacts["sections"][number];

const sectionOf = (figures: ReadonlyMap<string, Figure>, owners: ReadonlyMap<string, string>) => {
  return ({ number, title, ownerId, items }: SectionLine): Section => ({
    ...{ number, title, figure: figures.get(`section:${number}`)?.id ?? null },
    owner: ownerId ? (owners.get(ownerId) ?? "somebody who left") : null,
    items: items.map((item) => ({
      ...{ number: indexNumber(item.section, item.number), title: item.title },
      state: item.absentBecause ? `${STATES[item.standing]}: ${item.absentBecause}` : STATES[item.standing],
    })),
  });
};

async function archivesOf(actor: Actor, roomId: string): Promise<PackageFacts["archives"]> {
  const archives = await listArchives(actor, roomId);
  return archives.map(({ id, number, frozenAt, frozenBy, reason, archiveHash }) => ({
    ...{ number, frozenOn: frozenAt.slice(0, 10), by: frozenBy, reason, hash: archiveHash },
    href: `/api/data-room/archives/${id}`,
  }));
}

async function factsOf(
  actor: Actor,
  room: RoomHead,
  figures: ReadonlyMap<string, Figure>,
  today: string,
): Promise<PackageFacts> {
  const index = await readIndex(db, room.id, today);
  const owners = new Map((await listAnswerers(room.ventureId)).map(({ id, name }) => [id, name]));
  const titles = new Map(index.map(({ number, title }) => [number, title]));
  const known = (key: string) => {
    const figure = figures.get(key);
    return figure && figure.value !== null ? figure.id : null;
  };
  return {
    ...{ deal: room.dealType.replaceAll("-", " "), frozen: room.status === "frozen" },
    ...{ completeness: known("room"), priceEffect: known("price-effect") },
    counts: COUNTS.flatMap((key) => {
      const figure = figures.get(key);
      return figure ? [{ label: figure.label, figure: figure.id }] : [];
    }),
    sections: index.map(sectionOf(figures, owners)),
    findings: (await listFindings(actor, room.id)).map(({ title, severity, section, status }) => ({
      ...{ title, severity, status, section: titles.get(section) ?? "unknown" },
    })),
    archives: await archivesOf(actor, room.id),
  };
}

/** The due diligence package of the first room of a venture, the whole sale before any other; null without a room. */
export async function loadPackage(
  actor: Actor,
  ventureId: string,
  today: string,
): Promise<{ facts: PackageFacts | null; figures: Figure[] }> {
  const [room] = await listRooms(actor, ventureId);
  if (!room) return { facts: null, figures: [] };
  const figures = await roomFiguresOn(db, room.id, today);
  return { facts: await factsOf(actor, room, figures, today), figures: [...figures.values()] };
}
