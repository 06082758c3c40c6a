import type { Role } from "./permissions";

declare const proven: unique symbol;

/**
 * Someone whose identity was proved. Minted only by the session (`requireActor`), an access token, the command line,
 * or a workflow acting as its agent; never built by hand.
 */
export type Actor = {
  readonly id: string;
  /** As written into events: "user:<id>", "agent:<name>", "system:<what>". */
  readonly ref: string;
  readonly name: string;
  readonly role: Role;
  readonly ventures: "all" | readonly string[];
  readonly sessionId: string | null;
  readonly steppedUpAt: Date | null;
  readonly [proven]: true;
};

/** Only lib/auth and lib/workflows may call this (lib/architecture.test.ts). */
export function mintActor(actor: Omit<Actor, typeof proven>): Actor {
  return actor as Actor;
}

/** The `where` fragment that keeps a query inside what the actor may see. */
export function ventureScope(actor: Actor): { ventureId?: { in: string[] } } {
  return actor.ventures === "all" ? {} : { ventureId: { in: [...actor.ventures] } };
}

/** The same for plain SQL: `($1::uuid[] IS NULL OR "ventureId" = ANY($1))`. */
export const venturesInSql = (actor: Actor): string[] | null => (actor.ventures === "all" ? null : [...actor.ventures]);

export function maySeeVenture(actor: Actor, ventureId: string): boolean {
  return actor.ventures === "all" || actor.ventures.includes(ventureId);
}
