import "server-only";
import { db } from "@/lib/db";
import type { Actor } from "./actor";
import { ROLES, type Role } from "./permissions";
import { describeUserAgent, isSessionAlive, isSteppedUp, mayManageRole, SESSION_IDLE_MS } from "./rules";
import { visibleVentures } from "./sessions";

export type Person = {
  id: string;
  name: string;
  email: string;
  role: Role;
  state: "active" | "invited" | "disabled";
  demo: boolean;
  secondFactor: boolean;
  sessions: number;
  lastSeenAt: Date | null;
  /** Whether the reader may change this account (only a chairman changes a chairman, nobody themselves). */
  manageable: boolean;
  /** Whether this role sees every venture as long as none is granted. */
  seesAll: boolean;
};

/** Everyone with an account, for those who manage people. */
export async function listPeople(actor: Actor, now: Date): Promise<Person[]> {
  const users = await db.user.findMany({
    orderBy: [{ disabledAt: { sort: "asc", nulls: "first" } }, { name: "asc" }],
    include: {
      _count: {
        select: {
          sessions: {
            where: {
              revokedAt: null,
              expiresAt: { gt: now },
              lastSeenAt: { gt: new Date(now.getTime() - SESSION_IDLE_MS) },
            },
          },
          identities: true,
        },
      },
    },
  });
  return users.map((user) => ({
    id: user.id,
    name: user.name,
    email: user.email,
    role: user.role,
    state: user.disabledAt ? "disabled" : user.passwordHash || user._count.identities > 0 ? "active" : "invited",
    demo: user.demo,
    secondFactor: user.totpEnabledAt !== null,
    sessions: user._count.sessions,
    lastSeenAt: user.lastSeenAt,
    manageable: user.id !== actor.id && mayManageRole(actor.role, user.role),
    seesAll: visibleVentures(user.role, []) === "all",
  }));
}

export type Account = {
  name: string;
  email: string;
  role: Role;
  hasPassword: boolean;
  secondFactor: boolean;
  steppedUp: boolean;
};

export async function getAccount(actor: Actor, now: Date): Promise<Account> {
  const user = await db.user.findUniqueOrThrow({ where: { id: actor.id } });
  return {
    name: user.name,
    email: user.email,
    role: user.role,
    hasPassword: user.passwordHash !== null,
    secondFactor: user.totpEnabledAt !== null,
    steppedUp: isSteppedUp(actor.steppedUpAt, now),
  };
}

export async function getStepUpMethod(actor: Actor): Promise<"code" | "password"> {
  const user = await db.user.findUniqueOrThrow({ where: { id: actor.id }, select: { totpEnabledAt: true } });
  return user.totpEnabledAt ? "code" : "password";
}

export type OwnSession = {
  id: string;
  device: string;
  address: string;
  startedAt: Date;
  lastSeenAt: Date;
  current: boolean;
};

/** The person's sessions that are alive now, the present one first. */
export async function listOwnSessions(actor: Actor, now: Date): Promise<OwnSession[]> {
  const rows = await db.session.findMany({
    where: { userId: actor.id, revokedAt: null, role: actor.role },
    orderBy: { lastSeenAt: "desc" },
  });
  return rows
    .filter((row) => isSessionAlive(row, now))
    .map((row) => ({
      id: row.id,
      device: describeUserAgent(row.userAgent),
      address: row.address,
      startedAt: row.createdAt,
      lastSeenAt: row.lastSeenAt,
      current: row.id === actor.sessionId,
    }))
    .sort((a, b) => Number(b.current) - Number(a.current));
}

export type OwnAccessToken = {
  id: string;
  name: string;
  prefix: string;
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt: Date | null;
  expired: boolean;
};

export async function listOwnAccessTokens(actor: Actor, now: Date): Promise<OwnAccessToken[]> {
  const rows = await db.accessToken.findMany({
    where: { userId: actor.id, revokedAt: null },
    orderBy: { createdAt: "desc" },
  });
  return rows.map(({ id, name, prefix, createdAt, expiresAt, lastUsedAt }) => ({
    id,
    name,
    prefix,
    createdAt,
    expiresAt,
    lastUsedAt,
    expired: expiresAt <= now,
  }));
}

/** The roles that this person may give to others. */
export const grantableRoles = (actor: Actor): Role[] => ROLES.filter((role) => mayManageRole(actor.role, role));
