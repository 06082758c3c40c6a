import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { decryptSecret } from "@/lib/auth/secrets";
import { db } from "@/lib/db";
import { getRoomHead } from "../queries";
import { shutBecause } from "../rules/terms";
import { type Terms, termsSchema } from "../schema/guests";

export type GroupLine = {
  id: string;
  version: number;
  name: string;
  state: "asked" | "open" | "revoked" | "expired";
  terms: Terms | null;
  proposed: Terms | null;
  memoId: string | null;
  approvedAt: string | null;
  linkMadeAt: string | null;
  revokedReason: string | null;
  questionsPerWeek: number;
  people: { email: string; agreed: string | null; lastSeen: string | null }[];
  /** Where no mail can be sent: codes that somebody of the holding hands over. */
  codes: { email: string; code: string; until: string }[];
};

const read = (stored: unknown): Terms | null => (stored === null ? null : termsSchema.parse(stored));

const GROUP = {
  guests: { include: { sessions: { orderBy: { lastSeenAt: "desc" as const }, take: 1 } } },
};

export async function listGroups(actor: Actor, roomId: string, now: Date): Promise<GroupLine[]> {
  await getRoomHead(actor, roomId);
  const rows = await db.roomGroup.findMany({
    where: { roomId },
    orderBy: { name: "asc" },
    include: { ...GROUP, codes: { where: { usedAt: null, sealed: { not: null }, expiresAt: { gt: now } } } },
  });
  return rows.map((row) => {
    const terms = read(row.terms);
    const shut = shutBecause({ terms, revokedAt: row.revokedAt }, now.toISOString().slice(0, 10));
    const state =
      shut === null ? "open" : shut === "NOT_APPROVED" ? "asked" : shut === "REVOKED" ? "revoked" : "expired";
    return {
      ...{
        id: row.id,
        version: row.version,
        name: row.name,
        state,
        terms,
        proposed: read(row.proposed),
        memoId: row.memoId,
      },
      ...{
        approvedAt: row.approvedAt?.toISOString() ?? null,
        linkMadeAt: row.linkHash ? (row.linkMadeAt?.toISOString() ?? null) : null,
      },
      ...{ revokedReason: row.revokedReason, questionsPerWeek: row.questionsPerWeek },
      people: row.guests.map(({ email, ndaAt, ndaName, ndaVersion, sessions }) => ({
        email,
        agreed: ndaAt ? `${ndaName}, version ${ndaVersion}, ${ndaAt.toISOString().slice(0, 10)}` : null,
        lastSeen: sessions.at(0)?.lastSeenAt.toISOString() ?? null,
      })),
      codes: row.codes.map(({ id, email, sealed, expiresAt }) => ({
        email,
        code: decryptSecret("guest-code", `room-code:${id}`, sealed ?? ""),
        until: expiresAt.toISOString(),
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
