import { defineRoute } from "@/lib/auth/define-route";
import { getHandoffFile } from "@/lib/governance/queries";
import { handoffIdSchema } from "@/lib/governance/schema";

/** A handoff as it is delivered, byte by byte. */
export const GET = defineRoute({
  permission: "venture:read",
  params: handoffIdSchema,
  run: async ({ actor, params: { handoffId } }) => {
    const { name, body } = await getHandoffFile(actor, handoffId);
    return new Response(body, {
      headers: {
        "content-type": "application/json; charset=utf-8",
        "content-disposition": `attachment; filename="${name}"`,
      },
    });
  },
});
