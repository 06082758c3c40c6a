import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, type Prisma, type Tx } from "@/lib/db";
import { wakeConditional } from "@/lib/decisions/mutations/conditions";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { saveFigures } from "@/lib/figures/mutations";
import { Exact } from "@/lib/money";
import { raiseAlerts } from "@/lib/stage/mutations";
import { postAlerts } from "@/lib/stage/mutations/alert-post";
import { atOneMoment, computePerformance, type VenturePerformance } from "./queries/performance";
import type { SnapshotMeasure } from "./queries/snapshots";
import { dayDate, daysBetween, dayText, freshnessOf } from "./rules/periods";
import { type BookOfRecordInput, type Correction, findMetric, type Grain, metricDataset } from "./schema";

/** Takes the data set's row lock, before any of its facts is touched: corrections and imports then never cross. */
async function lockDataset(tx: Tx, ventureId: string, dataset: string, now: Date): Promise<void> {
  const row = { ventureId, dataset, version: 0, changedAt: now };
  await tx.datasetVersion.createMany({ data: [row], skipDuplicates: true });
  await tx.$queryRaw`
    SELECT 1 FROM "dataset_version" WHERE "ventureId" = ${ventureId}::uuid AND "dataset" = ${dataset} FOR UPDATE`;
}

/** Moves the version of a data set, in the transaction of the change: figures over it are stale from then on. */
async function bumpDataset(tx: Tx, ventureId: string, dataset: string, now: Date): Promise<number> {
  const { version } = await tx.datasetVersion.update({
    where: { ventureId_dataset: { ventureId, dataset } },
    data: { version: { increment: 1 }, changedAt: now },
  });
  return version;
}

type PointRow = Awaited<ReturnType<typeof db.metricPoint.findFirstOrThrow>>;

function mayStand(metric: string, value: string): boolean {
  const definition = findMetric(metric);
  if (!definition) return false;
  const exact = new Exact(value);
  if (definition.unit === "score") return exact.gte(0) && exact.lte(100);
  return definition.signed || exact.gte(0);
}

/** The successor keeps source, period and as-of; it has no row of a file any more, but a person and a reason. */
const successor = (point: PointRow, input: Correction, actor: Actor, now: Date): Prisma.MetricPointCreateInput => ({
  ventureId: point.ventureId,
  metric: point.metric,
  basis: point.basis,
  periodStart: point.periodStart,
  grain: point.grain,
  value: input.value,
  currency: point.currency,
  sourceId: point.sourceId,
  asOf: point.asOf,
  recordedAt: now,
  recordedBy: actor.ref,
  reason: input.reason,
});

export type CorrectionRefusal = "CHANGED_SINCE" | "SAME_VALUE" | "NOT_ALLOWED_VALUE";

/**
 * Replaces a stored value with a person's, in the same source's series, keeping the old one in the history. Refused if
 * the value was changed since the person read it: of two corrections of one value exactly one wins.
 */
