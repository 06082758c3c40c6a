import {
  APICallError,
  InvalidResponseDataError,
  JSONParseError,
  LoadAPIKeyError,
  TypeValidationError,
} from "@ai-sdk/provider";

/** Why a call of a provider came to nothing, without the provider's own words, which may repeat the prompt or the key. */
export type ModelFailure = { reason: string; retryable: boolean; retryAfterMs: number | null };

/** Raised by the reading of a stream itself. */
export class BrokenStream extends Error {
  readonly reason: "timed out" | "broke off in the middle" | "answered with garbage" | "reported an error";

  constructor(reason: BrokenStream["reason"], options?: ErrorOptions) {
    super(reason, options);
    this.name = "BrokenStream";
    this.reason = reason;
  }
}

const once = (reason: string): ModelFailure => ({ reason, retryable: false, retryAfterMs: null });
const again = (reason: string, retryAfterMs: number | null = null): ModelFailure => ({
  reason,
  retryable: true,
  retryAfterMs,
});

export function modelFailure(error: unknown, now: Date): ModelFailure {
  if (error instanceof BrokenStream)
    return error.cause ? { ...modelFailure(error.cause, now), retryable: true } : again(error.reason);
  if (APICallError.isInstance(error)) return httpFailure(error, now);
  if (LoadAPIKeyError.isInstance(error)) return once("has no key");
  if (JSONParseError.isInstance(error) || TypeValidationError.isInstance(error)) return again("answered with garbage");
  if (InvalidResponseDataError.isInstance(error)) return again("broke off in the middle");
  if (error instanceof Error && error.name === "TimeoutError") return again("timed out");
  if (error instanceof TypeError || (error instanceof Error && "code" in error)) return again("cannot be reached");
  return again("reported an error");
}

function httpFailure(error: APICallError, now: Date): ModelFailure {
  const status = error.statusCode;
  if (status === undefined) return again("cannot be reached");
  if (status === 429) return again("is rate limited (429)", retryAfter(error.responseHeaders ?? {}, now));
  if (status === 408 || status === 409) return again(`answered ${status}`);
  if (status >= 500) return again(`answered ${status}`, retryAfter(error.responseHeaders ?? {}, now));
  if (status === 401 || status === 403) return once(`refused the key (${status})`);
  return status < 400 ? again("answered with garbage") : once(`refused the request (${status})`);
}

/** RFC 9110, 10.2.3: seconds, or a date. */
export function retryAfter(headers: Record<string, string>, now: Date): number | null {
  const entry = Object.entries(headers).find(([name]) => name.toLowerCase() === "retry-after");
  if (!entry) return null;
  const seconds = Number(entry[1]);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1_000);
  const date = Date.parse(entry[1]);
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime());
}
