import "server-only";
import { randomInt, timingSafeEqual } from "node:crypto";
import { recordEvent } from "@/lib/audit/mutations";
import { HOLDER_SESSION_MS, type Holder } from "@/lib/auth/holder-session";
import { type Limit, takeAttempt } from "@/lib/auth/rate-limit";
import { encryptSecret, hashToken, newToken, signWith } from "@/lib/auth/secrets";
import { db, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { canMail, sendMail } from "@/lib/integrations/mail";
import { logger } from "@/lib/logger";
import { findOpenDoor, findShown, type ShownStatement } from "../../queries/records/holder-view";
import { codeOwner } from "../../queries/records/statements";
import type { EnterHolder } from "../../schema/records";

const CODE_MS = 10 * 60_000;
const MOST_TRIES = 5;
const QUARTER = 15 * 60_000;

type Visitor = { address: string; userAgent: string };

const limits = (what: string, link: string, email: string, { address }: Visitor): Limit[] => [
  { key: `holder-${what}:${hashToken(`${link} ${email}`)}`, attempts: 6, windowMs: QUARTER },
  { key: `holder-${what}-address:${address}`, attempts: 60, windowMs: QUARTER },
];
const codeHash = (codeId: string, code: string): string => signWith("guest-code", `${codeOwner(codeId)}:${code}`);
const sameHash = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** Always the same answer, so that nobody learns which addresses are named, or whether a link still leads anywhere. */
export async function askHolderCode(
  { link, email }: { link: string; email: string },
  visitor: Visitor,
  now: Date,
): Promise<Result<{ sent: true }>> {
  await takeAttempt(limits("code", link, email, visitor), now);
  const door = await findOpenDoor(link, email, now);
  if (door) await issueCode(door.id, email, now);
  return ok({ sent: true as const });
}

async function issueCode(accessId: string, email: string, now: Date): Promise<void> {
  const code = String(randomInt(0, 1_000_000)).padStart(6, "0");
  const expiresAt = new Date(now.getTime() + CODE_MS);
  await db.$transaction(async (tx) => {
    // The newest counts; an older one is dead from here on.
    await tx.holderCode.updateMany({
      where: { accessId, email, usedAt: null },
      data: { expiresAt: now, sealed: null },
    });
    const data = { accessId, email, codeHash: "0".repeat(64), sentAt: now, expiresAt };
    const row = await tx.holderCode.create({ data });
    const sealed = canMail() ? null : encryptSecret("guest-code", codeOwner(row.id), code);
    await tx.holderCode.update({ where: { id: row.id }, data: { codeHash: codeHash(row.id, code), sealed } });
  });
  if (!canMail()) return;
  const text = `Your code for your distribution statement is ${code}. It counts for ten minutes and once.\n\nIf you did not ask for it, nothing has happened; ignore this letter.`;
  // Not waited for: how long a letter takes must not tell whether there was one.
  sendMail({ to: email, subject: "Your code for your statement", text }).catch((error: unknown) =>
    logger.error({ err: error }, "A holder's code was not sent"),
  );
}

/** Counts the try in one statement before the code is looked at, so that parallel tries cannot share one. */
async function tryCode(accessId: string, email: string, now: Date): Promise<{ id: string; codeHash: string } | null> {
  const [row] = await db.$queryRaw<{ id: string; codeHash: string }[]>`
    UPDATE "holder_code" SET "attempts" = "attempts" + 1
    WHERE "id" = (SELECT "id" FROM "holder_code" WHERE "accessId" = ${accessId}::uuid AND "email" = ${email}
        AND "usedAt" IS NULL AND "expiresAt" > ${now} ORDER BY "sentAt" DESC, "id" DESC LIMIT 1)
      AND "attempts" < ${MOST_TRIES}
    RETURNING "id"::text, "codeHash"`;
  return row ?? null;
}

export type HolderEntered = { token: string; expiresAt: Date };

/** The right code within its time and tries starts a session; every other way is one and the same refusal. */
export async function enterHolder(
  { link, email, code }: EnterHolder,
  visitor: Visitor,
  now: Date,
): Promise<Result<HolderEntered, "CODE_REFUSED">> {
  await takeAttempt(limits("enter", link, email, visitor), now);
  const door = await findOpenDoor(link, email, now);
  const tried = door && (await tryCode(door.id, email, now));
  if (!door || !tried || !sameHash(tried.codeHash, codeHash(tried.id, code))) return refuse("CODE_REFUSED");
  return db.$transaction(async (tx) => {
    const { count } = await tx.holderCode.updateMany({
      where: { id: tried.id, usedAt: null },
      data: { usedAt: now, sealed: null },
    });
    if (count === 0) return refuse("CODE_REFUSED" as const);
    const token = newToken("holding_");
    const expiresAt = new Date(now.getTime() + HOLDER_SESSION_MS);
    await tx.holderSession.create({
      data: {
        ...{ accessId: door.id, email, tokenHash: hashToken(token), createdAt: now, lastSeenAt: now, expiresAt },
        ...{ address: visitor.address.slice(0, 64), userAgent: visitor.userAgent.slice(0, 300) },
      },
    });
    await note(tx, { ...door, accessId: door.id, email }, { kind: "entered", statementId: null }, now);
    return ok({ token, expiresAt });
  });
}

type Who = { accessId: string; ventureId: string; email: string };
type Did = { kind: "entered" | "opened" | "downloaded"; statementId: string | null };

/** What a holder did: a row to count, and an event of the record, in one transaction. */
async function note(tx: Tx, { accessId, ventureId, email }: Who, { kind, statementId }: Did, now: Date): Promise<void> {
  await tx.holderActivity.create({ data: { accessId, statementId, email, kind, at: now } });
  await recordEvent(tx, {
    ...{ ventureId, type: `holder-statement.${kind}`, actor: `holder:${accessId}`, at: now },
    subject: statementId ? `holder-statement:${statementId}` : `holder-access:${accessId}`,
    payload: { email },
  });
}

const readLimit = ({ sessionId }: Holder): Limit => ({
  key: `holder-read:${sessionId}`,
  attempts: 120,
  windowMs: QUARTER,
});

/** A holder opens or takes one of its own statements; whether it may is asked anew at each time. */
export async function showStatement(
  holder: Holder,
  statementId: string,
  kind: "opened" | "downloaded",
  now: Date,
): Promise<ShownStatement> {
  await takeAttempt([readLimit(holder)], now);
  const shown = await findShown(holder, statementId);
  if (!shown) throw new AppError("NOT_FOUND");
  await db.$transaction((tx) => note(tx, holder, { kind, statementId }, now));
  return shown;
}

/** Signing out; a second time is nothing. */
export async function leaveHolder({ sessionId }: Holder, now: Date): Promise<Result<null>> {
  await db.holderSession.updateMany({ where: { id: sessionId, revokedAt: null }, data: { revokedAt: now } });
  return ok(null);
}
