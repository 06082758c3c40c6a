import { defineRoute } from "@/lib/auth/define-route";
import { findProgress } from "@/lib/imports/queries";
import { importIdSchema } from "@/lib/imports/schema";

export const GET = defineRoute({
  permission: "data:import",
  params: importIdSchema,
  run: async ({ actor, params }) =>
    Response.json(await findProgress(actor, params.importId), { headers: { "cache-control": "no-store" } }),
});
