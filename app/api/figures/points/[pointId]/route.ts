import { z } from "zod";
import { defineRoute } from "@/lib/auth/define-route";
import { listPointHistory } from "@/lib/metrics/queries";

/** Every value that was stored for the period of this one: who, when, what, why. */
export const GET = defineRoute({
  permission: "figure:read",
  params: z.object({ pointId: z.string().regex(/^\d{1,18}$/, "the id of a stored value") }),
  run: async ({ actor, params }) => Response.json(await listPointHistory(actor, params.pointId)),
});
