import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { cache } from "react";
import { clock } from "@/lib/clock";
import { roomDay } from "@/lib/data-room/queries/room-day";
import { isInvited, shutBecause } from "@/lib/data-room/rules/terms";
import { termsSchema } from "@/lib/data-room/schema/guests";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { isSecureSite } from "./cookies";
import { type Guest, mintGuest } from "./guest";
import { hashToken } from "./secrets";

export type { Guest } from "./guest";

/** Twelve hours: a working day; then a new code. */
export const GUEST_SESSION_MS = 12 * 60 * 60_000;
const TOUCH_MS = 60_000;
const cookieName = (): string => (isSecureSite(env().NEXTAUTH_URL) ? "__Secure-room" : "room");

const stated = new AsyncLocalStorage<{ guest: Guest | null }>();

/** For tests, where no request carries a cookie. */
export const withGuest = <T>(guest: Guest | null, work: () => Promise<T>): Promise<T> => stated.run({ guest }, work);

/** Everything is asked of the database at every request: what was taken back a second ago is gone. */
export async function guestOfToken(token: string, now: Date): Promise<Guest | null> {
  const session = await db.roomSession.findUnique({
    where: { tokenHash: hashToken(token) },
    include: {
      guest: {
        include: { group: { include: { room: { include: { ndas: { orderBy: { version: "desc" }, take: 1 } } } } } },
      },
    },
  });
  if (!session || session.revokedAt || session.expiresAt <= now) return null;
  const { guest } = session;
  const { group } = guest;
  const terms = group.terms === null ? null : termsSchema.parse(group.terms);
  if (!terms || !group.linkHash) return null;
  if (shutBecause({ terms, revokedAt: group.revokedAt }, await roomDay(group.room.ventureId, now))) return null;
  if (!isInvited(terms, guest.email)) return null;
  if (now.getTime() - session.lastSeenAt.getTime() > TOUCH_MS) {
    await db.roomSession.updateMany({ where: { id: session.id, lastSeenAt: { lt: now } }, data: { lastSeenAt: now } });
  }
  const nda = group.room.ndas.at(0)?.version ?? null;
  return mintGuest({
    ...{ id: guest.id, ref: `guest:${guest.id}`, email: guest.email, sessionId: session.id, groupId: group.id },
    ...{ roomId: group.roomId, ventureId: group.room.ventureId, linkHash: group.linkHash, terms },
    agreed: nda !== null && guest.ndaVersion === nda,
  });
}

const guestOfRequest = cache(async (): Promise<Guest | null> => {
  const { cookies } = await import("next/headers");
  const cookie = (await cookies()).get(cookieName());
  return cookie ? guestOfToken(cookie.value, clock.now()) : null;
});

/** Who is behind this link now, or null: a session of another link counts for nothing here. */
export async function findGuest(link: string): Promise<Guest | null> {
  const given = stated.getStore();
  const guest = given ? given.guest : await guestOfRequest();
  return guest && guest.linkHash === hashToken(link) ? guest : null;
}

/** For endpoints: the session alone, before anything that was sent is looked at. */
export async function requireGuestSession(): Promise<Guest> {
  const given = stated.getStore();
  const guest = given ? given.guest : await guestOfRequest();
  if (!guest) throw new AppError("UNAUTHENTICATED");
  return guest;
}

/** Sent to this room's address only; no script reads it. */
export async function keepGuestCookie(link: string, token: string, expires: Date): Promise<void> {
  const { cookies } = await import("next/headers");
  (await cookies()).set(cookieName(), token, {
    ...{ path: `/room/${link}`, httpOnly: true, sameSite: "lax" as const, expires },
    secure: isSecureSite(env().NEXTAUTH_URL),
  });
}

export async function dropGuestCookie(link: string): Promise<void> {
  const { cookies } = await import("next/headers");
  // A browser takes a cookie named __Secure only with the mark, even to forget it.
  const secure = isSecureSite(env().NEXTAUTH_URL);
  (await cookies()).set(cookieName(), "", { path: `/room/${link}`, httpOnly: true, secure, expires: new Date(0) });
}
