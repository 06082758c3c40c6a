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
  if (error instanceof BrokenStream) {
    if (!error.cause) return again(error.reason);
    const failure = modelFailure(error.cause, now);
    // What a provider says in the middle of a stream may pass, unless it names a status that does not.
    return statusOf(error.cause) === null ? { ...failure, retryable: true } : failure;
  }
  const status = statusOf(error);
  if (APICallError.isInstance(error)) return httpFailure(status, error.responseHeaders ?? {}, now);
  if (status !== null) return httpFailure(status, {}, now);
  if (LoadAPIKeyError.isInstance(error)) return once("has no key");
  if (JSONParseError.isInstance(error) || TypeValidationError.isInstance(error)) return again("answered with garbage");
  if (InvalidResponseDataError.isInstance(error)) return again("broke off in the middle");
  if (error instanceof Error && error.name === "TimeoutError") return again("timed out");
  if (error instanceof TypeError || (error instanceof Error && "code" in error)) return again("cannot be reached");
  return again("reported an error");
}

/** The status that an answer had, or that an error inside a stream stands for. */
function statusOf(error: unknown): number | null {
  const status = typeof error === "object" && error !== null && "statusCode" in error ? error.statusCode : null;
  return typeof status === "number" ? status : null;
}

function httpFailure(status: number | null, headers: Record<string, string>, now: Date): ModelFailure {
  if (status === null) return again("cannot be reached");
  if (status === 429) return again("is rate limited (429)", retryAfter(headers, now));
  if (status === 408 || status === 409) return again(`answered ${status}`);
  if (status >= 500)
    return again(status === 529 ? "is overloaded (529)" : `answered ${status}`, retryAfter(headers, now));
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
