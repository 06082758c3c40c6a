import { z } from "zod";
import { defineRoute } from "@/lib/auth/define-route";
import { listVentures } from "@/lib/ventures/queries";

/** For the search: what the ventures are called, nothing else of them. */
export const GET = defineRoute({
  permission: "venture:read",
  params: z.object({}),
  run: async ({ actor }) => {
    const ventures = await listVentures(actor);
    return Response.json(
      ventures.map(({ slug, name, sector }) => ({ slug, name, sector })),
      { headers: { "cache-control": "private, no-store" } },
    );
  },
});
