import "server-only";
import { randomInt, timingSafeEqual } from "node:crypto";
import { GUEST_SESSION_MS } from "@/lib/auth/guest-session";
import { type Limit, takeAttempt } from "@/lib/auth/rate-limit";
import { encryptSecret, hashToken, newToken, signWith } from "@/lib/auth/secrets";
import { db, type Tx } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/errors";
import { canMail, sendMail } from "@/lib/integrations/mail";
import { logger } from "@/lib/logger";
import { roomDay } from "../queries/room-day";
import { isInvited, shutBecause } from "../rules/terms";
import type { Enter } from "../schema/guests";
import { recordActivity } from "./activity";
import { termsOf } from "./groups";

const CODE_MS = 10 * 60_000;
const MOST_TRIES = 5;
const QUARTER = 15 * 60_000;

export type Visitor = { address: string; userAgent: string };

const limits = (what: string, link: string, email: string, { address }: Visitor): Limit[] => [
  { key: `room-${what}:${hashToken(`${link} ${email}`)}`, attempts: 6, windowMs: QUARTER },
  { key: `room-${what}-address:${address}`, attempts: 60, windowMs: QUARTER },
];

const codeHash = (codeId: string, code: string): string => signWith("guest-code", `${codeId}:${code}`);
const sameHash = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(a), Buffer.from(b));
export const codeOwner = (codeId: string): string => `room-code:${codeId}`;

async function findOpenGroup(link: string, email: string, now: Date) {
  const group = await db.roomGroup.findUnique({ where: { linkHash: hashToken(link) }, include: { room: true } });
  const terms = termsOf(group?.terms);
  if (!group || !terms) return null;
  if (shutBecause({ terms, revokedAt: group.revokedAt }, await roomDay(group.room.ventureId, now))) return null;
  return isInvited(terms, email) ? group : null;
}

/** Always the same answer, so that nobody learns which addresses are on a list, or whether a link still leads anywhere. */
export async function askCode(
  input: { link: string; email: string },
  visitor: Visitor,
  now: Date,
): Promise<Result<{ sent: true }>> {
  await takeAttempt(limits("code", input.link, input.email, visitor), now);
  const group = await findOpenGroup(input.link, input.email, now);
  if (group) await issueCode(group.id, input.email, now);
  return ok({ sent: true as const });
}

async function issueCode(groupId: string, email: string, now: Date): Promise<void> {
  const code = String(randomInt(0, 1_000_000)).padStart(6, "0");
  const expiresAt = new Date(now.getTime() + CODE_MS);
  await db.$transaction(async (tx) => {
    // The newest counts; an older one is dead from here on.
    await tx.roomCode.updateMany({ where: { groupId, email, usedAt: null }, data: { expiresAt: now, sealed: null } });
    const row = await tx.roomCode.create({
      data: { groupId, email, codeHash: "0".repeat(64), sentAt: now, expiresAt },
    });
    const sealed = canMail() ? null : encryptSecret("guest-code", codeOwner(row.id), code);
    await tx.roomCode.update({ where: { id: row.id }, data: { codeHash: codeHash(row.id, code), sealed } });
  });
  if (!canMail()) return;
  const text = `Your code for the data room is ${code}. It counts for ten minutes and once.\n\nIf you did not ask for it, nothing has happened; ignore this letter.`;
  // Not waited for: how long a letter takes must not tell whether there was one.
  sendMail({ to: email, subject: "Your code for the data room", text }).catch((error: unknown) =>
    logger.error({ err: error }, "A guest's code was not sent"),
  );
}

export type Entered = { token: string; expiresAt: Date };

/** The right code within its time and tries starts a session; every other way is one and the same refusal. */
export async function enterRoom(input: Enter, visitor: Visitor, now: Date): Promise<Result<Entered, "CODE_REFUSED">> {
  const { link, email, code } = input;
  await takeAttempt(limits("enter", link, email, visitor), now);
  const group = await findOpenGroup(link, email, now);
  if (!group) return refuse("CODE_REFUSED");
  const tried = await tryCode(group.id, email, now);
  if (!tried || !sameHash(tried.codeHash, codeHash(tried.id, code))) return refuse("CODE_REFUSED");
  return db.$transaction(async (tx) => {
    const { count } = await tx.roomCode.updateMany({
      where: { id: tried.id, usedAt: null },
      data: { usedAt: now, sealed: null },
    });
    if (count === 0) return refuse("CODE_REFUSED" as const);
    const entered = await startSession(tx, group.id, email, visitor, now);
    const deed = { kind: "entered" as const, by: { ref: `guest:${entered.guestId}`, name: email }, groupId: group.id };
    await recordActivity(tx, group.room, { ...deed, detail: { address: visitor.address } }, now);
    return ok({ token: entered.token, expiresAt: entered.expiresAt });
  });
}

/** Counts the try in one statement before the code is looked at, so that parallel tries cannot share one. */
async function tryCode(groupId: string, email: string, now: Date): Promise<{ id: string; codeHash: string } | null> {
  const [row] = await db.$queryRaw<{ id: string; codeHash: string }[]>`
    UPDATE "room_code" SET "attempts" = "attempts" + 1
    WHERE "id" = (SELECT "id" FROM "room_code" WHERE "groupId" = ${groupId}::uuid AND "email" = ${email}
        AND "usedAt" IS NULL AND "expiresAt" > ${now} ORDER BY "sentAt" DESC, "id" DESC LIMIT 1)
      AND "attempts" < ${MOST_TRIES}
    RETURNING "id"::text, "codeHash"`;
  return row ?? null;
}

async function startSession(tx: Tx, groupId: string, email: string, visitor: Visitor, now: Date) {
  const guest = await tx.roomGuest.upsert({
    where: { groupId_email: { groupId, email } },
    create: { groupId, email, firstSeenAt: now },
    update: {},
  });
  const token = newToken("guest_");
  const expiresAt = new Date(now.getTime() + GUEST_SESSION_MS);
  await tx.roomSession.create({
    data: {
      ...{ guestId: guest.id, tokenHash: hashToken(token), createdAt: now, lastSeenAt: now, expiresAt },
      ...{ address: visitor.address.slice(0, 64), userAgent: visitor.userAgent.slice(0, 300) },
    },
  });
  return { token, expiresAt, guestId: guest.id };
}
