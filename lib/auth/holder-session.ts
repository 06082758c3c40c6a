import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { cache } from "react";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { accessShut } from "@/lib/distribution/rules/records/access";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { dayIn } from "@/lib/format";
import { isSecureSite } from "./cookies";
import { hashToken } from "./secrets";

declare const proven: unique symbol;

/**
 * Somebody who has proved an address named for one holder of a venture. Not an actor, and no guest of a data room: it opens
 * this holder's own statements and nothing else. Minted only here.
 */
export type Holder = {
  readonly accessId: string;
  readonly email: string;
  readonly sessionId: string;
  readonly ventureId: string;
  readonly holderId: string;
  readonly name: string;
  /** The hash of the link that the session belongs to: another link is another door. */
  readonly linkHash: string;
  /** The last day. */
  readonly until: string;
  readonly [proven]: true;
};

/** Twelve hours: a working day; then a new code. */
export const HOLDER_SESSION_MS = 12 * 60 * 60_000;
const TOUCH_MS = 60_000;
const cookieName = (): string => (isSecureSite(env().NEXTAUTH_URL) ? "__Secure-holder" : "holder");

const stated = new AsyncLocalStorage<{ holder: Holder | null }>();

/** For tests, where no request carries a cookie. */
export const withHolder = <T>(holder: Holder | null, work: () => Promise<T>): Promise<T> =>
  stated.run({ holder }, work);

/** For the tests of endpoints: a holder of nothing. */
export const mintHolder = (holder: Omit<Holder, typeof proven>): Holder => holder as Holder;

/** Everything is asked of the database at every request: what was taken back a second ago is gone. */
export async function holderOfToken(token: string, now: Date): Promise<Holder | null> {
  const session = await db.holderSession.findUnique({
    where: { tokenHash: hashToken(token) },
    include: { access: true },
  });
  if (!session || session.revokedAt || session.expiresAt <= now) return null;
  const { access, email } = session;
  const { linkHash, ventureId, holderId, name, revokedAt } = access;
  const until = access.expiresOn.toISOString().slice(0, 10);
  if (!linkHash || !access.emails.includes(email)) return null;
  const venture = await db.venture.findUnique({ where: { id: ventureId }, select: { timeZone: true } });
  const today = venture && dayIn(now, venture.timeZone).toString();
  if (!today || accessShut({ revokedAt, expiresOn: until }, today)) return null;
  if (now.getTime() - session.lastSeenAt.getTime() > TOUCH_MS)
    await db.holderSession.updateMany({
      where: { id: session.id, lastSeenAt: { lt: now } },
      data: { lastSeenAt: now },
    });
  const who = { accessId: access.id, email, sessionId: session.id, ventureId, holderId, name };
  return mintHolder({ ...who, linkHash, until });
}

const holderOfRequest = cache(async (): Promise<Holder | null> => {
  const { cookies } = await import("next/headers");
  const cookie = (await cookies()).get(cookieName());
  return cookie ? holderOfToken(cookie.value, clock.now()) : null;
});

/** Who is behind this link now, or null: a session of another link counts for nothing here. */
export async function findHolder(link: string): Promise<Holder | null> {
  const given = stated.getStore();
  const holder = given ? given.holder : await holderOfRequest();
  return holder && holder.linkHash === hashToken(link) ? holder : null;
}

/** For endpoints: the session alone, before anything that was sent is looked at. */
export async function requireHolderSession(): Promise<Holder> {
  const given = stated.getStore();
  const holder = given ? given.holder : await holderOfRequest();
  if (!holder) throw new AppError("UNAUTHENTICATED");
  return holder;
}

/** Sent to this link's address only; no script reads it. */
export async function keepHolderCookie(link: string, token: string, expires: Date): Promise<void> {
  const { cookies } = await import("next/headers");
  (await cookies()).set(cookieName(), token, {
    ...{ path: `/room/${link}`, httpOnly: true, sameSite: "lax" as const, expires },
    secure: isSecureSite(env().NEXTAUTH_URL),
  });
}

export async function dropHolderCookie(link: string): Promise<void> {
  const { cookies } = await import("next/headers");
  // A browser takes a cookie named __Secure only with the mark, even to forget it.
  const secure = isSecureSite(env().NEXTAUTH_URL);
  (await cookies()).set(cookieName(), "", { path: `/room/${link}`, httpOnly: true, secure, expires: new Date(0) });
}
