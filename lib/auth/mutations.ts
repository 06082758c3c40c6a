import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { db, Prisma, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import type { Actor } from "./actor";
import { hashPassword } from "./password";
import type { Role } from "./permissions";
import {
  decidePersonChange,
  INVITATION_MS,
  mayManageRole,
  normalizeEmail,
  type PasswordProblem,
  type PeopleRefusal,
  passwordProblem,
} from "./rules";
import type { NewPerson } from "./schema";
import { hashToken, newToken } from "./secrets";
import { endSessions } from "./sessions";

export type NewUser = NewPerson & { password?: string | null; demo?: boolean };

const aboutPerson = (type: string, by: string, userId: string, payload: Prisma.InputJsonObject, at: Date) => ({
  ventureId: null,
  type,
  actor: by,
  subject: `user:${userId}`,
  payload,
  at,
});

const isDuplicate = (error: unknown) => error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";

/** An account. Without a password its person signs in through an invitation or the identity provider. */
export async function createUser(
  person: NewUser,
  by: { readonly ref: string },
  now: Date,
): Promise<Result<{ id: string }, "EMAIL_TAKEN" | PasswordProblem>> {
  const email = normalizeEmail(person.email);
  const problem = person.password ? passwordProblem(person.password, email) : null;
  if (problem) return refuse(problem);
  const passwordHash = person.password ? await hashPassword(person.password) : null;
  const { name, role, demo = false } = person;
  try {
    return await db.$transaction(async (tx) => {
      const user = await tx.user.create({
        data: { email, name, role, demo, passwordHash, passwordChangedAt: passwordHash ? now : null, createdAt: now },
      });
      await recordEvent(tx, aboutPerson("user.created", by.ref, user.id, { email, role, demo }, now));
      return ok({ id: user.id });
    });
  } catch (error) {
    if (isDuplicate(error)) return refuse("EMAIL_TAKEN");
    throw error;
  }
}

/** A one-time link for a person; those made before it stop working. The token is in the answer and nowhere else. */
async function issueInvitation(tx: Tx, actor: Actor, userId: string, now: Date): Promise<string> {
  const token = newToken("inv_");
  await tx.invitation.updateMany({ where: { userId, usedAt: null }, data: { usedAt: now } });
  await tx.invitation.create({
    data: {
      userId,
      hash: hashToken(token),
      createdBy: actor.ref,
      createdAt: now,
      expiresAt: new Date(now.getTime() + INVITATION_MS),
    },
  });
  return token;
}

export async function invitePerson(
  actor: Actor,
  person: NewPerson,
  now: Date,
): Promise<Result<{ userId: string; token: string }, PeopleRefusal>> {
  if (!mayManageRole(actor.role, person.role)) return refuse("FORBIDDEN");
  const created = await createUser(person, actor, now);
  if (!created.ok) return refuse("EMAIL_TAKEN");
  return await sendNewLink(actor, created.value.id, now);
}

/** A new one-time link: for a first password, or because the old one is forgotten. */
export async function sendNewLink(
  actor: Actor,
  userId: string,
  now: Date,
): Promise<Result<{ userId: string; token: string }, PeopleRefusal>> {
  return await db.$transaction(async (tx) => {
    const target = await tx.user.findUnique({ where: { id: userId } });
    if (!target || target.disabledAt) return refuse("NOT_FOUND");
    if (!mayManageRole(actor.role, target.role)) return refuse("FORBIDDEN");
    const token = await issueInvitation(tx, actor, userId, now);
    await recordEvent(tx, aboutPerson("invitation.issued", actor.ref, userId, {}, now));
    return ok({ userId, token });
  });
}

type PersonChange = {
  type: string;
  next: (role: Role) => Role | null;
  reason: string;
  data: (now: Date) => Prisma.UserUpdateInput;
};

/** One shape for what an administrator does to an account: lock, decide, change, end the sessions, record. */
async function changePerson(
  actor: Actor,
  userId: string,
  change: PersonChange,
  now: Date,
): Promise<Result<{ endedSessions: number }, PeopleRefusal>> {
  return await db.$transaction(async (tx) => {
    const chairmen = await tx.$queryRaw<unknown[]>`
      SELECT "id" FROM "app_user" WHERE "role" = 'chairman' AND "disabledAt" IS NULL ORDER BY "id" FOR UPDATE`;
    await tx.$queryRaw`SELECT 1 FROM "app_user" WHERE "id" = ${userId}::uuid FOR UPDATE`;
    const target = await tx.user.findUnique({ where: { id: userId } });
    if (!target) return refuse("NOT_FOUND");
    const next = change.next(target.role);
    const refusal = decidePersonChange({ actor, target, next, activeChairmen: chairmen.length });
    if (refusal) return refuse(refusal);
    await tx.user.update({ where: { id: userId }, data: change.data(now) });
    const endedSessions = await endSessions(tx, { userId }, change.reason, now);
    const payload = { from: target.role, to: next, endedSessions };
    await recordEvent(tx, aboutPerson(change.type, actor.ref, userId, payload, now));
    return ok({ endedSessions });
  });
}

export const changeRole = (actor: Actor, userId: string, role: Role, now: Date) =>
  changePerson(
    actor,
    userId,
    { type: "user.role-changed", next: () => role, reason: "role changed", data: () => ({ role }) },
    now,
  );

export const disablePerson = (actor: Actor, userId: string, now: Date) =>
  changePerson(
    actor,
    userId,
    { type: "user.disabled", next: () => null, reason: "account disabled", data: (at) => ({ disabledAt: at }) },
    now,
  );

export const enablePerson = (actor: Actor, userId: string, now: Date) =>
  changePerson(
    actor,
    userId,
    { type: "user.enabled", next: (role) => role, reason: "account enabled", data: () => ({ disabledAt: null }) },
    now,
  );

export const endSessionsOf = (actor: Actor, userId: string, now: Date) =>
  changePerson(
    actor,
    userId,
    { type: "user.signed-out", next: (role) => role, reason: "ended by an administrator", data: () => ({}) },
    now,
  );

/** For a person whose phone is lost: the second factor goes, and with it every session. */
export const resetSecondFactor = (actor: Actor, userId: string, now: Date) =>
  changePerson(
    actor,
    userId,
    {
      type: "second-factor.reset",
      next: (role) => role,
      reason: "second factor reset",
      data: () => ({ totpSecret: null, totpEnabledAt: null, totpLastStep: null }),
    },
    now,
  );

/** The production start calls this: nobody may sign in with what the README prints. */
export async function assertNoDemoSignIns(): Promise<void> {
  const found = await db.user.count({ where: { demo: true, disabledAt: null } });
  if (found > 0) throw new AppError("FORBIDDEN", { problems: [{ path: "demo", expected: "no demo sign-ins" }] });
}

/** Whether anybody could decide a memo: without a chairman production asks for the first one. */
export async function hasChairman(): Promise<boolean> {
  return (await db.user.count({ where: { role: "chairman", disabledAt: null, demo: false } })) > 0;
}
