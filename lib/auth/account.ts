import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { db, type Prisma } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import type { Actor } from "./actor";
import { hashPassword, verifyPassword } from "./password";
import { forgive, secondFactorLimit, takeAttempt } from "./rate-limit";
import { type PasswordProblem, passwordProblem } from "./rules";
import { endSessions } from "./sessions";
import { acceptCode, newSecondFactor } from "./totp";

const own = (actor: Actor, type: string, payload: Prisma.InputJsonObject, at: Date) => ({
  ventureId: null,
  type,
  actor: actor.ref,
  subject: actor.ref,
  payload,
  at,
});

export async function changeName(actor: Actor, name: string, now: Date): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.user.update({ where: { id: actor.id }, data: { name } });
    await recordEvent(tx, own(actor, "user.renamed", { name }, now));
  });
}

/** Ends every other session of the person; the one that changed it goes on. */
export async function changePassword(
  actor: Actor,
  input: { current: string; next: string },
  now: Date,
): Promise<Result<{ endedSessions: number }, "WRONG_PASSWORD" | PasswordProblem>> {
  const limit = secondFactorLimit(actor.id);
  await takeAttempt([limit], now);
  const before = await db.user.findUniqueOrThrow({ where: { id: actor.id } });
  if (!(await verifyPassword(before.passwordHash, input.current))) return refuse("WRONG_PASSWORD");
  const problem = passwordProblem(input.next, before.email);
  if (problem) return refuse(problem);
  const passwordHash = await hashPassword(input.next);
  const endedSessions = await db.$transaction(async (tx) => {
    const changed = await tx.user.updateMany({
      where: { id: actor.id, passwordHash: before.passwordHash },
      data: { passwordHash, passwordChangedAt: now },
    });
    if (changed.count === 0) throw new AppError("CONFLICT");
    const others = actor.sessionId ? { userId: actor.id, id: { not: actor.sessionId } } : { userId: actor.id };
    const ended = await endSessions(tx, others, "password changed", now);
    await recordEvent(tx, own(actor, "password.changed", { endedSessions: ended }, now));
    return ended;
  });
  await forgive(limit, null);
  return ok({ endedSessions });
}

export type StepUpRefusal = "WRONG_CODE" | "WRONG_PASSWORD" | "CODE_NEEDED" | "NO_SESSION";

/** Proves presence: the second factor where there is one, the password again where there is none yet. */
export async function stepUp(
  actor: Actor,
  input: { code?: string; password?: string },
  now: Date,
): Promise<Result<{ secondFactor: boolean }, StepUpRefusal>> {
  const { sessionId } = actor;
  if (!sessionId) return refuse("NO_SESSION");
  const limit = secondFactorLimit(actor.id);
  await takeAttempt([limit], now);
  const user = await db.user.findUniqueOrThrow({ where: { id: actor.id } });
  const secondFactor = user.totpEnabledAt !== null;
  if (secondFactor && !input.code) return refuse("CODE_NEEDED");
  if (!secondFactor && !(await verifyPassword(user.passwordHash, input.password ?? "")))
    return refuse("WRONG_PASSWORD");
  const proved = await db.$transaction(async (tx) => {
    if (secondFactor && !(await acceptCode(user, input.code ?? "", now, tx))) return false;
    await tx.session.updateMany({ where: { id: sessionId, userId: actor.id }, data: { steppedUpAt: now } });
    const payload = { by: secondFactor ? "second factor" : "password" };
    await recordEvent(tx, { ...own(actor, "session.stepped-up", payload, now), subject: `session:${sessionId}` });
    return true;
  });
  if (!proved) return refuse("WRONG_CODE");
  await forgive(limit, null);
  return ok({ secondFactor });
}

/** A secret that waits for its first code; nothing is asked for it until `confirmSecondFactor`. */
export async function beginSecondFactor(
  actor: Actor,
  now: Date,
): Promise<Result<{ secret: string; uri: string }, "ALREADY_ENROLLED">> {
  const user = await db.user.findUniqueOrThrow({ where: { id: actor.id } });
  const fresh = newSecondFactor(user.id, user.email);
  return await db.$transaction(async (tx) => {
    const { count } = await tx.user.updateMany({
      where: { id: actor.id, totpEnabledAt: null },
      data: { totpSecret: fresh.encrypted, totpLastStep: null },
    });
    if (count === 0) return refuse("ALREADY_ENROLLED");
    await recordEvent(tx, own(actor, "second-factor.begun", {}, now));
    return ok({ secret: fresh.secret, uri: fresh.uri });
  });
}

export async function confirmSecondFactor(
  actor: Actor,
  code: string,
  now: Date,
): Promise<Result<null, "WRONG_CODE" | "ALREADY_ENROLLED">> {
  const limit = secondFactorLimit(actor.id);
  await takeAttempt([limit], now);
  const user = await db.user.findUniqueOrThrow({ where: { id: actor.id } });
  if (user.totpEnabledAt) return refuse("ALREADY_ENROLLED");
  const enrolled = await db.$transaction(async (tx) => {
    if (!(await acceptCode(user, code, now, tx))) return false;
    const { count } = await tx.user.updateMany({
      where: { id: actor.id, totpEnabledAt: null, totpSecret: user.totpSecret },
      data: { totpEnabledAt: now },
    });
    if (count === 0) throw new AppError("CONFLICT");
    await recordEvent(tx, own(actor, "second-factor.enrolled", {}, now));
    return true;
  });
  if (!enrolled) return refuse("WRONG_CODE");
  await forgive(limit, null);
  return ok(null);
}

export async function removeSecondFactor(actor: Actor, now: Date): Promise<void> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.user.updateMany({
      where: { id: actor.id, totpSecret: { not: null } },
      data: { totpSecret: null, totpEnabledAt: null, totpLastStep: null },
    });
    if (count === 0) throw new AppError("NOT_FOUND");
    await recordEvent(tx, own(actor, "second-factor.removed", {}, now));
  });
}

export async function revokeOwnSession(actor: Actor, sessionId: string, now: Date): Promise<void> {
  await db.$transaction(async (tx) => {
    const ended = await endSessions(tx, { id: sessionId, userId: actor.id }, "ended by its person", now);
    if (ended === 0) throw new AppError("NOT_FOUND");
    const payload = { reason: "ended by its person" };
    await recordEvent(tx, { ...own(actor, "session.ended", payload, now), subject: `session:${sessionId}` });
  });
}

export async function revokeOtherSessions(actor: Actor, now: Date): Promise<{ endedSessions: number }> {
  return await db.$transaction(async (tx) => {
    const others = actor.sessionId ? { userId: actor.id, id: { not: actor.sessionId } } : { userId: actor.id };
    const endedSessions = await endSessions(tx, others, "ended by its person", now);
    if (endedSessions > 0) await recordEvent(tx, own(actor, "user.signed-out", { endedSessions }, now));
    return { endedSessions };
  });
}
