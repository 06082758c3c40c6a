import { defineRoute } from "@/lib/auth/define-route";
import { weeklyDownload } from "@/lib/integrations/weekly/frozen";
import { getWeeklyFile } from "@/lib/reports/queries/weekly/report";
import { weeklyFileSchema } from "@/lib/reports/schema/weekly";

/** A week's report as a file: the frozen bytes, checked against their hash; a preview's are made when they are asked for. */
export const GET = defineRoute({
  permission: "report:read",
  params: weeklyFileSchema,
  run: async ({ actor, params: { revisionId, format } }) => {
    const { name, type, bytes } = await weeklyDownload(await getWeeklyFile(actor, revisionId, format), format);
    return new Response(new Uint8Array(bytes), {
      headers: { "content-type": type, "content-disposition": `attachment; filename="${name}"` },
    });
  },
});
