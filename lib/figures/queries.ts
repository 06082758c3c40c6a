import "server-only";
import { z } from "zod";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { type Db, db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { isRateDataset, usedRateSchema } from "@/lib/metrics/rules/used-rates";
import { type Figure, type FigureSource, type FigureView, figureInputSchema, sourceSchema, unitSchema } from "./schema";

export { listSourceRows, type SourceRowPage, sourceRowsCsv } from "./queries/source-rows";

type FigureRow = Awaited<ReturnType<typeof db.figure.findFirstOrThrow>>;

/** A stored revision as the figure that it was. */
export function toFigure(row: FigureRow): Figure {
  const inputs = Object.entries(row.inputs as Record<string, unknown>);
  return {
    id: row.id,
    label: row.label,
    value: row.value,
    ...(row.reason ? { reason: row.reason } : {}),
    unit: unitSchema.parse(row.unit),
    asOf: row.asOf.toISOString().slice(0, 10),
    method: row.method,
    formula: row.formula,
    inputs: Object.fromEntries(inputs.map(([name, input]) => [name, figureInputSchema.parse(input)])),
    sources: (row.sources as unknown[]).map((source) => sourceSchema.parse(source)),
  };
}

export type FigureRef = { id: string; revision: number };
/** A revision that no longer holds, with its label and what changed. */
export type StaleFigure = FigureRef & { label: string; reason: string };

type StaleRow = {
  root: string;
  root_revision: number;
  root_label: string;
  label: string;
  self: boolean;
  value_changed: boolean;
  moved: string | null;
};

/**
 * Which of these revisions no longer say what the stored facts say, and why: a later revision of the figure, or of
 * anything it was computed from, has another value; or a data set has changed and nobody has computed it again.
 */
export async function staleFigures(refs: readonly FigureRef[], tx: Db | Tx = db): Promise<StaleFigure[]> {
  if (refs.length === 0) return [];
  // Ids are of the type of the figure's column (bpchar): compared as text, no index would serve them.
  const rows = await tx.$queryRaw<StaleRow[]>`
    WITH RECURSIVE chain(root, root_revision, id, revision) AS (
      SELECT id::bpchar, revision, id::bpchar, revision
      FROM unnest(${refs.map((ref) => ref.id)}::text[], ${refs.map((ref) => ref.revision)}::int[]) AS asked(id, revision)
      UNION
      SELECT chain.root, chain.root_revision, d."ref"::bpchar, d."version"
      FROM chain
      JOIN LATERAL (SELECT max("revision") AS revision FROM "figure" f WHERE f."id" = chain.id) l ON true
      JOIN "figure_dependency" d ON d."figureId" = chain.id AND d."revision" = l.revision AND d."kind" = 'figure')
    SELECT chain.root, chain.root_revision, asked."label" AS root_label, mine."label", chain.id = chain.root AS self,
      (latest."value" IS DISTINCT FROM mine."value" OR latest."reason" IS DISTINCT FROM mine."reason") AS value_changed,
      moved."ref" AS moved
    FROM chain
    JOIN "figure" asked ON asked."id" = chain.root AND asked."revision" = chain.root_revision
    JOIN "figure" mine ON mine."id" = chain.id AND mine."revision" = chain.revision
    JOIN LATERAL (
      SELECT * FROM "figure" f WHERE f."id" = chain.id ORDER BY f."revision" DESC LIMIT 1) latest ON true
    LEFT JOIN LATERAL (
      SELECT d."ref" FROM "figure_dependency" d
      JOIN "dataset_version" v ON v."ventureId" = d."ventureId" AND v."dataset" = d."ref" AND v."version" > d."version"
      WHERE d."figureId" = chain.id AND d."revision" = latest."revision" AND d."kind" = 'dataset'
      ORDER BY d."ref" LIMIT 1) moved ON true
    WHERE latest."value" IS DISTINCT FROM mine."value" OR latest."reason" IS DISTINCT FROM mine."reason"
      OR moved."ref" IS NOT NULL
    ORDER BY self DESC, value_changed DESC`;
  const first = new Map<string, StaleFigure>();
  for (const row of rows) {
    const key = `${row.root}:${row.root_revision}`;
    const { root: id, root_revision: revision, root_label: label } = row;
    if (!first.has(key)) first.set(key, { id, revision, label, reason: reasonOf(row) });
  }
  return [...first.values()];
}

function reasonOf({ self, value_changed, label, moved }: StaleRow): string {
  if (value_changed)
    return self ? "It was computed again, with another value" : `Its input "${label}" has another value now`;
  return `The stored ${nameOf(moved ?? "data")} changed after it was computed`;
}

const nameOf = (dataset: string): string =>
  dataset
    .replace(/^metric:/, "values of ")
    .replace(/^initiative:.*/, "ledger")
    .replace(/^fx:/, "exchange rates of ")
    .replace(/^experiment:.*$/, "counts of the experiment")
    .replaceAll("_", " ");

async function visible(actor: Actor, id: string, revision?: number): Promise<FigureRow> {
  const row = await db.figure.findFirst({
    where: { id, ...(revision ? { revision } : {}) },
    orderBy: { revision: "desc" },
  });
  if (!row || (row.ventureId && !maySeeVenture(actor, row.ventureId))) throw new AppError("NOT_FOUND");
  return row;
}

const toView = (row: FigureRow, stale: string | null): FigureView => ({
  ...{ id: row.id, revision: row.revision, value: row.value, unit: unitSchema.parse(row.unit), label: row.label },
  asOf: row.asOf.toISOString().slice(0, 10),
  reason: row.reason,
  stale,
});

/** So many revisions are asked for at once: a statement has room for 32,767 values. */
const AT_ONCE = 5_000;

/** Revisions as they are stored, of as many as a report of a thousand ventures quotes. */
export async function listRevisions(refs: readonly FigureRef[]): Promise<FigureRow[]> {
  const rows: FigureRow[] = [];
  for (let from = 0; from < refs.length; from += AT_ONCE) {
    const asked = refs.slice(from, from + AT_ONCE).map(({ id, revision }) => ({ id, revision }));
    rows.push(...(await db.figure.findMany({ where: { OR: asked } })));
  }
  return rows;
}

/** Figures as screens show them, with what has changed since; unknown ids and ventures out of sight are left out. */
export async function listFigureViews(actor: Actor, refs: readonly FigureRef[]): Promise<FigureView[]> {
  const rows = await listRevisions(refs);
  const seen = rows.filter((row) => !row.ventureId || maySeeVenture(actor, row.ventureId));
  const stale = new Map((await staleFigures(seen)).map((one) => [`${one.id}:${one.revision}`, one.reason]));
  return seen.map((row) => toView(row, stale.get(`${row.id}:${row.revision}`) ?? null));
}

export type FigureInputView = { name: string; label: string; figure: FigureView | null; value: string | null };

export type FigureProof = {
  figure: FigureView;
  method: string;
  formula: string;
  computedAt: string;
  ventureId: string | null;
  inputs: FigureInputView[];
  sources: FigureSource[];
  /** All revisions, newest first. */
  revisions: { revision: number; value: string | null; reason: string | null; computedAt: string }[];
};

const plainText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

async function inputViews(actor: Actor, row: FigureRow): Promise<FigureInputView[]> {
  const dependencies = await db.figureDependency.findMany({
    where: { figureId: row.id, revision: row.revision, kind: "figure" },
  });
  const views = await listFigureViews(
    actor,
    dependencies.map((need) => ({ id: need.ref, revision: need.version })),
  );
  const byId = new Map(views.map((view) => [view.id, view]));
  const { inputs, sources } = toFigure(row);
  const named = Object.entries(inputs).map(([name, input]) => {
    if (!("figure" in input)) return { name, label: input.label ?? name, figure: null, value: plainText(input.value) };
    const figure = byId.get(input.figure) ?? null;
    return { name, label: input.label ?? figure?.label ?? name, figure, value: null };
  });
  return [...named, ...rateInputs(sources)];
}

/** The exchange rates in a figure, each with its day and where it comes from; more than a year of months is a list of rows. */
function rateInputs(sources: readonly FigureSource[]): FigureInputView[] {
  const rates = sources.flatMap((source) =>
    source.kind === "dataset" && isRateDataset(source.dataset)
      ? (z.array(usedRateSchema).safeParse(source.filter.rates).data ?? [])
      : [],
  );
  return rates.slice(-SHOWN_RATES).map(({ base, quote, day, rate, source }) => ({
    ...{ name: `fx:${base}/${quote}/${day}`, figure: null, value: rate },
    label: `${quote} for one ${base} on ${day}, ${source}`,
  }));
}

const SHOWN_RATES = 12;

/** A figure with everything that proves it: formula, inputs, sources, revisions, and whether it still holds. */
export async function getFigure(actor: Actor, id: string, revision?: number): Promise<FigureProof> {
  const row = await visible(actor, id, revision);
  const [inputs, revisions, stale] = await Promise.all([
    inputViews(actor, row),
    db.figure.findMany({ where: { id }, orderBy: { revision: "desc" }, take: 50 }),
    staleFigures([{ id, revision: row.revision }]),
  ]);
  return {
    figure: toView(row, stale[0]?.reason ?? null),
    method: row.method,
    formula: row.formula,
    computedAt: row.computedAt.toISOString(),
    ventureId: row.ventureId,
    inputs,
    sources: toFigure(row).sources,
    revisions: revisions.map(({ revision: number, value, reason, computedAt }) => ({
      ...{ revision: number, value, reason },
      computedAt: computedAt.toISOString(),
    })),
  };
}

/** The newest revision as it was computed: for recomputing it. */
export async function getLatestFigure(
  actor: Actor,
  id: string,
): Promise<{ figure: Figure; revision: number; ventureId: string | null }> {
  const row = await visible(actor, id);
  return { figure: toFigure(row), revision: row.revision, ventureId: row.ventureId };
}

/** Figures whose newest revision was computed from this one. */
export async function listDependants(actor: Actor, id: string): Promise<FigureView[]> {
  await visible(actor, id);
  const rows = await db.figureDependency.findMany({ where: { kind: "figure", ref: id }, include: { figure: true } });
  const newest = new Map<string, FigureRow>();
  for (const { figure } of rows) {
    if ((newest.get(figure.id)?.revision ?? 0) < figure.revision) newest.set(figure.id, figure);
  }
  return listFigureViews(actor, [...newest.values()]);
}
