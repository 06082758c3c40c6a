import { z } from "zod";
import { lineOf } from "@/components/ventures/line-of";
import { portfolioSheet } from "@/components/ventures/portfolio-export";
import { filterLines, parseView, sortLines } from "@/components/ventures/portfolio-view";
import { exportTable } from "@/lib/reports/queries/exports";
import { listVentureRows } from "@/lib/reports/queries/venture-rows";

/** The ventures as their list shows them, all pages of it, with exact values. */
export const portfolio = exportTable({
  query: z.record(z.string(), z.string()),
  open: async ({ actor, now }, query) => {
    const view = parseView(query);
    const lines = (await listVentureRows(actor)).map((row) => lineOf(row, now));
    const shown = sortLines(filterLines(lines, view), view.sort, view.descending);
    return { ...portfolioSheet(shown), subject: "holding", ventureId: null };
  },
});
