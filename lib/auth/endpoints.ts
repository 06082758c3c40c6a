import type { Permission } from "./permissions";

/** How an endpoint was made, and whom it lets in: people of the holding by permission, guests of a data room and holders by theirs. */
export type Endpoint =
  | { kind: "action" | "route"; permission: Permission }
  | { kind: "action" | "route"; guest: "door" | "session" | "holder" };

// By function, because Next writes its own properties on the exports of a file of actions.
const made = new WeakMap<object, Endpoint>();

export function markEndpoint<F extends object>(endpoint: Endpoint, handler: F): F {
  made.set(handler, endpoint);
  return handler;
}

/** Null for what was not made by `defineAction`, `defineRoute` or their like for guests. */
export function endpointOf(handler: unknown): Endpoint | null {
  return typeof handler === "function" ? (made.get(handler) ?? null) : null;
}
