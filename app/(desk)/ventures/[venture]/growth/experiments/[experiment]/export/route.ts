import { z } from "zod";
import { experimentCsv } from "@/components/experiments/experiment-csv";
import { defineRoute } from "@/lib/auth/define-route";
import { getExperiment } from "@/lib/experiments/queries";

/** The figures of an experiment, exact, as far as they may be shown. */
export const GET = defineRoute({
  permission: "venture:read",
  params: z.object({ venture: z.string(), experiment: z.uuid() }),
  run: async ({ actor, params }) => {
    const csv = experimentCsv(await getExperiment(actor, params.experiment));
    return new Response(`\uFEFF${csv}`, {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="experiment-${params.experiment.slice(0, 8)}.csv"`,
        "cache-control": "private, no-store",
      },
    });
  },
});
