import "server-only";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { AppError, type AppErrorCode } from "@/lib/errors";
import { logger } from "@/lib/logger";
import type { Actor } from "./actor";
import { isPermitted, type Permission } from "./permissions";
import { requireActor } from "./session";

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

type Context = { params: Promise<Record<string, string | string[]>> };

type Route<Params extends z.ZodType> = {
  permission: Permission;
  /** Path parameters and query string together. */
  params: Params;
  run: (call: { actor: Actor; params: z.output<Params>; request: Request }) => Promise<Response>;
};

/** The only way a route handler is made: session, permission and parameters are checked before `run`. */
export function defineRoute<Params extends z.ZodType>(route: Route<Params>) {
  return async (request: Request, context: Context): Promise<Response> => {
    try {
      const actor = await requireActor();
      if (!isPermitted(actor.role, route.permission)) throw new AppError("FORBIDDEN");
      const query = Object.fromEntries(new URL(request.url).searchParams);
      const params = route.params.safeParse({ ...query, ...(await context.params) });
      if (!params.success) {
        const problems = params.error.issues.map((issue) => ({ path: issue.path.join("."), expected: issue.message }));
        throw new AppError("INVALID_INPUT", { problems });
      }
      return await route.run({ actor, params: params.data, request });
    } catch (error) {
      unstable_rethrow(error);
      const known = error instanceof AppError ? error : new AppError("INTERNAL", { cause: error });
      if (known.code === "INTERNAL") logger.error(error);
      return Response.json(
        { ok: false, error: { code: known.code, problems: known.problems } },
        { status: STATUS[known.code] },
      );
    }
  };
}
