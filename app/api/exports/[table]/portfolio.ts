import { z } from "zod";
import { portfolioLineOf } from "@/components/ventures/line-of";
import { portfolioSheet } from "@/components/ventures/portfolio/portfolio-export";
import { exportTable } from "@/lib/reports/queries/exports";
import { listPortfolio } from "@/lib/reports/queries/portfolio";
import { parseView } from "@/lib/reports/schema/portfolio-view";

/** The ventures as their list shows them, all pages of it, with its columns in their order and exact values. */
export const portfolio = exportTable({
  query: z.record(z.string(), z.string()),
  open: async ({ actor, now }, query) => {
    const view = parseView(query);
    const lines = (await listPortfolio(actor, view, now)).map((row) => portfolioLineOf(row, now));
    return { ...portfolioSheet(lines, view.columns), subject: "holding", ventureId: null };
  },
});
