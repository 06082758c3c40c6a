import { z } from "zod";
import { lineOf } from "@/components/ventures/line-of";
import { portfolioCsv } from "@/components/ventures/portfolio-csv";
import { filterLines, parseView, sortLines } from "@/components/ventures/portfolio-view";
import { defineRoute } from "@/lib/auth/define-route";
import { clock } from "@/lib/clock";
import { listVentureRows } from "@/lib/reports/queries/venture-rows";

/** The table as it is shown, all pages of it, with exact values. */
export const GET = defineRoute({
  permission: "venture:read",
  params: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  run: async ({ actor, params }) => {
    const now = clock.now();
    const view = parseView(params);
    const lines = (await listVentureRows(actor)).map((row) => lineOf(row, now));
    const csv = portfolioCsv(sortLines(filterLines(lines, view), view.sort, view.descending));
    return new Response(`\uFEFF${csv}`, {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="portfolio-${now.toISOString().slice(0, 10)}.csv"`,
        "cache-control": "private, no-store",
      },
    });
  },
});
