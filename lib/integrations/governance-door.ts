import "server-only";
import { limitBody } from "@/lib/auth/body-limit";
import { clock } from "@/lib/clock";
import { AppError } from "@/lib/errors";
import { takeSignedAnswer } from "@/lib/governance/mutations/answer-door";
import { logger } from "@/lib/logger";

const LARGEST = 600_000;
const STATUS = { NOT_SIGNED: 401, NOT_JSON: 400, NOT_VALID: 422, UNKNOWN_HANDOFF: 422, ANOTHER_CONTENT: 409 } as const;

const refused = (code: string, status: number, problems: unknown = []): Response =>
  Response.json({ ok: false, error: { code, problems } }, { status, headers: { "cache-control": "no-store" } });

/** Where the governance system posts its answers: the signature of the body takes the place of a session. */
export async function answerGovernance(request: Request): Promise<Response> {
  try {
    const text = await limitBody(request, LARGEST).text();
    const signature = request.headers.get("x-chairman-signature");
    const taken = await takeSignedAnswer({ text, signature }, clock.now());
    if (!taken.ok) return refused(taken.refusal, STATUS[taken.refusal], taken.problems);
    return Response.json({ ok: true, ...taken.value }, { status: taken.value.fresh ? 201 : 200 });
  } catch (error) {
    if (error instanceof AppError && error.code === "INVALID_INPUT") return refused("TOO_LARGE", 413);
    logger.error({ err: error }, "An answer of governance could not be taken in");
    return refused("UNAVAILABLE", 503);
  }
}
