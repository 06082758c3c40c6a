import "server-only";
import { type Actor, maySeeVenture, ventureScope } from "@/lib/auth/actor";
import { type Db, db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { staleFigures } from "@/lib/figures/queries";
import type { Figure, FigureView } from "@/lib/figures/schema";
import { type Count, countSchema } from "./rules/counts";
import { designFigures, type FigureScope, type NamedFigure, standingFigures } from "./rules/result-figures";
import { type Standing, standingOf } from "./rules/standing";
import { type Design, designSchema, type Method } from "./schema/design";

export type ExperimentRow = Awaited<ReturnType<typeof db.experiment.findFirstOrThrow>>;

const dayText = (date: Date | null): string | null => date?.toISOString().slice(0, 10) ?? null;

export type ExperimentHead = {
  id: string;
  ventureId: string;
  name: string;
  hypothesis: string;
  method: Method;
  status: ExperimentRow["status"];
  design: Design;
  plannedUnits: number | null;
  plannedEnd: string | null;
  version: number;
  dataRevision: number;
  startedOn: string | null;
  endedOn: string | null;
  decision: string | null;
  decidedArm: string | null;
  ruleSaid: string | null;
  decisionReason: string | null;
  endedBy: string | null;
  createdAt: string;
  initiativeId: string | null;
};

function headOf(row: ExperimentRow): ExperimentHead {
  const { startedOn, endedOn, plannedEnd, createdAt, design, createdBy: _by, ...rest } = row;
  const days = { startedOn: dayText(startedOn), endedOn: dayText(endedOn), plannedEnd: dayText(plannedEnd) };
  return { ...rest, ...days, design: designSchema.parse(design), createdAt: createdAt.toISOString() };
}

export type StoredCounts = { counts: Count[]; through: string | null; revision: number };

async function currentCounts(tx: Db | Tx, experimentId: string): Promise<StoredCounts> {
  const current = await tx.experimentImport.findFirst({
    where: { experimentId, supersededAt: null },
    include: { counts: { orderBy: { rowNumber: "asc" } } },
  });
  if (!current) return { counts: [], through: null, revision: 0 };
  const counts = current.counts.map(({ arm, metric, day, units, sums }) =>
    countSchema.parse({ arm, metric, day: dayText(day), units: Number(units), sums }),
  );
  return { counts, through: dayText(current.through), revision: current.revision };
}

export type Computed = { head: ExperimentHead; stored: StoredCounts; standing: Standing; figures: NamedFigure[] };

/** The standing of an experiment and its figures, from the counts as they are stored now. */
export async function computeStanding(tx: Db | Tx, row: ExperimentRow): Promise<Computed> {
  const head = headOf(row);
  const { design, method, plannedUnits } = head;
  const stored = await currentCounts(tx, head.id);
  const plan = { design, method, plannedUnits };
  const standing = standingOf(stored.counts, plan);
  const experiment = { id: head.id, name: head.name, ventureId: head.ventureId };
  const size = { revision: stored.revision, rows: stored.counts.length };
  const designed: FigureScope = { experiment, asOf: head.startedOn ?? head.createdAt.slice(0, 10), ...size };
  const counted: FigureScope = { experiment, asOf: stored.through ?? designed.asOf, ...size };
  const figures = [...designFigures(designed, plan), ...standingFigures(counted, plan, standing)];
  return { head, stored, standing, figures };
}

async function visible(actor: Actor, id: string, tx: Db | Tx = db): Promise<ExperimentRow> {
  const row = await tx.experiment.findUnique({ where: { id } });
  if (!row || !maySeeVenture(actor, row.ventureId)) throw new AppError("NOT_FOUND");
  return row;
}

/** The stored revision of each figure, with what has changed since; one that was never stored is left out. */
async function viewsOf(figures: readonly NamedFigure[]): Promise<Record<string, FigureView>> {
  const ids = figures.map(({ figure }) => figure.id);
  const rows = await db.figure.findMany({
    where: { id: { in: ids } },
    orderBy: { revision: "desc" },
    distinct: ["id"],
  });
  const revisions = new Map(rows.map((row) => [row.id, row.revision]));
  const refs = rows.map(({ id, revision }) => ({ id, revision }));
  const stale = new Map((await staleFigures(refs)).map((one) => [one.id, one.reason]));
  return Object.fromEntries(
    figures.flatMap(({ key, figure }) => {
      const revision = revisions.get(figure.id);
      if (revision === undefined) return [];
      const { id, value, unit, label, asOf, reason } = figure;
      return [[key, { id, revision, value, unit, label, asOf, reason: reason ?? null, stale: stale.get(id) ?? null }]];
    }),
  );
}

export type ImportLine = {
  revision: number;
  format: string;
  fileName: string;
  through: string;
  importedBy: string;
  importedAt: string;
  current: boolean;
};

export type ExperimentDetail = {
  head: ExperimentHead;
  standing: Standing;
  views: Record<string, FigureView>;
  through: string | null;
  imports: ImportLine[];
  initiative: { id: string; title: string } | null;
};

export async function getExperiment(actor: Actor, id: string): Promise<ExperimentDetail> {
  const row = await visible(actor, id);
  const { head, standing, figures, stored } = await computeStanding(db, row);
  const [views, imports, initiative] = await Promise.all([
    viewsOf(figures),
    db.experimentImport.findMany({ where: { experimentId: id }, orderBy: { revision: "desc" } }),
    row.initiativeId
      ? db.initiative.findUnique({ where: { id: row.initiativeId }, select: { id: true, title: true } })
      : null,
  ]);
  const lines = imports.map(({ revision, format, fileName, through, importedBy, importedAt, supersededAt }) => ({
    ...{ revision, format, fileName, importedBy, current: supersededAt === null },
    ...{ through: dayText(through) ?? "", importedAt: importedAt.toISOString() },
  }));
  return { head, standing, views, through: stored.through, imports: lines, initiative };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** For a page: null where there is none of this id in the venture, or it is out of sight. */
export async function findExperiment(actor: Actor, ventureId: string, id: string): Promise<ExperimentDetail | null> {
  if (!UUID.test(id) || !maySeeVenture(actor, ventureId)) return null;
  const held = await db.experiment.count({ where: { id, ventureId } });
  return held === 0 ? null : getExperiment(actor, id);
}

export type ExperimentLine = Pick<ExperimentDetail, "head" | "standing" | "views" | "through">;

/** Running first, then drafts, then what has ended; newest first. */
export async function listExperiments(actor: Actor, ventureId: string): Promise<ExperimentLine[]> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const rows = await db.experiment.findMany({
    where: { ventureId, AND: [ventureScope(actor)] },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  const order = ["running", "draft", "decided", "stopped"];
  const lines = await Promise.all(
    rows.map(async (row) => {
      const { head, standing, figures, stored } = await computeStanding(db, row);
      return { head, standing, views: await viewsOf(figures), through: stored.through };
    }),
  );
  return lines.toSorted((a, b) => order.indexOf(a.head.status) - order.indexOf(b.head.status));
}

export type LinkableInitiative = { id: string; title: string; metric: string };

/** Initiatives of the venture that an experiment can belong to. */
export async function listLinkableInitiatives(actor: Actor, ventureId: string): Promise<LinkableInitiative[]> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const where = { ventureId, status: { in: ["planned" as const, "running" as const, "paused" as const] } };
  return db.initiative.findMany({
    where,
    select: { id: true, title: true, metric: true },
    orderBy: { createdAt: "desc" },
  });
}

type StoredFigure = { figure: Figure; ventureId: string | null };

/** For the recompute registry: the figures of the experiment as its counts and design are now. */
export async function recomputeExperimentFigure(tx: Tx, { figure, ventureId }: StoredFigure): Promise<Figure[] | null> {
  const input = figure.inputs.experiment;
  const id = input && "value" in input ? input.value : null;
  if (typeof id !== "string") return null;
  const row = await tx.experiment.findUnique({ where: { id } });
  if (!row || row.ventureId !== ventureId) return null;
  const { figures } = await computeStanding(tx, row);
  const again = figures.find((one) => one.figure.id === figure.id);
  return again ? [again.figure] : null;
}

/** What a shipped arm did to the primary metric, with the rows of counts behind it. */
export type ShippedEffect = {
  id: string;
  ventureId: string;
  name: string;
  shippedOn: string;
  metric: string;
  difference: Design["difference"];
  estimate: number | null;
  low: number | null;
  high: number | null;
  confidence: number;
  revision: number;
  rows: number;
};

function shippedEffect({ head, standing, stored }: Computed): ShippedEffect {
  const { id, ventureId, name, design, endedOn, decidedArm } = head;
  const shown = standing.comparisons.find(({ metric, arm }) => metric.role === "primary" && arm.key === decidedArm);
  const [low, high] = shown?.analysis.interval ?? [null, null];
  return {
    ...{ id, ventureId, name, shippedOn: endedOn ?? "", low, high, estimate: shown?.analysis.estimate ?? null },
    metric: design.metrics.find(({ role }) => role === "primary")?.key ?? "",
    ...{ difference: design.difference, confidence: 1 - design.alpha },
    ...{ revision: stored.revision, rows: stored.counts.length },
  };
}

/**
 * What the newest experiment of an initiative that was decided to ship by a day says: about the metric where one has it as its
 * primary one, else about another metric, so that a reader learns why it does not count; null where none was shipped.
 */
export async function findShippedEffect(
  tx: Db | Tx,
  initiative: { id: string; experimentId: string | null; metric: string },
  through: string,
): Promise<ShippedEffect | null> {
  const linked = [
    { initiativeId: initiative.id },
    ...(initiative.experimentId ? [{ id: initiative.experimentId }] : []),
  ];
  const rows = await tx.experiment.findMany({
    where: { status: "decided", decision: "ship", endedOn: { lte: new Date(through) }, OR: linked },
    orderBy: [{ endedOn: "desc" }, { id: "desc" }],
  });
  const all: ShippedEffect[] = [];
  for (const row of rows) all.push(shippedEffect(await computeStanding(tx, row)));
  return all.find(({ metric }) => metric === initiative.metric) ?? all[0] ?? null;
}

export { type CountsPreview, previewCounts } from "./queries/preview";
