import { defineRoute } from "@/lib/auth/define-route";
import { getRejectsCsv } from "@/lib/imports/queries";
import { importIdSchema } from "@/lib/imports/schema";

export const GET = defineRoute({
  permission: "venture:read",
  params: importIdSchema,
  run: async ({ actor, params }) => {
    const { fileName, text } = await getRejectsCsv(actor, params.importId);
    const name = `${fileName.replace(/\.[^.]*$/, "").replace(/[^\w.-]+/g, "-")}-rejected.csv`;
    return new Response(text, {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${name}"`,
        "cache-control": "no-store",
      },
    });
  },
});
