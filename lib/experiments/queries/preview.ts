import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { type CountProblem, countSchema, totalOf } from "../rules/counts";
import { readCounts } from "../rules/read-counts";
import { type CountsInput, designSchema } from "../schema/design";

export type CountsPreview = {
  problems: CountProblem[];
  /** Units per arm and metric, before and after. */
  changes: { arm: string; metric: string; before: number | null; after: number }[];
  days: number;
  through: string | null;
  onRevision: number;
};

/** What an import would change, without changing anything. */
export async function previewCounts(actor: Actor, input: CountsInput): Promise<Result<CountsPreview, "NOT_RUNNING">> {
  const row = await db.experiment.findUnique({ where: { id: input.experimentId } });
  if (!row || !maySeeVenture(actor, row.ventureId)) throw new AppError("NOT_FOUND");
  if (row.status !== "running") return refuse("NOT_RUNNING" as const);
  const design = designSchema.parse(row.design);
  const read = readCounts(input.format, input.text, design);
  const current = await db.experimentImport.findFirst({
    where: { experimentId: row.id, supersededAt: null },
    include: { counts: true },
  });
  const before = (current?.counts ?? []).map(({ arm, metric, day, units, sums }) =>
    countSchema.parse({ arm, metric, units: Number(units), sums, day: day?.toISOString().slice(0, 10) ?? null }),
  );
  const changes = design.arms.flatMap((arm) =>
    design.metrics.flatMap((metric) => {
      const after = totalOf(read.counts, arm.key, metric.key);
      const was = totalOf(before, arm.key, metric.key);
      return after ? [{ arm: arm.name, metric: metric.name, before: was?.units ?? null, after: after.units }] : [];
    }),
  );
  return ok({
    ...{ changes, onRevision: row.dataRevision, through: read.through ?? input.through },
    problems: read.problems.slice(0, 50),
    days: new Set(read.counts.flatMap(({ day }) => (day === null ? [] : [day]))).size,
  });
}
