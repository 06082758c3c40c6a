import "server-only";
import { listComparables } from "@/lib/market/queries/comparables";
import { day, type ExportCell, number } from "../../rules/export-table";
import { exportTable, ofVenture, ventureInSight } from "./table";

const LABELS = "Kind,Name,Metric,Multiple,Date,Source,Left out because";

/** The venture's multiples as they are stored, with why one does not count. */
export const comparables = exportTable({
  query: ofVenture,
  open: async ({ actor }, { venture: slug }) => {
    const venture = await ventureInSight(actor, slug);
    const found = await listComparables(actor, venture.id);
    const rows = found.map(({ kind, name, metric, multiple, date, source, excluded }): ExportCell[] => [
      ...[kind, name, metric, number(multiple, "multiple"), day(date), source, excluded],
    ]);
    return {
      ...{ title: "Comparables", subject: venture.slug, ventureId: venture.id, rows },
      columns: LABELS.split(",").map((label) => ({ label })),
    };
  },
});
