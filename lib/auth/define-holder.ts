import "server-only";
import type { z } from "zod";
import { AppError, type AppErrorCode, type Result } from "@/lib/errors";
import { keptByNobody, readInput, refusalAnswer, refusedTo } from "./define-guest";
import { markEndpoint } from "./endpoints";
import { type Holder, requireHolderSession } from "./holder-session";
import { refuseForeignOrigin } from "./origin";
import { hashToken } from "./secrets";

type Linked = z.ZodType<{ link: string }>;

/** The session is of this link and no other. */
function admit(holder: Holder, link: string): Holder {
  if (holder.linkHash !== hashToken(link)) throw new AppError("UNAUTHENTICATED");
  return holder;
}

type HolderAction<Schema extends Linked, T, Refusal extends string> = {
  input: Schema;
  run: (call: { holder: Holder; input: z.output<Schema> }) => Promise<Result<T, Refusal>>;
};

/** As defineGuestAction, for holders who are shown their statements: a session of theirs, then input, then that it belongs to this link. */
export function defineHolderAction<Schema extends Linked, T, Refusal extends string>(
  action: HolderAction<Schema, T, Refusal>,
) {
  const call = async (raw: z.input<Schema>): Promise<Result<T, Refusal | AppErrorCode>> => {
    try {
      const holder = await requireHolderSession();
      const input = readInput(action.input, raw);
      return await action.run({ holder: admit(holder, input.link), input });
    } catch (error) {
      return refusedTo(error);
    }
  };
  return markEndpoint({ kind: "action", guest: "holder" }, call);
}

type HolderRoute<Params extends Linked> = {
  params: Params;
  run: (call: { holder: Holder; params: z.output<Params> }) => Promise<Response>;
};
type Context = { params: Promise<Record<string, string | string[]>> };

/** As defineGuestRoute, for holders. */
export function defineHolderRoute<Params extends Linked>(route: HolderRoute<Params>) {
  const handle = async (request: Request, context: Context): Promise<Response> => {
    try {
      const holder = await requireHolderSession();
      refuseForeignOrigin(request);
      const params = readInput(route.params, await context.params);
      return keptByNobody(await route.run({ holder: admit(holder, params.link), params }));
    } catch (error) {
      return refusalAnswer(error);
    }
  };
  return markEndpoint({ kind: "route", guest: "holder" }, handle);
}
