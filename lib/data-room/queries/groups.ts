import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { decryptSecret } from "@/lib/auth/secrets";
import { db } from "@/lib/db";
import { getRoomHead } from "../queries";
import { shutBecause } from "../rules/terms";
import { type Terms, termsSchema } from "../schema/guests";
import { roomDay } from "./room-day";

export type GroupPerson = {
  email: string;
  /** Still on the list. */
  named: boolean;
  agreed: { as: string; version: number; at: string } | null;
  lastSeen: string | null;
};
export type GroupLine = {
  id: string;
  version: number;
  name: string;
  state: "asked" | "open" | "revoked" | "expired";
  terms: Terms | null;
  proposed: Terms | null;
  memoId: string | null;
  /** The chairman said no to what is proposed, or it was not decided in time. */
  declined: boolean;
  linkMadeAt: string | null;
  revokedReason: string | null;
  questionsPerWeek: number;
  people: GroupPerson[];
  /** Where no mail can be sent: codes that somebody of the holding hands over. */
  codes: { email: string; code: string; until: string }[];
};

const read = (stored: unknown): Terms | null => (stored === null ? null : termsSchema.parse(stored));

const STATES = { NOT_APPROVED: "asked", REVOKED: "revoked", EXPIRED: "expired" } as const;
const DECLINED: readonly string[] = ["rejected", "expired", "withdrawn"];

const groupRows = (roomId: string, now: Date) =>
  db.roomGroup.findMany({
    where: { roomId },
    orderBy: { name: "asc" },
    include: {
      guests: { include: { sessions: { orderBy: { lastSeenAt: "desc" }, take: 1 } } },
      codes: { where: { usedAt: null, sealed: { not: null }, expiresAt: { gt: now } } },
    },
  });
type Row = Awaited<ReturnType<typeof groupRows>>[number];

/** Everybody on the list, and who was here and is no longer on it. */
function peopleOf({ guests }: Row, terms: Terms | null): GroupPerson[] {
  const named = terms?.emails ?? [];
  const emails = [...new Set([...named, ...guests.map(({ email }) => email)])];
  return emails.map((email) => {
    const guest = guests.find((one) => one.email === email);
    const { ndaAt, ndaName, ndaVersion } = guest ?? {};
    return {
      ...{ email, named: named.includes(email) },
      agreed: ndaAt && ndaName && ndaVersion ? { as: ndaName, version: ndaVersion, at: ndaAt.toISOString() } : null,
      lastSeen: guest?.sessions.at(0)?.lastSeenAt.toISOString() ?? null,
    };
  });
}

export async function listGroups(actor: Actor, roomId: string, now: Date): Promise<GroupLine[]> {
  const { ventureId } = await getRoomHead(actor, roomId);
  const [rows, today] = await Promise.all([groupRows(roomId, now), roomDay(ventureId, now)]);
  const ids = rows.flatMap(({ memoId }) => memoId ?? []);
  const memos = await db.memo.findMany({ where: { id: { in: ids } }, select: { id: true, status: true } });
  const declined = new Set(memos.filter(({ status }) => DECLINED.includes(status)).map(({ id }) => id));
  return rows.map((row) => {
    const [terms, proposed] = [read(row.terms), read(row.proposed)];
    const shut = shutBecause({ terms, revokedAt: row.revokedAt }, today);
    const { id, version, name, memoId, revokedReason, questionsPerWeek } = row;
    return {
      ...{ id, version, name, memoId, revokedReason, questionsPerWeek, terms, proposed },
      state: shut === null ? "open" : STATES[shut],
      declined: proposed !== null && memoId !== null && declined.has(memoId),
      linkMadeAt: row.linkHash ? (row.linkMadeAt?.toISOString() ?? null) : null,
      people: peopleOf(row, terms),
      codes: row.codes.map((code) => ({
        email: code.email,
        code: decryptSecret("guest-code", `room-code:${code.id}`, code.sealed ?? ""),
        until: code.expiresAt.toISOString(),
      })),
    };
  });
}

export async function findGroup(actor: Actor, roomId: string, groupId: string, now: Date): Promise<GroupLine | null> {
  return (await listGroups(actor, roomId, now)).find(({ id }) => id === groupId) ?? null;
}

export async function newestNda(actor: Actor, roomId: string): Promise<{ version: number; text: string } | null> {
  await getRoomHead(actor, roomId);
  return db.roomNda.findFirst({
    where: { roomId },
    orderBy: { version: "desc" },
    select: { version: true, text: true },
  });
}

export type QuestionLine = {
  id: string;
  version: number;
  number: number;
  group: string;
  email: string;
  section: number | null;
  document: { id: string; title: string } | null;
  text: string;
  askedAt: string;
  routedTo: string | null;
  status: string;
  answer: string | null;
  audience: string | null;
};

export async function listQuestions(actor: Actor, roomId: string): Promise<QuestionLine[]> {
  await getRoomHead(actor, roomId);
  const rows = await db.roomQuestion.findMany({
    where: { roomId },
    orderBy: { number: "desc" },
    include: {
      group: { select: { name: true } },
      guest: { select: { email: true } },
      document: { select: { id: true, title: true } },
    },
  });
  return rows.map(
    ({ id, version, number, group, guest, section, document, text, askedAt, routedTo, status, answer, audience }) => ({
      ...{ id, version, number, section, document, text, routedTo, status, answer, audience },
      ...{ group: group.name, email: guest.email, askedAt: askedAt.toISOString() },
    }),
  );
}
