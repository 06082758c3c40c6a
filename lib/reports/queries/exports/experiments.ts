import "server-only";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { findExperiment, listExperiments } from "@/lib/experiments/queries";
import { primaryOf } from "@/lib/experiments/rules/design";
import { day, type ExportCell, figureCells, figureColumns, number } from "../../rules/export-table";
import { exportTable, ofVenture, ventureInSight } from "./table";

const columns = (labels: string) => labels.split(",").map((label) => ({ label }));

/** Every experiment with how far it is, what its rule says and what was decided. */
export const experiments = exportTable({
  query: ofVenture,
  open: async ({ actor }, { venture: slug }) => {
    const venture = await ventureInSight(actor, slug);
    const found = await listExperiments(actor, venture.id);
    const rows = found.map(({ head, standing, views, through }): ExportCell[] => [
      ...[head.name, head.id, head.status, head.method, primaryOf(head.design).name, day(head.startedOn)],
      ...[day(head.plannedEnd), day(through), ...figureCells(views.units, null)],
      ...figureCells(views.plannedUnits, null),
      ...[standing.hidden, head.ruleSaid ?? standing.verdict.said, head.decision, head.decidedArm, head.decisionReason],
    ]);
    return {
      ...{ title: "Experiments", subject: venture.slug, ventureId: venture.id, rows },
      columns: [
        ...columns("Experiment,Experiment id,State,Analysis,Primary metric,Started,Planned end,Counted through"),
        ...figureColumns("Counted"),
        ...figureColumns("Planned"),
        ...columns("Hidden because,The rule says,Decided,Arm,Reason"),
      ],
    };
  },
});

const ofExperiment = ofVenture.extend({ experiment: z.uuid().optional() });

/** The figures of one experiment, or of all of a venture; none of a result that may not be shown. */
export const results = exportTable({
  query: ofExperiment,
  open: async ({ actor }, { venture: slug, experiment }) => {
    const venture = await ventureInSight(actor, slug);
    const one = experiment ? await findExperiment(actor, venture.id, experiment) : null;
    if (experiment && !one) throw new AppError("NOT_FOUND");
    const found = one ? [one] : await listExperiments(actor, venture.id);
    const rows = found.flatMap(({ head, views, through }) =>
      Object.entries(views).map(([key, figure]): ExportCell[] => {
        const [measure = "", metric = "", arm = ""] = key.split(":");
        const value = figure.unit === "text" ? number(figure.value) : null;
        const [exact = null, ...rest] = figureCells(figure, null);
        return [head.name, day(through), measure, metric || null, arm || null, figure.label, value ?? exact, ...rest];
      }),
    );
    return {
      ...{ title: "Results", subject: venture.slug, ventureId: venture.id, rows },
      columns: [
        ...columns("Experiment,Counted through,Measure,Metric or arm,Arm,What it is"),
        ...figureColumns("Value"),
      ],
    };
  },
});
