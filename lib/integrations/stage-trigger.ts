import "server-only";
import { limitBody } from "@/lib/auth/body-limit";
import { asAppError, problemsOf } from "@/lib/auth/failures";
import { findStageCaller } from "@/lib/auth/stage-caller";
import { clock } from "@/lib/clock";
import { AppError } from "@/lib/errors";
import { receiveSignal } from "@/lib/stage/mutations/signals";
import { signalSchema } from "@/lib/stage/schema/run";

const MOST_BYTES = 16_384;
const STATUS: Readonly<Record<string, number>> = {
  ...{ UNAUTHENTICATED: 401, FORBIDDEN: 403, INVALID_INPUT: 400, NOT_FOUND: 404, CONFLICT: 409, UNAVAILABLE: 503 },
};

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
};

async function answer(request: Request): Promise<Response> {
  const now = clock.now();
  const body = await limitBody(request, MOST_BYTES).text();
  const caller = await findStageCaller(request.headers, body, now);
  if (!caller) throw new AppError("UNAUTHENTICATED");
  const signal = signalSchema.safeParse(parsed(body));
  if (!signal.success) throw new AppError("INVALID_INPUT", { problems: problemsOf(signal.error) });
  const result = await receiveSignal(caller.actor, signal.data, caller.door, now);
  return Response.json(result, { status: result.ok ? 202 : 409, headers: { "cache-control": "no-store" } });
}

/** The 39 → 40 trigger of another system: a JSON document, with an access token or signed with the shared secret. */
export async function handleTrigger(request: Request): Promise<Response> {
  try {
    return await answer(request);
  } catch (error) {
    const { code, problems } = asAppError(error);
    return Response.json({ ok: false, error: { code, problems } }, { status: STATUS[code] ?? 500 });
  }
}
