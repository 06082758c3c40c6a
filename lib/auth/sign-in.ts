import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { logger } from "@/lib/logger";
import { hashPassword, verifyPassword } from "./password";
import { accountLimit, addressLimit, forgive, type Limit, takeAttempt } from "./rate-limit";
import { passwordProblem } from "./rules";
import { type Credentials, credentialsSchema, invitationSchema } from "./schema";
import { hashToken } from "./secrets";
import { type Client, endSessions, startSession } from "./sessions";
import { acceptCode } from "./totp";

export type SignInRefusal =
  | "WRONG_CREDENTIALS"
  | "RATE_LIMITED"
  | "SECOND_FACTOR_NEEDED"
  | "SECOND_FACTOR_WRONG"
  | "INVITATION_INVALID"
  | "PASSWORD_WEAK";
type SignIn = Result<{ userId: string; sessionId: string }, SignInRefusal>;

async function isRateLimited(limits: readonly Limit[], now: Date): Promise<boolean> {
  try {
    await takeAttempt(limits, now);
    return false;
  } catch (error) {
    if (error instanceof AppError && error.code === "RATE_LIMITED") return true;
    throw error;
  }
}

/** The answer, and the work done for it, are the same whether the account is unknown, disabled or the password wrong. */
export async function signInWithPassword(raw: unknown, client: Client, now: Date): Promise<SignIn> {
  const parsed = credentialsSchema.safeParse(raw);
  if (!parsed.success) return refuse("WRONG_CREDENTIALS");
  const account = accountLimit(parsed.data.email);
  const address = addressLimit(client.address);
  if (await isRateLimited([account, address], now)) {
    logger.warn({ address: client.address }, "sign-in refused: too many attempts");
    return refuse("RATE_LIMITED");
  }
  const outcome = await checkPerson(parsed.data, client, now);
  if (outcome.ok) await forgive(account, address);
  else logger.info({ address: client.address, refusal: outcome.refusal }, "sign-in refused");
  return outcome;
}

async function checkPerson({ email, password, code }: Credentials, client: Client, now: Date): Promise<SignIn> {
  const user = await db.user.findUnique({ where: { email } });
  const matches = await verifyPassword(user?.passwordHash ?? null, password);
  if (!user || !matches || user.disabledAt) return refuse("WRONG_CREDENTIALS");
  // The README names these passwords: outside a demo start they open nothing, even if an account of them is left.
  if (user.demo && env().DEMO !== "1") return refuse("WRONG_CREDENTIALS");
  if (user.totpEnabledAt) {
    if (!code) return refuse("SECOND_FACTOR_NEEDED");
    if (!(await acceptCode(user, code, now))) return refuse("SECOND_FACTOR_WRONG");
  }
  const sessionId = await startSession({
    userId: user.id,
    method: "password",
    client,
    steppedUpAt: user.totpEnabledAt ? now : null,
    passwordChangedAt: user.passwordChangedAt,
    now,
  });
  return sessionId ? ok({ userId: user.id, sessionId }) : refuse("WRONG_CREDENTIALS");
}

/** A one-time link: sets the password that the person chose, ends what was signed in before, and signs in. */
export async function signInWithInvitation(raw: unknown, client: Client, now: Date): Promise<SignIn> {
  const parsed = invitationSchema.safeParse(raw);
  if (!parsed.success) return refuse("INVITATION_INVALID");
  if (await isRateLimited([addressLimit(client.address)], now)) return refuse("RATE_LIMITED");
  const { token, password } = parsed.data;
  const invitation = await db.invitation.findUnique({ where: { hash: hashToken(token) }, include: { user: true } });
  if (!invitation || invitation.usedAt || invitation.expiresAt <= now || invitation.user.disabledAt)
    return refuse("INVITATION_INVALID");
  if (passwordProblem(password, invitation.user.email)) return refuse("PASSWORD_WEAK");
  const { userId } = invitation;
  if (!(await redeem(invitation.id, userId, await hashPassword(password), now))) return refuse("INVITATION_INVALID");
  const input = { userId, method: "invitation" as const, client, steppedUpAt: null, passwordChangedAt: now, now };
  const sessionId = await startSession(input);
  return sessionId ? ok({ userId, sessionId }) : refuse("INVITATION_INVALID");
}

async function redeem(invitationId: string, userId: string, passwordHash: string, now: Date): Promise<boolean> {
  return await db.$transaction(async (tx) => {
    const taken = await tx.invitation.updateMany({
      where: { id: invitationId, usedAt: null },
      data: { usedAt: now },
    });
    if (taken.count === 0) return false;
    await tx.user.update({ where: { id: userId }, data: { passwordHash, passwordChangedAt: now } });
    await endSessions(tx, { userId }, "password set by invitation", now);
    await recordEvent(tx, {
      ventureId: null,
      type: "password.set",
      actor: `user:${userId}`,
      subject: `user:${userId}`,
      payload: { by: "invitation" },
      at: now,
    });
    return true;
  });
}
