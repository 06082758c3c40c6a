import "server-only";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { AppError, type AppErrorCode } from "@/lib/errors";
import type { Actor } from "./actor";
import { limitBody } from "./body-limit";
import { markEndpoint } from "./endpoints";
import { asAppError, problemsOf } from "./failures";
import { refuseForeignOrigin } from "./origin";
import { isPermitted, type Permission } from "./permissions";
import { requireCaller } from "./session";

const STATUS: Readonly<Record<AppErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  STEP_UP_REQUIRED: 403,
  INVALID_INPUT: 400,
  NOT_FOUND: 404,
  CONFLICT: 409,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
  FENCED: 503,
  INTERNAL: 500,
};

const MEBIBYTE = 1_048_576;

type Context = { params: Promise<Record<string, string | string[]>> };

type Route<Params extends z.ZodType> = {
  permission: Permission;
  /** Path parameters and query string together. */
  params: Params;
  /** The longest body in bytes that is read; one mebibyte unless said. An upload says more. */
  bodyLimit?: number;
  run: (call: { actor: Actor; params: z.output<Params>; request: Request }) => Promise<Response>;
};

/** An answer is one person's: no proxy and no browser keeps it. */
function uncached(response: Response): Response {
  const headers = new Headers(response.headers);
  if (!headers.has("cache-control")) headers.set("cache-control", "private, no-store");
  headers.set("x-content-type-options", "nosniff");
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

async function answer<Params extends z.ZodType>(route: Route<Params>, request: Request, context: Context) {
  const actor = await requireCaller();
  if (!isPermitted(actor.role, route.permission)) throw new AppError("FORBIDDEN");
  refuseForeignOrigin(request);
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const params = route.params.safeParse({ ...query, ...(await context.params) });
  if (!params.success) throw new AppError("INVALID_INPUT", { problems: problemsOf(params.error) });
  const limited = limitBody(request, route.bodyLimit ?? MEBIBYTE);
  return await route.run({ actor, params: params.data, request: limited });
}

/** The only way a route handler is made: session, permission, origin and parameters are checked before `run`. */
export function defineRoute<Params extends z.ZodType>(route: Route<Params>) {
  const handle = async (request: Request, context: Context): Promise<Response> => {
    try {
      return uncached(await answer(route, request, context));
    } catch (error) {
      unstable_rethrow(error);
      const { code, problems } = asAppError(error);
      return uncached(Response.json({ ok: false, error: { code, problems } }, { status: STATUS[code] }));
    }
  };
  return markEndpoint({ kind: "route", permission: route.permission }, handle);
}
