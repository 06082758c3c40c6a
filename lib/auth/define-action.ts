import "server-only";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { AppError, type AppErrorCode, type Result } from "@/lib/errors";
import type { Actor } from "./actor";
import { markEndpoint } from "./endpoints";
import { asAppError, problemsOf } from "./failures";
import { isPermitted, type Permission } from "./permissions";
import { requireCaller } from "./session";

type Action<Schema extends z.ZodType, T, Refusal extends string> = {
  permission: Permission;
  input: Schema;
  run: (call: { actor: Actor; input: z.output<Schema> }) => Promise<Result<T, Refusal>>;
};

/**
 * Every server action is a public endpoint: session, permission and input are checked, in this order, before `run`.
 * Next itself refuses a call whose Origin is not the site's, and a body over its limit.
 */
export function defineAction<Schema extends z.ZodType, T, Refusal extends string>(action: Action<Schema, T, Refusal>) {
  const call = async (raw: z.input<Schema>): Promise<Result<T, Refusal | AppErrorCode>> => {
    try {
      const actor = await requireCaller();
      if (!isPermitted(actor.role, action.permission)) throw new AppError("FORBIDDEN");
      const input = action.input.safeParse(raw);
      if (!input.success) throw new AppError("INVALID_INPUT", { problems: problemsOf(input.error) });
      return await action.run({ actor, input: input.data });
    } catch (error) {
      unstable_rethrow(error);
      const known = asAppError(error);
      return { ok: false, refusal: known.code, problems: known.problems };
    }
  };
  return markEndpoint({ kind: "action", permission: action.permission }, call);
}
