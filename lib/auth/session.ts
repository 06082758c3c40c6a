import "server-only";
import type { Actor } from "./actor";

export type { Actor } from "./actor";

/** The signed-in person, from the session row (not from the token's claims); throws UNAUTHENTICATED. */
export async function requireActor(): Promise<Actor> {
  const actor = await findActor();
  if (!actor) {
    const { AppError } = await import("@/lib/errors");
    throw new AppError("UNAUTHENTICATED");
  }
  return actor;
}

export async function findActor(): Promise<Actor | null> {
  return null;
}
