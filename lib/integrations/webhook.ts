import "server-only";
import { createHmac } from "node:crypto";
import { type LookupAddress, type LookupOptions, lookup } from "node:dns";
import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { env } from "@/lib/env";
import { addressProblem, isPublicAddress } from "./webhook-address";

/** `final`: trying again would change nothing, or might act twice. */
export type Delivery = { ok: true } | { ok: false; problem: string; final?: boolean };

export type Letter = { url: string; secret: string; body: string; key: string };

/** Loopback and private addresses: for tests and trials, by an explicit setting, never in production. */
export const mayReachPrivate = (): boolean => env().OUTBOUND_PRIVATE === "1" && env().NODE_ENV !== "production";

/** `t` is seconds since 1970; `v1` is HMAC-SHA256 of "<t>.<body>" in hexadecimal digits. */
export function signatureOf(secret: string, body: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1_000);
  const digest = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  return `t=${seconds},v1=${digest}`;
}

type Answer = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/** The name is resolved here and nowhere else, so that what was looked at is what is connected to. */
export function guardedLookup(hostname: string, options: LookupOptions, answer: Answer): void {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    if (error) return answer(error, []);
    const allowed = mayReachPrivate() ? found : found.filter(({ address }) => isPublicAddress(address));
    const [first] = allowed;
    if (!first) return answer(new Error("the name leads to an address that is not public"), []);
    if (options.all) return answer(null, allowed);
    answer(null, first.address, first.family);
  });
}

const isAccepted = (status: number): boolean => status >= 200 && status < 300;

/**
 * One attempt: POST with the body's signature and the key under which the receiver knows it again. No redirect is
 * followed, nothing of the answer is kept but its status; silence ends after OUTBOUND_TIMEOUT_MS.
 */
export async function deliver({ url, secret, body, key }: Letter, now: Date): Promise<Delivery> {
  const problem = addressProblem(url, mayReachPrivate());
  if (problem) return { ok: false, problem: `The address may not be used (${problem})` };
  const target = new URL(url);
  const send = target.protocol === "https:" ? requestHttps : requestHttp;
  const headers = {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(body),
    "idempotency-key": key,
    "x-chairman-signature": signatureOf(secret, body, now),
    "user-agent": "Chairman",
  };
  const signal = AbortSignal.timeout(env().OUTBOUND_TIMEOUT_MS);
  return new Promise((resolve) => {
    const failed = (error: Error) => resolve({ ok: false, problem: wordsOf(error) });
    const call = send(
      target,
      { method: "POST", headers, signal, lookup: guardedLookup },
      (response: IncomingMessage) => {
        const status = response.statusCode ?? 0;
        response.resume();
        response.on("error", failed);
        resolve(isAccepted(status) ? { ok: true } : { ok: false, problem: `The receiver answered ${status}` });
      },
    );
    call.on("error", failed);
    call.end(body);
  });
}

function wordsOf(error: Error & { code?: string }): string {
  if (error.name === "TimeoutError" || error.name === "AbortError") return "The receiver did not answer in time";
  if (error.code === "ECONNREFUSED") return "The receiver refused the connection";
  if (error.code === "ECONNRESET") return "The receiver closed the connection";
  if (error.code === "ENOTFOUND" || error.code === "EAI_AGAIN") return "The receiver's name is not known";
  return "The receiver could not be reached";
}