export async function correctMetric(
  actor: Actor,
  input: Correction,
  now: Date,
): Promise<Result<{ pointId: string }, CorrectionRefusal>> {
  const { ventureId } = input;
  const id = BigInt(input.pointId);
  return db.$transaction(async (tx) => {
    const point = await tx.metricPoint.findUnique({ where: { id } });
    if (!point || point.ventureId !== ventureId || !maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
    if (!mayStand(point.metric, input.value)) {
      return refuse("NOT_ALLOWED_VALUE" as const, [{ path: "value", expected: "a value that this metric can have" }]);
    }
    if (new Exact(point.value.toString()).eq(input.value)) return refuse("SAME_VALUE" as const);
    await lockDataset(tx, ventureId, metricDataset(point.metric), now);
    const { count } = await tx.metricPoint.updateMany({
      where: { id, supersededAt: null },
      data: { supersededAt: now },
    });
    if (count !== 1) return refuse("CHANGED_SINCE" as const);
    const created = await tx.metricPoint.create({ data: successor(point, input, actor, now) });
    const version = await bumpDataset(tx, ventureId, metricDataset(point.metric), now);
    const { metric, basis, grain } = point;
    const change = { from: new Exact(point.value.toString()).toFixed(), to: new Exact(input.value).toFixed() };
    const period = { periodStart: dayText(point.periodStart), basis, grain, source: point.sourceId };
    await recordEvent(tx, {
      ventureId,
      type: "metric.corrected",
      actor: actor.ref,
      subject: `metric:${metric}`,
      payload: { metric, ...period, ...change, reason: input.reason, replaced: input.pointId, version },
      at: now,
    });
    return ok({ pointId: created.id.toString() });
  });
}

/** From now on figures over this metric believe this source wherever sources disagree. */
export async function setBookOfRecord(
  actor: Actor,
  input: BookOfRecordInput,
  now: Date,
): Promise<Result<{ metric: string }, "SAME_VALUE">> {
  const { ventureId, metric, sourceId, reason } = input;
  return db.$transaction(async (tx) => {
    if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
    const source = await tx.dataSource.findFirst({ where: { id: sourceId, ventureId } });
    if (!source) throw new AppError("NOT_FOUND");
    const key = { ventureId_metric: { ventureId, metric } };
    const dataset = findMetric(metric) ? metricDataset(metric) : metric;
    await lockDataset(tx, ventureId, dataset, now);
    const before = await tx.bookOfRecord.findUnique({ where: key });
    if (before?.sourceId === sourceId) return refuse("SAME_VALUE" as const);
    const row = { sourceId, reason, setBy: actor.ref, setAt: now };
    await tx.bookOfRecord.upsert({ where: key, create: { ventureId, metric, ...row }, update: row });
    await bumpDataset(tx, ventureId, dataset, now);
    await recordEvent(tx, {
      ventureId,
      type: "metric.book-of-record-set",
      actor: actor.ref,
      subject: `metric:${metric}`,
      payload: { metric, source: source.name, sourceId, before: before?.sourceId ?? null, reason },
      at: now,
    });
    return ok({ metric });
  });
}

type Facts = { freshnessDays: number | null; freshness: ReturnType<typeof freshnessOf>; contradictions: number };

/** How old the newest fact is, how late the accounts are, and how many periods sources disagree on. */
async function factsOf(tx: Tx, performance: VenturePerformance): Promise<Facts> {
  const ventureId = performance.venture.id;
  const [row] = await tx.$queryRaw<{ newest: Date | null; grain: Grain | null; contradictions: bigint }[]>`
    SELECT greatest(
        (SELECT max("asOf") FROM "metric_point" WHERE "ventureId" = ${ventureId}::uuid AND "supersededAt" IS NULL),
        (SELECT max("asOf") FROM "subscription" WHERE "ventureId" = ${ventureId}::uuid AND "supersededAt" IS NULL),
        (SELECT max("asOf") FROM "invoice" WHERE "ventureId" = ${ventureId}::uuid AND "supersededAt" IS NULL)) AS newest,
      (SELECT "grain" FROM "metric_point" WHERE "ventureId" = ${ventureId}::uuid AND "supersededAt" IS NULL
        AND "metric" = 'revenue' ORDER BY "periodStart" DESC LIMIT 1) AS grain,
      (SELECT count(*) FROM (
        SELECT 1 FROM "metric_point" WHERE "ventureId" = ${ventureId}::uuid AND "supersededAt" IS NULL
        GROUP BY "metric", "basis", "grain", "periodStart"
        HAVING count(DISTINCT coalesce("currency", '')) > 1
          OR max("value") - min("value") > 0.005 * greatest(abs(max("value")), abs(min("value")))) AS c) AS contradictions`;
  const { asOf, financeThrough, billingThrough } = performance;
  const days = row?.newest ? Math.max(0, daysBetween(dayText(row.newest), asOf)) : null;
  const freshness = freshnessOf(row?.grain ?? "month", financeThrough ?? billingThrough, asOf);
  return { freshnessDays: days, freshness, contradictions: Number(row?.contradictions ?? 0) };
}

type Refs = ReadonlyMap<string, number>;

function measuresOf(performance: VenturePerformance, refs: Refs): Record<string, SnapshotMeasure> {
  return Object.fromEntries(
    performance.measures.map(({ key, figure, level }) => {
      const { id, value, unit, label, asOf } = figure;
      const spark = performance.sparks[key] ?? [];
      const view = { id, revision: refs.get(id) ?? 1, value, unit, label, asOf, reason: figure.reason ?? null };
      return [key, { ...view, level, spark }];
    }),
  );
}

/** Computes a venture's figures, stores them, and puts the headline ones into its snapshot. Repeating it changes nothing. */
export async function refreshSnapshot(ventureId: string, now: Date): Promise<VenturePerformance> {
  const { performance, facts } = await atOneMoment(async (tx) => {
    const computed = await computePerformance(tx, ventureId, null, now);
    return { performance: computed, facts: await factsOf(tx, computed) };
  });
  await db.$transaction(
    async (tx) => {
      const refs = new Map((await saveFigures(tx, ventureId, performance.figures, now)).map((r) => [r.id, r.revision]));
      const measures = measuresOf(performance, refs) as unknown as Prisma.InputJsonObject;
      const row = { asOf: dayDate(performance.asOf), computedAt: now, measures, ...facts };
      await tx.ventureSnapshot.upsert({ where: { ventureId }, create: { ventureId, ...row }, update: row });
    },
    { timeout: 60_000, maxWait: 20_000 },
  );
  return performance;
}

/** The snapshot, and the alerts that it begins or ends. */
export async function refreshAndWatch(ventureId: string, now: Date): Promise<void> {
  await refreshSnapshot(ventureId, now);
  const { raised } = await raiseAlerts(ventureId, now);
  if (raised.length > 0) await postAlerts(ventureId, now);
}

/** A correction, and the venture's figures computed again from it. */
export async function correctAndRefresh(actor: Actor, input: Correction, now: Date) {
  const corrected = await correctMetric(actor, input, now);
  if (!corrected.ok) return corrected;
  await refreshAndWatch(input.ventureId, now);
  await wakeConditional(input.ventureId, now);
  return corrected;
}

/** A choice of source, and the venture's figures computed again with it. */
export async function markAndRefresh(actor: Actor, input: BookOfRecordInput, now: Date) {
  const marked = await setBookOfRecord(actor, input, now);
  if (!marked.ok) return marked;
  await refreshAndWatch(input.ventureId, now);
  await wakeConditional(input.ventureId, now);
  return marked;
}
