import { z } from "zod";
import { defineRoute } from "@/lib/auth/define-route";
import { getFigure } from "@/lib/figures/queries";
import { figureIdSchema } from "@/lib/figures/schema";

/** A figure with its proof: the newest revision, or the one asked for. */
export const GET = defineRoute({
  permission: "figure:read",
  params: z.object({ figureId: figureIdSchema, revision: z.coerce.number().int().positive().optional() }),
  run: async ({ actor, params }) => Response.json(await getFigure(actor, params.figureId, params.revision)),
});
