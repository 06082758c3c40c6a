import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { forbidden, redirect } from "next/navigation";
import { decode } from "next-auth/jwt";
import { cache } from "react";
import { clock } from "@/lib/clock";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { Actor } from "./actor";
import { PATH_HEADER, sessionCookieName } from "./cookies";
import { isPermitted, type Permission } from "./permissions";
import { actorOfSession } from "./sessions";

export type { Actor } from "./actor";

const stated = new AsyncLocalStorage<{ actor: Actor | null }>();

/** For tests and scripts, where no request carries a cookie: `work` runs as this actor, or as nobody. */
export function withActor<T>(actor: Actor | null, work: () => Promise<T>): Promise<T> {
  return stated.run({ actor }, work);
}

/** Tokens that were opened before, with the second in which they end: opening one costs as much as three queries. */
const opened = new Map<string, { sid: string; until: number }>();
const MOST_OPENED = 1_000;

/** The session id that the cookie carries; nothing else in it is believed. */
export async function sessionIdOfToken(token: string | undefined): Promise<string | null> {
  if (!token) return null;
  const known = opened.get(token);
  if (known && known.until > clock.now().getTime() / 1_000) return known.sid;
  try {
    const claims = await decode({ token, secret: env().NEXTAUTH_SECRET });
    if (typeof claims?.sid !== "string") return null;
    remember(token, claims.sid, claims.exp);
    return claims.sid;
  } catch {
    // A cookie of another installation, or a forged one: as good as none.
    return null;
  }
}

function remember(token: string, sid: string, until: unknown): void {
  if (typeof until !== "number") return;
  const [oldest] = opened.size >= MOST_OPENED ? opened.keys() : [];
  if (oldest !== undefined) opened.delete(oldest);
  opened.set(token, { sid, until });
}

// Once per request, however many components ask.
const actorOfRequest = cache(async (): Promise<Actor | null> => {
  const { cookies } = await import("next/headers");
  const cookie = (await cookies()).get(sessionCookieName(env().NEXTAUTH_URL));
  const sessionId = await sessionIdOfToken(cookie?.value);
  return sessionId ? await actorOfSession(sessionId, clock.now()) : null;
});

/** The signed-in person, from the session row (not from the token's claims), or null. */
export async function findActor(): Promise<Actor | null> {
  const given = stated.getStore();
  return given ? given.actor : await actorOfRequest();
}

/** For pages: the signed-in person; without one the browser goes to sign in, and comes back to this page. */
export async function requireActor(): Promise<Actor> {
  const actor = await findActor();
  if (actor) return actor;
  if (stated.getStore()) throw new AppError("UNAUTHENTICATED");
  const { headers } = await import("next/headers");
  const path = (await headers()).get(PATH_HEADER);
  redirect(path && path !== "/" ? `/sign-in?callbackUrl=${encodeURIComponent(path)}` : "/sign-in");
}

/** For pages that not every role may open: as `requireActor`, and 403 for who is signed in without the permission. */
export async function requirePermission(permission: Permission): Promise<Actor> {
  const actor = await requireActor();
  if (isPermitted(actor.role, permission)) return actor;
  if (stated.getStore()) throw new AppError("FORBIDDEN");
  forbidden();
}

/** For titles, which must not end the request: the page itself asks, and answers. */
export async function findPermitted(permission: Permission): Promise<Actor | null> {
  const actor = await findActor();
  return actor && isPermitted(actor.role, permission) ? actor : null;
}

/** For endpoints: throws UNAUTHENTICATED, which they answer. */
export async function requireCaller(): Promise<Actor> {
  const actor = await findActor();
  if (!actor) throw new AppError("UNAUTHENTICATED");
  return actor;
}
