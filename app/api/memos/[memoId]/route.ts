import { z } from "zod";
import { defineRoute } from "@/lib/auth/define-route";
import { getMemoVersion } from "@/lib/decisions/queries/memo";

/** An open memo asks now and then whether it is still what is on the screen. */
export const GET = defineRoute({
  permission: "memo:read",
  params: z.object({ memoId: z.uuid() }),
  run: async ({ actor, params }) => Response.json(await getMemoVersion(actor, params.memoId)),
});
