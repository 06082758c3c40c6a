import "server-only";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { AppError, type AppErrorCode, type Result } from "@/lib/errors";
import { limitBody } from "./body-limit";
import { markEndpoint } from "./endpoints";
import { asAppError, problemsOf } from "./failures";
import { type Guest, requireGuestSession } from "./guest-session";
import { refuseForeignOrigin } from "./origin";
import { hashToken } from "./secrets";

type Linked = z.ZodType<{ link: string }>;

/** The session is of this link, and the newest confidentiality text is agreed to (unless it is what is asked for). */
function admit(guest: Guest, link: string, beforeAgreeing: boolean): Guest {
  if (guest.linkHash !== hashToken(link)) throw new AppError("UNAUTHENTICATED");
  if (!guest.agreed && !beforeAgreeing) throw new AppError("FORBIDDEN");
  return guest;
}

export function readInput<Schema extends z.ZodType>(schema: Schema, raw: unknown): z.output<Schema> {
  const input = schema.safeParse(raw);
  if (!input.success) throw new AppError("INVALID_INPUT", { problems: problemsOf(input.error) });
  return input.data;
}

export const refusedTo = (error: unknown) => {
  unstable_rethrow(error);
  const known = asAppError(error);
  return { ok: false as const, refusal: known.code, problems: known.problems };
};

type GuestAction<Schema extends Linked, T, Refusal extends string> = {
  input: Schema;
  beforeAgreeing?: boolean;
  run: (call: { guest: Guest; input: z.output<Schema> }) => Promise<Result<T, Refusal>>;
};

/** As defineAction, for guests of a data room: a session of theirs, then input, then that it belongs to this link. */
export function defineGuestAction<Schema extends Linked, T, Refusal extends string>(
  action: GuestAction<Schema, T, Refusal>,
) {
  const call = async (raw: z.input<Schema>): Promise<Result<T, Refusal | AppErrorCode>> => {
    try {
      const guest = await requireGuestSession();
      const input = readInput(action.input, raw);
      return await action.run({ guest: admit(guest, input.link, action.beforeAgreeing ?? false), input });
    } catch (error) {
      return refusedTo(error);
    }
  };
  return markEndpoint({ kind: "action", guest: "session" }, call);
}

type DoorAction<Schema extends z.ZodType, T, Refusal extends string> = {
  input: Schema;
  run: (input: z.output<Schema>) => Promise<Result<T, Refusal>>;
};

/** What somebody without a session may ask at the door: a code, and to be let in with it. Its mutation limits the rate. */
export function defineDoorAction<Schema extends z.ZodType, T, Refusal extends string>(
  action: DoorAction<Schema, T, Refusal>,
) {
  const call = async (raw: z.input<Schema>): Promise<Result<T, Refusal | AppErrorCode>> => {
    try {
      return await action.run(readInput(action.input, raw));
    } catch (error) {
      return refusedTo(error);
    }
  };
  return markEndpoint({ kind: "action", guest: "door" }, call);
}

type GuestRoute<Params extends Linked> = {
  params: Params;
  run: (call: { guest: Guest; params: z.output<Params>; request: Request }) => Promise<Response>;
};
type Context = { params: Promise<Record<string, string | string[]>> };

const STATUS: Partial<Record<AppErrorCode, number>> = {
  ...{ UNAUTHENTICATED: 401, FORBIDDEN: 403, INVALID_INPUT: 400, NOT_FOUND: 404, CONFLICT: 409, RATE_LIMITED: 429 },
  UNAVAILABLE: 503,
};
const BODY_LIMIT = 65_536;

/** What an outsider gets is kept by no cache and shown as nothing else than what it is. */
export function keptByNobody(response: Response): Response {
  response.headers.set("cache-control", "private, no-store");
  response.headers.set("x-content-type-options", "nosniff");
  return response;
}

export function refusalAnswer(error: unknown): Response {
  unstable_rethrow(error);
  const { code, problems } = asAppError(error);
  return keptByNobody(Response.json({ ok: false, error: { code, problems } }, { status: STATUS[code] ?? 500 }));
}

/** As defineRoute, for guests of a data room. */
export function defineGuestRoute<Params extends Linked>(route: GuestRoute<Params>) {
  const handle = async (request: Request, context: Context): Promise<Response> => {
    try {
      const session = await requireGuestSession();
      refuseForeignOrigin(request);
      const query = Object.fromEntries(new URL(request.url).searchParams);
      const params = readInput(route.params, { ...query, ...(await context.params) });
      const guest = admit(session, params.link, false);
      const response = await route.run({ guest, params, request: limitBody(request, BODY_LIMIT) });
      return keptByNobody(response);
    } catch (error) {
      return refusalAnswer(error);
    }
  };
  return markEndpoint({ kind: "route", guest: "session" }, handle);
}
