import "server-only";
import { getReadinessPage } from "@/lib/readiness/queries/readiness-page";
import { COMPONENT_LABELS } from "@/lib/readiness/rules/criteria";
import { type ExportCell, figureCells, figureColumns, number } from "../../rules/export-table";
import { exportTable, ofVenture, ventureInSight } from "./table";

const columns = (labels: string) => labels.split(",").map((label) => ({ label }));

/** Every criterion of exit readiness with its score, who answered it and on what. */
export const readiness = exportTable({
  query: ofVenture,
  open: async ({ actor, now }, { venture: slug }) => {
    const venture = await ventureInSight(actor, slug);
    const { lines } = await getReadinessPage(actor, venture.id, now);
    const rows = lines.map(({ criterion, figure, measure, answeredBy, given, gate, stale }): ExportCell[] => [
      ...[COMPONENT_LABELS[criterion.component], criterion.label, number(criterion.weight)],
      ...[...figureCells(figure, null), answeredBy, gate ? "red flag" : stale ? "old evidence" : null],
      ...figureCells(measure, null),
      given?.rationale ?? null,
      given?.evidence.map(({ label, date }) => `${label} (${date})`).join("; ") ?? null,
    ]);
    return {
      ...{ title: "Exit readiness", subject: venture.slug, ventureId: venture.id, rows },
      columns: [
        ...columns("Component,Criterion,Weight"),
        ...[...figureColumns("Score"), ...columns("Answered by,Mark"), ...figureColumns("Measure")],
        ...columns("Why,Evidence"),
      ],
    };
  },
});
