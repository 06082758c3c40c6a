import "server-only";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { AppError, type AppErrorCode, type FieldProblem, type Result } from "@/lib/errors";
import { logger } from "@/lib/logger";
import type { Actor } from "./actor";
import { isPermitted, type Permission } from "./permissions";
import { requireActor } from "./session";

type Action<Schema extends z.ZodType, T, Refusal extends string> = {
  permission: Permission;
  input: Schema;
  run: (call: { actor: Actor; input: z.output<Schema> }) => Promise<Result<T, Refusal>>;
};

const problemsOf = (error: z.ZodError): FieldProblem[] =>
  error.issues.map((issue) => ({ path: issue.path.join("."), expected: issue.message }));

/** Every server action is a public endpoint: session, permission and input are checked before `run`. */
export function defineAction<Schema extends z.ZodType, T, Refusal extends string>(action: Action<Schema, T, Refusal>) {
  return async (raw: z.input<Schema>): Promise<Result<T, Refusal | AppErrorCode>> => {
    try {
      const actor = await requireActor();
      if (!isPermitted(actor.role, action.permission)) throw new AppError("FORBIDDEN");
      const input = action.input.safeParse(raw);
      if (!input.success) throw new AppError("INVALID_INPUT", { problems: problemsOf(input.error) });
      return await action.run({ actor, input: input.data });
    } catch (error) {
      unstable_rethrow(error);
      if (error instanceof AppError) {
        if (error.code === "INTERNAL" || error.cause) logger.error(error);
        return { ok: false, refusal: error.code, problems: error.problems };
      }
      logger.error(error);
      return { ok: false, refusal: "INTERNAL" };
    }
  };
}
