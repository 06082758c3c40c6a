import "server-only";
import type { Guest } from "@/lib/auth/guest";
import { type Limit, takeAttempt } from "@/lib/auth/rate-limit";
import { db } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { findForGuest } from "../queries/guest-view";
import { questionsLeft } from "../rules/questions";
import type { AcceptNda, AskQuestion, ReadPages } from "../schema/guests";
import { recordActivity } from "./activity";
import { tellOfQuestions } from "./question-alert";

const by = (guest: Guest) => ({ ref: guest.ref, name: guest.email });
const roomOf = (guest: Guest) => db.dataRoom.findUniqueOrThrow({ where: { id: guest.roomId } });

/** More than anybody reads; each of these draws a document anew, and is an event of the record. */
export const guestLimit = ({ sessionId }: Pick<Guest, "sessionId">): Limit => ({
  key: `room-guest:${sessionId}`,
  attempts: 400,
  windowMs: 15 * 60_000,
});

/** The name typed under the newest text, its version and the moment. */
export async function acceptNda(
  guest: Guest,
  { ndaVersion, name }: AcceptNda,
  now: Date,
): Promise<Result<null, "CONFLICT">> {
  const room = await roomOf(guest);
  return db.$transaction(async (tx) => {
    const newest = await tx.roomNda.findFirst({ where: { roomId: guest.roomId }, orderBy: { version: "desc" } });
    if (newest?.version !== ndaVersion) return refuse("CONFLICT" as const);
    await tx.roomGuest.update({ where: { id: guest.id }, data: { ndaName: name, ndaVersion, ndaAt: now } });
    await recordActivity(
      tx,
      room,
      { kind: "agreed", by: by(guest), groupId: guest.groupId, detail: { ndaVersion, name } },
      now,
    );
    return ok(null);
  });
}

export type Shown = {
  documentId: string;
  versionId: string;
  version: number;
  hash: string;
  type: string;
  fileName: string;
  sizeBytes: number;
  flags: string[];
  title: string;
  level: "view" | "download";
};

/** A guest opens or takes a document that its group may; asked anew at each time. */
export async function showDocument(
  guest: Guest,
  documentId: string,
  kind: "opened" | "downloaded",
  now: Date,
): Promise<Shown> {
  await takeAttempt([guestLimit(guest)], now);
  const shown = await findForGuest(guest, documentId);
  if (!shown || (kind === "downloaded" && shown.level !== "download")) throw new AppError("NOT_FOUND");
  const room = await roomOf(guest);
  const deed = { kind, by: by(guest), groupId: guest.groupId, documentId, versionId: shown.versionId };
  await db.$transaction((tx) => recordActivity(tx, room, deed, now));
  return shown;
}

/** How long each page was looked at, as the guest's browser says: one event, a row a page. */
export async function readPages(guest: Guest, { documentId, pages }: ReadPages, now: Date): Promise<Result<null>> {
  await takeAttempt([guestLimit(guest)], now);
  const shown = await findForGuest(guest, documentId);
  if (!shown) throw new AppError("NOT_FOUND");
  const room = await roomOf(guest);
  const seconds = pages.reduce((sum, page) => sum + page.seconds, 0);
  const [first, ...rest] = pages;
  await db.$transaction(async (tx) => {
    const row = {
      roomId: room.id,
      groupId: guest.groupId,
      actor: guest.ref,
      actorName: guest.email,
      kind: "read",
      at: now,
    };
    await tx.roomActivity.createMany({
      data: rest.map((one) => ({ ...row, ...one, documentId, versionId: shown.versionId })),
    });
    const deed = {
      kind: "read" as const,
      by: by(guest),
      groupId: guest.groupId,
      documentId,
      versionId: shown.versionId,
      ...first,
    };
    await recordActivity(tx, room, { ...deed, detail: { pages: pages.length, secondsInAll: seconds } }, now);
  });
  return ok(null);
}

export async function noteSearch(guest: Guest, q: string, now: Date): Promise<void> {
  await takeAttempt([guestLimit(guest)], now);
  const room = await roomOf(guest);
  await db.$transaction((tx) =>
    recordActivity(tx, room, { kind: "searched", by: by(guest), groupId: guest.groupId, detail: { q } }, now),
  );
}

/** Goes to the owner of the section; a group may ask so many in a week. */
export async function askQuestion(
  guest: Guest,
  input: AskQuestion,
  now: Date,
): Promise<Result<{ number: number }, "TOO_MANY">> {
  const { documentId, text } = input;
  const about = documentId ? await findForGuest(guest, documentId) : null;
  if (documentId && !about) throw new AppError("NOT_FOUND");
  return db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "data_room" WHERE "id" = ${guest.roomId}::uuid FOR UPDATE`;
    const room = await tx.dataRoom.findUniqueOrThrow({ where: { id: guest.roomId } });
    const group = await tx.roomGroup.findUniqueOrThrow({ where: { id: guest.groupId } });
    const asked = await tx.roomQuestion.findMany({
      where: { groupId: guest.groupId },
      select: { askedAt: true },
      orderBy: { askedAt: "desc" },
      take: 500,
    });
    if (
      questionsLeft(
        asked.map(({ askedAt }) => askedAt),
        group.questionsPerWeek,
        now,
      ) === 0
    )
      return refuse("TOO_MANY" as const);
    const section = about?.section ?? input.section;
    const owner =
      section === null
        ? null
        : await tx.roomSection.findUnique({ where: { roomId_number: { roomId: room.id, number: section } } });
    const last = await tx.roomQuestion.aggregate({ where: { roomId: room.id }, _max: { number: true } });
    const number = (last._max.number ?? 0) + 1;
    await tx.roomQuestion.create({
      data: {
        ...{
          roomId: room.id,
          groupId: guest.groupId,
          guestId: guest.id,
          number,
          section,
          documentId,
          text,
          askedAt: now,
        },
        routedTo: owner?.ownerId ?? null,
      },
    });
    const deed = {
      kind: "asked" as const,
      by: by(guest),
      groupId: guest.groupId,
      ...(documentId ? { documentId } : {}),
    };
    await recordActivity(tx, room, { ...deed, detail: { number, section, routedTo: owner?.ownerId ?? null } }, now);
    await tellOfQuestions(tx, room, true, now);
    return ok({ number });
  });
}

/** Did not agree: the session ends, and the holding is told. Nothing was shown. */
export async function declineNda(guest: Guest, now: Date): Promise<Result<null>> {
  const room = await roomOf(guest);
  await db.$transaction(async (tx) => {
    await tx.roomSession.updateMany({ where: { id: guest.sessionId, revokedAt: null }, data: { revokedAt: now } });
    await recordActivity(tx, room, { kind: "declined", by: by(guest), groupId: guest.groupId }, now);
  });
  return ok(null);
}

/** Signing out; a second time is nothing. */
export async function leaveRoom(guest: Guest, now: Date): Promise<Result<null>> {
  await db.roomSession.updateMany({ where: { id: guest.sessionId, revokedAt: null }, data: { revokedAt: now } });
  return ok(null);
}
