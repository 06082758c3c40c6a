import "server-only";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { env } from "@/lib/env";
import { clientAddress } from "./rules";
import type { Client } from "./sessions";

const ADDRESS_HEADER = "x-forwarded-for";
// Next evaluates modules repeatedly; a second subscription would take our own answer for a proxy's.
const store = globalThis as typeof globalThis & { __chairmanAddress?: true };

/**
 * Next passes a client's own X-Forwarded-For on and hides the socket, so anybody could choose their address and walk
 * around the limit. Called once at start: replaces the header by the address that can be believed.
 */
export function believeSocketAddress(): void {
  if (store.__chairmanAddress) return;
  store.__chairmanAddress = true;
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    const given = request.headers[ADDRESS_HEADER];
    const forwarded = Array.isArray(given) ? given.join(",") : (given ?? null);
    request.headers[ADDRESS_HEADER] = clientAddress(
      forwarded,
      request.socket.remoteAddress ?? "unknown",
      env().TRUSTED_PROXIES,
    );
  });
}

export function clientOf(headers: Headers): Client {
  // "::ffff:192.0.2.1" is how a socket of both families names an IPv4 address.
  const address = headers
    .get(ADDRESS_HEADER)
    ?.split(",")
    .at(-1)
    ?.trim()
    .replace(/^::ffff:/, "");
  return { address: address || "unknown", userAgent: headers.get("user-agent") ?? "" };
}
