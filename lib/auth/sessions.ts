import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { db, type Prisma, read, type Tx } from "@/lib/db";
import { type Actor, mintActor } from "./actor";
import { isPermitted, type Role } from "./permissions";
import { isSessionAlive, SESSION_LIFETIME_MS, TOUCH_MS } from "./rules";

export type Client = { address: string; userAgent: string };
export type SignInMethod = "password" | "invitation" | "oidc";

type NewSession = {
  userId: string;
  method: SignInMethod;
  client: Client;
  /** When the person proved a second factor while signing in. */
  steppedUpAt: Date | null;
  /** The password's age as it was checked: one that was changed in between starts nothing. */
  passwordChangedAt: Date | null;
  now: Date;
};

/** Null when the account was disabled, or its password changed, while the person was signing in. */
export async function startSession(input: NewSession): Promise<string | null> {
  const { userId, method, client, now } = input;
  return await db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "app_user" WHERE "id" = ${userId}::uuid FOR UPDATE`;
    const user = await tx.user.findUnique({ where: { id: userId } });
    if (!user || user.disabledAt) return null;
    if (method === "password" && user.passwordChangedAt?.getTime() !== input.passwordChangedAt?.getTime()) return null;
    const session = await tx.session.create({
      data: {
        userId,
        method,
        role: user.role,
        createdAt: now,
        lastSeenAt: now,
        expiresAt: new Date(now.getTime() + SESSION_LIFETIME_MS),
        address: client.address.slice(0, 64),
        userAgent: client.userAgent.slice(0, 300),
        steppedUpAt: input.steppedUpAt,
      },
    });
    await tx.user.update({ where: { id: userId }, data: { lastSeenAt: now } });
    const subject = `session:${session.id}`;
    const payload = { method, address: client.address };
    await recordEvent(tx, {
      ventureId: null,
      type: "session.started",
      actor: `user:${userId}`,
      subject,
      payload,
      at: now,
    });
    return session.id;
  });
}

type SessionRow = {
  id: string;
  userId: string;
  lastSeenAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  steppedUpAt: Date | null;
  name: string;
  role: Role;
  ventures: string[];
};

/**
 * The ventures that a person's queries reach: those granted; all, for a reader without grants. Guests and
 * administrators read no venture unless it is granted, so a page that forgot to ask shows them an empty one.
 */
export const visibleVentures = (role: Role, granted: readonly string[]): "all" | readonly string[] =>
  granted.length === 0 && isPermitted(role, "venture:read") ? "all" : granted;

const SESSION = `
  SELECT s."id", s."userId", s."lastSeenAt", s."expiresAt", s."revokedAt", s."steppedUpAt", u."name", u."role"::text AS "role",
    ARRAY(SELECT g."ventureId"::text FROM "venture_grant" g WHERE g."userId" = u."id") AS "ventures"
  FROM "session" s JOIN "app_user" u ON u."id" = s."userId"
  WHERE s."id" = $1::uuid AND s."role" = u."role" AND u."disabledAt" IS NULL`;

/** One query, at every request: a session that was revoked, or whose person changed role, ends here and now. */
export async function actorOfSession(sessionId: string, now: Date): Promise<Actor | null> {
  const [row] = await read<SessionRow>(SESSION, [sessionId]);
  if (!row || !isSessionAlive(row, now)) return null;
  if (now.getTime() - row.lastSeenAt.getTime() > TOUCH_MS) {
    await db.session.updateMany({ where: { id: row.id, lastSeenAt: { lt: now } }, data: { lastSeenAt: now } });
  }
  return mintActor({
    id: row.userId,
    ref: `user:${row.userId}`,
    name: row.name,
    role: row.role,
    ventures: visibleVentures(row.role, row.ventures),
    sessionId: row.id,
    steppedUpAt: row.steppedUpAt,
  });
}

/** Ends what `where` names, inside the caller's transaction; returns how many ended. */
export async function endSessions(tx: Tx, where: Prisma.SessionWhereInput, reason: string, now: Date): Promise<number> {
  const { count } = await tx.session.updateMany({
    where: { ...where, revokedAt: null },
    data: { revokedAt: now, revokedReason: reason },
  });
  return count;
}

/** Signing out; a second time is nothing. */
export async function endOwnSession(sessionId: string, now: Date): Promise<void> {
  await db.$transaction(async (tx) => {
    const session = await tx.session.findUnique({ where: { id: sessionId } });
    if (!session || (await endSessions(tx, { id: sessionId }, "signed out", now)) === 0) return;
    await recordEvent(tx, {
      ventureId: null,
      type: "session.ended",
      actor: `user:${session.userId}`,
      subject: `session:${sessionId}`,
      payload: { reason: "signed out" },
      at: now,
    });
  });
}
