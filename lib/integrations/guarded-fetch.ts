import "server-only";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { Readable } from "node:stream";
import { guardedLookup, mayReachPrivate } from "./webhook";
import { addressProblem } from "./webhook-address";

const NO_BODY = new Set([204, 205, 304]);
/** A tool's answer, or the list of a server's tools, is never larger; what is, is cut off with an error. */
const MOST_BYTES = 1_000_000;

function headersOf(raw: Readonly<Record<string, string | string[] | undefined>>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(raw)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) headers.append(name, one);
  }
  return headers;
}

async function* limited(stream: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Error("The answer is too large");
    yield chunk;
  }
}

/**
 * `fetch` for addresses that somebody typed: only where a stranger could be reached, the name resolved once and connected
 * to as it was looked at, no redirect followed. Bodies are text.
 */
export async function guardedFetch(address: string | URL, init: RequestInit = {}): Promise<Response> {
  const target = new URL(address);
  if (addressProblem(target.href, mayReachPrivate())) throw new TypeError("The address may not be used");
  const send = target.protocol === "https:" ? requestHttps : requestHttp;
  const headers = Object.fromEntries(new Headers(init.headers));
  return new Promise((resolve, reject) => {
    const options = { method: init.method ?? "GET", headers, lookup: guardedLookup, signal: init.signal ?? undefined };
    const call = send(target, options, (response) => {
      const status = response.statusCode ?? 500;
      const empty = NO_BODY.has(status);
      if (empty) response.resume();
      const body = empty ? null : (Readable.toWeb(Readable.from(limited(response))) as ReadableStream<Uint8Array>);
      resolve(new Response(body, { status, headers: headersOf(response.headers) }));
    });
    call.on("error", reject);
    call.end(typeof init.body === "string" ? init.body : undefined);
  });
}
