import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { type Actor, mintActor } from "./actor";
import { TOUCH_MS } from "./rules";
import { hashToken, newToken } from "./secrets";
import { visibleVentures } from "./sessions";

const PREFIX = "chm_";
/** Enough of it to recognise, nothing to use. */
const SHOWN_CHARACTERS = 10;
const DAY = 24 * 60 * 60_000;

/** The person behind an `Authorization: Bearer chm_…` header, with the role of this moment; null when it opens nothing. */
export async function actorFromAccessToken(header: string | null, now: Date): Promise<Actor | null> {
  const token = /^Bearer (chm_[A-Za-z0-9_-]{43})$/.exec(header ?? "")?.[1];
  if (!token) return null;
  const row = await db.accessToken.findUnique({
    where: { hash: hashToken(token) },
    include: { user: { include: { grants: true } } },
  });
  if (!row || row.revokedAt || row.expiresAt <= now || row.user.disabledAt) return null;
  if (!row.lastUsedAt || now.getTime() - row.lastUsedAt.getTime() > TOUCH_MS)
    await db.accessToken.update({ where: { id: row.id }, data: { lastUsedAt: now } });
  const granted = row.user.grants.map((grant) => grant.ventureId);
  return mintActor({
    id: row.userId,
    ref: `user:${row.userId}`,
    name: row.user.name,
    role: row.user.role,
    ventures: visibleVentures(row.user.role, granted),
    sessionId: null,
    steppedUpAt: null,
  });
}

/** The token is in the answer and nowhere else: only its hash is kept. */
export async function createAccessToken(
  actor: Actor,
  input: { name: string; days: number },
  now: Date,
): Promise<{ id: string; token: string }> {
  const token = newToken(PREFIX);
  return await db.$transaction(async (tx) => {
    const row = await tx.accessToken.create({
      data: {
        userId: actor.id,
        name: input.name,
        prefix: token.slice(0, SHOWN_CHARACTERS),
        hash: hashToken(token),
        createdAt: now,
        expiresAt: new Date(now.getTime() + input.days * DAY),
      },
    });
    await recordEvent(tx, {
      ventureId: null,
      type: "access-token.created",
      actor: actor.ref,
      subject: `access-token:${row.id}`,
      payload: { name: input.name, days: input.days },
      at: now,
    });
    return { id: row.id, token };
  });
}

export async function revokeAccessToken(actor: Actor, tokenId: string, now: Date): Promise<void> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.accessToken.updateMany({
      where: { id: tokenId, userId: actor.id, revokedAt: null },
      data: { revokedAt: now },
    });
    if (count === 0) throw new AppError("NOT_FOUND");
    await recordEvent(tx, {
      ventureId: null,
      type: "access-token.revoked",
      actor: actor.ref,
      subject: `access-token:${tokenId}`,
      payload: {},
      at: now,
    });
  });
}
