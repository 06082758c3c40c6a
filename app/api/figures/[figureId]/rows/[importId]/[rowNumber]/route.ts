import { z } from "zod";
import { defineRoute } from "@/lib/auth/define-route";
import { figureIdSchema } from "@/lib/figures/schema";
import { getSourceRow } from "@/lib/imports/queries";

/** The row of the imported file, as it came. */
export const GET = defineRoute({
  permission: "figure:read",
  params: z.object({
    figureId: figureIdSchema,
    importId: z.uuid(),
    rowNumber: z.coerce.number().int().positive().max(2_000_000),
  }),
  run: async ({ actor, params }) => Response.json(await getSourceRow(actor, params.importId, params.rowNumber)),
});
