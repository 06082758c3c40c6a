import type { AppErrorCode, Result } from "@/lib/errors";

/** A call that never reached the server is an answer too: nothing was saved. */
export const answered = <T, Refusal extends string>(
  call: Promise<Result<T, Refusal>>,
): Promise<Result<T, Refusal | AppErrorCode>> =>
  call.catch(() => ({ ok: false as const, refusal: "UNAVAILABLE" as const }));
