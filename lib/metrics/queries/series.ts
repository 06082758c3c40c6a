import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { namesByRef } from "@/lib/auth/people";
import { db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { Exact } from "@/lib/money";
import { addDays, coveredPeriod, dayDate, dayText, type Freshness, freshnessOf } from "../rules/periods";
import { contradicts, type ResolvedPoint, resolveSeries, type SeriesPoint } from "../rules/series";
import { type Basis, findMetric, type Grain, type MetricDefinition } from "../schema";
import { loadRates } from "./fx";

type PointRow = Awaited<ReturnType<typeof db.metricPoint.findMany>>[number];

export type StoredPoint = {
  id: string;
  periodStart: string;
  periodEnd: string;
  value: string;
  currency: string | null;
  asOf: string;
  recordedAt: string;
  recordedBy: string;
  importId: string | null;
  rowNumber: number | null;
  /** Why a person changed it; null for a value as imported. */
  reason: string | null;
  /** Do other sources say something else for this period? */
  disagrees: boolean;
};

export type StoredSeries = {
  metric: MetricDefinition;
  basis: Basis;
  grain: Grain;
  sourceId: string;
  source: string;
  bookOfRecord: boolean;
  freshness: Freshness;
  lastDay: string | null;
  points: StoredPoint[];
};

function seen(actor: Actor, ventureId: string): string {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  return ventureId;
}

const sourceNames = async (tx: Tx, ventureId: string): Promise<Map<string, string>> => {
  const sources = await tx.dataSource.findMany({ where: { ventureId }, select: { id: true, name: true } });
  return new Map(sources.map((source) => [source.id, source.name]));
};

export async function booksOfRecord(tx: Tx, ventureId: string): Promise<Map<string, string>> {
  const books = await tx.bookOfRecord.findMany({ where: { ventureId } });
  return new Map(books.map((book) => [book.metric, book.sourceId]));
}

const periodKey = (row: PointRow) => `${row.metric}/${row.basis}/${row.grain}/${dayText(row.periodStart)}`;

/** Keys of the periods on which sources disagree: another value beyond the tolerance, or another currency. */
function disagreements(rows: readonly PointRow[]): Set<string> {
  const groups = Map.groupBy(rows, periodKey);
  return new Set(
    [...groups].flatMap(([key, group]) => {
      const currencies = new Set(group.map((row) => row.currency));
      const values = group.map((row) => new Exact(row.value.toString()));
      return currencies.size > 1 || contradicts(values) ? [key] : [];
    }),
  );
}

const currentRows = (tx: Tx, ventureId: string, metrics?: readonly string[]) =>
  tx.metricPoint.findMany({
    where: { ventureId, supersededAt: null, ...(metrics ? { metric: { in: [...metrics] } } : {}) },
    orderBy: [{ metric: "asc" }, { basis: "asc" }, { periodStart: "asc" }, { sourceId: "asc" }],
  });

const toPoint = (row: PointRow, disagrees: boolean): StoredPoint => ({
  id: row.id.toString(),
  periodStart: dayText(row.periodStart),
  periodEnd: coveredPeriod(dayText(row.periodStart), row.grain as Grain).to,
  value: new Exact(row.value.toString()).toFixed(),
  currency: row.currency,
  asOf: row.asOf.toISOString(),
  recordedAt: row.recordedAt.toISOString(),
  recordedBy: row.recordedBy,
  importId: row.importId,
  rowNumber: row.rowNumber,
  reason: row.reason,
  disagrees,
});

/** The stored series of a venture, one for each metric, basis, grain and source. */
export async function listSeries(
  actor: Actor,
  ventureId: string,
  today: string,
  metrics?: readonly string[],
): Promise<StoredSeries[]> {
  seen(actor, ventureId);
  const [rows, names, books] = await Promise.all([
    currentRows(db, ventureId, metrics),
    sourceNames(db, ventureId),
    booksOfRecord(db, ventureId),
  ]);
  const disagreeing = disagreements(rows);
  const groups = Map.groupBy(rows, (row) => `${row.metric}/${row.basis}/${row.grain}/${row.sourceId}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const metric = first && findMetric(first.metric);
    if (!first || !metric) return [];
    const points = group.map((row) => toPoint(row, disagreeing.has(periodKey(row))));
    const grain = first.grain as Grain;
    const lastDay = points.at(-1)?.periodEnd ?? null;
    const { basis, sourceId } = first;
    const source = names.get(sourceId) ?? "unnamed source";
    const bookOfRecord = books.get(first.metric) === sourceId;
    return {
      metric,
      basis,
      grain,
      sourceId,
      source,
      bookOfRecord,
      lastDay,
      points,
      freshness: freshnessOf(grain, lastDay, today),
    };
  });
}

export type PointVersion = {
  id: string;
  value: string;
  currency: string | null;
  recordedAt: string;
  recordedBy: string;
  /** The person's name where it was a person. */
  recordedByName: string;
  reason: string | null;
  importId: string | null;
  supersededAt: string | null;
};

/** Every value that a source has given for the period of this point, newest first: who, when, what, why. */
export async function listPointHistory(actor: Actor, pointId: string): Promise<PointVersion[]> {
  const point = await db.metricPoint.findUnique({ where: { id: BigInt(pointId) } });
  if (!point || !maySeeVenture(actor, point.ventureId)) throw new AppError("NOT_FOUND");
  const { ventureId, metric, basis, grain, periodStart, sourceId } = point;
  const rows = await db.metricPoint.findMany({
    where: { ventureId, metric, basis, grain, periodStart, sourceId },
    orderBy: { id: "desc" },
  });
  const names = await namesByRef(
    db,
    rows.map((row) => row.recordedBy),
  );
  return rows.map((row) => ({
    id: row.id.toString(),
    value: new Exact(row.value.toString()).toFixed(),
    currency: row.currency,
    recordedAt: row.recordedAt.toISOString(),
    recordedBy: row.recordedBy,
    recordedByName: names.get(row.recordedBy) ?? row.recordedBy,
    reason: row.reason,
    importId: row.importId,
    supersededAt: row.supersededAt?.toISOString() ?? null,
  }));
}

export type Contradiction = {
  metric: string;
  name: string;
  basis: Basis;
  grain: Grain;
  periodStart: string;
  /** The name of the source whose value figures use; null while nobody has said which: figures are then unknown. */
  believed: string | null;
  believedSourceId: string | null;
  values: { pointId: string; sourceId: string; source: string; value: string; currency: string | null; asOf: string }[];
};

/** What two or more sources disagree on, latest period first. */
export async function listContradictions(actor: Actor, ventureId: string): Promise<Contradiction[]> {
  seen(actor, ventureId);
  const [rows, names, books] = await Promise.all([
    currentRows(db, ventureId),
    sourceNames(db, ventureId),
    booksOfRecord(db, ventureId),
  ]);
  const disagreeing = disagreements(rows);
  const groups = Map.groupBy(
    rows.filter((row) => disagreeing.has(periodKey(row))),
    periodKey,
  );
  const list = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const book = books.get(first.metric);
    const believedSourceId = group.some((row) => row.sourceId === book) && book ? book : null;
    const believed = believedSourceId ? (names.get(believedSourceId) ?? "unnamed source") : null;
    const values = group.map((row) => ({
      pointId: row.id.toString(),
      sourceId: row.sourceId,
      source: names.get(row.sourceId) ?? "unnamed source",
      value: new Exact(row.value.toString()).toFixed(),
      currency: row.currency,
      asOf: row.asOf.toISOString(),
    }));
    const name = findMetric(first.metric)?.name ?? first.metric;
    const { metric, basis, periodStart } = first;
    const period = { grain: first.grain as Grain, periodStart: dayText(periodStart) };
    return { metric, name, basis, ...period, believed, believedSourceId, values };
  });
  return list.sort((a, b) => (a.periodStart < b.periodStart ? 1 : a.periodStart > b.periodStart ? -1 : 0));
}

export type ResolvedSeries = { points: ResolvedPoint[]; rows: number; book: string | null };

/** Values of stored metrics (actual unless asked for a plan or a forecast), converted to the venture's currency at the rate of each period's last day. */
export async function loadResolvedSeries(
  tx: Tx,
  venture: { id: string; currency: string },
  metrics: readonly string[],
  until: string,
  basis: Basis = "actual",
): Promise<Map<string, ResolvedSeries>> {
  const rows = await tx.metricPoint.findMany({
    where: {
      ...{ ventureId: venture.id, supersededAt: null, basis },
      metric: { in: [...metrics] },
      periodStart: { lte: dayDate(until) },
    },
    orderBy: { periodStart: "asc" },
  });
  const [names, books] = await Promise.all([sourceNames(tx, venture.id), booksOfRecord(tx, venture.id)]);
  const currencies = rows.flatMap((row) => (row.currency ? [row.currency] : []));
  const earliest = rows[0] ? dayText(rows[0].periodStart) : until;
  const rates = await loadRates(tx, venture.currency, currencies, earliest, addDays(until, 95));
  const toSeriesPoint = (row: PointRow): SeriesPoint => {
    const periodStart = dayText(row.periodStart);
    const grain = row.grain as Grain;
    const until = coveredPeriod(periodStart, grain).to;
    const rate = row.currency ? rates.rate(row.currency, until) : new Exact(1);
    return {
      ...{ periodStart, grain, sourceId: row.sourceId },
      id: row.id.toString(),
      value: rate?.times(row.value.toString()) ?? null,
      source: names.get(row.sourceId) ?? "unnamed source",
      asOf: row.asOf.toISOString(),
      rate: row.currency ? rates.used(row.currency, until) : null,
    };
  };
  const series = new Map<string, ResolvedSeries>();
  for (const [metric, group] of Map.groupBy(rows, (row) => row.metric)) {
    const book = books.get(metric) ?? null;
    const points = resolveSeries(group.map(toSeriesPoint), book).filter((point) => point.period.to <= until);
    series.set(metric, { points, rows: group.length, book: book ? (names.get(book) ?? null) : null });
  }
  return series;
}
