import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Actor } from "@/lib/auth/actor";
import { db, type Prisma, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { SHARED_DATA } from "@/lib/figures/schema";
import { BENCHMARKS } from "../../queries/benchmarks/benchmarks";
import { readRows } from "../../rules/benchmarks/benchmark-file";
import {
  BENCHMARK_COLUMNS,
  type BenchmarkChange,
  type BenchmarkFileRow,
  type BenchmarkKey,
  benchmarkChangesSchema,
  benchmarkRowSchema,
} from "../../schema/benchmarks";
import { bumpDataset, lockDataset, TRANSACTION } from "../drivers/driver-tree";

export type Loaded = { rows: number; changed: number };

const keyOf = (row: BenchmarkFileRow): BenchmarkKey => ({
  ...{ metric: row.metric, businessModel: row.business_model, source: row.source },
  ...{ revenueFrom: row.revenue_from, asOf: row.as_of },
});

const whereOf = ({ revenueFrom, asOf, ...key }: BenchmarkKey) => ({
  metric_businessModel_revenueFrom_asOf_source: {
    ...key,
    ...{ revenueFrom: BigInt(revenueFrom), asOf: new Date(`${asOf}T00:00:00Z`) },
  },
});

type Held = NonNullable<Awaited<ReturnType<Tx["benchmark"]["findUnique"]>>>;

const beforeOf = (held: Held | null): BenchmarkChange["before"] =>
  held && {
    ...{ p25: held.p25.toFixed(), p50: held.p50.toFixed(), p75: held.p75.toFixed(), sampleSize: held.sampleSize },
    ...{ revenueTo: held.revenueTo === null ? null : String(held.revenueTo) },
    ...{ loadedBy: held.loadedBy, loadedAt: held.loadedAt.toISOString() },
  };

/** Keeps a row, and says what it replaced; null where the same is held. */
async function keepBenchmark(tx: Tx, row: BenchmarkFileRow, by: string, now: Date): Promise<BenchmarkChange | null> {
  const key = keyOf(row);
  const where = whereOf(key);
  const values = {
    ...{ p25: row.p25, p50: row.p50, p75: row.p75, sampleSize: Number(row.sample_size) },
    revenueTo: row.revenue_to === "" ? null : BigInt(row.revenue_to),
  };
  const held = await tx.benchmark.findUnique({ where });
  const same =
    held?.sampleSize === values.sampleSize &&
    held.revenueTo === values.revenueTo &&
    (["p25", "p50", "p75"] as const).every((part) => held[part].equals(values[part]));
  if (same) return null;
  const data = { ...values, loadedBy: by, loadedAt: now };
  const create = { ...where.metric_businessModel_revenueFrom_asOf_source, ...data };
  await tx.benchmark.upsert({ where, create, update: data });
  return { key, before: beforeOf(held) };
}

/** A file of benchmarks, all rows or none; the same file again changes nothing. It is listed and can be taken back. */
export async function loadBenchmarks(actor: Actor, csv: string, now: Date): Promise<Result<Loaded, "INVALID_INPUT">> {
  const read = readRows(csv, BENCHMARK_COLUMNS, benchmarkRowSchema);
  if (!read.ok) return read;
  const rows = read.value;
  const changed = await db.$transaction(async (tx) => {
    await lockDataset(tx, SHARED_DATA, BENCHMARKS, now);
    const changes: BenchmarkChange[] = [];
    for (const row of rows)
      changes.push(...[await keepBenchmark(tx, row, actor.ref, now)].filter((one) => one !== null));
    if (changes.length === 0) return 0;
    const { version } = await bumpDataset(tx, SHARED_DATA, BENCHMARKS, now);
    const sources = [...new Set(rows.map((row) => row.source))];
    const counts = { rows: rows.length, changed: changes.length };
    const { id } = await tx.benchmarkLoad.create({
      data: { ...counts, sources, changes, loadedBy: actor.ref, loadedAt: now },
    });
    await recordLoad(tx, "benchmarks.loaded", actor, id, { ...counts, version, sources }, now);
    return changes.length;
  }, TRANSACTION);
  return ok({ rows: rows.length, changed });
}

const recordLoad = (tx: Tx, type: string, actor: Actor, id: string, payload: Prisma.InputJsonObject, at: Date) =>
  recordEvent(tx, { ventureId: null, type, actor: actor.ref, subject: `benchmark-load:${id}`, payload, at });

async function putBack(tx: Tx, { key, before }: BenchmarkChange): Promise<void> {
  const where = whereOf(key);
  if (!before) {
    await tx.benchmark.delete({ where });
    return;
  }
  const { revenueTo, loadedAt, ...rest } = before;
  const data = { ...rest, revenueTo: revenueTo === null ? null : BigInt(revenueTo), loadedAt: new Date(loadedAt) };
  await tx.benchmark.update({ where, data });
}

const nameOf = (change: BenchmarkChange): string => JSON.stringify(Object.entries(change.key).sort());

/** Does a later file, not undone itself, hold a row of this one? */
async function loadedOver(tx: Tx, loadedAt: Date, id: string, changes: readonly BenchmarkChange[]): Promise<boolean> {
  const later = await tx.benchmarkLoad.findMany({
    where: { undoneAt: null, OR: [{ loadedAt: { gt: loadedAt } }, { loadedAt, id: { gt: id } }] },
  });
  const names = new Set(changes.map(nameOf));
  return later.some((one) => benchmarkChangesSchema.parse(one.changes).some((change) => names.has(nameOf(change))));
}

/** Takes a file of benchmarks back as a whole: what it brought goes, what it replaced stands again. The newest first. */
export async function undoBenchmarks(
  actor: Actor,
  loadId: string,
  now: Date,
): Promise<Result<{ rows: number }, "ALREADY_UNDONE" | "LOADED_OVER">> {
  return db.$transaction(async (tx) => {
    await lockDataset(tx, SHARED_DATA, BENCHMARKS, now);
    const load = await tx.benchmarkLoad.findUnique({ where: { id: loadId } });
    if (!load) throw new AppError("NOT_FOUND");
    if (load.undoneAt) return refuse("ALREADY_UNDONE");
    const changes = benchmarkChangesSchema.parse(load.changes);
    if (await loadedOver(tx, load.loadedAt, load.id, changes)) return refuse("LOADED_OVER");
    for (const change of changes) await putBack(tx, change);
    await tx.benchmarkLoad.update({ where: { id: loadId }, data: { undoneAt: now, undoneBy: actor.ref } });
    const { version } = await bumpDataset(tx, SHARED_DATA, BENCHMARKS, now);
    await recordLoad(tx, "benchmarks.undone", actor, loadId, { rows: changes.length, version }, now);
    return ok({ rows: changes.length });
  }, TRANSACTION);
}
